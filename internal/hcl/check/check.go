// Package check finds what Terraform rejects before it evaluates anything, even in code
// that is never reached: undeclared names, arguments written as blocks and blocks written
// as arguments. Terraform reads every called module, so modules with count 0 are checked,
// too; modules that are not installed cannot be. The package evaluates no code.
package check

import (
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
)

// A Module is a module to check: its code, and the modules that it calls.
type Module struct {
	Code *load.Module
	// generated: there may be more code than is read.
	Generated bool
	// called returns the module that a call means; nil if it is not there. The
	// callers report modules that cannot be read.
	Called func(call string) (*Module, error)
}

// Code checks a root module and the modules that it calls.
func Code(ev *eval.Evaluator, root *Module) error {
	c := &checker{ev: ev, seen: map[string]bool{}, reported: map[string]bool{}}
	c.module(root, 0)
	if c.fatal != nil {
		return c.fatal
	}
	slices.SortStableFunc(c.errs, comparePlaces)
	return c.errs.Err()
}

// module checks the code of a module and of those that it calls. Only sources of
// modules are evaluated.
func (c *checker) module(m *Module, depth int) {
	code := m.Code
	if c.seen[code.Dir] || depth > load.MaxDepth || c.fatal != nil || c.ev.Step(1) != nil {
		return
	}
	c.seen[code.Dir] = true
	callees, known := map[string]*Module{}, map[string]*load.Module{}
	for _, name := range code.CallOrder {
		if inner := c.callee(m, name); inner != nil {
			callees[name], known[name] = inner, inner.Code
		}
	}
	n := &nameChecker{checker: c, module: code, callees: known, generated: m.Generated}
	n.all()
	for _, name := range code.CallOrder {
		if inner := callees[name]; inner != nil {
			c.call(code.Calls[name], inner.Code)
			c.module(inner, depth+1)
		}
	}
}

// callee returns the module that a call means, nil if it is not there.
func (c *checker) callee(m *Module, name string) *Module {
	if b := m.Code.Calls[name]; syntax.Argument(b, "source") == nil {
		c.report(b.DefRange(), `write source = "./directory"`, "module.%s: no source", name)
		return nil
	}
	inner, err := m.Called(name)
	if err != nil {
		c.fatal = errors.Join(c.fatal, err)
		return nil
	}
	return inner
}

// ofCalls are Terraform's own arguments of a module call.
var ofCalls = map[string]bool{"source": true, "version": true, "providers": true, "count": true, "for_each": true, "depends_on": true}

// call compares the arguments of a call with the module's variables.
func (c *checker) call(b *hclsyntax.Block, config *load.Module) {
	name := b.Labels[0]
	for _, a := range syntax.SortedAttributes(b.Body) {
		if !ofCalls[a.Name] && config.Variables[a.Name] == nil {
			c.report(a.NameRange, Suggest(a.Name, maps.Keys(config.Variables), ""), "module.%s.%s: the module has no such variable", name, a.Name)
		}
	}
	for _, variable := range slices.Sorted(maps.Keys(config.Variables)) {
		if syntax.Argument(b, variable) == nil && syntax.Argument(config.Variables[variable], "default") == nil {
			c.report(b.DefRange(), "write "+variable+" = ...", "module.%s: no value for %s, which has no default", name, variable)
		}
	}
}
