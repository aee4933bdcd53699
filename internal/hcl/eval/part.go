package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// Value returns a part of a value, or the attribute of one instance if the value is a
// resource with a computed index.
func (e *Part) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if index, ok := e.Source.(*Index); ok {
		if ref, ok := index.Collection.(*Reference); ok {
			if f, ok := resolver(ctx, ref.Traversal.RootName()); ok {
				return f.indexed(ctx, ref.Traversal, index, e.Traversal)
			}
		}
	}
	v, diags := e.Source.Value(ctx)
	if diags.HasErrors() {
		return v, diags
	}
	return Walk(v, e.Traversal)
}

// Walk applies the steps of a traversal. Marks of a container stay on its parts.
func Walk(v cty.Value, steps hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	for _, step := range steps {
		if err := value.CheckIndex(v, syntax.StepText(step)); err != nil {
			return cty.DynamicVal, syntax.WrapError(step.SourceRange(), "", err)
		}
		var diags hcl.Diagnostics
		if v, diags = stepInto(v, syntax.StepText(step), step.TraversalStep); diags.HasErrors() {
			return v, diags
		}
	}
	return v, nil
}

// stepInto returns a part of a value. The part of a symbol is a symbol of its own.
func stepInto(v cty.Value, name string, step func(cty.Value) (cty.Value, hcl.Diagnostics)) (cty.Value, hcl.Diagnostics) {
	o, told := value.OutlineOf(v)
	switch {
	case !told && !v.IsKnown():
		part, diags := step(v)
		return part.WithMarks(value.UnknownPartMarks(value.MarksOf(v))), diags
	case !told:
		part, diags := step(v)
		if _, whole := v.Unmark(); !part.IsKnown() && len(value.OfKinds(whole, value.Managed, value.Outside, value.Unset)) > 1 {
			part = part.WithMarks(value.UnknownPartMarks(whole)) // a function made the container from several
		}
		return part, diags
	}
	plain, marks := value.Unmark(v)
	part, diags := step(plain.WithMarks(marks))
	switch whole, ok := o.Text.Symbol(); {
	case ok && o.Parts == nil && !part.IsKnown():
		part = value.WithSymbol(part, whole+"."+name)
	case o.Parts != nil:
		part = part.WithMarks(value.UnknownPartMarks(value.MarksOf(v)))
	}
	return part, diags
}

// Value returns an element; with an index that is not known it is any of them.
func (e *Index) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if ref, ok := e.Collection.(*Reference); ok {
		if f, ok := resolver(ctx, ref.Traversal.RootName()); ok {
			return f.indexed(ctx, ref.Traversal, e, nil)
		}
	}
	collection, diags := e.Collection.Value(ctx)
	if diags.HasErrors() {
		return collection, diags
	}
	key, diags := e.Key.Value(ctx)
	if diags.HasErrors() {
		return key, diags
	}
	return elementOf(collection, key, e.SrcRange)
}

func elementOf(collection, key cty.Value, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	plain, marks := value.Unmark(key)
	if !plain.IsKnown() {
		return cty.DynamicVal.WithMarks(value.MarksOf(collection), value.ConditionMarks(marks, false)), nil
	}
	name := syntax.StepText(hcl.TraverseIndex{Key: plain})
	if err := value.CheckIndex(collection, name); err != nil {
		return cty.DynamicVal, syntax.WrapError(at, "", err)
	}
	v, diags := stepInto(collection, name, func(v cty.Value) (cty.Value, hcl.Diagnostics) { return hcl.Index(v, plain, &at) })
	return v.WithMarks(value.ConditionMarks(marks, true)), diags
}

// indexed resolves a reference that continues with an index, which chooses an instance
// of a resource or module call.
func (f *frame) indexed(ctx *hcl.EvalContext, t hcl.Traversal, index *Index, rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	if err := f.ev.Step(1); err != nil {
		return cty.DynamicVal, syntax.Errorf(index.SrcRange, "%v", err)
	}
	key, diags := index.Key.Value(ctx)
	if diags.HasErrors() {
		return key, diags
	}
	plain, marks := value.Unmark(key)
	if whole := isWhole(t); whole && plain.IsKnown() && !plain.IsNull() {
		full := append(append(t[:len(t):len(t)], hcl.TraverseIndex{Key: plain, SrcRange: index.SrcRange}), rest...)
		v, diags := f.names.Refer(full)
		return v.WithMarks(value.ConditionMarks(marks, true)), diags
	} else if whole && isRepeatable(t) && !plain.IsKnown() {
		v, diags := f.names.Refer(append(t[:len(t):len(t)], rest...))
		if !diags.HasErrors() && len(rest) > 0 {
			return v.WithMarks(value.ConditionMarks(marks, false)), nil
		}
	}
	v, diags := f.names.Refer(t)
	if diags.HasErrors() {
		return v, diags
	}
	v, diags = elementOf(v, key, index.SrcRange)
	if diags.HasErrors() {
		return v, diags
	}
	return Walk(v, rest)
}

// isWhole reports whether a traversal names a value as a whole, not a part of it.
func isWhole(t hcl.Traversal) bool {
	if isRepeatable(t) {
		return true
	}
	return (t.RootName() == "var" || t.RootName() == "local") && len(t) == 2
}

// isRepeatable reports whether a traversal names a resource or module call.
func isRepeatable(t hcl.Traversal) bool {
	switch t.RootName() {
	case "var", "local":
		return false
	case "module":
		return len(t) == 2
	}
	_, rest, ok := syntax.ResourceOf(t)
	return ok && len(rest) == 0
}
