package policies_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestRego is opa test --coverage.
func TestRego(t *testing.T) {
	modules := map[string]*ast.Module{}
	for name, text := range regoFiles(t) {
		m, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = m
	}
	coverage := cover.New()
	runner := tester.NewRunner().SetModules(modules).SetCoverageQueryTracer(coverage).SetTimeout(time.Minute)
	results, err := runner.RunTests(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for r := range results {
		count++
		if !r.Pass() {
			t.Errorf("%s.%s: %v\n%s", r.Package, r.Name, r.Error, r.Output)
		}
	}
	if count < 20 {
		t.Errorf("only %d unit tests", count)
	}
	covers(t, coverage.Report(modules))
}

// covers: tests reach nearly every line of what is loaded at run time.
func covers(t *testing.T, report cover.Report) {
	t.Helper()
	for name, file := range report.Files {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		if file.Coverage < 90 {
			t.Errorf("%s: %.0f%% covered, not lines %v", name, file.Coverage, file.NotCovered)
		}
	}
}
