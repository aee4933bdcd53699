package analysis

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// TestElements: every text of a statement counts.
func TestElements(t *testing.T) {
	two := iampolicy.Texts("a", "b")
	s := iampolicy.Statement{
		Actions: two, NotActions: two, Resources: two, NotResources: two,
		Principals: []iampolicy.Principal{{IDs: two}, {IDs: two}}, NotPrincipals: []iampolicy.Principal{{IDs: two}},
		Conditions: []iampolicy.Condition{{Values: two}, {Values: two}},
	}
	if got := elements(s); got != 19 {
		t.Errorf("%d", got)
	}
}

// TestTooMuchPolicy: policies that are too many are not asked, and nothing is known.
func TestTooMuchPolicy(t *testing.T) {
	doc := iampolicy.Document{Statements: []iampolicy.Statement{{
		Effect: iampolicy.Known(iampolicy.Allow), Actions: iampolicy.Texts("*"), Resources: make([]iampolicy.Text, maxElements-2),
	}}}
	doc.Statements[0].Resources[0] = iampolicy.Known("*")
	b := &builder{graph: graph.Build(nil), work: &work{}}
	docs, request := []iampolicy.Document{doc}, iampolicy.WriteLogs("logs:PutLogEvents", iampolicy.Texts("arn:aws:logs:::x"))
	if got := b.evaluate(docs, request); got.Decision != iampolicy.Allowed {
		t.Errorf("as many as may be: %+v", got)
	}
	if got := b.evaluate(docs, request); got.Decision != iampolicy.Unknown || got.Reason != tooMuchPolicy {
		t.Errorf("twice as many: %+v", got)
	}
	reader := &reader{builder: b}
	if got := reader.documents(resource.StringValue(`{"Statement": []}`)); len(got) != 1 || !got[0].Incomplete {
		t.Errorf("then no other is read: %+v", got)
	}
}

// TestPairs: what is compared with what.
func TestPairs(t *testing.T) {
	many := func(n int) (world []*graph.MetricFilter) { return make([]*graph.MetricFilter, n) }
	rule := func(bytes int) []*graph.CompositeAlarm {
		return []*graph.CompositeAlarm{{Rule: resource.StringValue(strings.Repeat("x", bytes))}}
	}
	for name, c := range map[string]struct {
		graph graph.Graph
		want  int
	}{
		"filters":             {graph.Graph{Filters: many(3)}, 9},
		"filters and trails":  {graph.Graph{Filters: many(3), Trails: make([]*graph.Trail, 2)}, 15},
		"filters and alarms":  {graph.Graph{Filters: many(3), Alarms: make([]*graph.Alarm, 2)}, 15},
		"alarms and policies": {graph.Graph{Alarms: make([]*graph.Alarm, 2), TopicPolicies: make([]*graph.ResourcePolicy, 4)}, 8},
		"trails and policies": {graph.Graph{Trails: make([]*graph.Trail, 2), RolePolicies: make([]*graph.RolePolicy, 4)}, 8},
		"subscriptions and what lets in": {graph.Graph{Subscriptions: make([]*graph.Subscription, 2), Permissions: make([]*graph.Permission, 3),
			QueuePolicies: make([]*graph.ResourcePolicy, 4), RolePolicies: make([]*graph.RolePolicy, 5)}, 24},
		"a short rule":                 {graph.Graph{Composites: rule(perChild - 1), Alarms: make([]*graph.Alarm, 2)}, 3},
		"a rule that is twice so long": {graph.Graph{Composites: rule(perChild), Alarms: make([]*graph.Alarm, 2)}, 6},
	} {
		if got := pairs(&c.graph); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// TestTooLarge: an input that would take too long is an error.
func TestTooLarge(t *testing.T) {
	doc := &resource.Document{Path: "huge.json"}
	g := &graph.Graph{Filters: make([]*graph.MetricFilter, 2000), Alarms: make([]*graph.Alarm, 2001)}
	if _, err := Build(doc, g, Question{Controls: &Controls{}}); err == nil || !strings.Contains(err.Error(), "huge.json: more than 8000000 pairs") {
		t.Errorf("%v", err)
	}
	var world strings.Builder
	for i := range 14 { // each of them over all others: some 240000 paths
		name := string(rune('a' + i))
		world.WriteString(over(name, `"ALARM(denied-calls) OR ALARM(a) OR ALARM(b) OR ALARM(c) OR ALARM(d) OR ALARM(e) OR ALARM(f) OR ALARM(g) OR ALARM(h) OR ALARM(i) OR ALARM(j) OR ALARM(k) OR ALARM(l) OR ALARM(m) OR ALARM(n)"`))
	}
	if _, err := build(t, complete+world.String()); err == nil || !strings.Contains(err.Error(), "world: more than 30000 paths") {
		t.Errorf("%v", err)
	}
}
