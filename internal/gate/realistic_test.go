package gate_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A customary is a pattern as people write it for a control, and what it means for
// events that CloudTrail writes.
type customary struct {
	control, pattern string
	excludes         string
	want             verdict.Verdict
	code             string // the first finding that is not a note; "" for none
}

const (
	signIns  = `($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes")`
	refused  = `(($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*"))`
	rootUse  = `($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS)`
	gateways = `($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway)`
	routes   = `($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable)`
	trails   = `($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging)`
)

var patternsOfPeople = []customary{
	// What AWS publishes: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail-additional-examples.html
	{"console-signin-without-mfa", `{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed = "No" }`, "", verdict.Pass, ""},
	{"console-authentication-failures", `{ ($.eventName = ConsoleLogin) && ($.responseElements.ConsoleLogin = "Failure") }`, "", verdict.Pass, "pattern-is-wide"},
	{"console-authentication-failures", `{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") && ($.responseElements.ConsoleLogin = "Failure") }`, "", verdict.Pass, ""},
	{"console-authentication-failures", `{ ($.eventSource = "signin.amazonaws.com") && ($.eventType = "AwsConsoleSignIn") && ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }`, "", verdict.Pass, ""},
	// Fields that go together.
	{"console-signin-without-mfa", `{ ` + signIns + ` && ($.eventType = "AwsConsoleSignIn") }`, "", verdict.Pass, ""},
	{"console-signin-without-mfa", `{ ` + signIns + ` && ($.userIdentity.arn != "*AWSReservedSSO*") }`, "", verdict.Pass, ""},
	{"console-signin-without-mfa", `{ ` + signIns + ` && ($.additionalEventData.SamlProviderArn NOT EXISTS) }`, "", verdict.Pass, ""},
	{"console-signin-without-mfa", `{ ` + signIns + ` && ($.userIdentity.arn != "*:user/break-glass") }`, "", verdict.Fail, "pattern-misses-events"},
	{"console-signin-without-mfa", `{ ` + signIns + ` && ($.userIdentity.type = "Root") }`, "", verdict.Fail, "pattern-never-matches"},
	{"console-authentication-failures", `{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") && ($.userIdentity.arn != "*AWSReservedSSO*") }`, "", verdict.Fail, "pattern-misses-events"},
	{"root-account-usage", `{ ` + rootUse + ` && (($.eventType = "AwsApiCall") || ($.eventType = "AwsConsoleSignIn") || ($.eventType = "AwsConsoleAction")) }`, "", verdict.Pass, "pattern-enumerates"},
	{"root-account-usage", `{ ` + rootUse + ` && (($.eventType = "AwsApiCall") || ($.eventType = "AwsConsoleSignIn")) }`, "", verdict.Fail, "pattern-misses-events"},
	{"root-account-usage", `{ ` + rootUse + ` && ($.eventType != "AwsServiceEvent") && ($.userIdentity.arn = "*:root") }`, "", verdict.Pass, ""},
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.eventType = "AwsApiCall") }`, "", verdict.Fail, "pattern-misses-events"},
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.eventCategory = "Management") }`, "", verdict.Pass, ""},
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.readOnly IS FALSE) }`, "", verdict.Fail, "pattern-misses-events"},
	// Exclusions of callers that an exclusion cannot name.
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.userIdentity.principalId != "*AWSConfig") }`, `{ $.userIdentity.principalId = "*AWSConfig" }`, verdict.Pass, "pattern-narrower-than-reference"},
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.userIdentity.arn != "*/scanner/*") }`, `{ $.userIdentity.arn = "*/scanner/*" }`, verdict.Pass, "pattern-narrower-than-reference"},
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.userIdentity.arn != "*/scanner/*") }`, "", verdict.Fail, "pattern-misses-events"},
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.userIdentity.userName != "scanner") }`, `{ $.userIdentity.userName = "scanner" }`, verdict.Fail, "pattern-misses-events"},
	{"unauthorized-api-calls", `{ ` + refused + ` && ($.userIdentity.type != "WebIdentityUser") }`, `{ $.userIdentity.arn = "*/scanner/*" }`, verdict.Fail, "pattern-misses-events"},
	// The service that a control is about.
	{"network-gateway-changes", `{ ($.eventSource = ec2.amazonaws.com) && (` + gateways + `) }`, "", verdict.Pass, ""},
	{"network-gateway-changes", `{ ($.eventSource = vpc.amazonaws.com) && (` + gateways + `) }`, "", verdict.Fail, "pattern-never-matches"},
	{"route-table-changes", `{ ($.eventSource = ec2.amazonaws.com) && ($.eventType = AwsApiCall) && (` + routes + `) }`, "", verdict.Pass, ""},
	{"cloudtrail-configuration-changes", `{ ($.eventSource = "cloudtrail.*") && (` + trails + `) }`, "", verdict.Pass, ""},
	{"cloudtrail-configuration-changes", `{ ($.readOnly IS FALSE || $.readOnly NOT EXISTS) && (` + trails + `) }`, "", verdict.Pass, ""},
	{"cloudtrail-configuration-changes", `{ ($.errorCode NOT EXISTS) && (` + trails + `) }`, "", verdict.Fail, "pattern-misses-events"},
	// Everyday events.
	{"organizations-changes", `{ $.eventSource = "organizations.amazonaws.com" }`, "", verdict.Fail, "pattern-floods"},
	{"vpc-changes", `{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = "*Vpc*") }`, "", verdict.Fail, "pattern-floods"},
	{"network-acl-changes", `{ $.eventName = "*NetworkAcl*" }`, "", verdict.Fail, "pattern-floods"},
	{"cloudtrail-configuration-changes", `{ $.eventSource = cloudtrail.amazonaws.com }`, "", verdict.Fail, "no-metric-filter"},
	// Slips, and filters of another purpose.
	{"console-authentication-failures", `{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failedauthentication") }`, "", verdict.Fail, "pattern-never-matches"},
	{"console-authentication-failures", `{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed Authentication") }`, "", verdict.Fail, "pattern-never-matches"},
	{"console-signin-without-mfa", `{ ($.eventName = ConsoleLogon) && ($.additionalEventData.MFAUsed != "Yes") }`, "", verdict.Fail, "pattern-never-matches"},
	{"console-signin-without-mfa", `{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failedauthentication") }`, "", verdict.Fail, "no-metric-filter"},
	{"root-account-usage", `{ ($.userIdentity.type = "root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }`, "", verdict.Fail, "pattern-never-matches"},
	{"kms-key-deletion", `{ ($.eventSource = kms.amazonaws.com) && (($.eventName = disablekey) || ($.eventName = ScheduleKeyDeletions)) }`, "", verdict.Fail, "pattern-never-matches"},
	{"kms-key-deletion", `{ ($.eventSource = kms.amazonaws.com) && ($.eventName = CreateKey) }`, "", verdict.Fail, "no-metric-filter"},
	{"kms-key-deletion", `{ ($.eventName = RunInstances) || ($.eventName = StopInstances) || ($.eventName = TerminateInstances) }`, "", verdict.Fail, "no-metric-filter"},
	{"s3-bucket-policy-changes", `{ ($.eventSource = s3.amazonaws.com) && ($.eventName = DeleteBucket) }`, "", verdict.Fail, "no-metric-filter"},
	{"security-group-changes", `{ ($.eventName = RunInstances) || ($.eventName = StopInstances) }`, "", verdict.Fail, "no-metric-filter"},
	// Filters of another control.
	{"organizations-changes", "iam-policy-changes", "", verdict.Fail, "no-metric-filter"},
	{"iam-policy-changes", "organizations-changes", "", verdict.Fail, "no-metric-filter"},
	{"console-signin-without-mfa", "root-account-usage", "", verdict.Fail, "no-metric-filter"},
	{"vpc-changes", `{ ($.eventSource = ec2.amazonaws.com) && (` + routes + ` || ($.eventName = CreateVpc)) }`, "", verdict.Fail, "no-metric-filter"},
	{"network-gateway-changes", `{ ` + routes + ` || ` + gateways + ` }`, "", verdict.Pass, "pattern-is-wide"},
}

