package graph

import "github.com/iacgate/iacgate/internal/resource"

// A ResourcePolicy is the policy of a topic, queue or key in a resource of its own.
// It replaces what the argument of the topic, queue or key says.
type ResourcePolicy struct {
	Node
	Policy resource.Value
	Of     Target
}

func newResourcePolicy(n Node) *ResourcePolicy {
	return &ResourcePolicy{Node: n, Policy: argumentsOf(n.Resource).get("policy")}
}
