package coverage_test

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestReferencesThatDoNotParse: a control that cannot be read is an error, whatever
// of it is wrong.
func TestReferencesThatDoNotParse(t *testing.T) {
	const bad = "{ $."
	for name, spoil := range map[string]func(*verdict.Control){
		"what has to be matched": func(c *verdict.Control) { c.MustMatch = bad },
		"what is accepted":       func(c *verdict.Control) { c.Accepted = []string{bad} },
		"what is recorded":       func(c *verdict.Control) { c.Recorded = []string{bad} },
		"what is left out":       func(c *verdict.Control) { c.Exclusions = []string{bad} },
	} {
		spoils := func(_ *testing.T, a *chaintest.Input) { spoil(&a.Controls[0]) }
		if d, err := chaintest.BuildWithError(t, chaintest.Complete, spoils); err == nil {
			t.Errorf("%s: %v", name, d.Controls)
		}
	}
}

// TestSources: the services that write a control's events.
func TestSources(t *testing.T) {
	for id, want := range map[string][]string{
		chaintest.Denials:                  {},
		"cloudtrail-configuration-changes": {"cloudtrail.amazonaws.com"},
		"iam-policy-changes":               {"iam.amazonaws.com"}, // which it says itself: others have such calls, too
		"root-account-usage":               {},
		"console-signin-without-mfa":       {"signin.amazonaws.com"},
	} {
		if got := chaintest.Build(t, chaintest.Complete, chaintest.Asking(id)).Controls[id].Sources; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}

// TestNamedCalls: a control that names calls is about those of the service that has
// them.
func TestNamedCalls(t *testing.T) {
	const (
		trails = "cloudtrail-configuration-changes"
		calls  = `($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging)`
		signIn = "console-signin-without-mfa"
		groups = "route-table-changes"
	)
	for name, c := range map[string]struct{ control, pattern, want string }{
		"all calls":                    {trails, "{ " + calls + " }", "yes all none"},
		"all calls of the service":     {trails, `{ ($.eventSource = "cloudtrail.amazonaws.com") && (` + calls + ") }", "yes all none"},
		"all calls of another one":     {trails, `{ ($.eventSource = "iam.amazonaws.com") && (` + calls + ") }", `no never none, near, loses eventName "CreateTrail"`},
		"all but one":                  {trails, "{ " + calls[len("($.eventName = CreateTrail) || "):] + " }", `yes not-all none, loses eventName "CreateTrail"`},
		"one more":                     {trails, "{ " + calls + " || ($.eventName = PutEventSelectors) }", "yes all some"},
		"a published variant":          {groups, `{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }`, "yes all none"},
		"a part of what no calls tell": {"root-account-usage", `{ ($.userIdentity.type = "Root") && ($.eventName = "ConsoleLogin") }`, `yes not-all none, loses userIdentity.type "Root"`},
		"a wider variant":              {signIn, `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }`, "yes all none"},
		"wider than every variant":     {signIn, `{ $.eventName = "ConsoleLogin" }`, "yes all everyday"},
	} {
		t.Run(name, func(t *testing.T) {
			got := meant(coverageOf(chaintest.Build(t, chaintest.Pattern(c.pattern).Of(t, chaintest.Complete), chaintest.Asking(c.control)), c.control))
			if len(got) < len(c.want) || got[:len(c.want)] != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestFactsOfAControl: what a policy is told of its own control.
func TestFactsOfAControl(t *testing.T) {
	got := chaintest.Build(t, chaintest.Complete).Controls
	if c := got[chaintest.Denials]; len(got) != 1 || c.Events != "read and write" || c.MustMatch != `{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }` {
		t.Errorf("%+v", got)
	}
	both := chaintest.Build(t, chaintest.Complete, chaintest.Asking(chaintest.Denials, "cloudtrail-configuration-changes"))
	if c := both.Controls["cloudtrail-configuration-changes"]; len(both.Controls) != 2 || c.Events != "write" {
		t.Errorf("%+v", c)
	}
	if coverage := both.MetricFilters[chaintest.TheFilter].Coverage; len(coverage) != 1 || coverage[chaintest.Denials].Aimed != truth.Yes {
		t.Errorf("%v", coverage)
	}
}