// TestPatternsOfPeople: each is judged by the events that there are, and the
// command pattern ends as check does.
func TestPatternsOfPeople(t *testing.T) {
	all, err := control.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range patternsOfPeople {
		of := func(id string) verdict.Control {
			return all[slices.IndexFunc(all, func(c verdict.Control) bool { return c.ID == id })]
		}
		if !strings.HasPrefix(w.pattern, "{") {
			w.pattern = of(w.pattern).MustMatch
		}
		cfg := config.Default()
		if w.excludes != "" {
			cfg.Exclusions = append(cfg.Exclusions, config.Exclusion{Pattern: w.excludes, Reason: "test"})
		}
		c := of(w.control)
		r := judgePattern(t, gate.New(policy.Load([]string{c.ID}), []verdict.Control{c}, cfg), w.pattern)
		w.compare(t, r)
		witnessed(t, r, w.pattern, "customary")
		p, err := filterpattern.Parse(w.pattern)
		if err != nil {
			t.Fatal(err)
		}
		facts, err := coverage.Cover(p, []verdict.Control{c}, all, cfg)
		if err != nil {
			t.Fatal(err)
		}
		if holds := coverage.Holds(facts[0], cfg); holds != (w.want == verdict.Pass) {
			t.Errorf("%s, %s: the command pattern says %v: %q", w.control, w.pattern, holds, coverage.Codes(facts[0]))
		}
	}
}

