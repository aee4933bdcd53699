package filterpattern_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// The published patterns of control 1 and what people make of them.
const (
	u12       = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`
	u14       = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }`
	u20       = `{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`
	u20parens = `{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && (($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket")) }`
)

// records are axioms about CloudTrail records, as far as these tests need them.
var records = filterpattern.Axioms{
	Fields: []filterpattern.Field{
		{Path: "$.eventSource", Required: true, Kinds: filterpattern.StringValue, Prefer: []string{"s3.amazonaws.com"}},
		{Path: "$.eventName", Required: true, Kinds: filterpattern.StringValue, Prefer: []string{"GetObject", "HeadBucket"}},
		{Path: "$.sourceIPAddress", Required: true, Kinds: filterpattern.StringValue, Prefer: []string{"203.0.113.10", "delivery.logs.amazonaws.com"}},
		{Path: "$.errorCode", Kinds: filterpattern.StringValue, Prefer: []string{"AccessDenied", "Client.UnauthorizedOperation"}},
	},
	FreeText: "$.requestParameters.name",
}

// TestCoversUnauthorized judges variants of control 1: whether they match every
// denied call, and every one apart from the exclusions of the benchmark.
func TestCoversUnauthorized(t *testing.T) {
	const yes, no = filterpattern.Yes, filterpattern.No
	exclusions := []*filterpattern.Pattern{
		parse(t, `{ $.eventName = "HeadBucket" }`),
		parse(t, `{ $.sourceIPAddress = "delivery.logs.amazonaws.com" }`),
	}
	for _, c := range []struct {
		have         string
		all, allowed filterpattern.Decision
	}{
		{u12, yes, yes},
		{u14, yes, yes},
		{u20, no, yes},
		{u20parens, no, yes},
		{`{ $.errorCode = *UnauthorizedOperation || $.errorCode = AccessDenied* }`, yes, yes},
		{`{ $.errorCode = "*UnauthorizedOperation*" || $.errorCode = "*AccessDenied*" }`, yes, yes},
		{`{ $.errorCode = %AccessDenied|UnauthorizedOperation% }`, yes, yes},
		{`{ $.errorCode = %^AccessDenied|UnauthorizedOperation$% }`, yes, yes},
		{`{ $.errorCode = "*" }`, yes, yes},
		{`{ $.errorCode != "NoSuchBucket" }`, yes, yes},
		{`{ $.errorCode = "UnauthorizedOperation" || $.errorCode = "AccessDenied" }`, no, no},
		{`{ $.errorCode = "*UnauthorizedOperation" && $.errorCode = "AccessDenied*" }`, no, no},
		{`{ $.errorCode = "accessdenied*" || $.errorCode = "*unauthorizedoperation" }`, no, no},
		{`{ $.errorcode = "*UnauthorizedOperation" || $.errorcode = "AccessDenied*" }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.userIdentity.invokedBy NOT EXISTS }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.userIdentity.userName != "ci" }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && ($.userIdentity.userName NOT EXISTS || $.userIdentity.userName != "*") }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.eventName != "*" }`, no, no},

		{``, yes, yes},
		{`?AccessDenied ?UnauthorizedOperation`, yes, yes},
		{`?UnauthorizedOperation ?"AccessDenied"`, yes, yes},
		{`%AccessDenied|UnauthorizedOperation%`, yes, yes},
		{`%(AccessDenied)%`, 0, 0}, // invalid
		{`%Access.?Denied|Unauthorized[A-Z][a-z]+%`, yes, yes},
		{`[w="*AccessDenied*" || w="*UnauthorizedOperation*"]`, yes, yes},
		{`[w=%AccessDenied|UnauthorizedOperation%]`, yes, yes},
		{`errorCode`, yes, yes},
		{`eventSource`, yes, yes},
		{`AccessDenied`, no, no},
		{`[w="*AccessDenied*"]`, no, no},
		{`AccessDenied UnauthorizedOperation`, no, no},
		{`%^AccessDenied|UnauthorizedOperation%`, no, no},
		{`?AccessDenied ?UnauthorizedOperation -HeadBucket`, no, no},
		{`[w="*AccessDenied*" && w!="*HeadBucket*" || w="*UnauthorizedOperation*"]`, no, no},
		{`errorCode -noise`, no, no},
		{`?"\"errorCode\":\"AccessDenied" ?UnauthorizedOperation`, 0, 0}, // how JSON is spaced is not known
		{`[a, b="*AccessDenied*", c]`, no, no},
	} {
		have, err := filterpattern.Parse(c.have)
		if err != nil {
			if c.all != filterpattern.Unknown {
				t.Error(err)
			}
			continue
		}
		want := parse(t, u12)
		for _, q := range []struct {
			miss []*filterpattern.Pattern
			want filterpattern.Decision
		}{
			{[]*filterpattern.Pattern{have}, c.all},
			{append([]*filterpattern.Pattern{have}, exclusions...), c.allowed},
		} {
			s := filterpattern.Separate([]*filterpattern.Pattern{want}, q.miss, records)
			checkLost(t, have, want, s, q.want)
		}
	}
}

