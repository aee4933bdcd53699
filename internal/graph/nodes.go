package graph

import "github.com/iacgate/iacgate/internal/resource"

// A Graph holds the typed nodes of one world, each kind in address order.
type Graph struct {
	Trails        []*Trail
	LogGroups     []*LogGroup
	Filters       []*MetricFilter
	Alarms        []*Alarm
	Composites    []*CompositeAlarm
	MuteRules     []*MuteRule
	Topics        []*Topic
	TopicPolicies []*ResourcePolicy
	Subscriptions []*Subscription
	Queues        []*Queue
	QueuePolicies []*ResourcePolicy
	Functions     []*Function
	Permissions   []*Permission
	Streams       []*Stream
	Keys          []*Key
	KeyPolicies   []*ResourcePolicy
	Roles         []*Role
	RolePolicies  []*RolePolicy
	Deliveries    []*Delivery
	Transformers  []*Transformer
	Other         []*resource.Resource // recognised and not judged: query-based alarms

	indexes
	resources  map[string]*resource.Resource
	uncertain  []*resource.Resource // once they are asked for
	aliases    []*alias
	grants     []Node // what gives roles policies, and what takes them away
	exclusives []*exclusive
	served     map[*Alarm][]*MetricFilter // once they are asked for
}

// Resource returns the resource with an address, nil if the world has none.
func (g *Graph) Resource(address string) *resource.Resource { return g.resources[address] }

// indexes has an index for each kind that is looked up.
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

// An index finds nodes by their IDs; of two with one ID the first. Joins add nodes
// between lookups, so it indexes the new ones of a list.
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

// Topic returns the topic with an ID.
func (g *Graph) Topic(id string) *Topic { return g.indexes.topics.find(g.Topics, id) }

// LogGroup returns the group with an ID.
func (g *Graph) LogGroup(id string) *LogGroup { return g.indexes.groups.find(g.LogGroups, id) }

// Key returns the key with an ID.
func (g *Graph) Key(id string) *Key { return g.indexes.keys.find(g.Keys, id) }

// Role returns the role with an ID.
func (g *Graph) Role(id string) *Role { return g.indexes.roles.find(g.Roles, id) }

// Queue returns the queue with an ID.
func (g *Graph) Queue(id string) *Queue { return g.indexes.queues.find(g.Queues, id) }

// Function returns the function or alias with an ID.
func (g *Graph) Function(id string) *Function { return g.indexes.functions.find(g.Functions, id) }

// Stream returns the delivery stream with an ID.
func (g *Graph) Stream(id string) *Stream { return g.indexes.streams.find(g.Streams, id) }