func (w customary) compare(t *testing.T, r verdict.Result) {
	t.Helper()
	code := ""
	for _, f := range r.Findings {
		if f.Level != verdict.Note && (f.Link == "pattern" || f.Code == "no-metric-filter") {
			code = f.Code
			break
		}
	}
	if r.Verdict != w.want || code != w.code {
		t.Errorf("%s, %s: %s, %q; want %s, %q\n%s", w.control, w.pattern, r.Verdict, code, w.want, w.code, pretty(r.Findings))
	}
}

// TestFiltersThatServeOthers: no message and no fix is about a filter that serves
// another control.
func TestFiltersThatServeOthers(t *testing.T) {
	doc := newDraft(t, "complete", pattern(`{ `+routes+` }`)).document()
	j, err := gateFor(t, "default", "vpc-changes").Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range j.Results[0].Findings {
		if f.Link == "pattern" || f.Code == "no-metric-filter" && f.Resource != "" {
			t.Errorf("%s", pretty(f))
		}
	}
}

// TestWhatMakesTheDifference: the message names the field, and the fix shows the
// exclusion if one would settle it.
func TestWhatMakesTheDifference(t *testing.T) {
	for pattern, want := range map[string][2]string{
		`{ ` + refused + ` && ($.userIdentity.arn != "*/scanner/*") }`: {`the difference is userIdentity.arn "`, `- pattern: '{ $.userIdentity.arn = "*/scanner/*" }'`},
		`{ ` + refused + ` && ($.userIdentity.userName != "ci") }`:     {"userIdentity.userName, which the event lacks", ""},
		`{ ` + refused + ` && ($.sourceIPAddress != "10.*") && ($.eventName != "List*") }`: {
			"sourceIPAddress", "- pattern: '{ $.sourceIPAddress = \"10.*\" }'\n    reason: ...\n  - pattern: '{ $.eventName = \"List*\" }'"},
		`{ $.errorcode = "AccessDenied*" }`: {"errorcode should be errorCode", ""},
		`{ $.errorCode = "Acces Denied" }`:  {`errorCode "Acces Denied" should be "AccessDenied*"`, ""},
		`{ $.errorCode = "AccessDenied*" }`: {`errorCode "Client.UnauthorizedOperation"`, ""},
	} {
		r := judgePattern(t, gateFor(t, "default", "unauthorized-api-calls"), pattern)
		at := slices.IndexFunc(r.Findings, func(f verdict.Finding) bool { return f.Link == "pattern" })
		if at < 0 {
			t.Errorf("%s: %s", pattern, pretty(r.Findings))
			continue
		}
		f := r.Findings[at]
		if entry := strings.Contains(f.Fix, "exclusions:"); !strings.Contains(f.Message, want[0]) || !strings.Contains(f.Fix, want[1]) || entry != (want[1] != "") {
			t.Errorf("%s: want %q\n%s\n%s", pattern, want, f.Message, f.Fix)
		}
	}
}

// TestSensitivePatternsStayHidden: neither the field that makes the difference nor
// an exclusion gives a sensitive pattern away.
func TestSensitivePatternsStayHidden(t *testing.T) {
	doc := readPlan(t, plans+"complete/plan.json")
	secret := `{ ` + refused + ` && ($.userIdentity.userName != "hush-hush-account") }`
	set(doc, "aws_cloudwatch_log_metric_filter", "pattern", resource.StringValue(secret).AsSensitive())
	j, err := gateFor(t, "default", "unauthorized-api-calls").Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if said := pretty(j.Results[0].Findings); strings.Contains(said, "hush") || strings.Contains(said, "makes the difference") {
		t.Errorf("%s", said)
	}
}
