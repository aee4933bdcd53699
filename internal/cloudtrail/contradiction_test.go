package cloudtrail

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestKnownRecordsAreOnesThatOccur: no record of this package contradicts the
// table, and none has a value that the table does not list.
func TestKnownRecordsAreOnesThatOccur(t *testing.T) {
	o := NewOracle()
	for _, r := range slices.Concat(o.Everyday, o.Denied, o.Watched()) {
		occurs(t, "known", r.Event)
	}
	for _, i := range identities {
		e := frame()
		setCaller(e, i)
		occurs(t, i.typ, e)
	}
}

func occurs(t *testing.T, what string, e Event, never ...*filterpattern.Pattern) {
	t.Helper()
	q := Question{Never: never}
	for _, p := range q.never() {
		if p.MatchMessage(filterpattern.Object(e)) {
			t.Errorf("%s: %v %v %v contradicts itself: %s", what, e["eventSource"], e["eventName"], e["userIdentity"], p)
		}
	}
}

// TestSelectorsOfTheTable: contradictions speak of fields of the table.
func TestSelectorsOfTheTable(t *testing.T) {
	for _, p := range (Question{}).never() {
		for _, s := range p.Selectors() {
			if !IsField(s.Names()) {
				t.Errorf("%s: %s is not a field", p, s)
			}
		}
	}
}

// TestNothingIsLost: what patterns may ask for besides without losing an event,
// and what is another matter. Match and Miss separate exactly where losing is
// right.
func TestNothingIsLost(t *testing.T) {
	const (
		signIn = `$.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" && $.userIdentity.type = "IAMUser" && $.responseElements.ConsoleLogin = "Success"`
		failed = `$.eventName = ConsoleLogin && $.errorMessage = "Failed authentication"`
		root   = `$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent"`
		denied = `($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*")`
		role   = `$.userIdentity.type = "AssumedRole" && ` + denied
	)
	for _, tt := range []struct {
		want, more string
		loses      bool
	}{
		{signIn, `$.additionalEventData.MFAUsed = "No"`, false},
		{signIn, `$.eventSource = "signin.amazonaws.com"`, false},
		{signIn, `$.eventType = "AwsConsoleSignIn"`, false},
		{signIn, `$.userIdentity.arn != "*AWSReservedSSO*"`, false},
		{signIn, `$.userIdentity.arn != "*:assumed-role/*"`, false},
		{signIn, `$.userIdentity.arn = "arn:aws*:iam::*:user/*"`, false},
		{signIn, `$.userIdentity.principalId != "AROA*"`, false},
		{signIn, `$.userIdentity.userName = "*"`, false},
		{signIn, `$.userIdentity.sessionContext.sessionIssuer.arn NOT EXISTS`, false},
		{signIn, `$.additionalEventData.SamlProviderArn NOT EXISTS`, false},
		{signIn, `$.errorMessage NOT EXISTS`, false},
		{signIn, `$.errorCode NOT EXISTS`, false},
		{signIn, `$.eventCategory = "Management"`, false},
		{signIn, `($.managementEvent IS TRUE || $.managementEvent NOT EXISTS)`, false},
		{signIn, `$.managementEvent IS TRUE`, true},
		{signIn, `$.readOnly IS FALSE`, true},
		{signIn, `($.readOnly IS FALSE || $.readOnly NOT EXISTS)`, false},
		{signIn, `$.userIdentity.arn != "*:user/break-glass"`, true},
		{signIn, `$.userIdentity.userName != "alice"`, true},
		{signIn, `$.userIdentity.sessionContext.sessionIssuer.userName != "AWSReservedSSO*"`, true},
		{failed, `$.responseElements.ConsoleLogin = "Failure"`, false},
		{failed, `$.responseElements.ConsoleLogin != "Success"`, false},
		{failed, `$.eventSource = signin.amazonaws.com`, false},
		{failed, `($.additionalEventData.MFAUsed = "No" || $.additionalEventData.MFAUsed = "Yes" || $.additionalEventData.MFAUsed NOT EXISTS)`, false},
		{failed, `$.additionalEventData.MFAUsed = "No"`, true},
		{failed, `$.userIdentity.arn = "*"`, true}, // AWS's example has none
		{failed, `$.userIdentity.type = "IAMUser"`, true},
		{root, `$.userIdentity.arn = "*:root"`, false},
		{root, `$.userIdentity.principalId = "*"`, false},
		{root, `$.userIdentity.sessionContext.attributes.mfaAuthenticated = "true"`, true},
		{root, `($.eventType = AwsApiCall || $.eventType = AwsConsoleSignIn || $.eventType = AwsConsoleAction)`, false},
		{root, `($.eventType = AwsApiCall || $.eventType = AwsConsoleSignIn)`, true},
		{denied, `$.eventType != "AwsVpceEvents"`, false},
		{denied, `$.userIdentity.type = "*"`, false},
		{denied, `$.userIdentity.identityProvider NOT EXISTS`, true},
		{denied, `$.userIdentity.principalId != "x"`, true}, // services have none
		{role, `$.userIdentity.principalId = "*" && $.userIdentity.arn = "*"`, false},
		{role, `$.userIdentity.userName NOT EXISTS`, false},
		{role, `$.userIdentity.identityProvider NOT EXISTS`, false},
		{role, `$.userIdentity.userName != "ci"`, true},
	} {
		want := parse(t, "{ "+tt.want+" }")
		have := parse(t, "{ "+tt.want+" && "+tt.more+" }")
		a := NewOracle().Ask(Question{Match: []*filterpattern.Pattern{want}, Miss: []*filterpattern.Pattern{have}})
		if loses := a.Decision != truth.No; loses != tt.loses {
			t.Errorf("%s && %s: %v %s %v", tt.want, tt.more, a.Decision, a.Reason, a.Event)
		}
		if a.Decision == truth.Yes {
			occurs(t, tt.more, a.Event)
		}
	}
}

// TestUnlistedValues: a new value of an open field is one that a list loses, and
// of a closed one there is none.
func TestUnlistedValues(t *testing.T) {
	var types []string
	for _, typ := range identityTypes() {
		types = append(types, `$.userIdentity.type = "`+typ+`"`)
	}
	for pattern, open := range map[string]bool{
		`{ $.eventType = AwsApiCall || $.eventType = AwsServiceEvent || $.eventType = AwsConsoleAction || $.eventType = AwsConsoleSignIn }`: true,
		`{ $.userIdentity.type NOT EXISTS || ` + strings.Join(types, " || ") + ` }`:                                                         true,
		`{ $.eventCategory = "Management" }`: false,
		`{ $.responseElements.ConsoleLogin NOT EXISTS || $.responseElements.ConsoleLogin = Success || $.responseElements.ConsoleLogin = Failure }`: false,
	} {
		p := parse(t, pattern)
		q := Question{Miss: []*filterpattern.Pattern{p}}
		if a := NewOracle().Ask(q); a.Decision != truth.No {
			t.Errorf("%s loses %v", pattern, a.Event)
		}
		q.Unlisted = []string{p.Selectors()[0].String()}
		if a := NewOracle().Ask(q); (a.Decision == truth.Yes) != open || Open(q.Unlisted[0]) != open {
			t.Errorf("%s: open %v, %v", pattern, a.Decision, a.Event)
		}
	}
}
