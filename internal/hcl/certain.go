package hcl

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/funcs"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// refuseCertain ends the reading with an error that Terraform reports, too. If
// Terraform may see another value, it is not an error.
func (s *scope) refuseCertain(what string, diags hcl.Diagnostics, exprs ...hclsyntax.Expression) bool {
	errs := syntax.FirstError(diags)
	if len(errs) == 0 || errs[0].Subject == nil {
		return false
	}
	most := noDoubt
	switch extra := errs[0].Extra.(type) {
	case doubt:
		most = extra
	case value.LimitError:
		return false
	}
	if s.doubtOf(exprs...) > most {
		return false
	}
	s.ev.Fail(syntax.DiagnosticAt(*errs[0].Subject, "%s: %s", what, syntax.LowerFirst(errs[0].Summary)).WithHint("%s", errs[0].Detail))
	return true
}

// expressions returns all expressions that the value of an argument, or of the blocks
// of a name, is made of.
func (i *instance) expressions(name string) []hclsyntax.Expression {
	list := []hclsyntax.Expression{syntax.Argument(i.block, "for_each"), syntax.Argument(i.block, "count")}
	if e := syntax.Argument(i.block, name); e != nil {
		list = append(list, e)
	}
	for _, b := range i.block.Body.Blocks {
		if syntax.BlockName(b) == name {
			list = append(list, expressionsIn(b.Body)...)
		}
	}
	return list
}

func expressionsIn(body *hclsyntax.Body) []hclsyntax.Expression {
	var list []hclsyntax.Expression
	for _, a := range syntax.SortedAttributes(body) {
		if a.Name != "iterator" {
			list = append(list, a.Expr)
		}
	}
	for _, b := range body.Blocks {
		list = append(list, expressionsIn(b.Body)...)
	}
	return list
}

// isNoMap reports whether the value of for_each is neither a map nor a set. Our lists
// also represent sets, because Terraform's sets lose the origin of an element, so the
// code has to show that it is a list.
func (s *scope) isNoMap(v cty.Value, e hclsyntax.Expression) bool {
	switch t := v.Type(); {
	case t == cty.DynamicPseudoType:
		return false
	case t.IsPrimitiveType():
		return true
	case t.IsTupleType() || t.IsListType():
		return s.isList(e, 0)
	}
	return false
}

// isList reports whether an expression is a list by the way it is written.
func (s *scope) isList(e hclsyntax.Expression, depth int) bool {
	if depth > eval.MaxWaiting {
		return false
	}
	switch e := e.(type) {
	case *eval.Tuple, *eval.Splat:
		return true
	case *hclsyntax.ParenthesesExpr:
		return s.isList(e.Expression, depth+1)
	case *eval.For:
		return e.KeyExpr == nil
	case *eval.Call:
		return funcs.IsListFunction(e.Name)
	case *eval.Conditional:
		return s.isList(e.TrueResult, depth+1) && s.isList(e.FalseResult, depth+1)
	case *eval.Reference:
		return s.isListNamed(e.Traversal, depth)
	}
	return false
}

func (s *scope) isListNamed(t hcl.Traversal, depth int) bool {
	if n, rest, ok := syntax.ResourceOf(t); ok && len(rest) == 0 && s.config.Resources[n] != nil {
		return syntax.Argument(s.config.Resources[n], "count") != nil
	}
	if len(t) != 2 {
		return false
	}
	name := syntax.StepName(t[1])
	switch t.RootName() {
	case "module":
		b := s.config.Calls[name]
		return b != nil && syntax.Argument(b, "count") != nil
	case "local":
		a := s.config.Locals[name]
		return a != nil && s.isList(a.Expr, depth+1)
	case "var":
		b := s.config.Variables[name]
		if b == nil {
			return false
		}
		if c, diags := eval.ConstraintOf(b); diags.HasErrors() || c.Written && c.Typ != cty.DynamicPseudoType {
			return c.Typ.IsListType() || c.Typ.IsTupleType()
		}
		if s.parent == nil {
			return true // what the user gives is written as a list
		}
		given := syntax.Argument(s.block, name)
		return given != nil && s.parent.isList(given, depth+1)
	}
	return false
}

// noCount returns the error of a count that is not a whole number from 0.
func noCount(e hclsyntax.Expression, v cty.Value) hcl.Diagnostics {
	what := "null"
	if text, ok := value.ScalarText(v); ok {
		what = syntax.Shorten(text)
	} else if v.IsKnown() && !v.IsNull() || v.Type() != cty.Number && v.Type() != cty.DynamicPseudoType {
		what = v.Type().FriendlyName()
	}
	diags := syntax.WithHint(syntax.Errorf(e.Range(), "count is %s", what), "count takes a whole number from 0")
	if v.Type() != cty.DynamicPseudoType && convert.GetConversionUnsafe(v.Type(), cty.Number) == nil {
		return despite(laterDoubt, diags)
	}
	return diags
}

// noKeys returns the error of a for_each that has no keys. One that may be a set for
// Terraform is not refused.
func (s *scope) noKeys(v cty.Value, e hclsyntax.Expression) hcl.Diagnostics {
	if v.IsKnown() && v.IsNull() {
		return syntax.WithHint(syntax.Errorf(e.Range(), "for_each is null"), "for_each takes a map or a set of strings")
	}
	diags := syntax.WithHint(syntax.Errorf(e.Range(), "for_each is a %s", v.Type().FriendlyName()), "for_each takes a map or a set of strings: toset(...)")
	switch {
	case !s.isNoMap(v, e):
		diags[0].Subject = nil
	case !v.Type().IsPrimitiveType():
		return despite(otherDoubt, diags) // the code says that it is a list
	}
	return despite(laterDoubt, diags)
}

// badKey returns the error of a set whose elements are not keys; none if one is not
// known.
func badKey(key cty.Value, e hclsyntax.Expression) hcl.Diagnostics {
	if !key.IsKnown() {
		return nil
	}
	what := key.Type().FriendlyName()
	if key.IsNull() {
		what = "null"
	}
	return syntax.WithHint(syntax.Errorf(e.Range(), "for_each is a set that holds a %s", what), "for_each takes a map or a set of strings: toset([for x in ... : tostring(x)])")
}
