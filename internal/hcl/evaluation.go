package hcl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/iacgate/iacgate/internal/resource"
)

// What one directory may ask for. Real ones stay far below.
const (
	maxSteps     = 3_000_000 // references resolved and turns of for expressions
	maxValues    = 1_000_000 // inside one named value
	maxText      = 16 << 20  // bytes of one text
	maxInstances = 10_000    // of one resource or module call
	maxModules   = 10_000    // module instances
	maxWaiting   = 256       // values that wait for each other
	maxDepth     = 64        // modules inside modules
	maxNames     = 10_000    // different names of attributes
	maxNotes     = 100
)

var (
	errTextTooLong   = fmt.Errorf("a text of more than %d MiB", maxText>>20)
	errTooManyValues = fmt.Errorf("more than %d values", maxValues)
)

// An evaluation is one reading of one root module.
type evaluation struct {
	ctx       context.Context
	tree      *tree
	options   Options
	keep      func(resource.Mode, string) bool
	modules   map[string]*module
	installed map[string]installed // modules by their address without keys
	paths     map[string]string    // of files in the tree, by the names that places have
	selected  *workspace           // once it is found
	library   map[string]function.Function
	names     map[string]bool // of attributes that the code asks for
	ignores   ignores
	tofuFiles []string        // that OpenTofu alone reads
	own       map[string]bool // directories of modules that were not installed

	partitions resource.Partitioned // that ARNs in the code name
	surveyed   bool                 // those of all modules are known

	budget    budget
	steps     int
	instances int
	templates int // inside each other
	scopes    int
	waiting   []string // what is being evaluated, each for the sake of the next
	failure   error    // ends the reading

	notes   []string
	noted   map[string]bool
	gaps    []resource.Gap
	secrets map[string]bool
	given   map[string]cty.Value // of the root module's variables
}

func newEvaluation(ctx context.Context, t *tree, o Options) *evaluation {
	ev := &evaluation{
		ctx: ctx, tree: t, options: o, keep: o.Keep,
		ignores: newIgnores(), own: map[string]bool{}, paths: map[string]string{},
		modules: map[string]*module{}, names: map[string]bool{}, noted: map[string]bool{}, secrets: map[string]bool{},
	}
	ev.library = newLibrary(ev)
	ev.installed = ev.manifest()
	return ev
}

// step counts work, and fails once there is too much of it or no time left.
func (ev *evaluation) step(n int) error {
	ev.steps += n
	switch {
	case ev.failure != nil:
	case ev.steps > maxSteps:
		ev.fail(&Error{Msg: fmt.Sprintf("%s: evaluating it takes more than %d steps", ev.tree.shown, maxSteps)})
	case ev.ctx.Err() != nil:
		ev.fail(context.Cause(ev.ctx))
	}
	return ev.failure
}

// fail ends the reading with the first error that cannot be put down to one
// value.
func (ev *evaluation) fail(err error) {
	if ev.failure == nil {
		ev.failure = err
	}
}

// note tells the user something, once.
func (ev *evaluation) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !ev.noted[text] && len(ev.notes) < maxNotes {
		ev.noted[text] = true
		ev.notes = append(ev.notes, text)
	}
}

// gap notes what was not read, once. Beyond the bound one gap stands for all.
func (ev *evaluation) gap(g resource.Gap) {
	known := slices.ContainsFunc(ev.gaps, func(o resource.Gap) bool { return o.Text == g.Text })
	switch {
	case known || len(ev.gaps) > maxNotes:
	case len(ev.gaps) == maxNotes:
		ev.gaps = append(ev.gaps, resource.Gap{Text: fmt.Sprintf("more than %d parts of the code were not read", maxNotes)})
	default:
		ev.gaps = append(ev.gaps, g)
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
func (ev *evaluation) once(c *cell, name string, at hcl.Range, evaluate func() (cty.Value, hcl.Diagnostics)) (cty.Value, hcl.Diagnostics) {
	switch {
	case c.done:
		return c.value, c.diags
	case c.busy:
		ev.fail(&Error{Position: position(at), Msg: "a cycle: " + ev.cycle(name)})
		return cty.DynamicVal, fault(at, "a cycle")
	case len(ev.waiting) >= maxWaiting:
		ev.fail(&Error{Position: position(at), Msg: fmt.Sprintf("%s: more than %d values that refer to each other in a row", name, maxWaiting)})
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
func (ev *evaluation) weighNamed(name string, at hcl.Range, v cty.Value) {
	w, err := weigh(v)
	if err == nil {
		err = ev.budget.touch(w.values * valueWork)
	}
	if err != nil {
		ev.fail(&Error{Position: position(at), Msg: name + ": " + err.Error()})
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
func (ev *evaluation) refuse(what string, at hcl.Range, err error) {
	if isSpent(err) {
		ev.fail(&Error{Position: position(at), Msg: what + err.Error()})
	}
}

// spend says what is wrong where an expression crosses a bound; nil where it does
// not.
func (ev *evaluation) spend(what string, at hcl.Range, err error) hcl.Diagnostics {
	if err == nil {
		return nil
	}
	ev.refuse(what, at, err)
	return failed(at, what, err)
}

// cycle shows how a name leads to itself.
func (ev *evaluation) cycle(name string) string {
	i := max(0, slices.Index(ev.waiting, name))
	return strings.Join(append(slices.Clone(ev.waiting[i:]), name), " -> ")
}
