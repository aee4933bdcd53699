package cloudtrail

import (
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestWitnessesAreRecordsThatOccur: whatever a pattern leaves out, the event that
// shows it has a service that has such calls, and a caller that is one.
func TestWitnessesAreRecordsThatOccur(t *testing.T) {
	known := map[any]map[any]bool{}
	o := NewOracle()
	for _, records := range [][]Record{o.Everyday, o.Denied, o.Watched()} {
		for _, r := range records {
			if known[r.Event["eventName"]] == nil {
				known[r.Event["eventName"]] = map[any]bool{}
			}
			known[r.Event["eventName"]][r.Event["eventSource"]] = true
		}
	}
	want := parse(t, reference)
	for _, more := range []string{
		`$.eventSource != "rds.amazonaws.com"`, `$.eventSource != "backup.amazonaws.com"`, `$.eventName != "ScheduleKeyDeletion"`,
		`$.eventName != "CreatePolicy" && $.eventSource != "iam*"`, `$.userIdentity.type != "Root"`, `$.userIdentity.type != "AWSService"`,
		`$.userIdentity.type != "WebIdentityUser"`, `$.userIdentity.arn != "*:user/admin"`, `$.userIdentity.userName != "alice"`,
		`$.userIdentity.invokedBy NOT EXISTS`, `$.sourceIPAddress != "config.amazonaws.com"`, `$.userIdentity.identityProvider NOT EXISTS`,
		`$.userIdentity.sessionContext.sessionIssuer.userName != "AWSServiceRoleForConfig"`, `$.eventType != "AwsServiceEvent"`, `$.readOnly IS FALSE`,
	} {
		have := parse(t, `{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && `+more+` }`)
		a := NewOracle().Ask(Question{Match: []*filterpattern.Pattern{want}, Miss: []*filterpattern.Pattern{have}})
		if a.Decision != truth.Yes {
			t.Errorf("%s: %v", more, a.Decision)
			continue
		}
		occurs(t, more, a.Event)
		if sources := known[a.Event["eventName"]]; len(sources) > 0 && !sources[a.Event["eventSource"]] {
			t.Errorf("%s: %v has no call %v", more, a.Event["eventSource"], a.Event["eventName"])
		}
	}
}