// checkLost compares a separation with whether a pattern covers another, and
// matches the event as AWS would log it.
func checkLost(t *testing.T, have, want *filterpattern.Pattern, s filterpattern.Separation, covers filterpattern.Decision) {
	t.Helper()
	opposite := map[filterpattern.Decision]filterpattern.Decision{filterpattern.Yes: filterpattern.No, filterpattern.No: filterpattern.Yes}
	if s.Decision != opposite[covers] {
		t.Errorf("%s covers %s: %s (event %v, reason %q), want %s", have, want, opposite[s.Decision], s.Event, s.Reason, covers)
	}
	if s.Decision != filterpattern.Yes {
		return
	}
	event := map[string]any{"eventSource": "s3.amazonaws.com", "eventName": "GetObject", "sourceIPAddress": "203.0.113.10"}
	maps.Copy(event, s.Event)
	message, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	if !want.Match(message) || have.Match(message) {
		t.Errorf("%s does not lose %s", have, message)
	}
}

// TestFlood holds that the or-ed exclusions of CIS 1.4 match calls that nobody
// denied.
func TestFlood(t *testing.T) {
	for have, floods := range map[string]bool{
		u12: false, u20: false, u20parens: false, u14: true,
		`?AccessDenied ?UnauthorizedOperation`:             true, // a denied call is not the only text with these words
		`?AccessDenied ?UnauthorizedOperation -HeadBucket`: true,
		`{ $.errorCode NOT EXISTS || $.errorCode = "x" }`:  true,
	} {
		harmless := parse(t, `{ $.errorCode NOT EXISTS }`)
		s := filterpattern.Separate([]*filterpattern.Pattern{parse(t, have), harmless}, nil, records)
		if floods != (s.Decision == filterpattern.Yes) {
			t.Errorf("%s floods: %s (event %v, reason %q), want %t", have, s.Decision, s.Event, s.Reason, floods)
		}
	}
}

// TestControlsAgainstEachOther compares every published pattern with every
// other one: those of one control cover the first; of two controls, neither
// covers the other.
func TestControlsAgainstEachOther(t *testing.T) {
	published := controls(t)
	for wantID, wants := range published {
		want := wants[0]
		for haveID, haves := range published {
			for i, have := range haves {
				covers := filterpattern.No
				if haveID == wantID && (i == 0 || haveID != "unauthorized-api-calls") {
					covers = filterpattern.Yes
				}
				s := filterpattern.Separate([]*filterpattern.Pattern{want}, []*filterpattern.Pattern{have}, records)
				checkLost(t, have, want, s, covers)
				if s.Steps > 20_000 {
					t.Errorf("%s covers %s: %d steps", haveID, wantID, s.Steps)
				}
			}
		}
	}
}

