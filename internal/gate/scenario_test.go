package gate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A scenario is a real plan with a few edits, and everything that there is to
// say of it: says holds all findings but for the usual notes.
type scenario struct {
	name   string
	of     string // what it shows: rows of the catalogue, sections of the contract
	base   string // complete unless stated
	edits  []edit
	config func(*config.Config)

	want verdict.Verdict
	at   verdict.Link  // the link that decides a fail or an unknown
	in   verdict.State // its state: broken for a fail, unknown for an unknown unless stated
	says []said
	also func(t *testing.T, r verdict.Result)
}

// said is a finding: its link and level follow from the code.
type said struct{ code, resource, attribute string }

// The resources of the plan that most scenarios start from.
const (
	trail      = "aws_cloudtrail.main"
	group      = "aws_cloudwatch_log_group.trail"
	filter     = "aws_cloudwatch_log_metric_filter.denied"
	alarm      = "aws_cloudwatch_metric_alarm.denied"
	composite  = "aws_cloudwatch_composite_alarm.security"
	role       = "aws_iam_role.trail"
	rolePolicy = "aws_iam_role_policy.trail"
	topic      = "aws_sns_topic.security"
	oncall     = "aws_sns_topic_subscription.oncall"
	key        = "aws_kms_key.topic"
)

const (
	deniedCalls = "unauthorized-api-calls"
	topicARN    = "arn:aws:sns:us-east-1:111122223333:security-alerts"
)

// scenarios returns all tables.
func scenarios() []scenario {
	return slices.Concat(
		trailScenarios, roleScenarios, logGroupScenarios, filterScenarios, patternScenarios, publishedScenarios,
		metricScenarios, alarmScenarios, compositeScenarios, actionScenarios, topicScenarios, keyScenarios,
		subscriptionScenarios, receiverScenarios, choiceScenarios, setScenarios, placeScenarios, ambientScenarios, hiddenScenarios, relevanceScenarios,
		changeScenarios, incompleteScenarios, configScenarios, awsccScenarios, secretScenarios,
	)
}

func TestScenarios(t *testing.T) {
	controls, err := control.Select([]string{deniedCalls})
	if err != nil {
		t.Fatal(err)
	}
	usual := newGate(t)
	seen := map[string]bool{}
	for _, s := range scenarios() {
		if seen[s.name] {
			t.Errorf("two scenarios are called %q", s.name)
		}
		seen[s.name] = true
		t.Run(s.name, func(t *testing.T) { s.run(t, usual, controls) })
	}
}

func (s scenario) run(t *testing.T, g *gate.Gate, controls []verdict.Control) {
	c := config.Default()
	if s.config != nil {
		s.config(&c)
		g = gate.New(policy.Load(verdict.IDs(controls)), controls, c)
		g.Documents = true
	}
	doc := newDraft(t, s.from(), s.edits).document()
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	got := j.Results[0]
	s.compare(t, got, c)
	holdsContract(t, got)
	holdsWitnesses(t, got, controls[0], documentOf(t, j))
	holdsSecrets(t, doc.Secrets, j)
	if s.also != nil {
		s.also(t, got)
	}
	if t.Failed() {
		t.Log(pretty(got))
	}
}

// from returns the plan that the scenario starts from.
func (s scenario) from() string {
	if s.base == "" {
		return "complete"
	}
	return s.base
}

func (s scenario) compare(t *testing.T, got verdict.Result, c config.Config) {
	t.Helper()
	if got.Verdict != s.want {
		t.Errorf("verdict %s, want %s", got.Verdict, s.want)
	}
	if link := firstFault(got); link != s.at {
		t.Errorf("decided by link %q, want %q", link, s.at)
	}
	if state := stateOf(got, s.at); s.at != "" && state != s.state() {
		t.Errorf("link %s is %q, want %q", s.at, state, s.state())
	}
	want, have := s.wantedFindings(), s.reportedFindings(got)
	if !slices.Equal(want, have) {
		t.Errorf("findings:\n  %s\nwant:\n  %s", strings.Join(have, "\n  "), strings.Join(want, "\n  "))
	}
	for _, f := range got.Findings {
		s.compareFinding(t, f, c)
	}
}

func (s scenario) state() verdict.State {
	switch {
	case s.in != "":
		return s.in
	case s.want == verdict.Unknown:
		return verdict.Undecided
	}
	return verdict.Broken
}

// confirm is the note of the e-mail subscription in the plans.
const confirm = "email-needs-confirmation"

// usual are the notes that nearly every plan has. A scenario that is about one
// of them says it.
var usual = []string{confirm, "trail-role-not-visible"}

func (s scenario) wantedFindings() []string {
	var lines []string
	for _, f := range s.says {
		lines = append(lines, fmt.Sprintf("%s at %s %s", f.code, f.resource, f.attribute))
	}
	slices.Sort(lines)
	return lines
}

func (s scenario) reportedFindings(r verdict.Result) []string {
	var lines []string
	for _, f := range r.Findings {
		asked := slices.ContainsFunc(s.says, func(want said) bool { return want.code == f.Code })
		if asked || !slices.Contains(usual, f.Code) {
			lines = append(lines, fmt.Sprintf("%s at %s %s", f.Code, f.Resource, f.Attribute))
		}
	}
	slices.Sort(lines)
	return lines
}

