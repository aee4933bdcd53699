package diagram_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

var whole = verdict.Chain{
	Trail: "aws_cloudtrail.t", LogGroup: "aws_cloudwatch_log_group.g", MetricFilter: "aws_cloudwatch_log_metric_filter.f", Metric: "N/M",
	Alarm: "aws_cloudwatch_metric_alarm.a", Topic: "aws_sns_topic.n", Subscriptions: []string{"aws_sns_topic_subscription.s"},
}

// result returns a result whose links hold up to one in a state; behind a missing
// one nothing is judged.
func result(c verdict.Chain, at verdict.Link, s verdict.State, findings ...verdict.Finding) verdict.Result {
	r := verdict.Result{Control: "c", Verdict: verdict.Fail, Chain: &c, Findings: findings}
	behind := false
	for _, l := range verdict.Links {
		step := verdict.Step{Link: l, State: verdict.OK}
		switch {
		case behind:
			step.State = verdict.NotJudged
		case l == at:
			step.State, behind = s, s == verdict.Missing
		}
		r.Links = append(r.Links, step)
	}
	return r
}

// text returns a picture in short: the states of boxes that are not ok, and of lines.
func text(g diagram.Graph) (out []string) {
	for _, n := range g.Nodes {
		if n.State != diagram.OK || len(n.Faults) > 0 {
			out = append(out, fmt.Sprintf("%s %q %s %v", n.Kind, n.Address, n.State, n.Faults))
		}
	}
	for _, e := range g.Edges {
		if e.State != diagram.OK {
			out = append(out, fmt.Sprintf("%s > %s %s", g.Nodes[e.From].Kind, g.Nodes[e.To].Kind, e.State))
		}
	}
	return out
}

