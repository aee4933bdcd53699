package facts

import (
	"github.com/iacgate/iacgate/internal/access"
	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Base holds the facts of one world of an input, and computes others on demand.
type Base struct {
	Document *document.Document // as far as it is known: what controls make of it is left open
	Graph    *graph.Graph
	Controls *coverage.Controls

	access     *access.World
	config     config.Config
	patterns   map[*graph.MetricFilter]coverage.Question // those that are known
	counted    int                                       // facts
	parents    map[string][]parentAlarm                  // the composite alarms over a child, once they are asked for
	rests      map[string]map[string]alarmrule.State     // of the alarms of their rules, while nothing happens
	publishing map[*graph.MetricFilter]document.Publisher
}

func newNode(n graph.Node) document.Node {
	node := document.Node{Address: n.ID, External: n.External, Drifted: []string{}, Unknown: map[string]string{}, Settled: map[string]string{}, Refused: []document.Refusal{}}
	if r := n.Resource; r != nil {
		node.Change, node.Region, node.Account = r.Change.Action.String(), r.Scope.Region, r.Scope.Account
		node.Drifted = append(node.Drifted, r.Change.Drifted...)
		for attribute := range r.Settled {
			if attribute == "alarm_actions" {
				continue // the action says it
			}
			node.Settled[attribute] = document.SettledBy(r, attribute)
		}
		node.Uncertain, node.Refused = r.Uncertain, refusals(r)
	}
	return node
}

// noteUnknown notes an argument that decides a link if it cannot be seen.
func noteUnknown(n *document.Node, argument string, v resource.Value) resource.Value {
	if v.IsUnknown() {
		n.Unknown[argument] = document.Why(v)
	}
	return v
}

func newLink(t graph.Target) document.Link {
	to := t.To
	if to == nil {
		to = []string{}
	}
	return document.Link{State: document.LinkState(t.State), To: to, OneOf: t.OneOf, Text: t.Text, Reason: t.Reason}
}

// Bounds of the facts of one input. Each grows as a product: n of this and n of that
// give n squared. Real inputs stay far below.
const (
	maxPairs = 8_000_000 // that are compared
	maxFacts = 30_000    // alarms of filters, those who act for alarms, what they tell
)

// count counts a fact, and reports whether the bound allows it.
func (b *Base) count() bool {
	b.counted++
	return b.counted <= maxFacts
}

// parentAlarm is a composite alarm whose rule refers to a child, or may refer to it.
type parentAlarm struct {
	composite *graph.CompositeAlarm
	fires     truth.Truth
	reason    string
}
