package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
)

// form verifies that a resource writes blocks as blocks and arguments as
// arguments. JSON writes both in one way.
func (n *nameChecker) form(b *hclsyntax.Block, body *hclsyntax.Body, s *schema.Block) {
	if s == nil || syntax.IsJSON(b.TypeRange.Filename) {
		return
	}
	for _, a := range syntax.SortedAttributes(body) {
		if _, isBlock := s.Block(a.Name); isBlock {
			n.report(a.NameRange, "write "+a.Name+" { ... }, without =", "%s.%s: a block that is written as an argument", addressOf(b), a.Name)
		}
	}
	for _, inner := range body.Blocks {
		name := syntax.BlockName(inner)
		if a, ok := s.Attribute(name); ok && a.Type != cty.DynamicPseudoType {
			n.report(inner.DefRange(), "write "+name+" = ...", "%s.%s: an argument that is written as a block", addressOf(b), name)
			continue
		}
		shape, _ := s.Block(name)
		if inner.Type != "dynamic" {
			n.form(b, inner.Body, shape)
			continue
		}
		for _, content := range inner.Body.Blocks {
			n.form(b, content.Body, shape)
		}
	}
}

// addressOf is the address of a resource in its module.
func addressOf(b *hclsyntax.Block) string {
	address := b.Labels[0] + "." + b.Labels[1]
	if b.Type == "data" {
		return "data." + address
	}
	return address
}
