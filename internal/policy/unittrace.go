package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A unitTrace follows the evaluation of one test: what did not hold, and at
// which cases. A case that does not hold is not in the test's value, so the
// value alone would say that it passes.
type unitTrace struct {
	test    unitTest
	reached *coverage

	events  []*topdown.Event       // what was entered, what did not hold, and notes
	running map[uint64]bool        // queries that are the body of the rule
	cases   map[string][]*ast.Term // names of cases, behind the name of the test, at which something did not hold
}

func (*unitTrace) Enabled() bool { return true }

func (*unitTrace) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

func (t *unitTrace) TraceEvent(e topdown.Event) {
	t.reached.event(e)
	switch e.Op {
	case topdown.EnterOp:
		t.note(&e)
		if e.Node == ast.Node(t.test.rule) {
			t.running[e.QueryID] = true
		}
	case topdown.FailOp:
		t.note(&e)
		if t.running[e.QueryID] {
			t.miss(e.Locals)
		}
	case topdown.NoteOp:
		t.note(&e)
	}
}

// note keeps an event. Of a test that loops for long the end will do.
func (t *unitTrace) note(e *topdown.Event) {
	if len(t.events) == longTrace {
		t.events = slices.Delete(t.events, 0, longTrace/2)
	}
	t.events = append(t.events, e)
}

const longTrace = 2000 // events

// miss notes that something did not hold at a case, as far as its name is known.
func (t *unitTrace) miss(locals *ast.ValueMap) {
	var name []*ast.Term
	for _, part := range t.test.cases() {
		value := part.Value
		if _, isVar := value.(ast.Var); isVar {
			value = locals.Get(value)
		}
		if value == nil || !value.IsGround() {
			return
		}
		name = append(name, ast.NewTerm(value))
	}
	if len(name) > 0 {
		t.cases[ast.NewArray(name...).String()] = name
	}
}
