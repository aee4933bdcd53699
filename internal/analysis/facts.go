package analysis

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

func newNode(n graph.Node) Node {
	node := Node{Address: n.ID, External: n.External, Drifted: []string{}, Unknown: map[string]string{}, Settled: map[string]string{}, Refused: []Refusal{}}
	if r := n.Resource; r != nil {
		node.Change, node.Region, node.Account = r.Change.Action.String(), r.Scope.Region, r.Scope.Account
		node.Drifted = append(node.Drifted, r.Change.Drifted...)
		for attribute := range r.Settled {
			if attribute == "alarm_actions" {
				continue // the action says it
			}
			node.Settled[attribute] = settledBy(r, attribute)
		}
		node.Uncertain, node.Refused = r.Uncertain, refusals(r)
	}
	return node
}

// settledBy says where the code writes what the plan leaves open.
func settledBy(r *resource.Resource, attribute string) string {
	at := r.Settled[attribute]
	if at.File == "" {
		return "the plan leaves it open, the code says it"
	}
	return fmt.Sprintf("the plan leaves it open, %s:%d says it", at.File, at.Line)
}

// decides notes an argument that decides a link where it cannot be seen.
func (n *Node) decides(argument string, v resource.Value) resource.Value {
	if v.IsUnknown() {
		n.Unknown[argument] = why(v)
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

// why says why a value is not known: what decides it and is not stated, else what
// it is made of.
func why(v resource.Value) string {
	o, _ := v.Origin()
	names := append(slices.Clone(o.Deciders), o.Via...)
	if v.IsSensitive() || o.Cause != resource.Variable || len(names) == 0 {
		return v.Display()
	}
	what, _ := resource.Lacking(names[0])
	return what
}

// named is the text of a name, with what is not known of it in words; nil where
// nothing is known.
func named(v resource.Value) *string {
	told, ok := v.Symbolic()
	if _, nothingElse := resource.Text(told).Symbol(); !v.IsUnknown() || !ok || nothingElse || v.IsSensitive() {
		return text(v)
	}
	return &told
}

func boolean(v resource.Value) *bool {
	if known, ok := v.Truth(); ok {
		return &known
	}
	return nil
}

// number is a known number that anybody may see.
func number(v resource.Value) *float64 {
	if known, ok := v.Number(); ok && !v.IsSensitive() {
		return &known
	}
	return nil
}

func newLink(t graph.Target) Link {
	to := t.To
	if to == nil {
		to = []string{}
	}
	return Link{State: LinkState(t.State), To: to, OneOf: t.OneOf, Text: t.Text, Reason: t.Reason}
}
