package graph

import (
	"cmp"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// Uncertain are the resources of which nobody knows whether they exist, in address
// order.
func (g *Graph) Uncertain() []*resource.Resource {
	if g.uncertain == nil {
		g.uncertain = []*resource.Resource{}
		for _, r := range g.resources {
			if r.Uncertain != "" {
				g.uncertain = append(g.uncertain, r)
			}
		}
		slices.SortFunc(g.uncertain, byAddress)
	}
	return g.uncertain
}

// Without is the graph of the world without some resources; nil where it has none
// of them.
func (g *Graph) Without(leaves func(*resource.Resource) bool) *Graph {
	var rest []*resource.Resource
	for _, r := range g.resources {
		if !leaves(r) {
			rest = append(rest, r)
		}
	}
	if len(rest) == len(g.resources) {
		return nil
	}
	slices.SortFunc(rest, byAddress)
	return Build(rest)
}

func byAddress(a, b *resource.Resource) int { return cmp.Compare(a.Address, b.Address) }
