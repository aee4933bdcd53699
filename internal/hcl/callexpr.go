package hcl

import (
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Value calls a function of the library. What the library does not evaluate is
// unknown, with the sources of its arguments.
func (e *callExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	f := frameOf(ctx)
	if f == nil || f.constant {
		return cty.DynamicVal, fault(e.NameRange, "a function where only values are allowed: %s", e.Name)
	}
	if err := f.ev.step(1); err != nil {
		return cty.DynamicVal, fault(e.NameRange, "%v", err)
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

// try is the first argument that has a value. An unknown value is one: it is
// what the code is for, and its sources are what is to be known. Where it is not
// known whether there will be one, the next argument is as likely.
func try(ctx *hcl.EvalContext, args []hclsyntax.Expression, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	diags := fault(at, "try without arguments")
	var perhaps []cty.Value
	for _, a := range args {
		v, failed := a.Value(ctx)
		if failed.HasErrors() {
			if diags = failed; isOurs(failed) { // Terraform may well have a value
				perhaps = append(perhaps, unknownFrom(cty.DynamicPseudoType, mark{kind: opaque, address: "what " + first(failed)}))
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
	v := either(perhaps...)
	return v.WithMarks(undecided(marksOf(v))), nil
}

// mayFail says whether an expression that has this value may have none: the value
// is computed from something that is not known, or is a part of it.
func mayFail(v cty.Value) bool {
	if v.IsWhollyKnown() {
		return false
	}
	text, told := textual(v)
	name, isSymbol := text.Symbol()
	if _, path, ok := strings.Cut(name, "var."); isSymbol && ok {
		return strings.ContainsAny(path, ".")
	}
	marks := marksOf(v)
	return !told && (has(marks, made) || has(marks, chosen) || has(marks, unset) || len(refsOf(marks)) == 0)
}

// can says whether try has a value.
func can(ctx *hcl.EvalContext, args []hclsyntax.Expression, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	v, diags := try(ctx, args, at)
	if !diags.HasErrors() && mayFail(v) {
		return cty.UnknownVal(cty.Bool).WithMarks(marksOf(v)), nil
	}
	return cty.BoolVal(!diags.HasErrors()).WithMarks(only(marksOf(v), secret)), nil
}

// arguments evaluates the arguments, the last of which may stand for many.
func (e *callExpr) arguments(ctx *hcl.EvalContext) ([]cty.Value, hcl.Diagnostics) {
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
		plain, marks := unmark(v)
		switch {
		case !plain.IsKnown():
			args = append(args, spread(v))
		case plain.IsNull() || !plain.CanIterateElements():
			return nil, fault(a.Range(), "... behind what is no list")
		default:
			for it := plain.ElementIterator(); it.Next(); {
				_, element := it.Element()
				args = append(args, element.WithMarks(marks))
			}
		}
	}
	return args, nil
}

// spread stands for arguments that are not known.
func spread(v cty.Value) cty.Value { return cty.DynamicVal.WithMarks(marksOf(v)) }

// call calls a function with values.
func (ev *evaluator) call(name string, args []cty.Value, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	marks := cty.ValueMarks{}
	for _, a := range args {
		maps.Copy(marks, marksOf(a))
	}
	if !isEvaluated(name) {
		if !isFunction(name) {
			ev.note("%s:%d: the function %s is not evaluated", at.Filename, at.Start.Line, name)
		}
		return unknownFrom(cty.DynamicPseudoType, mark{kind: opaque, address: name + "()"}).WithMarks(marks), nil
	}
	v, err := ev.library.call(name, args, marks)
	ev.refuse(name+": ", at, err)
	switch {
	case err != nil && has(marks, secret):
		return cty.DynamicVal, fault(at, "%s: not for this value, which is sensitive", name)
	case err != nil:
		return cty.DynamicVal, failed(at, name+": ", err)
	}
	return v, nil
}
