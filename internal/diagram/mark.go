package diagram

import (
	"reflect"
	"slices"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Mark adds a result to the picture of its input: which box is at fault, and what is
// missing.
func (g *Graph) Mark(r verdict.Result) {
	shown := path{}
	if r.Chain != nil {
		shown.chain = *r.Chain
	}
	for _, f := range r.Findings {
		g.fault(f, shown, r.Control)
	}
	good := g.passingBoxes(r)
	for _, c := range r.Candidates {
		p := path{chain: c.Chain}
		if c.Fault != nil && !good[g.boxOf(*c.Fault, p)] {
			g.fault(*c.Fault, p, r.Control)
		}
	}
}

// passingBoxes returns the boxes on chains that hold from end to end. A fault of
// another chain does not count for such a box: an alarm below a composite alarm needs no
// action of its own.
func (g *Graph) passingBoxes(r verdict.Result) map[int]bool {
	good := map[int]bool{}
	for _, c := range r.Candidates {
		for k := Trail; c.Verdict == verdict.Pass && k <= Subscription; k++ {
			good[g.find(k, path{chain: c.Chain}.address(k))] = true
		}
	}
	return good
}

// fault marks the box that a finding is about, or draws the one that is missing.
// A state that a line shows already is not repeated.
func (g *Graph) fault(f verdict.Finding, p path, control string) {
	state, wrong := levels[f.Level]
	if k, boxed := boxes[f.Link]; boxed && state == Broken && p.address(k) == "" {
		g.drawMissing(f, p, control)
		return
	}
	i := g.boxOf(f, p)
	if !wrong || i < 0 || g.shownByLine(i, f.Link) {
		return
	}
	g.Nodes[i].State = worse(g.Nodes[i].State, state)
	g.blame(i, Fault{f.Code, state, false})
}

// shownByLine reports whether a line at a box already shows the state of a link: a missing
// connection between two boxes, or a fault of the box that it leads to.
func (g *Graph) shownByLine(box int, l verdict.Link) bool {
	between := l == "log_group" || l == "metric" || l == "action"
	return slices.ContainsFunc(g.Edges, func(e Edge) bool {
		return (e.From == box || e.To == box) && l != "trail" && l != "metric_filter" && l != "pattern" &&
			(e.State.isFault() || between && e.State != OK)
	})
}

// boxOf returns the box that a finding is about, -1 if there is none.
func (g *Graph) boxOf(f verdict.Finding, p path) int {
	if f.Resource != "" {
		for i, n := range g.Nodes {
			if n.Address == f.Resource && n.Kind != Metric {
				return i
			}
		}
	}
	k, ok := boxes[f.Link]
	if f.Link == "pattern" {
		k, ok = Filter, true
	}
	if address := p.address(k); ok && address != "" {
		return g.find(k, address)
	}
	return -1
}

// drawMissing draws the missing box of a path, after the last box before it or before
// the first one after it.
func (g *Graph) drawMissing(f verdict.Finding, p path, control string) {
	k := boxes[f.Link]
	from, to := g.nearest(p, k-1, -1), -1
	if from >= 0 {
		from = g.metricOf(from)
	} else {
		to = g.nearest(p, k+1, 1)
	}
	missing := Node{Kind: k, State: Missing, Details: []string{"for " + control}, Faults: []Fault{{f.Code, Missing, false}}}
	if slices.ContainsFunc(g.Nodes, func(n Node) bool { return reflect.DeepEqual(n, missing) }) && g.isJoined(missing, from, to) {
		return
	}
	g.Nodes = append(g.Nodes, missing)
	switch at := len(g.Nodes) - 1; {
	case from >= 0:
		g.edge(from, at, Missing, "")
	case to >= 0:
		g.edge(at, to, Missing, "")
	}
}

// isJoined reports whether an equal box is joined with the box before or after it, -1
// for none.
func (g *Graph) isJoined(n Node, before, after int) bool {
	return before < 0 && after < 0 || slices.ContainsFunc(g.Edges, func(e Edge) bool {
		return e.From == before && reflect.DeepEqual(g.Nodes[e.To], n) || e.To == after && reflect.DeepEqual(g.Nodes[e.From], n)
	})
}

// metricOf returns the metric of a filter; any other box itself.
func (g *Graph) metricOf(box int) int {
	for _, e := range g.Edges {
		if e.From == box && g.Nodes[e.To].Kind == Metric {
			return e.To
		}
	}
	return box
}

// nearest looks along a path for a box that the picture has.
func (g *Graph) nearest(p path, k Kind, step Kind) int {
	for ; k >= Trail && k <= Subscription; k += step {
		if address := p.address(k); address != "" && k != Metric {
			if i := g.find(k, address); i >= 0 {
				return i
			}
		}
	}
	return -1
}
