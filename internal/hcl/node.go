package hcl

import (
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// The nodes that rewrite puts in the place of HCL's own. Each embeds the node
// that it replaces, for its position and its children.
type (
	refExpr  struct{ *hclsyntax.ScopeTraversalExpr }
	partExpr struct {
		*hclsyntax.RelativeTraversalExpr
	}
	indexExpr     struct{ *hclsyntax.IndexExpr }
	choiceExpr    struct{ *hclsyntax.ConditionalExpr }
	callExpr      struct{ *hclsyntax.FunctionCallExpr }
	forExpr       struct{ *hclsyntax.ForExpr }
	objectExpr    struct{ *hclsyntax.ObjectConsExpr }
	templateExpr  struct{ *hclsyntax.TemplateExpr }
	splatExpr     struct{ *hclsyntax.SplatExpr }
	operationExpr struct{ hclsyntax.Expression }
)

// fault is an error at a place in the code.
func fault(r hcl.Range, format string, args ...any) hcl.Diagnostics {
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: fmt.Sprintf(format, args...), Subject: &r}}
}

// Value finds what a reference means: a variable of a for expression or dynamic
// block in the context, anything else in the module instance.
func (e *refExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	s := scopeOf(ctx)
	if s == nil || isBound(ctx, e.Traversal.RootName()) {
		v, diags := e.Traversal[:1].TraverseAbs(ctx)
		if diags.HasErrors() {
			return v, diags
		}
		return walk(v, e.Traversal[1:])
	}
	if err := s.ev.step(1); err != nil {
		return cty.DynamicVal, fault(e.SrcRange, "%v", err)
	}
	if s.closed {
		return cty.DynamicVal, fault(e.SrcRange, "no variable %s for this template", e.Traversal.RootName())
	}
	return s.refer(ctx, e.Traversal)
}

