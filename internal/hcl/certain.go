package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// refuseCertain ends the reading with an error that Terraform makes, too. An
// error that hangs on what Terraform may see otherwise is none.
func (s *scope) refuseCertain(what string, diags hcl.Diagnostics, exprs ...hclsyntax.Expression) bool {
	errs := firstOf(diags)
	if len(errs) == 0 || errs[0].Subject == nil {
		return false
	}
	most := noDoubt
	switch extra := errs[0].Extra.(type) {
	case doubt:
		most = extra
	case boundError:
		return false
	}
	if s.doubtOf(exprs...) > most {
		return false
	}
	s.ev.fail(errorAt(*errs[0].Subject, "%s: %s", what, lowered(errs[0].Summary)).WithHint("%s", errs[0].Detail))
	return true
}

// expressions are all that the value of an argument, or of the blocks of a name,
// is made of.
func (i *instance) expressions(name string) []hclsyntax.Expression {
	list := []hclsyntax.Expression{argument(i.block, "for_each"), argument(i.block, "count")}
	if e := argument(i.block, name); e != nil {
		list = append(list, e)
	}
	for _, b := range i.block.Body.Blocks {
		if blockName(b) == name {
			list = append(list, expressionsIn(b.Body)...)
		}
	}
	return list
}

func expressionsIn(body *hclsyntax.Body) []hclsyntax.Expression {
	var list []hclsyntax.Expression
	for _, a := range sortedAttributes(body) {
		if a.Name != "iterator" {
			list = append(list, a.Expr)
		}
	}
	for _, b := range body.Blocks {
		list = append(list, expressionsIn(b.Body)...)
	}
	return list
}

// isNoMap says whether for_each is given what is neither a map nor a set. Our
// lists stand for sets, too, where Terraform's would forget where an element
// comes from, so the code has to say that it is a list.
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

// isList says whether an expression is a list by the way it is written.
func (s *scope) isList(e hclsyntax.Expression, depth int) bool {
	if depth > maxWaiting {
		return false
	}
	switch e := e.(type) {
	case *tupleExpr, *splatExpr:
		return true
	case *hclsyntax.ParenthesesExpr:
		return s.isList(e.Expression, depth+1)
	case *forExpr:
		return e.KeyExpr == nil
	case *callExpr:
		return isListFunction(e.Name)
	case *choiceExpr:
		return s.isList(e.TrueResult, depth+1) && s.isList(e.FalseResult, depth+1)
	case *refExpr:
		return s.isListNamed(e.Traversal, depth)
	}
	return false
}

func (s *scope) isListNamed(t hcl.Traversal, depth int) bool {
	if n, rest, ok := resourceOf(t); ok && len(rest) == 0 && s.config.resources[n] != nil {
		return argument(s.config.resources[n], "count") != nil
	}
	if len(t) != 2 {
		return false
	}
	name := stepName(t[1])
	switch t.RootName() {
	case "module":
		b := s.config.calls[name]
		return b != nil && argument(b, "count") != nil
	case "local":
		a := s.config.locals[name]
		return a != nil && s.isList(a.Expr, depth+1)
	case "var":
		b := s.config.variables[name]
		if b == nil {
			return false
		}
		if c, diags := constraintOf(b); diags.HasErrors() || c.written && c.typ != cty.DynamicPseudoType {
			return c.typ.IsListType() || c.typ.IsTupleType()
		}
		if s.parent == nil {
			return true // what the user gives is written as a list
		}
		given := argument(s.block, name)
		return given != nil && s.parent.isList(given, depth+1)
	}
	return false
}

// noCount is the error of a count that is no whole number from 0.
func noCount(e hclsyntax.Expression, v cty.Value) hcl.Diagnostics {
	what := "null"
	if text, ok := textOf(v); ok {
		what = shown(text)
	} else if v.IsKnown() && !v.IsNull() || v.Type() != cty.Number && v.Type() != cty.DynamicPseudoType {
		what = v.Type().FriendlyName()
	}
	diags := advise(fault(e.Range(), "count is %s", what), "count takes a whole number from 0")
	if v.Type() != cty.DynamicPseudoType && convert.GetConversionUnsafe(v.Type(), cty.Number) == nil {
		return despite(laterDoubt, diags)
	}
	return diags
}

// shown is the front of a text that an error tells.
func shown(text string) string {
	if len(text) <= maxShownLine {
		return text
	}
	return strings.ToValidUTF8(text[:maxShownLine], "") + "..."
}

// noKeys is the error of a for_each that has no keys. One that may be a set for
// Terraform has no place: it is not refused.
func (s *scope) noKeys(v cty.Value, e hclsyntax.Expression) hcl.Diagnostics {
	if v.IsKnown() && v.IsNull() {
		return advise(fault(e.Range(), "for_each is null"), "for_each takes a map or a set of strings")
	}
	diags := advise(fault(e.Range(), "for_each is a %s", v.Type().FriendlyName()), "for_each takes a map or a set of strings: toset(...)")
	switch {
	case !s.isNoMap(v, e):
		diags[0].Subject = nil
	case !v.Type().IsPrimitiveType():
		return despite(otherDoubt, diags) // the code says that it is a list
	}
	return despite(laterDoubt, diags)
}

// badKey is the error of a set whose elements are no keys; none where one is not
// known.
func badKey(key cty.Value, e hclsyntax.Expression) hcl.Diagnostics {
	if !key.IsKnown() {
		return nil
	}
	what := key.Type().FriendlyName()
	if key.IsNull() {
		what = "null"
	}
	return advise(fault(e.Range(), "for_each is a set that holds a %s", what), "for_each takes a map or a set of strings: toset([for x in ... : tostring(x)])")
}
