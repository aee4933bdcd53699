package syntax

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// ParseConfig parses native syntax that is safe to parse.
func ParseConfig(source []byte, file string) (*hclsyntax.Body, hcl.Diagnostics) {
	start := hcl.Pos{Line: 1, Column: 1}
	if d := checkText(source, file); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	if !isFlat(source) {
		tokens, _ := hclsyntax.LexConfig(source, file, start)
		if d := checkNesting(tokens); d != nil {
			return nil, hcl.Diagnostics{d}
		}
	}
	f, diags := hclsyntax.ParseConfig(source, file, start)
	if diags.HasErrors() {
		return nil, diags
	}
	body, _ := f.Body.(*hclsyntax.Body)
	return body, nil
}

// ParseTemplate parses a template that is safe to parse.
func ParseTemplate(source []byte, file string, start hcl.Pos) (hclsyntax.Expression, hcl.Diagnostics) {
	if d := checkText(source, file); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	tokens, _ := hclsyntax.LexTemplate(source, file, start)
	if d := checkNesting(tokens); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	return exprOrNil(hclsyntax.ParseTemplate(source, file, start))
}

// ParseExpression parses an expression that is safe to parse.
func ParseExpression(source []byte, file string) (hclsyntax.Expression, hcl.Diagnostics) {
	start := hcl.Pos{Line: 1, Column: 1}
	if d := checkText(source, file); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	tokens, _ := hclsyntax.LexExpression(source, file, start)
	if d := checkNesting(tokens); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	return exprOrNil(hclsyntax.ParseExpression(source, file, start))
}

func exprOrNil(e hclsyntax.Expression, diags hcl.Diagnostics) (hclsyntax.Expression, hcl.Diagnostics) {
	if diags.HasErrors() {
		return nil, diags
	}
	return e, nil
}
