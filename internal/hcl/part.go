package hcl

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// Value is a part of a value, and the attribute of one instance where the value
// is a resource with an index that is computed.
func (e *partExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if index, ok := e.Source.(*indexExpr); ok {
		if ref, ok := index.Collection.(*refExpr); ok {
			if f, ok := resolver(ctx, ref.Traversal.RootName()); ok {
				return f.indexed(ctx, ref.Traversal, index, e.Traversal)
			}
		}
	}
	v, diags := e.Source.Value(ctx)
	if diags.HasErrors() {
		return v, diags
	}
	return walk(v, e.Traversal)
}

// walk applies the steps of a traversal. Marks of a container stay on its parts.
func walk(v cty.Value, steps hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	for _, step := range steps {
		if err := checkIndex(v, stepText(step)); err != nil {
			return cty.DynamicVal, failed(step.SourceRange(), "", err)
		}
		var diags hcl.Diagnostics
		if v, diags = stepped(v, stepText(step), step.TraversalStep); diags.HasErrors() {
			return v, diags
		}
	}
	return v, nil
}

// stepped is a part of a value. The part of a symbol is a symbol of its own.
func stepped(v cty.Value, name string, step func(cty.Value) (cty.Value, hcl.Diagnostics)) (cty.Value, hcl.Diagnostics) {
	o, told := outlineOf(v)
	switch {
	case !told && !v.IsKnown():
		part, diags := step(v)
		return part.WithMarks(undecided(marksOf(v))), diags
	case !told:
		part, diags := step(v)
		if _, whole := v.Unmark(); !part.IsKnown() && len(only(whole, managed, outside, unset)) > 1 {
			part = part.WithMarks(undecided(whole)) // a function made the container from several
		}
		return part, diags
	}
	plain, marks := unmark(v)
	part, diags := step(plain.WithMarks(marks))
	switch whole, ok := o.text.Symbol(); {
	case ok && o.parts == nil && !part.IsKnown():
		part = withSymbol(part, whole+"."+name)
	case o.parts != nil:
		part = part.WithMarks(undecided(marksOf(v)))
	}
	return part, diags
}

// Value is an element; with an index that is not known it is any of them.
func (e *indexExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if ref, ok := e.Collection.(*refExpr); ok {
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
	plain, marks := unmark(key)
	if !plain.IsKnown() {
		return cty.DynamicVal.WithMarks(marksOf(collection), deciding(marks, false)), nil
	}
	name := stepText(hcl.TraverseIndex{Key: plain})
	if err := checkIndex(collection, name); err != nil {
		return cty.DynamicVal, failed(at, "", err)
	}
	v, diags := stepped(collection, name, func(v cty.Value) (cty.Value, hcl.Diagnostics) { return hcl.Index(v, plain, &at) })
	return v.WithMarks(deciding(marks, true)), diags
}

// indexed finds what a reference means that goes on with an index: for a
// resource or module call it chooses an instance.
func (f *frame) indexed(ctx *hcl.EvalContext, t hcl.Traversal, index *indexExpr, rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	if err := f.ev.step(1); err != nil {
		return cty.DynamicVal, fault(index.SrcRange, "%v", err)
	}
	key, diags := index.Key.Value(ctx)
	if diags.HasErrors() {
		return key, diags
	}
	plain, marks := unmark(key)
	if whole := isWhole(t); whole && plain.IsKnown() && !plain.IsNull() {
		full := append(append(t[:len(t):len(t)], hcl.TraverseIndex{Key: plain, SrcRange: index.SrcRange}), rest...)
		v, diags := f.names.refer(full)
		return v.WithMarks(deciding(marks, true)), diags
	} else if whole && isRepeatable(t) && !plain.IsKnown() {
		v, diags := f.names.refer(append(t[:len(t):len(t)], rest...))
		if !diags.HasErrors() && len(rest) > 0 {
			return v.WithMarks(deciding(marks, false)), nil
		}
	}
	v, diags := f.names.refer(t)
	if diags.HasErrors() {
		return v, diags
	}
	v, diags = elementOf(v, key, index.SrcRange)
	if diags.HasErrors() {
		return v, diags
	}
	return walk(v, rest)
}

// isWhole says whether a traversal names a value as a whole, not a part of it.
func isWhole(t hcl.Traversal) bool {
	if isRepeatable(t) {
		return true
	}
	return (t.RootName() == "var" || t.RootName() == "local") && len(t) == 2
}

// isRepeatable says whether a traversal names a resource or module call.
func isRepeatable(t hcl.Traversal) bool {
	switch t.RootName() {
	case "var", "local":
		return false
	case "module":
		return len(t) == 2
	}
	_, rest, ok := resourceOf(t)
	return ok && len(rest) == 0
}
