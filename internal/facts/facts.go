// Package facts turns a graph into facts and writes them into a [document.Document]: what
// a trail records, which events a filter matches, how many events raise an alarm, what a
// topic delivers.
//
// It has facts only: Rego decides which of them a control requires. The package knows no
// Rego and prints nothing.
package facts

import (
	"fmt"

	"github.com/iacgate/iacgate/internal/access"
	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// Build computes the facts of one world of an input. The graph is of that world; doc
// describes the input. It fails only if the input is too large.
func Build(doc *resource.Document, g *graph.Graph, controls *coverage.Controls) (*Base, error) {
	if pairs(g) > maxPairs {
		return nil, tooLarge(doc, maxPairs, "pairs of related resources, such as filters and alarms")
	}
	c := controls.Config()
	b := &Base{Graph: g, Controls: controls, access: access.NewWorld(doc, g), config: c, parents: map[string][]parentAlarm{}, rests: map[string]map[string]alarmrule.State{}, publishing: map[*graph.MetricFilter]document.Publisher{}}
	b.Document = &document.Document{
		Version: document.Version, Path: doc.Path, Format: string(doc.Format), When: nonNil(doc.When), Incomplete: nonNil(doc.Incomplete), Gaps: gaps(doc, c),
		Config: c, Levels: controls.Levels(), Unused: []string{}, Controls: map[string]document.ControlFacts{}, Deleted: deleted(doc.Before),
	}
	if b.nodes(b.Document); b.counted > maxFacts {
		return nil, tooLarge(doc, maxFacts, "paths from filters to what their alarms notify")
	}
	return b, nil
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (b *Base) nodes(out *document.Document) {
	g := b.Graph
	b.patterns = b.knownPatterns()
	out.Trails = each(g.Trails, b.trail)
	out.MetricFilters = each(g.Filters, b.filter)
	out.LogGroups = each(g.LogGroups, b.logGroup)
	out.Alarms = each(g.Alarms, b.alarm)
	out.Composites = each(g.Composites, func(c *graph.CompositeAlarm) document.Node { return newNode(c.Node) })
	out.Topics = each(g.Topics, b.topic)
	out.Subscriptions = each(g.Subscriptions, b.subscription)
	out.Taken = b.sharedNames()
	out.Other = []document.OtherResource{}
	for _, r := range g.Other {
		out.Other = append(out.Other, document.OtherResource{Address: r.Address, Type: r.Type})
	}
}

// each describes nodes by their IDs.
func each[N interface{ NodeID() string }, F any](nodes []N, describe func(N) F) map[string]F {
	out := make(map[string]F, len(nodes))
	for _, n := range nodes {
		out[n.NodeID()] = describe(n)
	}
	return out
}

// deleted lists the resources that the plan deletes.
func deleted(before []*resource.Resource) []document.Deleted {
	out := []document.Deleted{}
	for _, r := range before {
		if r.Change.Action != resource.Delete {
			continue
		}
		out = append(out, document.Deleted{Address: r.Address, Type: r.Type, Reason: r.Change.Reason, Name: document.PlainText(r.Attr("name")), ARN: document.PlainText(r.Attr("arn"))})
	}
	return out
}

// perChild is how many bytes of the rule of a composite alarm cost as much as a
// comparison of two nodes.
const perChild = 64

// pairs returns how many comparisons it takes to connect all nodes.
func pairs(g *graph.Graph) int {
	n := len(g.Filters)*(len(g.Trails)+len(g.Filters)+len(g.Alarms)) +
		len(g.Alarms)*len(g.TopicPolicies) + len(g.Trails)*len(g.RolePolicies) +
		len(g.Subscriptions)*(len(g.Permissions)+len(g.QueuePolicies)+len(g.RolePolicies))
	for _, c := range g.Composites {
		rule, _ := c.Rule.Symbolic()
		n += (len(g.Alarms) + len(g.Composites)) * (1 + len(rule)/perChild)
	}
	return n
}

func tooLarge(doc *resource.Document, most int, of string) error {
	return fmt.Errorf("%s: more than %d %s", doc.Path, most, of)
}
