package check

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// all checks everything in the module that Terraform evaluates.
func (n *nameChecker) all() {
	m := n.module
	for _, name := range slices.Sorted(maps.Keys(m.Variables)) {
		n.variable(m.Variables[name])
		for _, b := range m.Variables[name].Body.Blocks {
			n.body(b.Body, context{}, nil)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Locals)) {
		n.expression(m.Locals[name].Expr, context{})
	}
	for _, name := range slices.Sorted(maps.Keys(m.Outputs)) {
		b := m.Outputs[name]
		if syntax.Argument(b, "value") == nil {
			n.report(b.DefRange(), "write value = ...", "output.%s: no value", name)
		}
		n.body(b.Body, context{}, []string{"description", "sensitive", "ephemeral", "type", "deprecated"})
	}
	for _, b := range m.Providers {
		n.body(b.Body, context{each: syntax.Argument(b, "for_each") != nil}, []string{"alias", "version"})
	}
	for _, name := range m.CallOrder {
		b := m.Calls[name]
		n.body(b.Body, repeatedContext(b), []string{"source", "version", "providers"})
	}
	for _, name := range m.Order {
		b := m.Resources[name]
		n.form(b, b.Body, schema.Of(name.Mode, name.Type))
		n.body(b.Body, repeatedContext(b), []string{"provider"})
	}
}

// variable checks the type and the default of a variable.
func (c *checker) variable(b *hclsyntax.Block) {
	typ, diags := eval.ConstraintOf(b)
	c.reportFirst(diags)
	e := syntax.Argument(b, "default")
	if e == nil || diags.HasErrors() || syntax.IsJSON(e.Range().Filename) {
		return
	}
	def, diags := e.Value(c.ev.ConstantContext())
	if diags.HasErrors() {
		c.report(e.Range(), "move it into a local value", "the default of var.%s: %s", b.Labels[0], syntax.FirstMessage(diags))
		return
	}
	if _, err := value.Weigh(def); err != nil {
		return
	}
	if _, err := typ.Convert(def); err != nil {
		c.report(e.Range(), "write a "+typ.Typ.FriendlyName(), "the default of var.%s: %v", b.Labels[0], err)
	}
}

func repeatedContext(b *hclsyntax.Block) context {
	return context{each: syntax.Argument(b, "for_each") != nil, count: syntax.Argument(b, "count") != nil}
}

// body checks the expressions of a body, apart from some arguments.
func (n *nameChecker) body(body *hclsyntax.Body, p context, apart []string) {
	for _, a := range syntax.SortedAttributes(body) {
		if !slices.Contains(apart, a.Name) {
			n.expression(a.Expr, p.in(a))
		}
	}
	for _, b := range body.Blocks {
		switch b.Type {
		case "dynamic":
			n.dynamic(b, p)
		case "lifecycle":
			n.lifecycle(b.Body, p)
		case "provisioner", "connection":
			inner := p
			inner.own = true
			n.body(b.Body, inner, []string{"when", "on_failure"})
		default:
			n.body(b.Body, p, nil)
		}
	}
}

// dynamic checks a dynamic block. Its content has the iterator for a name.
func (n *nameChecker) dynamic(b *hclsyntax.Block, p context) {
	if len(b.Labels) != 1 {
		return
	}
	n.body(&hclsyntax.Body{Attributes: b.Body.Attributes}, p, []string{"iterator", "labels"})
	p.bound, p.unsure = append(slices.Clone(p.bound), eval.IteratorOf(b)), true
	if e := syntax.Argument(b, "labels"); e != nil {
		n.expression(e, p)
	}
	for _, content := range b.Body.Blocks {
		n.body(content.Body, p, nil)
	}
}

// lifecycle checks the expressions of a lifecycle block; the rest are keywords and
// names of attributes.
func (n *nameChecker) lifecycle(body *hclsyntax.Body, p context) {
	p.own = true
	for _, name := range []string{"replace_triggered_by", "enabled"} {
		if a := body.Attributes[name]; a != nil {
			n.expression(a.Expr, p)
		}
	}
	for _, b := range body.Blocks {
		if b.Type == "precondition" || b.Type == "postcondition" {
			n.body(b.Body, p, nil)
		}
	}
}

// in returns the place of an argument. JSON does not say which of the objects in a
// resource are blocks, so what is in one named dynamic may be an iterator.
func (p context) in(a *hclsyntax.Attribute) context {
	if syntax.IsJSON(a.NameRange.Filename) {
		p.bound = append(slices.Clone(p.bound), dynamicKeys(a.Expr)...)
	}
	return p
}

// form checks that a resource writes blocks as blocks and arguments as
// arguments. JSON writes both in one way.
func (n *nameChecker) form(b *hclsyntax.Block, body *hclsyntax.Body, s *schema.Block) {
	if s == nil || syntax.IsJSON(b.TypeRange.Filename) {
		return
	}
	for _, a := range syntax.SortedAttributes(body) {
		if _, isBlock := s.Block(a.Name); isBlock {
			n.report(a.NameRange, "write "+a.Name+" { ... }, without =", "%s.%s: a block is written as an argument", addressOf(b), a.Name)
		}
	}
	for _, inner := range body.Blocks {
		name := syntax.BlockName(inner)
		if a, ok := s.Attribute(name); ok && a.Type != cty.DynamicPseudoType {
			n.report(inner.DefRange(), "write "+name+" = ...", "%s.%s: an argument is written as a block", addressOf(b), name)
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

// addressOf returns the address of a resource in its module.
func addressOf(b *hclsyntax.Block) string {
	address := b.Labels[0] + "." + b.Labels[1]
	if b.Type == "data" {
		return "data." + address
	}
	return address
}
