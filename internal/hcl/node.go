package hcl

import (
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
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
	tupleExpr     struct{ *hclsyntax.TupleConsExpr }
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
	f := frameOf(ctx)
	if f != nil && f.constant && !isBound(ctx, e.Traversal.RootName()) {
		return e.Traversal.TraverseAbs(&hcl.EvalContext{}) // HCL says that there are none
	}
	if f == nil || isBound(ctx, e.Traversal.RootName()) {
		v, diags := e.Traversal[:1].TraverseAbs(ctx)
		if diags.HasErrors() {
			return v, diags
		}
		return walk(v, e.Traversal[1:])
	}
	if err := f.ev.step(1); err != nil {
		return cty.DynamicVal, fault(e.SrcRange, "%v", err)
	}
	if f.names == nil {
		return cty.DynamicVal, fault(e.SrcRange, "no variable %s for this template", e.Traversal.RootName())
	}
	return f.names.refer(e.Traversal)
}

// spentBy counts what an operator goes through.
func spentBy(ctx *hcl.EvalContext, at hcl.Range, operands ...cty.Value) hcl.Diagnostics {
	f := frameOf(ctx)
	if f == nil {
		return nil
	}
	w, err := weigh(operands...)
	if err == nil {
		err = f.ev.budget.touch(w.work(usual))
	}
	return f.ev.spend("", at, err)
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
	condition, err := retyped(condition, cty.Bool)
	if err != nil {
		return cty.DynamicVal, fault(e.Condition.Range(), "the condition is no truth value: %v", err)
	}
	yes, yesDiags := e.TrueResult.Value(ctx)
	no, noDiags := e.FalseResult.Value(ctx)
	if diags := spentBy(ctx, e.SrcRange, yes, no); diags.HasErrors() { // both arms get one type
		return cty.DynamicVal, diags
	}
	typ := commonType(yes, no)
	switch {
	case !condition.IsKnown():
		if yesDiags.HasErrors() || noDiags.HasErrors() {
			return cty.DynamicVal, append(yesDiags, noDiags...)
		}
		v := cty.UnknownVal(typ).WithMarks(marksOf(yes), marksOf(no), deciding(marks, false))
		if len(refsOf(marksOf(yes))) == 0 || len(refsOf(marksOf(no))) == 0 {
			v = v.Mark(mark{kind: other})
		}
		return v, nil
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
	if a.Type().Equals(b.Type()) {
		return a.Type()
	}
	if countIn(a.Type())+countIn(b.Type()) > maxMixed {
		return cty.DynamicPseudoType // each arm keeps its own
	}
	typ, err := unified([]cty.Type{a.Type(), b.Type()})
	if err != nil {
		return cty.DynamicPseudoType
	}
	return typ
}

// as converts a value where that is possible.
func as(v cty.Value, typ cty.Type) cty.Value {
	if typ == cty.NilType || typ == cty.DynamicPseudoType || v == cty.NilVal || v.Type() == cty.DynamicPseudoType {
		return v
	}
	converted, err := retyped(v, typ)
	if err != nil {
		return v
	}
	if v.Type() == cty.String && typ != cty.String {
		return unoutlined(converted) // the text of the number need not be the text
	}
	return converted
}

// Value builds an object. A key that is not known leaves nothing known.
func (e *objectExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if diags := heldBy(ctx, e.SrcRange, 2*len(e.Items)); diags.HasErrors() { // names and values
		return cty.DynamicVal, diags
	}
	fields := map[string]cty.Value{}
	marks, hidden := cty.ValueMarks{}, false
	var all hcl.Diagnostics
	for _, item := range e.Items {
		key, diags := item.KeyExpr.Value(ctx)
		v, more := item.ValueExpr.Value(ctx)
		all = append(append(all, diags...), more...)
		if diags.HasErrors() || more.HasErrors() {
			continue
		}
		plain, keyMarks := unmark(key)
		maps.Copy(marks, deciding(keyMarks, plain.IsKnown()))
		if plain, err := retyped(plain, cty.String); err != nil || plain.IsNull() {
			all = append(all, fault(item.KeyExpr.Range(), "a key is no text")...)
		} else if !plain.IsKnown() {
			hidden = true
			maps.Copy(marks, marksOf(v))
		} else {
			fields[plain.AsString()] = v
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

// Value builds a list.
func (e *tupleExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if diags := heldBy(ctx, e.SrcRange, len(e.Exprs)); diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	return e.TupleConsExpr.Value(ctx)
}

// heldBy counts the values that an expression makes.
func heldBy(ctx *hcl.EvalContext, at hcl.Range, values int) hcl.Diagnostics {
	f := frameOf(ctx)
	if f == nil {
		return nil
	}
	return f.ev.spend("", at, f.ev.budget.hold(values*valueSize))
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
		if plain, _ := v.Unmark(); plain.IsNull() {
			return cty.DynamicVal, fault(part.Range(), "a null value in a template")
		}
		piece, told := textual(v)
		v, _ = v.UnmarkDeep()
		if _, err := retyped(v, cty.String); err != nil {
			return cty.DynamicVal, fault(part.Range(), "a value that is no text in a template: %v", err)
		}
		known = known && told
		if diags := e.spent(ctx, text.Len()+len(piece), len(piece), v); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		text.WriteString(string(piece))
	}
	if diags := e.made(ctx, text.Len(), len(marks)); diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	if len(marks) > 0 && len(e.Parts) > 1 {
		marks[mark{kind: made}] = struct{}{}
	}
	if !known {
		return cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks), nil
	}
	return decoded(cty.StringVal(text.String()).WithMarks(marks)), nil
}

// spent counts a piece of a template. Numbers are dear to write.
func (e *templateExpr) spent(ctx *hcl.EvalContext, whole, piece int, v cty.Value) hcl.Diagnostics {
	f := frameOf(ctx)
	if whole > maxText {
		if f != nil {
			f.ev.refuse("", e.SrcRange, errTextTooLong)
		}
		return failed(e.SrcRange, "", errTextTooLong)
	}
	if f == nil {
		return nil
	}
	if v.Type() == cty.Number {
		piece *= valueWork
	}
	return f.ev.spend("", e.SrcRange, f.ev.budget.touch(piece*usual))
}

// made counts the text that a template makes, and its sources.
func (e *templateExpr) made(ctx *hcl.EvalContext, bytes, marks int) hcl.Diagnostics {
	if f := frameOf(ctx); f != nil {
		if diags := f.ev.spend("", e.SrcRange, f.ev.budget.touch(marks*markWork)); diags.HasErrors() {
			return diags
		}
	}
	return heldBy(ctx, e.SrcRange, 1+bytes/valueSize+marks)
}

// Value is what HCL makes of it, and unknown with all sources where HCL forgets
// them.
func (e *splatExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	source, diags := e.Source.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	parts, partly := partsOf(source)
	if partly {
		source = cty.TupleVal(parts)
	}
	if plain, _ := source.Unmark(); plain.IsKnown() && !plain.IsNull() && plain.CanIterateElements() {
		if diags := heldBy(ctx, e.Range(), plain.LengthInt()); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
	}
	splat := *e.SplatExpr
	splat.Source = &hclsyntax.LiteralValueExpr{Val: source, SrcRange: e.Source.Range()}
	v, diags := splat.Value(ctx)
	switch {
	case diags.HasErrors():
		return v, diags
	case partly && v.IsKnown():
		list, _, _ := elements(v)
		return withParts(either(v), list), diags
	case v.IsKnown():
		return v, diags
	}
	return unoutlined(v).WithMarks(marksOf(source)), diags
}
