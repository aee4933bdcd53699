package analysis

import (
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

func newNode(n graph.Node) Node {
	node := Node{Address: n.ID, External: n.External, Drifted: []string{}, Unknown: map[string]string{}}
	if r := n.Resource; r != nil {
		node.Change, node.Region, node.Account = r.Change.Action.String(), r.Scope.Region, r.Scope.Account
		node.Drifted = append(node.Drifted, r.Change.Drifted...)
		node.Uncertain = r.Uncertain
	}
	return node
}

// decides notes an argument that decides a link where it cannot be seen.
func (n *Node) decides(argument string, v resource.Value) resource.Value {
	if v.IsUnknown() {
		n.Unknown[argument] = v.Display()
	}
	return v
}

func text(v resource.Value) *string {
	if v.IsNull() || v.IsUnknown() {
		return nil
	}
	shown := v.Display()
	return &shown
}

func truth(v resource.Value) *bool {
	if known, ok := v.Truth(); ok {
		return &known
	}
	return nil
}

func number(v resource.Value) *float64 {
	if known, ok := v.Number(); ok {
		return &known
	}
	return nil
}

func newLink(t graph.Target) Link {
	to := t.To
	if to == nil {
		to = []string{}
	}
	return Link{State: string(t.State), To: to, OneOf: t.OneOf, Text: t.Text, Reason: t.Reason}
}

var triNames = map[resource.Tri]string{resource.Yes: "yes", resource.No: "no", resource.Maybe: "unknown"}
