package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
)

// A nameChecker verifies the names in the code of a module.
type nameChecker struct {
	*checker
	module  *load.Module
	callees map[string]*Module // nil where the code of a module is not there
	// generated: there may be code beside what is read.
	generated bool
}

// A context is where an expression stands: what it may refer to besides what the
// module declares.
type context struct {
	bound            []string // iterators of dynamic blocks
	each, count, own bool
	unsure           bool // it may never be evaluated
}

// all verifies everything in the module that Terraform evaluates.
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
		n.body(b.Body, repeatedPlace(b), []string{"source", "version", "providers"})
	}
	for _, name := range m.Order {
		b := m.Resources[name]
		n.form(b, b.Body, schema.Of(name.Mode, name.Type))
		n.body(b.Body, repeatedPlace(b), []string{"provider"})
	}
}

func repeatedPlace(b *hclsyntax.Block) context {
	return context{each: syntax.Argument(b, "for_each") != nil, count: syntax.Argument(b, "count") != nil}
}

// body verifies the expressions of a body, apart from some arguments.
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

// dynamic verifies a dynamic block. Its content has the iterator for a name.
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

// lifecycle verifies what a lifecycle block evaluates; the rest of it are
// keywords and names of attributes.
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

// in is the place of an argument. JSON does not say which of the objects in a
// resource are blocks, so what is in one named dynamic may be an iterator.
func (p context) in(a *hclsyntax.Attribute) context {
	if syntax.IsJSON(a.NameRange.Filename) {
		p.bound = append(slices.Clone(p.bound), dynamicKeys(a.Expr)...)
	}
	return p
}

// isFree says whether a name is none of the place itself.
func (p context) isFree(name string) bool {
	return !slices.Contains(p.bound, name) && !(slices.Contains(p.bound, anyName) && !strings.Contains("|var|local|module|data|", "|"+name+"|"))
}

// anyName stands for iterators that cannot be told.
const anyName = "*"
