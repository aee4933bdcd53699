package facts

import (
	"slices"

	"github.com/iacgate/iacgate/internal/access"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func nameOf(name resource.Value) string {
	if text, ok := name.Symbolic(); ok && text != "" {
		return text
	}
	return "\x00"
}

// namesAlarm reports whether a name or ARN in a rule is that of an alarm.
func namesAlarm(ref string, n graph.Node, name resource.Value) truth.Truth {
	text, own := resource.Text(ref), access.Source{Node: n, Name: name}
	if arn, isARN := graph.ParseARN(ref); isARN && arn.Service == "cloudwatch" {
		return text.Equal(resource.Text(own.ARN().Text))
	}
	known, ok := name.Symbolic()
	switch {
	case !ok && name.IsUnknown():
		return truth.Unknown
	case known == "":
		return truth.No
	}
	return text.Equal(resource.Text(known))
}

// refersToAny reports whether an unknown value has references.
func refersToAny(v resource.Value) bool {
	o, _ := v.Origin()
	return len(o.Refs) > 0 && len(o.Deciders) == 0
}

// refersTo reports whether a value is made from an attribute of a node.
func refersTo(v resource.Value, address string) bool {
	o, ok := v.Origin()
	return ok && slices.ContainsFunc(o.Refs, func(r resource.Ref) bool { return r.Address == address })
}

// isNameOf reports whether a value is, for certain, the name of an alarm.
func isNameOf(v resource.Value, node graph.Node, name resource.Value) bool {
	return !name.IsNull() && graph.Equal(v, name) == truth.Yes || refersTo(v, node.ID)
}

// isAlarm reports whether a name or ARN is that of an alarm.
func isAlarm(v resource.Value, node graph.Node, name resource.Value) bool {
	if o, ok := v.Origin(); ok && v.IsUnknown() && o.Exact && o.Refs[0].Address == node.ID {
		return true
	}
	text, ok := v.Symbolic()
	return ok && namesAlarm(text, node, name) == truth.Yes
}
