package hcl

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A nameChecker verifies the names in the code of a module.
type nameChecker struct {
	*verifier
	module  *module
	callees map[string]*checkedModule // nil where the code of a module is not there
	// generated: there may be code beside what is read.
	generated bool
}

// A place is where an expression stands: what it may refer to besides what the
// module declares.
type place struct {
	bound            []string // iterators of dynamic blocks
	each, count, own bool
	unsure           bool // it may never be evaluated
}

// all verifies everything in the module that Terraform evaluates.
func (n *nameChecker) all() {
	m := n.module
	for _, name := range slices.Sorted(maps.Keys(m.variables)) {
		n.variable(m.variables[name])
		for _, b := range m.variables[name].Body.Blocks {
			n.body(b.Body, place{}, nil)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.locals)) {
		n.expression(m.locals[name].Expr, place{})
	}
	for _, name := range slices.Sorted(maps.Keys(m.outputs)) {
		b := m.outputs[name]
		if argument(b, "value") == nil {
			n.refuse(b.DefRange(), "write value = ...", "output.%s: no value", name)
		}
		n.body(b.Body, place{}, []string{"description", "sensitive", "ephemeral", "type", "deprecated"})
	}
	for _, b := range m.providers {
		n.body(b.Body, place{each: argument(b, "for_each") != nil}, []string{"alias", "version"})
	}
	for _, name := range m.callOrder {
		b := m.calls[name]
		n.body(b.Body, repeatedPlace(b), []string{"source", "version", "providers"})
	}
	for _, name := range m.order {
		b := m.resources[name]
		n.form(b, b.Body, shapeOf(name.mode, name.typ))
		n.body(b.Body, repeatedPlace(b), []string{"provider"})
	}
}

func repeatedPlace(b *hclsyntax.Block) place {
	return place{each: argument(b, "for_each") != nil, count: argument(b, "count") != nil}
}

// body verifies the expressions of a body, apart from some arguments.
func (n *nameChecker) body(body *hclsyntax.Body, p place, apart []string) {
	for _, a := range sortedAttributes(body) {
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
func (n *nameChecker) dynamic(b *hclsyntax.Block, p place) {
	if len(b.Labels) != 1 {
		return
	}
	n.body(&hclsyntax.Body{Attributes: b.Body.Attributes}, p, []string{"iterator", "labels"})
	p.bound, p.unsure = append(slices.Clone(p.bound), iteratorOf(b)), true
	if e := argument(b, "labels"); e != nil {
		n.expression(e, p)
	}
	for _, content := range b.Body.Blocks {
		n.body(content.Body, p, nil)
	}
}

// lifecycle verifies what a lifecycle block evaluates; the rest of it are
// keywords and names of attributes.
func (n *nameChecker) lifecycle(body *hclsyntax.Body, p place) {
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
func (p place) in(a *hclsyntax.Attribute) place {
	if isJSON(a.NameRange.Filename) {
		p.bound = append(slices.Clone(p.bound), dynamicKeys(a.Expr)...)
	}
	return p
}

// isFree says whether a name is none of the place itself.
func (p place) isFree(name string) bool {
	return !slices.Contains(p.bound, name) && !(slices.Contains(p.bound, anyName) && !strings.Contains("|var|local|module|data|", "|"+name+"|"))
}

// anyName stands for iterators that cannot be told.
const anyName = "*"