// Value is a part of a value, and the attribute of one instance where the value
// is a resource with an index that is computed.
func (e *partExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if index, ok := e.Source.(*indexExpr); ok {
		if ref, ok := index.Collection.(*refExpr); ok {
			if s := scopeOf(ctx); s != nil && !s.closed && !isBound(ctx, ref.Traversal.RootName()) {
				return s.indexed(ctx, ref.Traversal, index, e.Traversal)
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
		var diags hcl.Diagnostics
		if v, diags = step.TraversalStep(v); diags.HasErrors() {
			return v, diags
		}
	}
	return v, nil
}

// Value is an element; with an index that is not known it is any of them.
func (e *indexExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if ref, ok := e.Collection.(*refExpr); ok {
		if s := scopeOf(ctx); s != nil && !s.closed && !isBound(ctx, ref.Traversal.RootName()) {
			return s.indexed(ctx, ref.Traversal, e, nil)
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
	plain, marks := key.Unmark()
	if !plain.IsKnown() {
		return cty.DynamicVal.WithMarks(marksOf(collection), deciding(marks, false)), nil
	}
	v, diags := hcl.Index(collection, plain, &at)
	return v.WithMarks(deciding(marks, true)), diags
}

// Value is one arm, or with a condition that is not known either of them. The
// sources of the condition are none of the result.
func (e *choiceExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	condition, diags := e.Condition.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	marks := marksOf(condition)
	condition, _ = condition.UnmarkDeep()
	if condition.IsNull() {
		return cty.DynamicVal, fault(e.Condition.Range(), "the condition is null")
	}
	condition, err := convert.Convert(condition, cty.Bool)
	if err != nil {
		return cty.DynamicVal, fault(e.Condition.Range(), "the condition is no truth value: %v", err)
	}
	yes, yesDiags := e.TrueResult.Value(ctx)
	no, noDiags := e.FalseResult.Value(ctx)
	typ := commonType(yes, no)
	switch {
	case !condition.IsKnown():
		if yesDiags.HasErrors() || noDiags.HasErrors() {
			return cty.DynamicVal, append(yesDiags, noDiags...)
		}
		return cty.UnknownVal(typ).WithMarks(marksOf(yes), marksOf(no), deciding(marks, false)), nil
	case condition.True():
		return as(yes, typ).WithMarks(deciding(marks, true)), yesDiags
	}
	return as(no, typ).WithMarks(deciding(marks, true)), noDiags
}

// commonType is the type that both arms of a conditional have; any if there is
// none.
func commonType(a, b cty.Value) cty.Type {
	if a.Type() == cty.DynamicPseudoType || b.Type() == cty.DynamicPseudoType {
		if a.IsKnown() && a.IsNull() {
			return b.Type()
		}
		if b.IsKnown() && b.IsNull() {
			return a.Type()
		}
		return cty.DynamicPseudoType
	}
	typ, _ := convert.UnifyUnsafe([]cty.Type{a.Type(), b.Type()})
	if typ == cty.NilType {
		return cty.DynamicPseudoType
	}
	return typ
}

// as converts a value where that is possible.
func as(v cty.Value, typ cty.Type) cty.Value {
	if typ == cty.NilType || typ == cty.DynamicPseudoType || v == cty.NilVal || v.Type() == cty.DynamicPseudoType {
		return v
	}
	if converted, err := convert.Convert(v, typ); err == nil {
		return converted
	}
	return v
}

// Value builds an object. A key that is not known leaves nothing known.
func (e *objectExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	fields := map[string]cty.Value{}
	marks, hidden := cty.ValueMarks{}, false
	var all hcl.Diagnostics
	for _, item := range e.Items {
		key, diags := item.KeyExpr.Value(ctx)
		value, more := item.ValueExpr.Value(ctx)
		all = append(append(all, diags...), more...)
		if diags.HasErrors() || more.HasErrors() {
			continue
		}
		plain, keyMarks := key.Unmark()
		maps.Copy(marks, deciding(keyMarks, plain.IsKnown()))
		if plain, err := convert.Convert(plain, cty.String); err != nil || plain.IsNull() {
			all = append(all, fault(item.KeyExpr.Range(), "a key is no text")...)
		} else if !plain.IsKnown() {
			hidden = true
			maps.Copy(marks, marksOf(value))
		} else {
			fields[plain.AsString()] = value
		}
	}
	if all.HasErrors() {
		return cty.DynamicVal, all
	}
	object := cty.ObjectVal(fields)
	if hidden {
		return cty.DynamicVal.WithMarks(marksOf(object), marks), nil
	}
	return object.WithMarks(marks), nil
}

// Value joins the parts of a template.
func (e *templateExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	var text strings.Builder
	marks, known := cty.ValueMarks{}, true
	for _, part := range e.Parts {
		v, diags := part.Value(ctx)
		if diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		maps.Copy(marks, marksOf(v))
		v, _ = v.UnmarkDeep()
		if v.IsNull() {
			return cty.DynamicVal, fault(part.Range(), "a null value in a template")
		}
		v, err := convert.Convert(v, cty.String)
		switch {
		case err != nil:
			return cty.DynamicVal, fault(part.Range(), "a value that is no text in a template: %v", err)
		case !v.IsKnown():
			known = false
		default:
			text.WriteString(v.AsString())
		}
		if text.Len() > maxText {
			if s := scopeOf(ctx); s != nil {
				s.ev.refuse("", e.SrcRange, errTextTooLong)
			}
			return cty.DynamicVal, fault(e.SrcRange, "%v", errTextTooLong)
		}
	}
	if len(marks) > 0 && len(e.Parts) > 1 {
		marks[mark{kind: made}] = struct{}{}
	}
	if !known {
		return cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks), nil
	}
	return cty.StringVal(text.String()).WithMarks(marks), nil
}

// Value is what HCL makes of it, and unknown with all sources where HCL forgets
// them.
func (e *splatExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diags := e.SplatExpr.Value(ctx)
	if diags.HasErrors() || v.IsKnown() {
		return v, diags
	}
	source, _ := e.Source.Value(ctx)
	return v.WithMarks(marksOf(source)), diags
}

// Value is what HCL computes: no longer its operands.
func (e *operationExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diags := e.Expression.Value(ctx)
	if v != cty.NilVal && v.IsMarked() {
		v = v.Mark(mark{kind: made})
	}
	if err := checkNumber(v); err != nil {
		return cty.DynamicVal, failed(e.Range(), "", err)
	}
	return v, diags
}
