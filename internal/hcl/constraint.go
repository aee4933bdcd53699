package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// isJSON says whether a file is in JSON syntax, where all that native syntax
// writes without quotes is a text.
func isJSON(file string) bool { return strings.HasSuffix(file, ".json") }

// parseType reads the type of a variable.
func parseType(e hclsyntax.Expression) (cty.Type, *typeexpr.Defaults, hcl.Diagnostics) {
	if text, ok := quotedType(e); ok {
		if !isJSON(e.Range().Filename) {
			return cty.DynamicPseudoType, nil, unquote(e.Range(), text)
		}
		parsed, diags := parseExpression([]byte(text), e.Range().Filename)
		if diags.HasErrors() {
			return cty.DynamicPseudoType, nil, movedTo(diags, e.Range())
		}
		typ, defaults, diags := typeOf(rewrite(parsed))
		return typ, defaults, movedTo(diags, e.Range())
	}
	return typeOf(e)
}

// typeOf reads a type. Two words stand for themselves, as they did before
// Terraform 0.12; HCL's reader of types knows nothing of that.
func typeOf(e hclsyntax.Expression) (cty.Type, *typeexpr.Defaults, hcl.Diagnostics) {
	switch hcl.ExprAsKeyword(e) {
	case "list":
		return cty.List(cty.DynamicPseudoType), nil, nil
	case "map":
		return cty.Map(cty.DynamicPseudoType), nil, nil
	case "set":
		return cty.DynamicPseudoType, nil, advise(fault(e.Range(), "type = set: no type of its elements"), "write type = set(any), or set(string)")
	}
	return typeexpr.TypeConstraintWithDefaults(e)
}

// quotedType is the text of a type in quotes.
func quotedType(e hclsyntax.Expression) (string, bool) {
	switch e.(type) {
	case *templateExpr, *hclsyntax.LiteralValueExpr, *hclsyntax.TemplateWrapExpr:
		v, diags := e.Value(someConstant())
		if diags.HasErrors() {
			return "", false
		}
		return textOf(v)
	}
	return "", false
}

// unquote refuses a type in quotes, as Terraform does since 0.12.
func unquote(at hcl.Range, text string) hcl.Diagnostics {
	instead := text
	if text == "list" || text == "map" {
		instead = text + "(string)"
	}
	return advise(fault(at, "type = %s: a type in quotes", quoted(text)), "write type = "+instead)
}

// advise adds how to mend it.
func advise(diags hcl.Diagnostics, hint string) hcl.Diagnostics {
	for _, d := range diags {
		d.Detail = hint
	}
	return diags
}

// movedTo moves errors inside a JSON text to where the text stands.
func movedTo(diags hcl.Diagnostics, at hcl.Range) hcl.Diagnostics {
	for _, d := range diags {
		d.Subject = &at
	}
	return diags
}
