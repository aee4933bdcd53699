package graph

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
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
	return !n.External && Equal(argumentsOf(from).get("name"), name) == truth.Yes && n.Scope().Same(from.Scope) == truth.Yes
}

// An index finds nodes by their IDs; of two with one ID the first. Joins add nodes
// while they look for others, so it reads on where a list has grown.
type index[T identified] struct {
	byID map[string]T
	read int // nodes of the list that are in it
}

// find returns the node with an ID, nil if there is none.
func (x *index[T]) find(nodes []T, id string) T {
	if x.byID == nil {
		x.byID = make(map[string]T, len(nodes))
	}
	for ; x.read < len(nodes); x.read++ {
		n := nodes[x.read]
		if _, twice := x.byID[n.NodeID()]; !twice {
			x.byID[n.NodeID()] = n
		}
	}
	return x.byID[id]
}

// indexes are those of the kinds that are looked for.
type indexes struct {
	trails        index[*Trail]
	groups        index[*LogGroup]
	filters       index[*MetricFilter]
	alarms        index[*Alarm]
	topics        index[*Topic]
	subscriptions index[*Subscription]
	queues        index[*Queue]
	functions     index[*Function]
	streams       index[*Stream]
	keys          index[*Key]
	roles         index[*Role]
	aliases       index[*alias]
}

// Trail returns the trail with an ID, as the following do nodes of their kinds;
// nil if there is none.
func (g *Graph) Trail(id string) *Trail { return g.indexes.trails.find(g.Trails, id) }

// Filter returns the metric filter with an ID.
func (g *Graph) Filter(id string) *MetricFilter { return g.indexes.filters.find(g.Filters, id) }

// Alarm returns the metric alarm with an ID.
func (g *Graph) Alarm(id string) *Alarm { return g.indexes.alarms.find(g.Alarms, id) }

// Subscription returns the subscription with an ID.
func (g *Graph) Subscription(id string) *Subscription {
	return g.indexes.subscriptions.find(g.Subscriptions, id)
}
