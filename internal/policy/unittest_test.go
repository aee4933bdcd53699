package policy

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

const unitPolicy = `package acme

default allow := false

allow if input.user in data.admins

allow if {
	input.user == "root"
	not input.remote
}

names contains n if some n in input.names

twice(x) := 2 * x

kind := "even" if {
	input.n % 2 == 0
} else := "odd"
`

// unitTestsOf holds a test of each form that opa test knows.
const unitTestsOf = `package acme_test

import data.acme

test_admin if acme.allow with input as {"user": "ada"}

test_nobody if acme.allow with input as {"user": "eve"}

test_root if acme.allow with input as {"user": "root"}

test_root if acme.allow with input as {"user": "root", "remote": true}

test_root if not acme.allow with input as {"user": "root", "remote": true}

test_undefined if acme.nothing

test_value := acme.twice(2)

test_true := true

todo_test_later if false

test_set contains "x" if true

test_error if to_number("x") == 1

test_default := acme.allow

default test_fallback := false

test_fallback if acme.allow with input as {"user": "ada"}

test_table[tc.name] if {
	some tc in [
		{"name": "one", "in": 1, "out": 2},
		{"name": "two", "in": 2, "out": 5},
		{"name": "three", "in": 3, "out": 6},
	]
	acme.twice(tc.in) == tc.out
}

test_whole_table[name] if {
	some name, tc in {"one": {"in": 1, "out": 2}, "two": {"in": 2, "out": 4}}
	some n in [tc.out, 100]
	acme.twice(tc.in) == n
}

test_values[name] := ok if {
	some name, n in {"a": 1, "b": 2}
	ok := acme.twice(n) == 2
}

test_nested[a][b] if {
	some a in ["x", "y"]
	some b in ["p", "q"]
	concat("", [a, b]) != "yp"
}

test_every if every n in [1, 2] {
	acme.twice(n) < 4
}

test_object := {"a": true}

inner.test_deep if 1 == 1

inner.deeper.test_case[x] if {
	some x in ["a", "b"]
	x == "a"
}

test_kind if {
	acme.kind == "odd" with input.n as 3
	acme.kind == "even" with input.n as 4
}

test_numbers[n] if {
	some n in [1, 2]
	n == 1
}

test_late[sprintf("%d", [n])] if {
	some n in [1, 2]
	n == 1
}

test_built[["a", n][1]] if {
	some n in [1, 2]
	n == 1
}

test_early[name] if {
	some n in [1, 2]
	name := sprintf("%d", [n])
	n == 1
}

test_indexed[names[n]] if {
	names := ["p", "q"]
	some n in [0, 1]
	n == 1
}

test_upper[upper(tc.n)] if {
	some tc in [{"n": "a", "v": 1}, {"n": "b", "v": 2}]
	tc.v == 1
}

test_said[$"case {n}"] if {
	some n in [1, 2]
	n == 1
}

test_pair[[a, b]] if {
	a := 1
	some b in [2, 3]
	b < 3
}

test_keyed[tc.key] if {
	some tc in [{"key": ["a", "b"], "want": ["x", "y"], "got": "y"}, {"key": {"k": 1}, "want": ["z", "y"], "got": "y"}]
	some w in tc.want
	w == tc.got
}

table := [{"name": "p", "v": 1}, {"name": "q", "v": 2}]

test_ruled[table[i].name] if {
	some i in [0, 1]
	table[i].v == 1
}

test_chosen[name] if {
	some tc in [{"n": "a", "kind": "x", "v": 1}, {"n": "b", "kind": "y", "v": 2}]
	tc.kind == "x"
	name := tc.n
	tc.v == 1
}
`

// TestUnitTestsAsOPA: every test has the outcome, and every line the coverage,
// that OPA's own runner says.
func TestUnitTestsAsOPA(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"acme.rego": unitPolicy, "acme_test.rego": unitTestsOf, "data.json": `{"admins": ["ada"]}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	report, err := RunTests(context.Background(), TestOptions{Paths: []string{dir}, Data: []string{dir}, Coverage: true})
	if err != nil {
		t.Fatal(err)
	}
	modules, err := readTests([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	tracer := cover.New()
	results, err := tester.NewRunner().SetModules(modules).SetStore(inmem.NewFromObject(map[string]any{"admins": []any{"ada"}})).
		SetCompiler(ast.NewCompiler()).RaiseBuiltinErrors(true).SetCoverageQueryTracer(tracer).RunTests(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for r := range results {
		outcome := map[bool]string{true: "pass", false: "fail"}[r.Pass()]
		switch {
		case r.Skip:
			outcome = "skip"
		case r.Error != nil:
			outcome = "error"
		}
		want = append(want, r.Package+"."+r.Name+" "+outcome)
	}
	var got []string
	for _, r := range report.Tests {
		got = append(got, r.Name+" "+r.Outcome)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	file := filepath.Join(dir, "acme.rego")
	var missed []string
	for _, r := range tracer.Report(modules).Files[file].NotCovered {
		missed = append(missed, ranges([]int{r.Start.Row})...)
	}
	if got := report.Coverage.Missed[file]; !slices.Equal(got, missed) {
		t.Errorf("no test reaches %v, OPA says %v", got, missed)
	}
}

// TestUnitTestCases names the cases that do not hold.
func TestUnitTestCases(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "acme.rego"), []byte(unitPolicy), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "acme_test.rego"), []byte(unitTestsOf+`
test_input[input.name] if 1 == 2

test_fixed["const"][n] if {
	some n in acme.names with input.names as []
}

test_none[x] if {
	some x in acme.names with input.names as []
	x == 1
}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := RunTests(context.Background(), TestOptions{Paths: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"data.acme_test.test_table":             "failed: data.acme_test.test_table.two",
		"data.acme_test.test_values":            "failed: data.acme_test.test_values.b",
		"data.acme_test.test_nested":            "failed: data.acme_test.test_nested.y.p",
		"data.acme_test.inner.deeper.test_case": "failed: data.acme_test.inner.deeper.test_case.b",
		"data.acme_test.test_numbers":           "failed: data.acme_test.test_numbers[2]",
		"data.acme_test.test_early":             `failed: data.acme_test.test_early["2"]`,
		"data.acme_test.test_indexed":           "failed: data.acme_test.test_indexed.p",
		"data.acme_test.test_late":              `failed: data.acme_test.test_late["2"]`,
		"data.acme_test.test_built":             "failed: data.acme_test.test_built[2]",
		"data.acme_test.test_upper":             "failed: data.acme_test.test_upper.B",
		"data.acme_test.test_said":              `failed: data.acme_test.test_said["case 2"]`,
		"data.acme_test.test_pair":              "failed: data.acme_test.test_pair[[1, 3]]",
		"data.acme_test.test_ruled":             "failed: data.acme_test.test_ruled.q",
		"data.acme_test.test_input":             "it has no cases",
		"data.acme_test.test_fixed":             "it has no cases: data.acme_test.test_fixed.const",
		"data.acme_test.test_none":              "it has no cases",
	}
	for _, r := range report.Tests {
		message, ok := want[r.Name]
		delete(want, r.Name)
		if ok && (r.Outcome != "fail" || r.Message != message) {
			t.Errorf("%s: %s %q, want %q", r.Name, r.Outcome, r.Message, message)
		}
	}
	for name := range want {
		t.Errorf("%s did not run", name)
	}
}
