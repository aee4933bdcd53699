package graph

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// identified is a typed node.
type identified interface {
	NodeID() string
	external() bool
}

// NodeID returns the node's ID.
func (n Node) NodeID() string { return n.ID }

func (n Node) external() bool { return n.External }

// managedFirst puts what the input manages before what it only reads, so that a
// name that both have means the former.
func managedFirst[T identified](nodes []T) {
	slices.SortStableFunc(nodes, func(a, b T) int {
		switch {
		case a.external() == b.external():
			return 0
		case b.external():
			return -1
		}
		return 1
	})
}

// managed returns the address of the resource that a data source reads back,
// where the input has it: that of the same name in the same place.
func (g *Graph) managed(address string) string {
	from := g.resources[address]
	if from == nil || from.Mode != resource.Data {
		return address
	}
	for _, t := range g.Topics {
		if from.Type == "aws_sns_topic" && t.reads(from, t.Name) {
			return t.ID
		}
	}
	for _, l := range g.LogGroups {
		if from.Type == "aws_cloudwatch_log_group" && l.reads(from, l.Name) {
			return l.ID
		}
	}
	return address
}

// reads says whether a data source reads the node, which has a name.
func (n Node) reads(from *resource.Resource, name resource.Value) bool {
	return !n.External && Equal(from.Attr("name"), name) == resource.Yes && n.Scope().Same(from.Scope) == resource.Yes
}

// Find returns the node with an ID, nil if there is none.
func Find[T identified](nodes []T, id string) (found T) {
	for _, n := range nodes {
		if n.NodeID() == id {
			return n
		}
	}
	return found
}
