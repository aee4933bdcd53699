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

// maxFaults bounds the errors that are reported.
const maxFaults = 20

// A checker collects the errors in the code of all modules.
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

// report adds an error, once.
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

// Suggest returns the name that was probably meant, as a question, else another text.
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
	// generated: there may be more code than is read.
	generated bool
}

// A context is the context of an expression: the names that it may refer to besides
// those that the module declares.
type context struct {
	bound            []string // iterators of dynamic blocks
	each, count, own bool
	unsure           bool // it may never be evaluated
}

// isFree reports whether a name is not one of the context itself.
func (p context) isFree(name string) bool {
	return !slices.Contains(p.bound, name) && !(slices.Contains(p.bound, anyName) && !strings.Contains("|var|local|module|data|", "|"+name+"|"))
}

// anyName represents iterators that cannot be determined.
const anyName = "*"
