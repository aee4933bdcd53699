package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/nearest"
)

// maxFaults bounds how many errors are told of.
const maxFaults = 20

// A checker collects what is wrong with the code of all modules.
type checker struct {
	ev       *eval.Evaluator
	seen     map[string]bool // directories of modules
	reported map[string]bool
	errs     diag.List
	fatal    error // ends the reading: a module that cannot be read
}

func comparePlaces(a, b *diag.Diagnostic) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// report adds an error, once however often the code repeats it.
func (c *checker) report(at hcl.Range, hint, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !c.reported[text] && len(c.errs) < maxFaults {
		c.reported[text] = true
		c.errs = append(c.errs, syntax.DiagnosticAt(at, "%s", text).WithHint("%s", hint))
	}
}

// reportFirst adds the first error of some diagnostics.
func (c *checker) reportFirst(diags hcl.Diagnostics) {
	for _, d := range syntax.FirstError(diags) {
		c.report(syntax.RangeOf(d.Subject), d.Detail, "%s", syntax.LowerFirst(d.Summary))
	}
}

// Suggest says which of some names somebody probably meant, else something else.
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

// A nameChecker checks the names in the code of a module.
type nameChecker struct {
	*checker
	module  *load.Module
	callees map[string]*load.Module // nil if the code of a module is not there
	// generated: there may be code beside what is read.
	generated bool
}

// A context is where an expression is: what it may refer to besides what the
// module declares.
type context struct {
	bound            []string // iterators of dynamic blocks
	each, count, own bool
	unsure           bool // it may never be evaluated
}

// isFree reports whether a name is none of the place itself.
func (p context) isFree(name string) bool {
	return !slices.Contains(p.bound, name) && !(slices.Contains(p.bound, anyName) && !strings.Contains("|var|local|module|data|", "|"+name+"|"))
}

// anyName is in the place of iterators that cannot be determined.
const anyName = "*"
