package hcl

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// form verifies that a resource writes blocks as blocks and arguments as
// arguments. JSON writes both in one way.
func (n *nameChecker) form(b *hclsyntax.Block, body *hclsyntax.Body, s *shape) {
	if s == nil || isJSON(b.TypeRange.Filename) {
		return
	}
	for _, a := range sortedAttributes(body) {
		if _, isBlock := s.block(a.Name); isBlock {
			n.refuse(a.NameRange, "write "+a.Name+" { ... }, without =", "%s.%s: a block that is written as an argument", addressOf(b), a.Name)
		}
	}
	for _, inner := range body.Blocks {
		name := blockName(inner)
		if a, ok := s.attribute(name); ok && a.typ != cty.DynamicPseudoType {
			n.refuse(inner.DefRange(), "write "+name+" = ...", "%s.%s: an argument that is written as a block", addressOf(b), name)
			continue
		}
		shape, _ := s.block(name)
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
