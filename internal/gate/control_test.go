package gate_test

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

const plans = "../../testdata/plans/"

// published is a control as the benchmarks print it: testdata/controls.json.
type published struct {
	ID          string
	MustMatch   string `json:"must_match"`
	Accepted    []string
	From        map[string]string
	Events      string
	SecurityHub string `json:"security_hub"`
	Numbers     map[string]string
	Errata      []string
}

func publishedControls(t *testing.T) []published {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/controls.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []published
	if err := json.Unmarshal(raw, &all); err != nil || len(all) != 15 {
		t.Fatalf("%d controls: %v", len(all), err)
	}
	return all
}

func gateFor(t *testing.T, profile string, ids ...string) *gate.Gate {
	t.Helper()
	controls, err := control.Select(ids)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range controls {
		controls[i] = c.For(profile)
	}
	cfg := config.Default()
	cfg.Profile = profile
	return gate.New(policy.Load(verdict.IDs(controls)), controls, cfg)
}

// TestControlsArePublished: METADATA say what the benchmarks print.
func TestControlsArePublished(t *testing.T) {
	for _, want := range publishedControls(t) {
		controls, err := control.Select([]string{want.ID})
		if err != nil {
			t.Fatal(err)
		}
		got := controls[0]
		if got.MustMatch != want.MustMatch || !slices.Equal(got.Accepted, want.Accepted) && len(want.Accepted) > 0 || got.Events != want.Events {
			t.Errorf("%s: pattern, variants or events differ", want.ID)
		}
		if want.SecurityHub != "" {
			want.Numbers["security-hub"] = want.SecurityHub
		}
		for benchmark, number := range want.Numbers {
			if got.References[benchmark] != number || !slices.Contains(config.Benchmarks, benchmark) {
				t.Errorf("%s: %s %q, want %q", want.ID, benchmark, got.References[benchmark], number)
			}
		}
		for version, pattern := range want.From {
			if got.For(version).MustMatch != pattern {
				t.Errorf("%s: %s asks for %s", want.ID, version, got.For(version).MustMatch)
			}
		}
	}
}

// TestEveryControlHasPlans: of every control there is a real plan that passes it
// and one that fails it.
func TestEveryControlHasPlans(t *testing.T) {
	g := gateFor(t, "default", "all")
	for file, want := range map[string]verdict.Verdict{"all-controls": verdict.Pass, "each-control-narrowed": verdict.Fail} {
		for _, r := range judgeAll(t, g, plans+file+"/plan.json") {
			if r.Verdict != want {
				t.Errorf("%s: %s is %s, want %s\n%s", file, r.Control, r.Verdict, want, pretty(r.Findings))
			}
		}
	}
}

