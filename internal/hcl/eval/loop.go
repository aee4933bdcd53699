package eval

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// Value evaluates a for expression.
func (e *For) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	collection, diags := e.CollExpr.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	plain, marks := value.Unmark(collection)
	if plain.Type() == cty.DynamicPseudoType && plain.IsKnown() && plain.IsNull() || plain.IsKnown() && plain.IsNull() {
		return cty.DynamicVal, syntax.Errorf(e.CollExpr.Range(), "a for expression over null")
	}
	parts, partly := value.PartsOf(collection)
	if partly && e.KeyExpr == nil {
		plain = cty.TupleVal(elementsOf(parts))
	}
	if !plain.IsKnown() {
		return cty.DynamicVal.WithMarks(marks), nil
	}
	if !plain.CanIterateElements() {
		return cty.DynamicVal, syntax.Errorf(e.CollExpr.Range(), "a for expression over %s", plain.Type().FriendlyName())
	}
	l := loop{For: e, marks: value.OfKinds(marks, value.Sensitive, value.Chosen, value.Decider, value.Unset, value.Opaque), element: marks, fields: map[string]cty.Value{}, groups: map[string][]cty.Value{}}
	if f := frameOf(ctx); f != nil {
		if err := f.ev.Step(plain.LengthInt()); err != nil {
			return cty.DynamicVal, syntax.Errorf(e.SrcRange, "%v", err)
		}
		if diags := chargeValues(ctx, e.SrcRange, plain.LengthInt()*(1+len(marks))); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
	}
	for it := plain.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if diags := l.turn(ctx, key, element); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
	}
	if partly {
		return value.WithParts(value.OneOf(l.result()), l.list), nil
	}
	return l.result(), nil
}

// elementsOf returns the parts of a list that is not known, where one that is a list
// itself may be any number of elements.
func elementsOf(parts []cty.Value) []cty.Value {
	elements := slices.Clone(parts)
	for i, part := range parts {
		if plain, marks := value.Unmark(part); !plain.IsKnown() && plain.Type() != cty.DynamicPseudoType && !plain.Type().IsPrimitiveType() && !plain.Type().IsObjectType() {
			elements[i] = cty.DynamicVal.WithMarks(marks, value.UnknownPartMarks(marks))
		}
	}
	return elements
}

// A loop collects the results of the iterations of a for expression.
type loop struct {
	*For
	marks   cty.ValueMarks // of the result as a whole
	element cty.ValueMarks // of the collection, which all its elements have
	hidden  bool           // which elements there are is not known
	list    []cty.Value
	fields  map[string]cty.Value
	groups  map[string][]cty.Value
}

func (l *loop) turn(ctx *hcl.EvalContext, key, element cty.Value) hcl.Diagnostics {
	inner := ctx.NewChild()
	inner.Variables = map[string]cty.Value{l.ValVar: element.WithMarks(l.element)}
	if l.KeyVar != "" {
		inner.Variables[l.KeyVar] = key
	}
	include, diags := l.includes(inner)
	if diags.HasErrors() || !include {
		return diags
	}
	made, diags := l.ValExpr.Value(inner)
	if diags.HasErrors() {
		return diags
	}
	if l.KeyExpr == nil {
		l.list = append(l.list, made)
		return nil
	}
	return l.put(inner, made)
}

// includes evaluates the if clause. If it is not known whether an
// element is included, the elements are unknown.
func (l *loop) includes(ctx *hcl.EvalContext) (bool, hcl.Diagnostics) {
	if l.CondExpr == nil {
		return true, nil
	}
	v, diags := l.CondExpr.Value(ctx)
	if diags.HasErrors() {
		return false, diags
	}
	marks := value.MarksOf(v)
	v, _ = v.UnmarkDeep()
	maps.Copy(l.marks, value.ConditionMarks(marks, v.IsKnown()))
	if v.IsNull() {
		return false, syntax.Errorf(l.CondExpr.Range(), "the if clause is null")
	}
	v, err := value.Convert(v, cty.Bool)
	if err != nil {
		return false, syntax.Errorf(l.CondExpr.Range(), "the if clause is not a boolean: %v", err)
	}
	if !v.IsKnown() {
		l.hidden = true
		return true, nil
	}
	return v.True(), nil
}

// put adds a field to the object that the loop makes.
func (l *loop) put(ctx *hcl.EvalContext, v cty.Value) hcl.Diagnostics {
	key, diags := l.KeyExpr.Value(ctx)
	if diags.HasErrors() {
		return diags
	}
	plain, marks := value.Unmark(key)
	plain, err := value.Convert(plain, cty.String)
	if err != nil || plain.IsNull() {
		return syntax.Errorf(l.KeyExpr.Range(), "a key is not a string")
	}
	maps.Copy(l.marks, value.ConditionMarks(marks, plain.IsKnown()))
	switch {
	case !plain.IsKnown():
		l.hidden = true
		maps.Copy(l.marks, value.MarksOf(v))
	case l.Group:
		l.groups[plain.AsString()] = append(l.groups[plain.AsString()], v)
	default:
		if _, ok := l.fields[plain.AsString()]; ok {
			return syntax.Errorf(l.KeyExpr.Range(), "two elements have the key %q", plain.AsString())
		}
		l.fields[plain.AsString()] = v
	}
	return nil
}

func (l *loop) result() cty.Value {
	for key, values := range l.groups {
		l.fields[key] = cty.TupleVal(values)
	}
	v := cty.ObjectVal(l.fields)
	if l.KeyExpr == nil {
		v = cty.TupleVal(l.list)
	}
	if l.hidden {
		return cty.DynamicVal.WithMarks(value.MarksOf(v), l.marks, cty.NewValueMarks(value.Mark{Kind: value.MaybeOther}))
	}
	return v.WithMarks(l.marks)
}
