package hcl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/diag"
)

// What one directory may ask for. Real ones stay far below.
const (
	maxSteps   = 3_000_000 // references resolved and turns of for expressions
	maxWaiting = 256       // values that wait for each other
	maxNotes   = 100
)

// An evaluator evaluates the expressions of one directory, and counts what that
// costs: once it is too much, or no time is left, it has failed.
type evaluator struct {
	ctx       context.Context
	subject   string // what is evaluated, as the user names it
	budget    budget
	library   *library
	steps     int
	templates int      // inside each other
	waiting   []string // what is being evaluated, each for the sake of the next
	failure   error    // ends the reading
	notes     []string
	noted     map[string]bool
}

// newEvaluator returns an evaluator whose functions read files by readFile.
func newEvaluator(ctx context.Context, subject string, readFile func(name string) ([]byte, error)) *evaluator {
	ev := &evaluator{ctx: ctx, subject: subject, noted: map[string]bool{}}
	ev.library = newLibrary(&ev.budget, host{readFile: readFile, render: ev.template})
	return ev
}

// step counts work, and fails once there is too much of it or no time left.
func (ev *evaluator) step(n int) error {
	ev.steps += n
	switch {
	case ev.failure != nil:
	case ev.steps > maxSteps:
		ev.fail(diag.New("", "%s: evaluating it takes more than %d steps", ev.subject, maxSteps))
	case ev.ctx.Err() != nil:
		ev.fail(context.Cause(ev.ctx))
	}
	return ev.failure
}

// fail ends the reading with the first error that cannot be put down to one
// value.
func (ev *evaluator) fail(err error) {
	if ev.failure == nil {
		ev.failure = err
	}
}

// note tells the user something, once.
func (ev *evaluator) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !ev.noted[text] && len(ev.notes) < maxNotes {
		ev.noted[text] = true
		ev.notes = append(ev.notes, text)
	}
}

// A cell holds a value once it is evaluated.
type cell struct {
	done  bool
	busy  bool
	value cty.Value
	diags hcl.Diagnostics
}

// once evaluates what a cell holds, if nobody did before.
func (ev *evaluator) once(c *cell, name string, at hcl.Range, evaluate func() (cty.Value, hcl.Diagnostics)) (cty.Value, hcl.Diagnostics) {
	switch {
	case c.done:
		return c.value, c.diags
	case c.busy:
		ev.fail(errorAt(at, "a cycle: %s", ev.cycle(name)))
		return cty.DynamicVal, fault(at, "a cycle")
	case len(ev.waiting) >= maxWaiting:
		ev.fail(errorAt(at, "%s: more than %d values that refer to each other in a row", name, maxWaiting))
		return cty.DynamicVal, fault(at, "too many references in a row")
	}
	if err := ev.step(1); err != nil {
		return cty.DynamicVal, fault(at, "%v", err)
	}
	c.busy = true
	ev.waiting = append(ev.waiting, name)
	c.value, c.diags = evaluate()
	ev.waiting = ev.waiting[:len(ev.waiting)-1]
	c.busy, c.done = false, true
	if c.value == cty.NilVal || c.diags.HasErrors() {
		// One error is enough: each use of the value repeats it.
		c.value, c.diags = cty.DynamicVal, firstOf(c.diags)
	} else if ev.failure == nil {
		ev.weighNamed(name, at, c.value)
	}
	return c.value, c.diags
}

// weighNamed counts a value that has a name. References walk it several times: what
// it holds, knows and comes from.
func (ev *evaluator) weighNamed(name string, at hcl.Range, v cty.Value) {
	w, err := weigh(v)
	if err == nil {
		err = ev.budget.touch(w.values * valueWork)
	}
	if err != nil {
		ev.fail(errorAt(at, "%s: %v", name, err))
	}
}

func firstOf(diags hcl.Diagnostics) hcl.Diagnostics {
	for _, d := range diags {
		if d.Severity == hcl.DiagError {
			return hcl.Diagnostics{d}
		}
	}
	return nil
}

// refuse ends the reading where an expression asks for more than is reasonable.
func (ev *evaluator) refuse(what string, at hcl.Range, err error) {
	if isSpent(err) {
		ev.fail(errorAt(at, "%s%v", what, err))
	}
}

// spend says what is wrong where an expression crosses a bound; nil where it does
// not.
func (ev *evaluator) spend(what string, at hcl.Range, err error) hcl.Diagnostics {
	if err == nil {
		return nil
	}
	ev.refuse(what, at, err)
	return failed(at, what, err)
}

// cycle shows how a name leads to itself.
func (ev *evaluator) cycle(name string) string {
	i := max(0, slices.Index(ev.waiting, name))
	return strings.Join(append(slices.Clone(ev.waiting[i:]), name), " -> ")
}