func judgeAll(t *testing.T, g *gate.Gate, file string) []verdict.Result {
	t.Helper()
	j, err := g.Judge(context.Background(), readPlan(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return j.Results
}

func readPlan(t *testing.T, file string) *resource.Document {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := plan.Read(f, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestControlPatterns: right, reordered, widened, narrowed and mistyped patterns
// of every control, on the filter of a real plan.
func TestControlPatterns(t *testing.T) {
	for _, c := range publishedControls(t) {
		g := gateFor(t, "default", c.ID)
		right := map[string]string{"right": c.MustMatch, "reordered": reordered(c.MustMatch), "other blanks": strings.ReplaceAll(c.MustMatch, " = ", "=")}
		for i, accepted := range c.Accepted {
			right["accepted "+string(rune('a'+i))] = accepted
		}
		for name, pattern := range right {
			if r := judgePattern(t, g, pattern); r.Verdict != verdict.Pass || len(warnings(r)) > 0 {
				t.Errorf("%s, %s: %s, warnings %q\n%s", c.ID, name, r.Verdict, warnings(r), pattern)
			}
		}
		for name, pattern := range map[string]string{
			"floods": widened(c.MustMatch, `$.eventName = "DescribeInstances"`), "narrowed": narrowed(c.MustMatch), "mistyped": mistyped(c.MustMatch),
		} {
			r := judgePattern(t, g, pattern)
			if r.Verdict != verdict.Fail || firstFault(r) != "pattern" {
				t.Errorf("%s, %s: %s at %q\n%s\n%s", c.ID, name, r.Verdict, firstFault(r), pattern, pretty(r.Findings))
			}
			witnessed(t, r, pattern, name)
		}
		wide := judgePattern(t, g, widened(c.MustMatch, `$.eventName = "CreateSnapshot"`))
		if wide.Verdict != verdict.Pass || !slices.Contains(warnings(wide), "pattern-is-wide") {
			t.Errorf("%s, widened: %s, warnings %q", c.ID, wide.Verdict, warnings(wide))
		}
	}
}

// TestSecurityHubComparesPatterns: it takes the exact pattern and nothing else.
func TestSecurityHubComparesPatterns(t *testing.T) {
	for _, c := range publishedControls(t) {
		if c.SecurityHub == "" {
			continue
		}
		g := gateFor(t, "security-hub", c.ID)
		if r := judgePattern(t, g, c.MustMatch); r.Verdict != verdict.Pass {
			t.Errorf("%s: %s\n%s", c.ID, r.Verdict, pretty(r.Findings))
		}
		for _, pattern := range append(c.Accepted, widened(c.MustMatch, `$.eventName = "CreateSnapshot"`)) {
			want := verdict.Fail
			if c.ID == "console-signin-without-mfa" && slices.Contains(c.Accepted, pattern) {
				want = verdict.Pass // the remediation of AWS makes it
			}
			if r := judgePattern(t, g, pattern); r.Verdict != want {
				t.Errorf("%s: %s\n%s", c.ID, r.Verdict, pattern)
			}
		}
	}
}

// TestTextsThatDiffer: where the guide of Security Hub and AWS's remediation print
// different patterns both pass, in words that cite both, and in other profiles
// nothing is said.
func TestTextsThatDiffer(t *testing.T) {
	const mfa = "console-signin-without-mfa"
	controls, err := control.Select([]string{mfa})
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{controls[0].MustMatch, controls[0].Variants[0].Pattern} {
		r := judgePattern(t, gateFor(t, "security-hub", mfa), pattern)
		at := slices.IndexFunc(r.Findings, func(f verdict.Finding) bool { return f.Code == "pattern-texts-differ" })
		if r.Verdict != verdict.Pass || at < 0 {
			t.Errorf("%s: %s\n%s", pattern, r.Verdict, pretty(r.Findings))
			continue
		}
		for _, form := range []string{controls[0].MustMatch, controls[0].Variants[0].Pattern} {
			if !strings.Contains(r.Findings[at].Message, form) {
				t.Errorf("%s is not cited: %s", form, r.Findings[at].Message)
			}
		}
		if r := judgePattern(t, gateFor(t, "default", mfa), pattern); r.Verdict != verdict.Pass || len(warnings(r)) > 0 {
			t.Errorf("%s: %s, %q", pattern, r.Verdict, warnings(r))
		}
	}
}

// TestBenchmarksWantReadsAndWrites: the audit of every benchmark does, whatever the
// events of a control are.
func TestBenchmarksWantReadsAndWrites(t *testing.T) {
	for _, profile := range config.Profiles {
		doc := readPlan(t, plans+"all-controls/plan.json")
		set(doc, "aws_cloudtrail", "event_selector", resource.ListValue(resource.MapValue(map[string]resource.Value{"read_write_type": resource.StringValue("WriteOnly")})))
		j, err := gateFor(t, profile, "network-acl-changes").Judge(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		want := verdict.Fail
		if profile == "default" || profile == "strict" {
			want = verdict.Pass
		}
		if r := j.Results[0]; r.Verdict != want {
			t.Errorf("%s: %s at %q, want %s", profile, r.Verdict, firstFault(r), want)
		}
	}
}

// TestProfilesAskForMore: a pattern that a newer benchmark or the strict profile
// asks for passes everywhere, the older one only if it was enough.
func TestProfilesAskForMore(t *testing.T) {
	controls, err := control.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range controls {
		for profile, more := range map[string]string{"strict": c.Strict, "cis-aws-7.0.0": c.From["cis-aws-5.0.0"]} {
			if more == "" {
				continue
			}
			g := gateFor(t, profile, c.ID)
			if r := judgePattern(t, g, more); r.Verdict != verdict.Pass {
				t.Errorf("%s: what %s asks for is %s", c.ID, profile, r.Verdict)
			}
			if r := judgePattern(t, g, c.MustMatch); r.Verdict != verdict.Fail {
				t.Errorf("%s: less than %s asks for is %s", c.ID, profile, r.Verdict)
			}
			if r := judgePattern(t, gateFor(t, "cis-aws-3.0.0", c.ID), c.MustMatch); r.Verdict != verdict.Pass {
				t.Errorf("%s: the pattern of cis-aws-3.0.0 is %s", c.ID, r.Verdict)
			}
		}
	}
}

// TestTrailsRecordWhatControlsNeed: a trail of writes is enough for changes and
// fatal for denied calls and the root user; a source that is left out is fatal
// for the controls of this source.
func TestTrailsRecordWhatControlsNeed(t *testing.T) {
	writes := resource.ListValue(resource.MapValue(map[string]resource.Value{"read_write_type": resource.StringValue("WriteOnly")}))
	without := func(source string) resource.Value {
		return resource.ListValue(resource.MapValue(map[string]resource.Value{
			"exclude_management_event_sources": resource.ListValue(resource.StringValue(source)),
		}))
	}
	reads := []string{"unauthorized-api-calls", "root-account-usage"}
	for _, tt := range []struct {
		name     string
		selector resource.Value
		fail     []string
	}{
		{"writes", writes, reads},
		{"without kms", without("kms.amazonaws.com"), []string{"kms-key-deletion"}},
		{"without rdsdata", without("rdsdata.amazonaws.com"), nil},
	} {
		doc := readPlan(t, plans+"all-controls/plan.json")
		set(doc, "aws_cloudtrail", "event_selector", tt.selector)
		j, err := gateFor(t, "default", "all").Judge(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range j.Results {
			want := verdict.Pass
			if slices.Contains(tt.fail, r.Control) {
				want = verdict.Fail
			}
			if r.Verdict != want || want == verdict.Fail && firstFault(r) != "trail" {
				t.Errorf("%s: %s is %s at %q, want %s", tt.name, r.Control, r.Verdict, firstFault(r), want)
			}
		}
	}
}

// judgePattern judges the plan complete with another pattern.
func judgePattern(t *testing.T, g *gate.Gate, pattern string) verdict.Result {
	t.Helper()
	doc := readPlan(t, plans+"complete/plan.json")
	set(doc, "aws_cloudwatch_log_metric_filter", "pattern", resource.StringValue(pattern))
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j.Results[0]
}

// set gives the resources of a type another value of an attribute.
func set(doc *resource.Document, typ, attribute string, value resource.Value) {
	for _, r := range doc.Resources {
		if r.Type != typ {
			continue
		}
		fields := map[string]resource.Value{}
		for _, name := range r.Attributes.Keys() {
			fields[name] = r.Attr(name)
		}
		fields[attribute] = value
		r.Attributes = resource.MapValue(fields)
	}
}

func warnings(r verdict.Result) (codes []string) {
	for _, f := range r.Findings {
		if f.Level == verdict.Warning {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

// TestMisprintsAreNamed: a published pattern that is wrong is recognised.
func TestMisprintsAreNamed(t *testing.T) {
	controls, err := control.All()
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, c := range controls {
		for _, m := range c.Misprints {
			count++
			r := judgePattern(t, gateFor(t, "default", c.ID), m.Pattern)
			named := slices.ContainsFunc(r.Findings, func(f verdict.Finding) bool { return strings.HasSuffix(f.Message, m.Says) })
			if r.Verdict != verdict.Fail || !named {
				t.Errorf("%s: %s, named %v\n%s", c.ID, r.Verdict, named, pretty(r.Findings))
			}
		}
	}
	if count < 5 {
		t.Errorf("%d misprints", count)
	}
}

// A test of the source that writes a call anyway loses nothing that AWS writes.
func TestSourceOfItsOwnCalls(t *testing.T) {
	const names = `($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink)`
	for source, want := range map[string]verdict.Verdict{"ec2.amazonaws.com": verdict.Pass, "vpc.amazonaws.com": verdict.Fail} {
		r := judgePattern(t, gateFor(t, "default", "vpc-changes"), "{ ($.eventSource = "+source+") && ("+names+") }")
		if r.Verdict != want {
			t.Errorf("%s: %s\n%s", source, r.Verdict, pretty(r.Findings))
		}
	}
}

// witnessed: the event of a finding is one that the pattern treats as claimed.
func witnessed(t *testing.T, r verdict.Result, pattern, name string) {
	t.Helper()
	p, err := filterpattern.Parse(pattern)
	if err != nil {
		return
	}
	for _, f := range r.Findings {
		if f.Witness == nil || f.Link != "pattern" {
			continue
		}
		if matched := p.MatchMessage(filterpattern.Object(f.Witness)); matched != (f.Code == "pattern-floods" || f.Code == "pattern-is-wide") {
			t.Errorf("%s, %s: the event of %s is matched: %v\n%s", r.Control, name, f.Code, matched, pretty(f.Witness))
		}
	}
}

var name = regexp.MustCompile(`\(\$\.event(?:Name|Source) = [^()]*\)`)

// reordered returns a pattern with its names in another order; one without names has
// its two sides swapped.
func reordered(pattern string) string {
	names := name.FindAllString(pattern, -1)
	if strings.Contains(pattern, "eventSource") {
		names = names[1:]
	}
	if len(names) < 2 {
		inner := strings.TrimSuffix(strings.TrimPrefix(pattern, "{ "), " }")
		for _, operator := range []string{" || ", " && "} {
			if parts := strings.Split(inner, operator); len(parts) > 1 {
				slices.Reverse(parts)
				return "{ " + strings.Join(parts, operator) + " }"
			}
		}
		return pattern
	}
	list := strings.Join(names, " || ")
	slices.Reverse(names)
	return strings.Replace(pattern, list, strings.Join(names, " || "), 1)
}

func widened(pattern, more string) string {
	return "{ (" + strings.TrimSuffix(strings.TrimPrefix(pattern, "{ "), " }") + ") || (" + more + ") }"
}

// narrowed lacks the last of the names, or asks for more.
func narrowed(pattern string) string {
	if at := strings.LastIndex(pattern, " || ("); at >= 0 {
		end := at + strings.Index(pattern[at:], ")") + 1
		return pattern[:at] + pattern[end:]
	}
	return strings.TrimSuffix(pattern, "}") + `&& ($.userIdentity.userName = "admin") }`
}

func mistyped(pattern string) string {
	return strings.NewReplacer("$.eventName", "$.eventname", "$.errorCode", "$.errorcode", "$.userIdentity.type", "$.userIdentity.Type").Replace(pattern)
}

// TestBefore: a plan that breaks a control or repairs it says so.
func TestBefore(t *testing.T) {
	g := newGate(t)
	breaks := readPlan(t, plans+"loosens-the-pattern/plan.json")
	repairs := readPlan(t, plans+"loosens-the-pattern/plan.json")
	repairs.Resources, repairs.Before = repairs.Before, repairs.Resources
	for _, tt := range []struct {
		doc         *resource.Document
		now, before verdict.Verdict
	}{{breaks, verdict.Fail, verdict.Pass}, {repairs, verdict.Pass, verdict.Fail}, {readPlan(t, plans+"existing-unchanged/plan.json"), verdict.Pass, ""}} {
		j, err := g.Judge(context.Background(), tt.doc)
		if err != nil {
			t.Fatal(err)
		}
		if r := j.Results[0]; r.Verdict != tt.now || r.Before != tt.before {
			t.Errorf("%s, before %q; want %s, before %q", r.Verdict, r.Before, tt.now, tt.before)
		}
	}
}
