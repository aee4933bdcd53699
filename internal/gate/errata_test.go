package gate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An erratum is the note in testdata/controls.json about a published text. Where that
// text prints a pattern, it is here as it is printed there.
type erratum struct {
	control string
	text    string // of controls.json, in part
	pattern string // "" if none is printed that differs
	judged  verdict.Verdict
	code    string // of the finding at the link pattern; "" if the pattern is complete
	named   string // by explain, in part; a faulty pattern is named in the finding, too
}

var errata = []erratum{
	{"unauthorized-api-calls", "joins the two exclusions with ||",
		`{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }`,
		verdict.Fail, "pattern-floods", "join the two exclusions with ||"},
	{"unauthorized-api-calls", "A || B && C && D without parentheses",
		`{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`,
		verdict.Pass, "", "without parentheses"},
	{"console-signin-without-mfa", "both forms are published and accepted",
		`{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }`,
		verdict.Pass, "", "Both published forms"},
	{"root-account-usage", "lose the blank before NOT EXISTS",
		`{ $.userIdentity.type = "Root" && $.userIdentity.invokedByNOT EXISTS && $.eventType != "AwsServiceEvent" }`,
		verdict.Fail, "pattern-invalid", "blank before NOT EXISTS"},
	{"iam-policy-changes", "Organizations' CreatePolicy and DeletePolicy match too", "", "", "", "AWS Organizations match, too"},
	{"cloudtrail-configuration-changes", "PutEventSelectors", "", "", "", "PutEventSelectors"},
	{"console-authentication-failures", "printed without quotes",
		`{ ($.eventName = ConsoleLogin) && ($.errorMessage = Failed authentication) }`,
		verdict.Fail, "pattern-invalid", "without quotes"},
	{"kms-key-deletion", "a trail that excludes kms.amazonaws.com", "", "", "", "excludes the source kms.amazonaws.com"},
	{"security-group-changes", "5.0 adds ModifySecurityGroupRules", "", "", "", "CIS 5.0 adds ModifySecurityGroupRules"},
	{"route-table-changes", "eventSource = ec2 on the first clause only",
		`{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }`,
		verdict.Pass, "", "eventSource on the first clause"},
	{"organizations-changes", "since benchmark 1.3", "", "", "", "since CIS 1.3"},
}

// TestErrataAreListed: the list above is that of controls.json, one for one.
func TestErrataAreListed(t *testing.T) {
	listed := 0
	for _, c := range publishedControls(t) {
		for _, text := range c.Errata {
			n := 0
			for _, e := range errata {
				if e.control == c.ID && strings.Contains(text, e.text) {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s: %d of these errata say: %s", c.ID, n, text)
			}
			listed++
		}
	}
	if listed != len(errata) {
		t.Errorf("controls.json has %d errata, this list %d", listed, len(errata))
	}
}

// TestErrataAreKnown: explain names every erratum, and a pattern that a text prints
// wrongly is judged as the erratum says: one that is broken fails at the pattern,
// in words that say where it is printed so; one that is complete after all passes.
func TestErrataAreKnown(t *testing.T) {
	for _, e := range errata {
		controls, err := control.Select([]string{e.control})
		if err != nil {
			t.Fatal(err)
		}
		c := controls[0]
		var explained strings.Builder
		if err := report.Control(&explained, c, report.Options{}); err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(strings.Fields(explained.String()), " "); !strings.Contains(text, e.named) {
			t.Errorf("%s: %q is not explained: %q", e.control, e.named, c.Errata)
		}
		if e.pattern != "" {
			e.judge(t, c)
		}
	}
}

func (e erratum) judge(t *testing.T, c verdict.Control) {
	t.Helper()
	r := judgePattern(t, gateFor(t, "default", e.control), e.pattern)
	if r.Verdict != e.judged {
		t.Errorf("%s is %s, want %s\n%s\n%s", e.control, r.Verdict, e.judged, e.pattern, pretty(r.Findings))
	}
	at := slices.IndexFunc(r.Findings, func(f verdict.Finding) bool { return f.Link == "pattern" && f.Level == verdict.Error })
	if e.code == "" {
		if at >= 0 {
			t.Errorf("%s: %s of a pattern that is complete\n%s", e.control, r.Findings[at].Code, e.pattern)
		}
		return
	}
	said := func(m verdict.Misprint) bool {
		return at >= 0 && strings.HasSuffix(r.Findings[at].Message, "; "+m.Says)
	}
	if at < 0 || r.Findings[at].Code != e.code || !slices.ContainsFunc(c.Misprints, said) {
		t.Errorf("%s: want %s and where it is printed so\n%s\n%s", e.control, e.code, e.pattern, pretty(r.Findings))
	}
}
