package eval

import (
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// Value resolves a reference: a variable of a for expression or dynamic block in the
// context, anything else in the module instance.
func (e *Reference) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	f := frameOf(ctx)
	if f != nil && f.constant && !isBound(ctx, e.Traversal.RootName()) {
		return e.Traversal.TraverseAbs(&hcl.EvalContext{}) // HCL says that there are none
	}
	if f == nil || isBound(ctx, e.Traversal.RootName()) {
		v, diags := e.Traversal[:1].TraverseAbs(ctx)
		if diags.HasErrors() {
			return v, diags
		}
		return Walk(v, e.Traversal[1:])
	}
	if err := f.ev.Step(1); err != nil {
		return cty.DynamicVal, syntax.Errorf(e.SrcRange, "%v", err)
	}
	if f.names == nil {
		return cty.DynamicVal, syntax.Errorf(e.SrcRange, "no variable %s for this template", e.Traversal.RootName())
	}
	return f.names.Refer(e.Traversal)
}

// Value returns one arm, or either of them if the condition is not known. The sources
// of the condition are not sources of the result.
func (e *Conditional) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	condition, diags := e.Condition.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	marks := value.MarksOf(condition)
	condition, _ = condition.UnmarkDeep()
	if condition.IsNull() {
		return cty.DynamicVal, syntax.Errorf(e.Condition.Range(), "the condition is null")
	}
	condition, err := value.Convert(condition, cty.Bool)
	if err != nil {
		return cty.DynamicVal, syntax.Errorf(e.Condition.Range(), "the condition is not a boolean: %v", err)
	}
	yes, yesDiags := e.TrueResult.Value(ctx)
	no, noDiags := e.FalseResult.Value(ctx)
	if diags := chargeOperands(ctx, e.SrcRange, yes, no); diags.HasErrors() { // both arms get one type
		return cty.DynamicVal, diags
	}
	typ := value.CommonType(yes, no)
	switch {
	case !condition.IsKnown():
		if yesDiags.HasErrors() || noDiags.HasErrors() {
			return cty.DynamicVal, append(yesDiags, noDiags...)
		}
		v := cty.UnknownVal(typ).WithMarks(value.MarksOf(yes), value.MarksOf(no), value.ConditionMarks(marks, false))
		if len(value.RefsOf(value.MarksOf(yes))) == 0 || len(value.RefsOf(value.MarksOf(no))) == 0 {
			v = v.Mark(value.Mark{Kind: value.MaybeOther})
		}
		return v, nil
	case condition.True():
		return value.TryConvert(yes, typ).WithMarks(value.ConditionMarks(marks, true)), yesDiags
	}
	return value.TryConvert(no, typ).WithMarks(value.ConditionMarks(marks, true)), noDiags
}

// Value builds an object. With an unknown key, the whole object is unknown.
func (e *Object) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if diags := chargeValues(ctx, e.SrcRange, 2*len(e.Items)); diags.HasErrors() { // names and values
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
		plain, keyMarks := value.Unmark(key)
		maps.Copy(marks, value.ConditionMarks(keyMarks, plain.IsKnown()))
		if plain, err := value.Convert(plain, cty.String); err != nil || plain.IsNull() {
			all = append(all, syntax.Errorf(item.KeyExpr.Range(), "a key is not a string")...)
		} else if !plain.IsKnown() {
			hidden = true
			maps.Copy(marks, value.MarksOf(v))
		} else {
			fields[plain.AsString()] = v
		}
	}
	if all.HasErrors() {
		return cty.DynamicVal, all
	}
	object := cty.ObjectVal(fields)
	if hidden {
		return cty.DynamicVal.WithMarks(value.MarksOf(object), marks), nil
	}
	return object.WithMarks(marks), nil
}

// Value builds a list.
func (e *Tuple) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if diags := chargeValues(ctx, e.SrcRange, len(e.Exprs)); diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	return e.TupleConsExpr.Value(ctx)
}

// Value joins the parts of a template.
func (e *Template) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	var text strings.Builder
	marks, known := cty.ValueMarks{}, true
	for _, part := range e.Parts {
		v, diags := part.Value(ctx)
		if diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		maps.Copy(marks, value.MarksOf(v))
		if plain, _ := v.Unmark(); plain.IsNull() {
			return cty.DynamicVal, syntax.Errorf(part.Range(), "a null value in a template")
		}
		piece, told := value.TextOf(v)
		v, _ = v.UnmarkDeep()
		if _, err := value.Convert(v, cty.String); err != nil {
			return cty.DynamicVal, syntax.Errorf(part.Range(), "a value in a template is not a string: %v", err)
		}
		known = known && told
		if diags := e.chargePiece(ctx, text.Len()+len(piece), len(piece), v); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		text.WriteString(string(piece))
	}
	if diags := e.chargeText(ctx, text.Len(), len(marks)); diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	if len(marks) > 0 && len(e.Parts) > 1 {
		marks[value.Mark{Kind: value.Made}] = struct{}{}
	}
	if !known {
		return cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks), nil
	}
	return value.Decode(cty.StringVal(text.String()).WithMarks(marks)), nil
}

// chargePiece counts a piece of a template. Numbers are expensive to format.
func (e *Template) chargePiece(ctx *hcl.EvalContext, whole, piece int, v cty.Value) hcl.Diagnostics {
	f := frameOf(ctx)
	if whole > value.MaxText {
		if f != nil {
			f.ev.failIfSpent("", e.SrcRange, value.ErrTextTooLong)
		}
		return syntax.WrapError(e.SrcRange, "", value.ErrTextTooLong)
	}
	if f == nil {
		return nil
	}
	if v.Type() == cty.Number {
		piece *= value.ElementWork
	}
	return f.ev.checkLimit(e.SrcRange, f.ev.Budget.Touch(piece*value.ByteWork))
}

// chargeText counts the text that a template makes, and its sources.
func (e *Template) chargeText(ctx *hcl.EvalContext, bytes, marks int) hcl.Diagnostics {
	if f := frameOf(ctx); f != nil {
		if diags := f.ev.checkLimit(e.SrcRange, f.ev.Budget.Touch(marks*value.MarkWork)); diags.HasErrors() {
			return diags
		}
	}
	return chargeValues(ctx, e.SrcRange, 1+bytes/value.ElementSize+marks)
}

// Value returns HCL's result, or an unknown value with all sources if HCL loses them.
func (e *Splat) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	source, diags := e.Source.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	parts, partly := value.PartsOf(source)
	if partly {
		source = cty.TupleVal(parts)
	}
	if plain, _ := source.Unmark(); plain.IsKnown() && !plain.IsNull() && plain.CanIterateElements() {
		if diags := chargeValues(ctx, e.Range(), plain.LengthInt()); diags.HasErrors() {
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
		list, _, _ := value.Elements(v)
		return value.WithParts(value.OneOf(v), list), diags
	case v.IsKnown():
		return v, diags
	}
	return value.WithoutOutlines(v).WithMarks(value.MarksOf(source)), diags
}
