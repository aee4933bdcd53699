// Package eval evaluates expressions within bounds. Values carry their sources, and
// unknown values carry the parts that are known.
//
// It replaces those nodes of HCL's trees whose evaluation would lose this. It does not
// know the module: [Names] resolves references.
package eval

import (
	"context"
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/funcs"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// Bounds of one directory. Real ones stay far below.
const (
	maxSteps   = 3_000_000 // references resolved and turns of for expressions
	MaxWaiting = 256       // values that wait for each other
	MaxNotes   = 100
)

// An Evaluator evaluates the expressions of one directory, and counts what that
// costs: if it is too much, or no time is left, it has failed.
type Evaluator struct {
	ctx       context.Context
	subject   string // what is evaluated, as the user names it
	Budget    value.Budget
	library   *funcs.Library
	steps     int
	templates int      // inside each other
	waiting   []string // what is being evaluated, each for the sake of the next
	Failure   error    // ends the reading
	Notes     []string
	noted     map[string]bool
}

// New returns an evaluator whose functions read files by readFile.
func New(ctx context.Context, subject string, readFile func(name string) ([]byte, error)) *Evaluator {
	ev := &Evaluator{ctx: ctx, subject: subject, noted: map[string]bool{}}
	ev.library = funcs.New(&ev.Budget, funcs.Host{ReadFile: readFile, Render: ev.template})
	return ev
}

// Step counts work, and fails if there is too much of it or no time left.
func (ev *Evaluator) Step(n int) error {
	ev.steps += n
	switch {
	case ev.Failure != nil:
	case ev.steps > maxSteps:
		ev.Fail(diag.New("", "%s: evaluating it takes more than %d steps", ev.subject, maxSteps))
	case ev.ctx.Err() != nil:
		ev.Fail(context.Cause(ev.ctx))
	}
	return ev.Failure
}

// Fail ends the reading with the first error that is not about one value.
func (ev *Evaluator) Fail(err error) {
	if ev.Failure == nil {
		ev.Failure = err
	}
}

// Note tells the user something, once.
func (ev *Evaluator) Note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !ev.noted[text] && len(ev.Notes) < MaxNotes {
		ev.noted[text] = true
		ev.Notes = append(ev.Notes, text)
	}
}

// failIfSpent ends the reading if an expression exceeds the budget.
func (ev *Evaluator) failIfSpent(what string, at hcl.Range, err error) {
	if value.IsSpent(err) {
		ev.Fail(syntax.DiagnosticAt(at, "%s%v", what, err))
	}
}

// checkLimit returns an error if an expression crosses a bound.
func (ev *Evaluator) checkLimit(at hcl.Range, err error) hcl.Diagnostics {
	if err == nil {
		return nil
	}
	ev.failIfSpent("", at, err)
	return syntax.WrapError(at, "", err)
}
