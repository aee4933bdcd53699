// Package check finds what Terraform refuses before it evaluates anything, whether or
// not the code is ever reached: names that nobody declares, arguments that are blocks.
// Terraform reads every module that is called, so those with count 0 are checked, too;
// those that are not installed cannot be.
package check

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/nearest"
)

// maxFaults bounds how many errors are told of.
const maxFaults = 20

// A checker finds what Terraform refuses before it evaluates anything, whether
// or not the code is ever reached: names that nobody declares, arguments that
// are blocks. Terraform reads every module that is called, so those with count 0
// are verified, too; those that are not installed cannot be.
type checker struct {
	ev       *eval.Evaluator
	seen     map[string]bool // directories of modules
	reported map[string]bool
	errs     diag.List
	fatal    error // ends the reading: a module that cannot be read
}

// A Module is a module to check: its code, and what its calls mean.
type Module struct {
	Code *load.Module
	// generated: there may be code beside what is read.
	Generated bool
	// called returns the module that a call means; nil if it is not there. What cannot
	// be seen is told of by those who look into it.
	Called func(call string) (*Module, error)
}

// Code finds what Terraform refuses in a root module and what it calls.
func Code(ev *eval.Evaluator, root *Module) error {
	v := &checker{ev: ev, seen: map[string]bool{}, reported: map[string]bool{}}
	v.module(root, 0)
	if v.fatal != nil {
		return v.fatal
	}
	slices.SortStableFunc(v.errs, comparePlaces)
	return v.errs.Err()
}

func comparePlaces(a, b *diag.Diagnostic) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// report tells of an error, once however often the code repeats it.
func (v *checker) report(at hcl.Range, hint, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !v.reported[text] && len(v.errs) < maxFaults {
		v.reported[text] = true
		v.errs = append(v.errs, syntax.DiagnosticAt(at, "%s", text).WithHint("%s", hint))
	}
}

// reportFirst tells of the first error of some diagnostics.
func (v *checker) reportFirst(diags hcl.Diagnostics) {
	for _, d := range syntax.FirstError(diags) {
		v.report(syntax.RangeOf(d.Subject), d.Detail, "%s", syntax.LowerFirst(d.Summary))
	}
}

// module checks the code of a module and of those that it calls. Nothing but sources
// of modules is evaluated.
func (v *checker) module(m *Module, depth int) {
	code := m.Code
	if v.seen[code.Dir] || depth > load.MaxDepth || v.fatal != nil || v.ev.Step(1) != nil {
		return
	}
	v.seen[code.Dir] = true
	callees := map[string]*Module{}
	for _, name := range code.CallOrder {
		callees[name] = v.callee(m, name)
	}
	n := &nameChecker{checker: v, module: code, callees: callees, generated: m.Generated}
	n.all()
	for _, name := range code.CallOrder {
		if inner := callees[name]; inner != nil {
			v.call(code.Calls[name], inner.Code)
			v.module(inner, depth+1)
		}
	}
}

// callee is the module that a call means, nil if it is not there.
func (v *checker) callee(m *Module, name string) *Module {
	if b := m.Code.Calls[name]; syntax.Argument(b, "source") == nil {
		v.report(b.DefRange(), `write source = "./directory"`, "module.%s: no source", name)
		return nil
	}
	inner, err := m.Called(name)
	if err != nil {
		v.fatal = errors.Join(v.fatal, err)
		return nil
	}
	return inner
}

// ofCalls are the arguments of a module call that are Terraform's own.
var ofCalls = map[string]bool{"source": true, "version": true, "providers": true, "count": true, "for_each": true, "depends_on": true}

// call compares what a call gives with what the module takes.
func (v *checker) call(b *hclsyntax.Block, config *load.Module) {
	name := b.Labels[0]
	for _, a := range syntax.SortedAttributes(b.Body) {
		if !ofCalls[a.Name] && config.Variables[a.Name] == nil {
			v.report(a.NameRange, Suggest(a.Name, maps.Keys(config.Variables), ""), "module.%s.%s: the module has no such variable", name, a.Name)
		}
	}
	for _, variable := range slices.Sorted(maps.Keys(config.Variables)) {
		if syntax.Argument(b, variable) == nil && syntax.Argument(config.Variables[variable], "default") == nil {
			v.report(b.DefRange(), "write "+variable+" = ...", "module.%s: no value for %s, which has no default", name, variable)
		}
	}
}

// variable verifies the type and the default of a variable.
func (v *checker) variable(b *hclsyntax.Block) {
	c, diags := eval.ConstraintOf(b)
	v.reportFirst(diags)
	e := syntax.Argument(b, "default")
	if e == nil || diags.HasErrors() || syntax.IsJSON(e.Range().Filename) {
		return
	}
	def, diags := e.Value(v.ev.ConstantContext())
	if diags.HasErrors() {
		v.report(e.Range(), "move it into a local value", "the default of var.%s: %s", b.Labels[0], syntax.FirstMessage(diags))
		return
	}
	if _, err := value.Weigh(def); err != nil {
		return
	}
	if _, err := c.Convert(def); err != nil {
		v.report(e.Range(), "write a "+c.Typ.FriendlyName(), "the default of var.%s: %v", b.Labels[0], err)
	}
}

// Suggest says which of some names was probably meant, else something else.
func Suggest[S ~func(yield func(string) bool)](name string, known S, otherwise string) string {
	var list []string
	for k := range known {
		list = append(list, k)
	}
	if near, ok := nearest.To(name, list); ok {
		return "did you mean " + near + "?"
	}
	return otherwise
}