// profiles are the levels that a profile gives.
var profiles = map[string]map[string]verdict.Level{
	"strict":       {"pattern-narrower-than-reference": verdict.Error},
	"security-hub": {"pattern-narrower-than-reference": verdict.Error, "pattern-is-wide": verdict.Error},
}

// compareFinding holds a finding to its entry in the list of codes.
func (s scenario) compareFinding(t *testing.T, f verdict.Finding, c config.Config) {
	t.Helper()
	code, ok := finding.Lookup(f.Code)
	if !ok {
		t.Errorf("%s is not in the list of codes", f.Code)
	}
	if code.Link != "" && f.Link != code.Link {
		t.Errorf("%s is at link %q, want %q", f.Code, f.Link, code.Link)
	}
	want := code.Level
	if l, ok := c.Levels[f.Code]; ok {
		want = l
	}
	if l, ok := profiles[c.Profile][f.Code]; ok {
		want = l
	}
	if s.in == verdict.Undecided && f.Level == verdict.Unclear && want == verdict.Error {
		want = verdict.Unclear // absence from an incomplete plan proves nothing
	}
	if f.Level != want {
		t.Errorf("%s has level %s, want %s", f.Code, f.Level, want)
	}
	if f.Message == "" || f.Fix == "" && (f.Level == verdict.Error || f.Level == verdict.Unclear) {
		t.Errorf("%s does not say what is wrong or how to fix it", f.Code)
	}
}

// holdsContract: the verdict follows from the states of the links.
func holdsContract(t *testing.T, r verdict.Result) {
	t.Helper()
	count := map[verdict.State]int{}
	for _, l := range r.Links {
		count[l.State]++
	}
	holding := count[verdict.OK] + count[verdict.Inferred]
	bad := count[verdict.Broken] + count[verdict.Missing]
	noted := slices.ContainsFunc(r.Findings, func(f verdict.Finding) bool { return f.Code == "plan-incomplete" })
	level := map[verdict.Level]int{}
	for _, f := range r.Findings {
		level[f.Level]++
	}
	follows := map[verdict.Verdict]bool{
		verdict.Pass:    holding == len(verdict.Links) && !noted && level[verdict.Error]+level[verdict.Unclear] == 0,
		verdict.Fail:    level[verdict.Error] > 0 && (bad > 0 || holding == len(verdict.Links)),
		verdict.Unknown: bad == 0 && level[verdict.Error] == 0 && (level[verdict.Unclear] > 0 || noted),
		verdict.Skip:    len(r.Links) == 0 && r.Chain == nil,
	}
	if !follows[r.Verdict] {
		t.Errorf("%s does not follow from links %v", r.Verdict, r.Links)
	}
}

// documentOf returns what was judged, as JSON.
func documentOf(t *testing.T, j gate.Judgement) []byte {
	t.Helper()
	raw, err := j.Documents[0].JSON()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// holdsWitnesses: a witness shows what its finding says.
func holdsWitnesses(t *testing.T, r verdict.Result, c verdict.Control, document []byte) {
	t.Helper()
	for _, f := range r.Findings {
		if f.Witness == nil {
			continue
		}
		event, err := json.Marshal(f.Witness)
		if err != nil {
			t.Fatal(err)
		}
		asked, matched := match(t, c.MustMatch, event), match(t, patternOf(t, document, f.Resource), event)
		beyond := f.Code == "pattern-floods" || f.Code == "metric-flooded" || f.Code == "pattern-is-wide"
		if asked == beyond || matched != beyond {
			t.Errorf("%s: the witness is asked for: %v, matched: %v\n%s", f.Code, asked, matched, event)
		}
		for _, field := range []string{"eventSource", "eventName", "eventTime", "awsRegion", "userIdentity", "recipientAccountId", "eventID"} {
			if f.Witness[field] == nil {
				t.Errorf("%s: the witness has no %s", f.Code, field)
			}
		}
	}
}

func match(t *testing.T, pattern string, event []byte) bool {
	t.Helper()
	p, err := filterpattern.Parse(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return p.Match(event)
}

func patternOf(t *testing.T, document []byte, address string) string {
	t.Helper()
	var d struct {
		Filters map[string]struct{ Pattern string } `json:"metric_filters"`
	}
	if err := json.Unmarshal(document, &d); err != nil {
		t.Fatal(err)
	}
	return d.Filters[address].Pattern
}

// holdsSecrets: nothing sensitive leaves the gate.
func holdsSecrets(t *testing.T, secrets []string, j gate.Judgement) {
	t.Helper()
	results, err := json.Marshal(j.Results)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		quoted, _ := json.Marshal(s)
		inner := string(quoted[1 : len(quoted)-1])
		if len(s) >= 8 && (strings.Contains(string(results), inner) || strings.Contains(string(documentOf(t, j)), inner)) {
			t.Errorf("%q is sensitive and printed", s)
		}
	}
}

func stateOf(r verdict.Result, link verdict.Link) verdict.State {
	for _, l := range r.Links {
		if l.Link == link {
			return l.State
		}
	}
	return ""
}
