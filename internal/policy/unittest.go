package policy

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/diag"
)

// TestOptions say which unit tests of policies to run.
type TestOptions struct {
	Paths    []string // files and directories of Rego
	Data     []string // files and directories of JSON and YAML, for data
	Run      string   // regular expression for data.package.test_name; "" for all
	Coverage bool
}

// TestReport has the outcomes of the tests of policies, in order of file, line and
// name.
type TestReport struct {
	Tests    []Test    `json:"tests"`
	Coverage *Coverage `json:"coverage,omitempty"`
	Summary  struct {
		Pass  int `json:"pass"`
		Fail  int `json:"fail"`
		Error int `json:"error"`
		Skip  int `json:"skip"`
	} `json:"summary"`
}

// RunTests runs the unit tests below some paths, as opa test does, with the
// functions that policies have here. Errors are [diag.List].
func RunTests(ctx context.Context, o TestOptions) (TestReport, error) {
	run, err := regexp.Compile(o.Run)
	if err != nil {
		return TestReport{}, diag.List{{Message: fmt.Sprintf("--run %s: %v", o.Run, err)}}
	}
	return within(ctx, "the tests", func(ctx context.Context) (TestReport, error) { return runTests(ctx, o, run) })
}

func runTests(ctx context.Context, o TestOptions, run *regexp.Regexp) (TestReport, error) {
	var report TestReport
	modules, err := readTests(o.Paths)
	if err != nil {
		return report, err
	}
	data, err := readData(o.Data)
	if err != nil {
		return report, err
	}
	if err := checkSize(modules); err != nil {
		return report, err
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithUseTypeCheckAnnotations(false).WithEnablePrintStatements(true).
		WithStageAfterID(ast.StageRewriteRuleHeadRefs, ast.CompilerStageDefinition{Name: "NumberTests", Stage: numberTests}).
		WithStageAfterID(ast.StageRewriteLocalVars, ast.CompilerStageDefinition{Name: "AnnounceCases", Stage: announceCases})
	if compiler.Compile(modules); compiler.Failed() {
		return report, diagnostics(compiler.Errors)
	}
	tests := unitTests(compiler, run)
	report.Tests = make([]Test, len(tests))
	reached := newCoverage()
	var wg sync.WaitGroup
	turns := make(chan bool, runtime.GOMAXPROCS(0))
	for i, t := range tests {
		wg.Go(func() {
			turns <- true
			report.Tests[i] = t.run(ctx, compiler, store{data: data}, reached)
			<-turns
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return report, diag.List{{Message: fmt.Sprintf("the tests: %v", context.Cause(ctx))}}
	}
	if o.Coverage {
		report.Coverage = reached.of(modules)
	}
	report.finish()
	return report, nil
}

// readTests reads policies and tests. Tests of iacgate's own packages may be among
// them: anybody may test what anybody can read.
func readTests(paths []string) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	tests := 0
	for _, path := range paths {
		files, err := filesBelow(path, ".rego")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			m, err := parseModule(file)
			if err != nil {
				return nil, err
			}
			for _, r := range m.Rules {
				if len(testRef(r)) > 0 {
					tests++
				}
			}
			modules[file] = m
		}
	}
	if tests == 0 {
		return nil, diag.List{{Message: "no tests: no rule begins with test_", Hint: "tests belong in files that end in _test.rego"}}
	}
	return modules, nil
}

// finish sorts the tests and counts their outcomes.
func (r *TestReport) finish() {
	slices.SortFunc(r.Tests, func(a, b Test) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, strings.Compare(a.Name, b.Name))
	})
	for _, t := range r.Tests {
		switch t.Outcome {
		case "pass":
			r.Summary.Pass++
		case "fail":
			r.Summary.Fail++
		case "error":
			r.Summary.Error++
		default:
			r.Summary.Skip++
		}
	}
}

// Failed reports whether a test did not pass.
func (r TestReport) Failed() bool { return r.Summary.Fail+r.Summary.Error > 0 }