func TestEquivalent(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want filterpattern.Decision
	}{
		{`{ $.a = 1 }`, `{ $.a = 1.0 }`, filterpattern.No}, // the string "1"
		{`{ $.a > 1 }`, `{ $.a > 1.0 }`, filterpattern.Yes},
		{`{ $.a = x && $.b = y }`, `{ $.b = "y" && $.a = "x" }`, filterpattern.Yes},
		{`{ $.a[*] = 1 || $.b = 2 }`, `{ $.b = 2 || $.a.* = 1 }`, filterpattern.Yes},
		{`{ $.a = "x*" }`, `{ $.a = %^x% }`, filterpattern.Yes},
		{`{ $.a = "*x*" }`, `{ $.a = %x$% }`, filterpattern.No},
		{`{ $.a != x }`, `{ $.a NOT EXISTS || $.a != x }`, filterpattern.No},
		{`{ $.a NOT EXISTS && $.a.b NOT EXISTS }`, `{ $.a NOT EXISTS }`, filterpattern.Yes},
		{`{ $.a.b = x && $.a = y }`, `{ $.c = 1 && $.c IS NULL }`, filterpattern.Yes},
		{`{ $.a[0] = x && $.a[2] = y && $.a[1] NOT EXISTS }`, `{ $.c = 1 && $.c IS NULL }`, filterpattern.Yes},
		{`{ $.a = 0 && $.a = "-0.0" }`, `{ $.c = 1 && $.c IS NULL }`, filterpattern.No},
		{`%x|y%`, `?x ?y`, filterpattern.Unknown}, // equal, but only regular expressions with themselves
		{`x`, `[w="*x*"]`, filterpattern.Yes},
		{`x`, ` x `, filterpattern.Yes},
	} {
		if got := filterpattern.Equivalent(parse(t, c.a), parse(t, c.b), filterpattern.Axioms{}); got != c.want {
			t.Errorf("%s and %s are equivalent: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// TestSatisfiable asks single patterns whether any event matches, at the ends
// of what doubles can hold above all.
func TestSatisfiable(t *testing.T) {
	for src, want := range map[string]filterpattern.Decision{
		`{ $.a > 1.7976931348623157e308 }`:               filterpattern.Yes, // rounds down to the largest double
		`{ $.a > 1.7976931348623159e308 }`:               filterpattern.No,
		`{ $.a < -1.7976931348623159e308 }`:              filterpattern.No,
		`{ $.a > 0 && $.a < 5e-324 }`:                    filterpattern.Yes, // rounds up to the smallest double
		`{ $.a > 0 && $.a < 2e-324 }`:                    filterpattern.No,
		`{ $.a = 1e-400 }`:                               filterpattern.Yes, // the string
		`{ $.a >= 1e-400 && $.a <= 1e-400 }`:             filterpattern.No,
		`{ $.a > 1e2147483647 }`:                         filterpattern.No,
		`{ $.a > 1 && $.a < 1.0000000000000000000001 }`:  filterpattern.Yes,
		`{ $.a > 1 && $.a < 2 && $.a = "1*" }`:           filterpattern.Yes,
		`{ $.a > 1 && $.a = "x*" }`:                      filterpattern.No,
		`{ $.a > 1 && $.a IS NULL }`:                     filterpattern.No,
		`{ $.a != "*" }`:                                 filterpattern.No,
		`{ $.a IS NULL && $.a[0] = x }`:                  filterpattern.Yes, // ["x", null]
		`{ $.a IS NULL && $.a.b = x }`:                   filterpattern.No,
		`{ $.a[1] = x && $.a[0] NOT EXISTS }`:            filterpattern.No,
		`{ $.a = %^[ab]{3}$% && $.a != "a*" && $.a=*a }`: filterpattern.Yes,
		`{ $.a = %^a$% && $.a = %^b$% }`:                 filterpattern.No,
		`{ $.a[*] = 1 && $.a[*] NOT EXISTS }`:            filterpattern.Unknown,
		`x -x`:                                           filterpattern.No,
		`x -xy`:                                          filterpattern.Yes,
		`xy -x`:                                          filterpattern.Unknown, // texts inside each other
	} {
		s := filterpattern.Separate([]*filterpattern.Pattern{parse(t, src)}, nil, filterpattern.Axioms{})
		if s.Decision != want {
			t.Errorf("%s: %s (event %v, reason %q), want %s", src, s.Decision, s.Event, s.Reason, want)
		}
	}
}

func TestAxiomsRefused(t *testing.T) {
	p := parse(t, `{ $.a = 1 }`)
	for _, ax := range []filterpattern.Axioms{
		{Fields: []filterpattern.Field{{Path: "errorCode"}}},
		{Fields: []filterpattern.Field{{Path: "$.a[*]"}}},
		{FreeText: "$.*"},
		{FreeText: "text"},
	} {
		if s := filterpattern.Separate([]*filterpattern.Pattern{p}, nil, ax); s.Decision != filterpattern.Unknown || s.Reason == "" {
			t.Errorf("%v: %v", ax, s)
		}
	}
}
