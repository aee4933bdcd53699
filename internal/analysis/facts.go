package analysis

import (
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// newNode describes a node; facts that cannot be seen are added to its Unknown
// as they are asked for.
func newNode(n graph.Node) Node {
	node := Node{Address: n.ID, External: n.External, Unknown: map[string]string{}}
	if r := n.Resource; r != nil {
		node.Change, node.Drifted = r.Change.Action.String(), r.Change.Drifted
		node.Region, node.Account = r.Scope.Region, r.Scope.Account
	}
	return node
}

// see notes a value that cannot be seen and says whether it can.
func (n *Node) see(fact string, v resource.Value) bool {
	if v.IsUnknown() {
		n.Unknown[fact] = v.Display()
	}
	return !v.IsUnknown() && !v.IsNull()
}

func (n *Node) text(fact string, v resource.Value) *string {
	if !n.see(fact, v) {
		return nil
	}
	text := v.Display()
	return &text
}

func (n *Node) truth(fact string, v resource.Value) *bool {
	if !n.see(fact, v) {
		return nil
	}
	truth, ok := v.Truth()
	if !ok {
		return nil
	}
	return &truth
}

func (n *Node) number(fact string, v resource.Value) *float64 {
	if !n.see(fact, v) {
		return nil
	}
	number, ok := v.Number()
	if !ok {
		return nil
	}
	return &number
}

func newLink(t graph.Target) Link {
	to := t.To
	if to == nil {
		to = []string{}
	}
	return Link{State: string(t.State), To: to, OneOf: t.OneOf, Text: t.Text, Reason: t.Reason}
}

var triNames = map[resource.Tri]string{resource.Yes: "yes", resource.No: "no", resource.Maybe: "unknown"}
