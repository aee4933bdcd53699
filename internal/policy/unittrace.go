package policy

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A unitTrace follows the evaluation of one test: what did not hold, and at
// which cases. A case that does not hold is not in the test's value, so the
// value alone would say that it passes.
type unitTrace struct {
	test    unitTest
	reached *coverage

	events  []*topdown.Event // what was entered, what did not hold, and notes
	running map[uint64]bool  // queries that are the body of the rule
	cases   [][]*ast.Term    // names of cases, behind the name of the test, at which something did not hold
}

func (*unitTrace) Enabled() bool { return true }

func (*unitTrace) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

func (t *unitTrace) TraceEvent(e topdown.Event) {
	t.reached.event(e)
	switch e.Op {
	case topdown.EnterOp:
		t.events = append(t.events, &e)
		if e.Node == ast.Node(t.test.rule) {
			t.running[e.QueryID] = true
		}
	case topdown.FailOp:
		t.events = append(t.events, &e)
		if t.running[e.QueryID] {
			if c := t.caseOf(e.Locals); len(c) > 0 {
				t.cases = append(t.cases, c)
			}
		}
	case topdown.NoteOp:
		t.events = append(t.events, &e)
	}
}

// caseOf is the name of the case that the variables stand for, as far as it is
// known: empty where a part of it is not.
func (t *unitTrace) caseOf(locals *ast.ValueMap) []*ast.Term {
	var out []*ast.Term
	for _, part := range t.test.cases() {
		value := t.known(part, locals)
		if value == nil || !value.IsGround() {
			return nil
		}
		out = append(out, ast.NewTerm(value))
	}
	return out
}

// known is the value of a part of the rule's name: of a variable, or of what the
// compiler put a variable for, as in test_names[tc.name].
func (t *unitTrace) known(part *ast.Term, locals *ast.ValueMap) ast.Value {
	v, isVar := part.Value.(ast.Var)
	if !isVar {
		return part.Value
	}
	if value := locals.Get(v); value != nil {
		return value
	}
	ref, _ := definition(t.test.rule.Body, part).(ast.Ref)
	if ref == nil {
		return nil
	}
	of := locals.Get(ref[0].Value)
	path := make(ast.Ref, 0, len(ref))
	for _, step := range ref[1:] {
		value := t.known(step, locals)
		if value == nil {
			return nil
		}
		path = append(path, ast.NewTerm(value))
	}
	if of == nil {
		return nil
	}
	value, err := of.Find(path)
	if err != nil {
		return nil
	}
	return value
}
