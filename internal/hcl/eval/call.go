package eval

import (
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/funcs"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// Value calls a function of the library. The result of a function that the library
// does not evaluate is unknown, with the sources of its arguments.
func (e *Call) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	f := frameOf(ctx)
	if f == nil || f.constant {
		return cty.DynamicVal, syntax.Errorf(e.NameRange, "functions are not allowed here: %s", e.Name)
	}
	if err := f.ev.Step(1); err != nil {
		return cty.DynamicVal, syntax.Errorf(e.NameRange, "%v", err)
	}
	name := strings.TrimPrefix(e.Name, "core::")
	switch name {
	case "try":
		return try(ctx, e.Args, e.NameRange)
	case "can":
		return can(ctx, e.Args, e.NameRange)
	case "convert":
		return e.convert(ctx)
	}
	args, diags := e.arguments(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	return f.ev.call(name, args, e.NameRange)
}

// try returns the first argument that has a value. An unknown value counts, because
// its sources are of interest. If it is not known whether there will be a value, the
// next argument is as likely.
func try(ctx *hcl.EvalContext, args []hclsyntax.Expression, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	diags := syntax.Errorf(at, "try without arguments")
	var perhaps []cty.Value
	for _, a := range args {
		v, failed := a.Value(ctx)
		if failed.HasErrors() {
			if diags = failed; syntax.IsLimit(failed) { // Terraform may well have a value
				perhaps = append(perhaps, value.Unknown(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: "what " + syntax.FirstMessage(failed)}))
			}
			continue
		}
		if perhaps = append(perhaps, v); !mayFail(v) {
			break
		}
	}
	switch {
	case len(perhaps) == 0:
		return cty.DynamicVal, diags
	case len(perhaps) == 1:
		return perhaps[0], nil
	}
	v := value.OneOf(perhaps...)
	return v.WithMarks(value.UnknownPartMarks(value.MarksOf(v))), nil
}

// mayFail reports whether an expression that has this value may have none: the value
// is computed from something that is not known, or is a part of it.
func mayFail(v cty.Value) bool {
	if v.IsWhollyKnown() {
		return false
	}
	text, told := value.TextOf(v)
	name, isSymbol := text.Symbol()
	if _, path, ok := strings.Cut(name, "var."); isSymbol && ok {
		return strings.ContainsAny(path, ".")
	}
	marks := value.MarksOf(v)
	return !told && (value.HasKind(marks, value.Made) || value.HasKind(marks, value.Chosen) || value.HasKind(marks, value.Unset) || len(value.RefsOf(marks)) == 0)
}

// can reports whether try has a value.
func can(ctx *hcl.EvalContext, args []hclsyntax.Expression, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	v, diags := try(ctx, args, at)
	if !diags.HasErrors() && mayFail(v) {
		return cty.UnknownVal(cty.Bool).WithMarks(value.MarksOf(v)), nil
	}
	return cty.BoolVal(!diags.HasErrors()).WithMarks(value.OfKinds(value.MarksOf(v), value.Sensitive)), nil
}

// arguments evaluates the arguments, the last of which may be several.
func (e *Call) arguments(ctx *hcl.EvalContext) ([]cty.Value, hcl.Diagnostics) {
	var args []cty.Value
	for n, a := range e.Args {
		v, diags := a.Value(ctx)
		if diags.HasErrors() {
			return nil, diags
		}
		if !e.ExpandFinal || n < len(e.Args)-1 {
			args = append(args, v)
			continue
		}
		plain, marks := value.Unmark(v)
		switch {
		case !plain.IsKnown():
			args = append(args, unknownArguments(v))
		case plain.IsNull() || !plain.CanIterateElements():
			return nil, syntax.Errorf(a.Range(), "... after a value that is not a list")
		default:
			for it := plain.ElementIterator(); it.Next(); {
				_, element := it.Element()
				args = append(args, element.WithMarks(marks))
			}
		}
	}
	return args, nil
}

// unknownArguments replaces arguments that are not known.
func unknownArguments(v cty.Value) cty.Value { return cty.DynamicVal.WithMarks(value.MarksOf(v)) }

// call calls a function with values.
func (ev *Evaluator) call(name string, args []cty.Value, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	marks := cty.ValueMarks{}
	for _, a := range args {
		maps.Copy(marks, value.MarksOf(a))
	}
	if !funcs.IsEvaluated(name) {
		if !funcs.IsFunction(name) {
			ev.Note("%s:%d: the function %s is not evaluated", at.Filename, at.Start.Line, name)
		}
		return value.Unknown(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: name + "()"}).WithMarks(marks), nil
	}
	v, err := ev.library.Call(name, args, marks)
	ev.failIfSpent(name+": ", at, err)
	switch {
	case err != nil && value.HasKind(marks, value.Sensitive):
		return cty.DynamicVal, syntax.Errorf(at, "%s: not allowed for a sensitive value", name)
	case err != nil:
		return cty.DynamicVal, syntax.WrapError(at, name+": ", err)
	}
	return v, nil
}

// convert is Terraform's convert(value, type). Its second argument is a type, so
// it is read, not evaluated.
func (e *Call) convert(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if len(e.Args) != 2 || e.ExpandFinal {
		return cty.DynamicVal, syntax.Errorf(e.NameRange, "convert: not a value and a type")
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
	case err != nil && value.HasKind(value.MarksOf(v), value.Sensitive):
		return cty.DynamicVal, syntax.Errorf(e.Args[0].Range(), "convert: not allowed for a sensitive value")
	case err != nil:
		return cty.DynamicVal, syntax.Errorf(e.Args[0].Range(), "convert: %v", err)
	}
	return converted, nil
}

// convertTo converts a value to a type. A set of unknown values would merge them into
// one element with the marks of all, so it stays a list, where each element keeps its
// own.
func convertTo(v cty.Value, typ cty.Type) (cty.Value, error) {
	plain, _ := v.UnmarkDeep()
	if !plain.IsWhollyKnown() {
		typ = listed(typ)
	}
	if typ.IsPrimitiveType() && v.Type() != typ && v.Type() != cty.DynamicPseudoType {
		v = value.WithoutOutlines(v) // the text of a number need not be the text
	}
	return value.Convert(v, typ)
}

// listed returns a type with lists if it has sets.
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
