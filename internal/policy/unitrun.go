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

// A unitTest is a compiled rule whose name begins with test_, or with todo_test_,
// which is for later. Its value says whether it passes: true, or an object of
// cases that are all true.
type unitTest struct {
	rule *ast.Rule
	name string  // data.acme_test.test_names
	ref  ast.Ref // the same
	todo bool
}

// testRef is the part of a rule's name up to the word that makes it a test, and
// empty where none does. Behind it there are the names of cases.
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

// numberTests is a stage of the compiler: tests of one name become test_x,
// test_x#01, .... As one rule, it would be enough that one of them holds.
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

// unitTests are the tests whose names match.
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
	trace := &unitTrace{test: t, reached: reached, running: map[uint64]bool{}, cases: map[string][]*ast.Term{}}
	query, err := newQuery(compiler, t.ref)
	var value any
	if err == nil {
		value, err = query.answer(ctx, question{store: data, errors: &errs, tracer: trace, print: topdown.NewPrintHook(&printed)})
	}
	out.Output = printed.String()
	failing := t.failing(value, trace.cases)
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
	case failing != nil:
		var b bytes.Buffer
		topdown.PrettyTrace(&b, trace.events)
		out.Outcome, out.Trace, out.Message = "fail", b.String(), strings.Join(failing, "\n")
	default:
		out.Outcome = "pass"
	}
	return out
}
