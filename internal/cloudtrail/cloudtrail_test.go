package cloudtrail

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

func parse(t *testing.T, text string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

const reference = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`

// TestKnownRecords: each record shows what it is kept for.
func TestKnownRecords(t *testing.T) {
	o, denied := NewOracle(), parse(t, reference)
	if len(o.Everyday) < 30 {
		t.Errorf("%d everyday events, want some thirty", len(o.Everyday))
	}
	for _, r := range o.Everyday {
		if _, failed := r.Event["errorCode"]; failed || denied.MatchMessage(r.Message) {
			t.Errorf("%v %v is not a success", r.Event["eventSource"], r.Event["eventName"])
		}
	}
	codes := map[any]bool{}
	for _, r := range o.Denied {
		codes[r.Event["errorCode"]] = true
		if !denied.MatchMessage(r.Message) {
			t.Errorf("%v is not denied", r.Event["errorCode"])
		}
	}
	for _, code := range []string{"AccessDenied", "AccessDeniedException", "Client.UnauthorizedOperation", "UnauthorizedOperation"} {
		if !codes[code] {
			t.Errorf("no denied call with %s, which AWS is known to write", code)
		}
	}
}

// TestWatchedRecords: successes and failed sign-ins, each call once.
func TestWatchedRecords(t *testing.T) {
	o, denied := NewOracle(), parse(t, reference)
	seen := map[string]bool{}
	for _, r := range o.Watched() {
		id := fmt.Sprint(r.Event["eventSource"], r.Event["eventName"], r.Event["userIdentity"], r.Event["responseElements"])
		if denied.MatchMessage(r.Message) || seen[id] {
			t.Errorf("%s is denied or appears twice", id)
		}
		seen[id] = true
	}
}

// TestRecordsHaveTheirFields: every field of every record is in the table, and
// every record has the required ones.
func TestRecordsHaveTheirFields(t *testing.T) {
	o := NewOracle()
	for _, r := range slices.Concat(o.Everyday, o.Denied, o.Watched()) {
		walk(r.Event, nil, func(path []string) {
			if !IsField(path) {
				t.Errorf("%q is not in the table of fields", path)
			}
		})
		for _, f := range fields {
			if _, ok := r.Event[f.path]; f.required && !ok {
				t.Errorf("%v lacks %s", r.Event["eventName"], f.path)
			}
		}
	}
}

func walk(e Event, path []string, visit func([]string)) {
	for k, v := range e {
		at := append(path[:len(path):len(path)], k)
		visit(at)
		if below, ok := v.(Event); ok {
			walk(below, at, visit)
		}
	}
}

func TestIsField(t *testing.T) {
	for path, want := range map[string]bool{
		"errorCode": true, "errorcode": false, "userIdentity.type": true, "userIdentity.color": false, "level": false,
		"requestParameters.bucketName": true, "resources.accountId": true,
		"userIdentity.sessionContext.attributes.mfaAuthenticated": true,
	} {
		if got := IsField(parse(t, `{ $.`+path+` = "x" }`).Selectors()[0].Names()); got != want {
			t.Errorf("IsField(%s) = %v", path, got)
		}
	}
}

// TestWitnesses: what Ask answers is a complete record that separates the
// patterns as claimed.
func TestWitnesses(t *testing.T) {
	for _, have := range []string{
		`{ $.errorCode = "AccessDenied*" }`,
		`{ $.errorCode = "*UnauthorizedOperation" }`,
		`{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied" || $.errorCode = "AccessDeniedException" }`,
		`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && $.sourceIPAddress != "10.*" }`,
		`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && $.eventName != "GetObject" && $.eventSource != "ec2*" }`,
		`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && $.userIdentity.userName != "ci" }`,
		`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && $.userIdentity.invokedBy NOT EXISTS }`,
		`{ $.errorcode = "AccessDenied*" }`,
	} {
		q := Question{Match: []*filterpattern.Pattern{parse(t, reference)}, Miss: []*filterpattern.Pattern{parse(t, have)}}
		a := NewOracle().Ask(q)
		if a.Decision != truth.Yes {
			t.Errorf("%s: %v %s", have, a.Decision, a.Reason)
			continue
		}
		message, err := json.Marshal(a.Event)
		if err != nil || !q.Match[0].Match(message) || q.Miss[0].Match(message) {
			t.Errorf("%s: %s does not separate", have, message)
		}
		for _, f := range fields {
			if _, ok := a.Event[f.path]; f.required && !ok {
				t.Errorf("%s: %s lacks %s", have, message, f.path)
			}
		}
	}
	all := Question{Match: []*filterpattern.Pattern{parse(t, reference)}, Miss: []*filterpattern.Pattern{parse(t, reference)}}
	if a := NewOracle().Ask(all); a.Decision != truth.No {
		t.Errorf("a pattern is separated from itself: %v", a)
	}
}
