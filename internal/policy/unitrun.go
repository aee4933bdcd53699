package policy

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A Test is one rule test_...
type Test struct {
	Name    string `json:"name"` // data.acme_test.test_names
	File    string `json:"file"`
	Line    int    `json:"line"`
	Outcome string `json:"outcome"` // pass, fail, error, skip
	Message string `json:"message,omitempty"`
	Trace   string `json:"trace,omitempty"`  // of a test that fails
	Output  string `json:"output,omitempty"` // of print
}

// A unitTest is a compiled rule whose name begins with test_, or with todo_test_,
// which is for later. Its value reports whether it passes: true, or an object of
// cases that are all true.
type unitTest struct {
	rule *ast.Rule
	name string  // data.acme_test.test_names
	ref  ast.Ref // the same
	todo bool
}

// testRef returns the part of a rule's name up to the word that makes it a test, and
// empty if none does. The names of cases follow it.
func testRef(r *ast.Rule) ast.Ref {
	ref := r.Head.Ref().GroundPrefix()
	for i := range ref {
		if isTest(word(ref[i])) || isTodo(word(ref[i])) {
			return ref[:i+1]
		}
	}
	return nil
}

func isTest(word string) bool { return strings.HasPrefix(word, "test_") }

func isTodo(word string) bool { return strings.HasPrefix(word, "todo_test_") }

func word(t *ast.Term) string {
	switch v := t.Value.(type) {
	case ast.Var:
		return string(v)
	case ast.String:
		return string(v)
	}
	return ""
}

// numberTests returns a stage of the compiler: tests of one name become test_x,
// test_x#01, .... As one rule, it would be enough that one of them is true.
func numberTests(compiler *ast.Compiler) *ast.Error {
	seen := map[string]int{}
	for _, file := range slices.Sorted(maps.Keys(compiler.Modules)) {
		module := compiler.Modules[file]
		for _, rule := range module.Rules {
			ref := testRef(rule)
			if len(ref) == 0 {
				continue
			}
			name := module.Package.Path.Extend(ref).String()
			if n := seen[name]; n > 0 {
				renamed := rule.Head.Ref().Copy()
				last := len(ref) - 1
				numbered := fmt.Sprintf("%s#%02d", word(ref[last]), n)
				if last == 0 {
					renamed[0] = ast.VarTerm(numbered)
				} else {
					renamed[last] = ast.StringTerm(numbered)
				}
				rule.Head.SetRef(renamed)
			}
			seen[name]++
		}
	}
	return nil
}

// unitTests returns the tests whose names match.
func unitTests(compiler *ast.Compiler, names *regexp.Regexp) []unitTest {
	var tests []unitTest
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			local := testRef(rule)
			if len(local) == 0 {
				continue
			}
			path := module.Package.Path
			t := unitTest{rule: rule, name: path.String() + "." + local.String(), ref: path.Extend(local), todo: isTodo(word(local[len(local)-1]))}
			if names.MatchString(t.name) {
				tests = append(tests, t)
			}
		}
	}
	return tests
}

// run evaluates one test, within its own deadline.
func (t unitTest) run(ctx context.Context, compiler *ast.Compiler, data store, reached *coverage) Test {
	out := Test{Name: t.name, File: t.rule.Loc().File, Line: t.rule.Loc().Row, Outcome: "skip"}
	if t.todo || ctx.Err() != nil {
		return out
	}
	ctx, cancel := context.WithTimeoutCause(ctx, deadline, errDeadline)
	defer cancel()
	var printed bytes.Buffer
	var errs []topdown.Error
	trace := &unitTrace{reached: reached, cases: map[string]ast.Ref{}}
	query, err := newQuery(compiler, t.ref)
	var value ast.Value
	if err == nil {
		value, err = query.value(ctx, question{store: data, errors: &errs, tracer: trace, print: topdown.NewPrintHook(&printed)})
	}
	out.Output = printed.String()
	passes, failures := t.judge(value, trace.cases)
	switch {
	case ctx.Err() != nil:
		out.Outcome, out.Message = "error", context.Cause(ctx).Error()
	case err != nil:
		out.Outcome, out.Message = "error", err.Error()
	case len(errs) > 0:
		texts := make([]string, len(errs))
		for i := range errs {
			texts[i] = errs[i].Error()
		}
		out.Outcome, out.Message = "error", strings.Join(texts, "\n")
	case passes:
		out.Outcome = "pass"
	default:
		var b bytes.Buffer
		topdown.PrettyTrace(&b, trace.events)
		out.Outcome, out.Trace, out.Message = "fail", b.String(), strings.Join(failures, "\n")
	}
	return out
}

