package eval

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// A Cell holds a value once it is evaluated.
type Cell struct {
	Done  bool
	busy  bool
	Value cty.Value
	Diags hcl.Diagnostics
}

// Once evaluates the value of a cell on its first call.
func (ev *Evaluator) Once(c *Cell, name string, at hcl.Range, evaluate func() (cty.Value, hcl.Diagnostics)) (cty.Value, hcl.Diagnostics) {
	switch {
	case c.Done:
		return c.Value, c.Diags
	case c.busy:
		ev.Fail(syntax.DiagnosticAt(at, "a cycle: %s", ev.cycle(name)))
		return cty.DynamicVal, syntax.Errorf(at, "a cycle")
	case len(ev.waiting) >= MaxWaiting:
		ev.Fail(syntax.DiagnosticAt(at, "%s: a chain of more than %d references", name, MaxWaiting))
		return cty.DynamicVal, syntax.Errorf(at, "the chain of references is too long")
	}
	if err := ev.Step(1); err != nil {
		return cty.DynamicVal, syntax.Errorf(at, "%v", err)
	}
	c.busy = true
	ev.waiting = append(ev.waiting, name)
	c.Value, c.Diags = evaluate()
	ev.waiting = ev.waiting[:len(ev.waiting)-1]
	c.busy, c.Done = false, true
	if c.Value == cty.NilVal || c.Diags.HasErrors() {
		// One error is enough: each use of the value repeats it.
		c.Value, c.Diags = cty.DynamicVal, syntax.FirstError(c.Diags)
	} else if ev.Failure == nil {
		ev.weighNamed(name, at, c.Value)
	}
	return c.Value, c.Diags
}

// weighNamed counts a value that has a name. References walk it several times: what
// it holds, knows and comes from.
func (ev *Evaluator) weighNamed(name string, at hcl.Range, v cty.Value) {
	w, err := value.Weigh(v)
	if err == nil {
		err = ev.Budget.Touch(w.Values * value.ElementWork)
	}
	if err != nil {
		ev.Fail(syntax.DiagnosticAt(at, "%s: %v", name, err))
	}
}

// cycle shows how a name leads to itself.
func (ev *Evaluator) cycle(name string) string {
	i := max(0, slices.Index(ev.waiting, name))
	return strings.Join(append(slices.Clone(ev.waiting[i:]), name), " -> ")
}

func CellOf[K comparable](cells map[K]*Cell, name K) *Cell {
	c := cells[name]
	if c == nil {
		c = new(Cell)
		cells[name] = c
	}
	return c
}
