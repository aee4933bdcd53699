package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// Node has the fields that all typed nodes share. A node outside the input has no
// Resource; ID names it then: a log group name, an ARN, var.topic_arn.
type Node struct {
	ID       string
	Resource *resource.Resource
	External bool // not managed by the input: a data source, a literal name
}

// Scope says where the node lives; unknown for nodes of which only the name is
// known.
func (n Node) Scope() resource.Scope {
	if n.Resource == nil {
		return resource.Scope{}
	}
	return n.Resource.Scope
}

// Uncertain says why it is not known whether the node exists, "" if it does.
func (n Node) Uncertain() string {
	if n.Resource == nil {
		return ""
	}
	return n.Resource.Uncertain
}

// identified is a typed node.
type identified interface {
	NodeID() string
	external() bool
}

// NodeID returns the node's ID.
func (n Node) NodeID() string { return n.ID }

func (n Node) external() bool { return n.External }

// reads reports whether a data source reads the node, which has a name.
func (n Node) reads(from *resource.Resource, name resource.Value) bool {
	return !n.External && Equal(argumentsOf(from).get("name"), name) == truth.Yes && n.Scope().Same(from.Scope) == truth.Yes
}

// A ResourcePolicy is the policy of a topic, queue or key in a resource of its own.
// It replaces what the argument of the topic, queue or key says.
type ResourcePolicy struct {
	Node
	Policy resource.Value
	Of     Target
}

// Attached are the policies that resources of their own set on a topic, queue or key. Those
// of which it is not known whether they are made in its region are not among them.
type Attached struct {
	Policies []*ResourcePolicy
	// Misplaced are made in another region. AWS refuses them: it looks for topics, queues
	// and keys in the region of the call alone.
	//
	//   - topics: https://github.com/boto/boto3/issues/1084
	//   - queues: https://github.com/ministryofjustice/cloud-platform/issues/1183
	//   - keys: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
	Misplaced []*ResourcePolicy
}

// attach adds a policy of what is at a place.
func (a *Attached) attach(p *ResourcePolicy, at resource.Scope) {
	switch p.Scope().SameRegion(at) {
	case truth.Yes:
		a.Policies = append(a.Policies, p)
	case truth.No:
		a.Misplaced = append(a.Misplaced, p)
	}
}

func newResourcePolicy(n Node) *ResourcePolicy {
	return &ResourcePolicy{Node: n, Policy: argumentsOf(n.Resource).get("policy")}
}
