package hcl

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// Refer resolves a reference.
func (s *scope) Refer(t hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	at := t.SourceRange()
	name := ""
	if len(t) > 1 {
		name = syntax.StepName(t[1])
	}
	if name == "" {
		return cty.DynamicVal, syntax.Errorf(at, "%s is not a value", t.RootName())
	}
	switch root := t.RootName(); root {
	case "var":
		return stepsAfter(s.input(name, at))(t[2:])
	case "local":
		return stepsAfter(s.local(name, at))(t[2:])
	case "module":
		return s.call(name).refer(t[2:], at)
	case "each", "count", "self":
		return cty.DynamicVal, syntax.Errorf(at, "%s.%s outside count and for_each", root, name)
	case "ephemeral":
		return value.Unknown(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: syntax.TraversalText(t)}), nil
	default:
		n, rest, ok := syntax.ResourceOf(t)
		if !ok {
			return cty.DynamicVal, syntax.Errorf(at, "%s is not a value", syntax.TraversalText(t))
		}
		return s.resource(n).refer(rest, at)
	}
}

// stepsAfter applies the rest of a reference to the value of its beginning.
func stepsAfter(v cty.Value, diags hcl.Diagnostics) func(hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	return func(rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
		if diags.HasErrors() {
			return v, diags
		}
		return eval.Walk(v, rest)
	}
}
