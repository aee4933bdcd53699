package facts

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// TestCount: the last fact that the bound allows counts, and one more is noticed.
func TestCount(t *testing.T) {
	b := &Base{counted: maxFacts - 1}
	if !b.count() || b.counted > maxFacts {
		t.Errorf("%d facts are too many", b.counted)
	}
	if b.count() || b.counted <= maxFacts {
		t.Errorf("%d facts are not too many", b.counted)
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
