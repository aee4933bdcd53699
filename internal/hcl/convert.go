package hcl

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/zclconf/go-cty/cty"
)

// convert is Terraform's convert(value, type). Its second argument is a type, so
// it is no value and is read, not evaluated.
func (e *callExpr) convert(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if len(e.Args) != 2 || e.ExpandFinal {
		return cty.DynamicVal, fault(e.NameRange, "convert: not a value and a type")
	}
	typ, diags := typeexpr.TypeConstraint(e.Args[1])
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	v, diags := e.Args[0].Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	converted, err := convertTo(v, typ)
	switch {
	case err != nil && has(marksOf(v), secret):
		return cty.DynamicVal, fault(e.Args[0].Range(), "convert: not for this value, which is sensitive")
	case err != nil:
		return cty.DynamicVal, fault(e.Args[0].Range(), "convert: %v", err)
	}
	return converted, nil
}

// convertTo gives a value a type. A set of what is not known yet would have one
// element for all and their marks in a heap: it stays a list, where each element
// keeps its own.
func convertTo(v cty.Value, typ cty.Type) (cty.Value, error) {
	plain, _ := v.UnmarkDeep()
	if !plain.IsWhollyKnown() {
		typ = listed(typ)
	}
	if typ.IsPrimitiveType() && v.Type() != typ && v.Type() != cty.DynamicPseudoType {
		v = unoutlined(v) // the text of a number need not be the text
	}
	return retyped(v, typ)
}

// listed is a type with lists where it has sets.
func listed(typ cty.Type) cty.Type {
	switch {
	case typ.IsSetType() || typ.IsListType():
		return cty.List(listed(typ.ElementType()))
	case typ.IsMapType():
		return cty.Map(listed(typ.ElementType()))
	case typ.IsTupleType():
		var types []cty.Type
		for _, t := range typ.TupleElementTypes() {
			types = append(types, listed(t))
		}
		return cty.Tuple(types)
	case typ.IsObjectType():
		types := map[string]cty.Type{}
		for name, t := range typ.AttributeTypes() {
			types[name] = listed(t)
		}
		var optional []string
		for name := range typ.OptionalAttributes() {
			optional = append(optional, name)
		}
		return cty.ObjectWithOptionalAttrs(types, optional)
	}
	return typ
}
