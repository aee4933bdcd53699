package hcl

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/nearest"
)

// maxFaults bounds how many errors are told of.
const maxFaults = 20

// A verifier finds what Terraform refuses before it evaluates anything, whether
// or not the code is ever reached: names that nobody declares, arguments that
// are blocks. Terraform reads every module that is called, so those with count 0
// are verified, too; those that are not installed cannot be.
type verifier struct {
	ev   *evaluator
	seen map[string]bool // directories of modules
	told map[string]bool
	errs diag.List
	lost error // ends the reading: a module that cannot be read
}

// A checkedModule is a module to check: its code, and what its calls mean.
type checkedModule struct {
	code *module
	// generated: there may be code beside what is read.
	generated bool
	// called returns the module that a call means; nil if it is not there. What cannot
	// be seen is told of by those who look into it.
	called func(call string) (*checkedModule, error)
}

// checkCode finds what Terraform refuses in a root module and what it calls.
func checkCode(ev *evaluator, root *checkedModule) error {
	v := &verifier{ev: ev, seen: map[string]bool{}, told: map[string]bool{}}
	v.module(root, 0)
	if v.lost != nil {
		return v.lost
	}
	slices.SortStableFunc(v.errs, comparePlaces)
	return v.errs.Err()
}

func comparePlaces(a, b *diag.Diagnostic) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// refuse tells of an error, once however often the code repeats it.
func (v *verifier) refuse(at hcl.Range, hint, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !v.told[text] && len(v.errs) < maxFaults {
		v.told[text] = true
		v.errs = append(v.errs, errorAt(at, "%s", text).WithHint("%s", hint))
	}
}

// refuseAll tells of the first error of some diagnostics.
func (v *verifier) refuseAll(diags hcl.Diagnostics) {
	for _, d := range firstOf(diags) {
		v.refuse(orNowhere(d.Subject), d.Detail, "%s", lowered(d.Summary))
	}
}

// module checks the code of a module and of those that it calls. Nothing but sources
// of modules is evaluated.
func (v *verifier) module(m *checkedModule, depth int) {
	code := m.code
	if v.seen[code.dir] || depth > maxDepth || v.lost != nil || v.ev.step(1) != nil {
		return
	}
	v.seen[code.dir] = true
	callees := map[string]*checkedModule{}
	for _, name := range code.callOrder {
		callees[name] = v.callee(m, name)
	}
	n := &nameChecker{verifier: v, module: code, callees: callees, generated: m.generated}
	n.all()
	for _, name := range code.callOrder {
		if inner := callees[name]; inner != nil {
			v.call(code.calls[name], inner.code)
			v.module(inner, depth+1)
		}
	}
}

// callee is the module that a call means, nil if it is not there.
func (v *verifier) callee(m *checkedModule, name string) *checkedModule {
	if b := m.code.calls[name]; argument(b, "source") == nil {
		v.refuse(b.DefRange(), `write source = "./directory"`, "module.%s: no source", name)
		return nil
	}
	inner, err := m.called(name)
	if err != nil {
		v.lost = errors.Join(v.lost, err)
		return nil
	}
	return inner
}

// ofCalls are the arguments of a module call that are Terraform's own.
var ofCalls = map[string]bool{"source": true, "version": true, "providers": true, "count": true, "for_each": true, "depends_on": true}

// call compares what a call gives with what the module takes.
func (v *verifier) call(b *hclsyntax.Block, config *module) {
	name := b.Labels[0]
	for _, a := range sortedAttributes(b.Body) {
		if !ofCalls[a.Name] && config.variables[a.Name] == nil {
			v.refuse(a.NameRange, meant(a.Name, maps.Keys(config.variables), ""), "module.%s.%s: the module has no such variable", name, a.Name)
		}
	}
	for _, variable := range slices.Sorted(maps.Keys(config.variables)) {
		if argument(b, variable) == nil && argument(config.variables[variable], "default") == nil {
			v.refuse(b.DefRange(), "write "+variable+" = ...", "module.%s: no value for %s, which has no default", name, variable)
		}
	}
}

// variable verifies the type and the default of a variable.
func (v *verifier) variable(b *hclsyntax.Block) {
	c, diags := constraintOf(b)
	v.refuseAll(diags)
	e := argument(b, "default")
	if e == nil || diags.HasErrors() || isJSON(e.Range().Filename) {
		return
	}
	def, diags := e.Value(v.ev.constants())
	if diags.HasErrors() {
		v.refuse(e.Range(), "move it into a local value", "the default of var.%s: %s", b.Labels[0], first(diags))
		return
	}
	if _, err := weigh(def); err != nil {
		return
	}
	if _, err := c.convert(def); err != nil {
		v.refuse(e.Range(), "write a "+c.typ.FriendlyName(), "the default of var.%s: %v", b.Labels[0], err)
	}
}

// meant says which of some names was probably meant, else something else.
func meant[S ~func(yield func(string) bool)](name string, known S, otherwise string) string {
	var list []string
	for k := range known {
		list = append(list, k)
	}
	if near, ok := nearest.To(name, list); ok {
		return "did you mean " + near + "?"
	}
	return otherwise
}