func TestChain(t *testing.T) {
	without := func(edit func(*verdict.Chain)) verdict.Chain {
		c := whole
		edit(&c)
		return c
	}
	noAlarm := without(func(c *verdict.Chain) { c.Alarm, c.Topic, c.Subscriptions = "", "", nil })
	noTopic := without(func(c *verdict.Chain) { c.Topic, c.Subscriptions = "", nil })
	over := without(func(c *verdict.Chain) { c.CompositeAlarm = "aws_cloudwatch_composite_alarm.c" })
	fault := func(link verdict.Link, code, resource string) verdict.Finding {
		return verdict.Finding{Code: code, Link: link, Level: verdict.Error, Resource: resource}
	}
	for _, tc := range []struct {
		name string
		of   verdict.Result
		want []string
	}{
		{"whole", result(whole, "", ""), nil},
		{"pattern", result(whole, "pattern", verdict.Broken, fault("pattern", "pattern-misses-events", "")), []string{
			`metric filter "aws_cloudwatch_log_metric_filter.f" broken [pattern-misses-events]`,
		}},
		{"metric", result(whole, "metric", verdict.Broken, fault("metric", "metric-name-differs", whole.Alarm)), []string{
			`alarm "aws_cloudwatch_metric_alarm.a" ok [← metric-name-differs]`, "metric filter > alarm broken",
		}},
		{"other group", result(whole, "log_group", verdict.Broken), []string{`log group "aws_cloudwatch_log_group.g" broken []`, "trail > log group broken"}},
		{"no alarm", result(noAlarm, "alarm", verdict.Missing, fault("alarm", "no-alarm", whole.MetricFilter)), []string{
			`alarm "" missing [no-alarm]`, `topic "" not judged []`, `subscription "" not judged []`,
			"metric filter > alarm missing", "alarm > topic not judged", "topic > subscription not judged",
		}},
		{"no action", result(noTopic, "action", verdict.Missing, fault("action", "no-action", whole.Alarm)), []string{
			`topic "" missing [← no-action]`, `subscription "" not judged []`, "alarm > topic missing", "topic > subscription not judged",
		}},
		{"actions disabled", result(whole, "action", verdict.Broken, fault("action", "actions-disabled", whole.Alarm)), []string{
			`topic "aws_sns_topic.n" ok [← actions-disabled]`, "alarm > topic broken",
		}},
		{"no subscription", result(without(func(c *verdict.Chain) { c.Subscriptions = nil }), "subscription", verdict.Missing), []string{
			`subscription "" missing []`, "topic > subscription missing",
		}},
		{"topic unknown", result(noTopic, "topic", verdict.Undecided), []string{`topic "" unknown []`, `subscription "" external []`}},
		{"inferred", result(whole, "action", verdict.Inferred), []string{"alarm > topic inferred"}},
		{"composite", result(over, "alarm", verdict.Broken, fault("alarm", "composite-suppresses", over.CompositeAlarm)), []string{
			`composite alarm "aws_cloudwatch_composite_alarm.c" broken [composite-suppresses]`,
		}},
		{"alarm below a composite", result(over, "alarm", verdict.Broken, fault("alarm", "alarm-cannot-fire", over.Alarm)), []string{
			`alarm "aws_cloudwatch_metric_alarm.a" broken [alarm-cannot-fire]`,
		}},
		{"nothing", verdict.Result{Control: "c", Verdict: verdict.Skip}, nil},
	} {
		g := diagram.Chain(tc.of)
		if diff := cmp.Diff(tc.want, text(g)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
		wellFormed(t, g.SVG("x"))
	}
	if got := diagram.Chain(verdict.Result{}).SVG("x"); got != "" {
		t.Errorf("a drawing of nothing: %s", got)
	}
}

// Paths that cover a control together share their boxes.
func TestPathsTogether(t *testing.T) {
	beside := whole
	beside.MetricFilter, beside.Metric = "aws_cloudwatch_log_metric_filter.other", "N/O"
	c := whole
	c.With = []verdict.Chain{beside}
	r := result(c, "", "")
	r.Verdict = verdict.Pass
	g := diagram.Chain(r)
	if len(g.Nodes) != 7 || len(g.Edges) != 7 || len(text(g)) > 0 {
		t.Errorf("%d boxes, %d lines: %q", len(g.Nodes), len(g.Edges), text(g))
	}
	r.Verdict = verdict.Fail
	if got := text(diagram.Chain(r)); len(got) != 3 || !slices.Contains(got, `metric filter "aws_cloudwatch_log_metric_filter.other" not judged []`) {
		t.Errorf("a path of which nothing is known: %q", got)
	}
	r.With = []verdict.Candidate{{Chain: beside, Verdict: verdict.Pass}}
	if got := text(diagram.Chain(r)); len(got) > 0 {
		t.Errorf("a path that holds: %q", got)
	}
	beside.Alarm, beside.Topic, beside.Subscriptions = "", "", nil
	r.Chain.With[0], r.With[0] = beside, verdict.Candidate{Chain: beside, Verdict: verdict.Fail, Fault: &verdict.Finding{Code: "no-alarm", Link: "alarm", Level: verdict.Error}}
	if diff := cmp.Diff([]string{`alarm "" missing [no-alarm]`, "metric filter > alarm missing"}, text(diagram.Chain(r))); diff != "" {
		t.Errorf("a path without an alarm (-want +got):\n%s", diff)
	}
	var many []string
	for i := range 30 {
		many = append(many, fmt.Sprint("aws_sns_topic_subscription.s", i))
	}
	c.With, c.Subscriptions = nil, many
	g = diagram.Chain(result(c, "", ""))
	if last := g.Nodes[len(g.Nodes)-1]; len(g.Nodes) != 10 || !slices.Contains(last.Details, "and 25 more") {
		t.Errorf("%d boxes, the last %+v", len(g.Nodes), last)
	}
}

func TestConsidered(t *testing.T) {
	other := whole
	other.LogGroup = "aws_cloudwatch_log_group.other"
	silent := whole
	silent.Alarm, silent.Topic, silent.Subscriptions = "", "", nil
	g := diagram.Considered(verdict.Result{Candidates: []verdict.Candidate{
		{Chain: whole, Verdict: verdict.Pass},
		{Chain: other, Verdict: verdict.Fail, Fault: &verdict.Finding{Code: "log-group-differs", Link: "log_group", Level: verdict.Error}},
		{Chain: silent, Verdict: verdict.Fail, Fault: &verdict.Finding{Code: "no-alarm", Link: "alarm", Level: verdict.Error}},
	}})
	want := []string{
		`log group "aws_cloudwatch_log_group.other" broken [log-group-differs]`, `alarm "" missing [no-alarm]`,
		"trail > log group broken", "log group > metric filter not judged", "metric filter > alarm missing",
	}
	if diff := cmp.Diff(want, text(g)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// evil is a name that wants to be something else in every form.
const evil = "a\"];}</text><script>x</script>`#quot;&lt;\\n\\\"|]:::end\n  end\r\u202eb\x1b[31m\u2028--> n1 %%{init}%% 1. - *x* \xff'"

func hostile() diagram.Graph {
	g := diagram.Graph{Title: evil}
	for k := diagram.Trail; k <= diagram.Subscription; k++ {
		g.Nodes = append(g.Nodes, diagram.Node{Kind: k, Address: evil, State: diagram.Broken, Details: []string{evil}, Faults: []diagram.Fault{{Code: evil, State: diagram.Broken}}})
		if k > 0 {
			g.Edges = append(g.Edges, diagram.Edge{From: int(k) - 1, To: int(k), State: diagram.Unknown, Label: evil})
		}
	}
	g.Edges = append(g.Edges, diagram.Edge{From: 3, To: 3, State: diagram.Broken, Label: evil})
	return g
}

func TestHostileNames(t *testing.T) {
	g := hostile()
	dot, mermaid, svg := print(t, diagram.DOT, g, g), print(t, diagram.Mermaid, g, g), g.SVG("e")
	accepted(t, dot)
	wellFormed(t, svg)
	want := strings.Join(strings.Fields(terminal.Clean(evil)), "")
	for form, labels := range map[string][]string{"dot": readDOT(t, dot), "mermaid": readMermaid(t, mermaid)} {
		if n := len(labels); n != 2*(1+8+8) {
			t.Errorf("%s: %d labels", form, n)
		}
		if got := strings.Join(strings.Fields(labels[0]), ""); got != want {
			t.Errorf("%s: the title is shown as %q, want %q", form, got, want)
		}
	}
	for form, text := range map[string]string{"dot": string(dot), "mermaid": string(mermaid), "svg": svg} {
		for _, r := range text {
			if r != '\n' && terminal.Hostile(r) {
				t.Errorf("%s: %U", form, r)
			}
		}
	}
}

func TestWorldRefusesWhatIsNoDocument(t *testing.T) {
	if _, err := diagram.World([]byte("{")); err == nil {
		t.Error("half a document is drawn")
	}
	g, err := diagram.World([]byte("{}"))
	if err != nil || len(g.Nodes) > 0 {
		t.Errorf("%+v, %v", g, err)
	}
}

func TestWritersPassErrorsOn(t *testing.T) {
	if diagram.DOT(brokenPipe{}, nil) == nil || diagram.Mermaid(brokenPipe{}, nil) == nil {
		t.Error("a write error is hidden")
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, os.ErrClosed }