// judge reports whether a test passes, and which of its cases fail. A case that fails is
// not in the value, so that the value alone would say that it passes; began has all
// cases by their names.
func (t unitTest) judge(value ast.Value, began map[string]ast.Ref) (passes bool, failures []string) {
	object, isObject := value.(ast.Object)
	switch {
	case isTrue(value):
		return true, nil
	case !isObject || t.rule.Head.DocKind() != ast.PartialObjectDoc:
		return false, nil
	case object.Len() == 0 && len(began) == 0:
		return false, []string{"it has no cases"}
	}
	object.Foreach(func(name, value *ast.Term) { failures = append(failures, untrue(t.ref.Append(name), value.Value)...) })
	for _, c := range began {
		if _, err := object.Find(c); err != nil {
			failures = append(failures, "failed: "+t.ref.Concat(c).String())
		}
	}
	slices.Sort(failures)
	return len(failures) == 0, slices.Compact(failures)
}

// untrue lists the cases at and below a name whose value is not true.
func untrue(ref ast.Ref, value ast.Value) (failures []string) {
	object, isObject := value.(ast.Object)
	switch {
	case isObject && object.Len() == 0:
		return []string{"it has no cases: " + ref.String()}
	case isObject:
		object.Foreach(func(name, value *ast.Term) { failures = append(failures, untrue(ref.Append(name), value.Value)...) })
	case !isTrue(value):
		return []string{"failed: " + ref.String()}
	}
	return failures
}

func isTrue(value ast.Value) bool {
	b, ok := value.(ast.Boolean)
	return ok && bool(b)
}

// announceCases returns a stage of the compiler: as soon as the name of a case is known, the
// rule says so, and the trace notes it. The compiler has put what computes a name, as
// in test_names[upper(tc.name)], at the end of the body, which a case that fails does not reach;
// it moves to where its variables are bound. Where the author computes the name, it stays:
// what comes before it chooses cases, what follows tests them.
func announceCases(compiler *ast.Compiler) *ast.Error {
	for _, module := range compiler.Modules {
		for _, rule := range module.Rules {
			local := testRef(rule)
			if len(local) == 0 || len(rule.Head.Ref()) == len(local) {
				continue
			}
			name := rule.Head.Ref()[len(local):]
			for _, part := range name {
				rule.Body = bindEarly(rule.Body, part)
			}
			names := ast.ArrayTerm(name...)
			announce := ast.NewExpr([]*ast.Term{ast.NewTerm(ast.InternalTestCase.Ref()), names})
			rule.Body = slices.Insert(slices.Clone(rule.Body), boundBy(rule.Body, names), announce)
		}
	}
	return nil
}

// bindEarly moves the expression that the compiler made for a part of a name.
func bindEarly(body ast.Body, part *ast.Term) ast.Body {
	for i, e := range slices.Backward(body) {
		if e.Generated && (e.IsEquality() || e.IsAssignment()) && e.Operand(0).Equal(part) {
			rest := slices.Delete(slices.Clone(body), i, i+1)
			return slices.Insert(rest, boundBy(rest[:i], e.Operand(1)), e)
		}
	}
	return body
}

// boundBy returns how many expressions it takes until a term has all its variables: the
// first one that has a variable binds it.
func boundBy(body ast.Body, t *ast.Term) (n int) {
	vars := ast.NewVarVisitor().WithParams(ast.VarVisitorParams{SkipRefCallHead: true})
	vars.Walk(t)
	for v := range vars.Vars() {
		i := slices.IndexFunc(body, func(e *ast.Expr) bool { return e.Vars(ast.VarVisitorParams{SkipRefCallHead: true}).Contains(v) })
		if !ast.RootDocumentNames.Contains(ast.NewTerm(v)) {
			n = max(n, i+1)
		}
	}
	return n
}

// A unitTrace follows the evaluation of one test: what failed, and which cases began.
type unitTrace struct {
	reached *coverage
	events  []*topdown.Event   // what was entered, what failed, and notes
	cases   map[string]ast.Ref // by their text
}

func (*unitTrace) Enabled() bool { return true }

func (*unitTrace) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

// longTrace is how many events are kept: of a test that loops for long the end will do.
const longTrace = 2000

func (t *unitTrace) TraceEvent(e topdown.Event) {
	t.reached.event(e)
	switch e.Op {
	case topdown.EnterOp, topdown.FailOp, topdown.NoteOp:
		if len(t.events) == longTrace {
			t.events = slices.Delete(t.events, 0, longTrace/2)
		}
		t.events = append(t.events, &e)
	case topdown.TestCaseOp:
		call, _ := e.Node.(*ast.Expr)
		var name ast.Ref
		if array, ok := call.Operand(0).Value.(*ast.Array); ok {
			array.Foreach(func(part *ast.Term) { name = append(name, part) })
		}
		t.cases[name.String()] = name
	}
}
