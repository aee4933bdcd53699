package analysis

import (
	"fmt"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// Bounds of the facts of one input, each of which grows as a product: whoever
// writes n of this and n of that gets n squared. Real inputs stay far below.
const (
	maxPairs    = 8_000_000 // that are compared
	maxFacts    = 30_000    // alarms of filters, those who act for alarms, what they tell
	maxElements = 250_000   // of policies, counted for each request that is put to them
)

const tooMuchPolicy = "the policies of the input are too many to be asked about everything"

// work is what has been done for one input.
type work struct{ facts, elements int }

// fact counts a fact, and says whether there may be so many.
func (w *work) fact() bool {
	w.facts++
	return w.facts <= maxFacts
}

// reads counts the elements of policies that a request is put to, and says whether
// there may be so many.
func (w *work) reads(docs []iampolicy.Document) bool {
	for _, doc := range docs {
		for _, s := range doc.Statements {
			w.elements += elements(s)
		}
	}
	return !w.exhausted()
}

// exhausted says whether no more policies are read.
func (w *work) exhausted() bool { return w.elements > maxElements }

func elements(s iampolicy.Statement) int {
	n := 1 + len(s.Actions) + len(s.NotActions) + len(s.Resources) + len(s.NotResources)
	for _, p := range s.Principals {
		n += len(p.IDs)
	}
	for _, p := range s.NotPrincipals {
		n += len(p.IDs)
	}
	for _, c := range s.Conditions {
		n += len(c.Values)
	}
	return n
}

// perChild is how many bytes of the rule of a composite alarm cost as much as a
// comparison of two nodes.
const perChild = 64

// pairs is how many comparisons it takes to find who feeds whom.
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
