package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// parseType reads the type of a variable.
func parseType(e hclsyntax.Expression) (cty.Type, *typeexpr.Defaults, hcl.Diagnostics) {
	if text, ok := quotedType(e); ok {
		if !syntax.IsJSON(e.Range().Filename) {
			return cty.DynamicPseudoType, nil, unquote(e.Range(), text)
		}
		parsed, diags := syntax.ParseExpression([]byte(text), e.Range().Filename)
		if diags.HasErrors() {
			return cty.DynamicPseudoType, nil, syntax.MoveTo(diags, e.Range())
		}
		typ, defaults, diags := typeOf(Rewrite(parsed))
		return typ, defaults, syntax.MoveTo(diags, e.Range())
	}
	return typeOf(e)
}

// typeOf reads a type. Two words are types by themselves, as they did before
// Terraform 0.12; HCL's reader of types knows nothing of that.
func typeOf(e hclsyntax.Expression) (cty.Type, *typeexpr.Defaults, hcl.Diagnostics) {
	switch hcl.ExprAsKeyword(e) {
	case "list":
		return cty.List(cty.DynamicPseudoType), nil, nil
	case "map":
		return cty.Map(cty.DynamicPseudoType), nil, nil
	case "set":
		return cty.DynamicPseudoType, nil, syntax.WithHint(syntax.Errorf(e.Range(), "type = set: the element type is missing"), "write type = set(any), or set(string)")
	}
	return typeexpr.TypeConstraintWithDefaults(e)
}

// quotedType returns the text of a type in quotes.
func quotedType(e hclsyntax.Expression) (string, bool) {
	switch e.(type) {
	case *Template, *hclsyntax.LiteralValueExpr, *hclsyntax.TemplateWrapExpr:
		v, diags := e.Value(LiteralContext())
		if diags.HasErrors() {
			return "", false
		}
		return value.ScalarText(v)
	}
	return "", false
}

// unquote refuses a type in quotes, as Terraform does since 0.12.
func unquote(at hcl.Range, text string) hcl.Diagnostics {
	instead := text
	if text == "list" || text == "map" {
		instead = text + "(string)"
	}
	return syntax.WithHint(syntax.Errorf(at, "type = %s: a type in quotes", syntax.Quote(text)), "write type = "+instead)
}

// Constraint is the type of a variable.
type Constraint struct {
	Typ      cty.Type
	defaults *typeexpr.Defaults
	Written  bool // the code gives a type
	Text     bool // a value from the command line is text, not an expression
}

func ConstraintOf(b *hclsyntax.Block) (Constraint, hcl.Diagnostics) {
	c := Constraint{Typ: cty.DynamicPseudoType, Text: true}
	e := syntax.Argument(b, "type")
	if e == nil {
		return c, nil
	}
	c.Written = true
	typ, defaults, diags := parseType(e)
	if diags.HasErrors() {
		return c, diags
	}
	c.Typ, c.defaults, c.Text = typ, defaults, typ.IsPrimitiveType()
	return c, nil
}

// Convert gives a value the variable's type.
func (c Constraint) Convert(v cty.Value) (cty.Value, error) {
	if c.defaults != nil && !v.IsNull() {
		v = c.defaults.Apply(v)
	}
	return value.Convert(v, c.Typ)
}
