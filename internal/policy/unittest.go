package policy

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// TestOptions say which unit tests of policies to run.
type TestOptions struct {
	Paths    []string // files and directories of Rego
	Data     []string // files and directories of JSON and YAML, for data
	Run      string   // regular expression for data.package.test_name; "" for all
	Coverage bool
}

// TestReport is what the tests of policies come to, in order of file, line and
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

// Coverage is how many lines of the policies, their tests aside, the tests
// reach.
type Coverage struct {
	Percent float64             `json:"percent"`
	Missed  map[string][]string `json:"missed"` // lines by file: 7, 9-12
}

// RunTests runs the unit tests below some paths, as opa test does, with the
// functions that policies have here. Errors are [Problems].
func RunTests(ctx context.Context, o TestOptions) (TestReport, error) {
	var report TestReport
	if _, err := regexp.Compile(o.Run); err != nil {
		return report, Problems{{What: fmt.Sprintf("--run %s: %v", o.Run, err)}}
	}
	modules, err := readAll(o.Paths)
	if err != nil {
		return report, err
	}
	data, err := readData(o.Data)
	if err != nil {
		return report, err
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithUseTypeCheckAnnotations(false).WithEnablePrintStatements(true)
	if compiler.Compile(modules); compiler.Failed() {
		return report, problems(compiler.Errors)
	}
	runner := tester.NewRunner().SetCompiler(compiler).SetModules(modules).SetStore(inmem.NewFromObject(data)).
		CapturePrintOutput(true).EnableTracing(!o.Coverage).RaiseBuiltinErrors(true).SetTimeout(deadline).Filter(o.Run)
	tracer := cover.New()
	if o.Coverage {
		runner.SetCoverageQueryTracer(tracer)
	}
	ctx, cancel := bounded(ctx)
	defer cancel()
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return report, problems(err)
	}
	for r := range results {
		report.add(newTest(r))
	}
	if ctx.Err() != nil {
		return report, Problems{{What: fmt.Sprintf("the tests: %v", context.Cause(ctx))}}
	}
	if o.Coverage {
		report.Coverage = newCoverage(tracer.Report(modules))
	}
	report.sort()
	return report, nil
}

// readAll reads policies and tests. Tests of iacgate's own packages may be among
// them: anybody may test what anybody can read.
func readAll(paths []string) (map[string]*ast.Module, error) {
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
				if name := strings.Trim(r.Head.Ref()[0].Value.String(), `"`); strings.HasPrefix(name, "test_") || strings.HasPrefix(name, "todo_test_") {
					tests++
				}
			}
			modules[file] = m
		}
	}
	if tests == 0 {
		return nil, Problems{{What: "no tests: no rule that begins with test_", Hint: "tests stand in files that end in _test.rego"}}
	}
	return modules, nil
}

func newTest(r *tester.Result) Test {
	t := Test{Name: r.Package + "." + r.Name, Outcome: "pass", Output: string(r.Output)}
	if r.Location != nil {
		t.File, t.Line = r.Location.File, r.Location.Row
	}
	switch {
	case r.Skip:
		t.Outcome = "skip"
	case r.Error != nil:
		t.Outcome, t.Message = "error", r.Error.Error()
	case r.Fail:
		t.Outcome = "fail"
		var b bytes.Buffer
		topdown.PrettyTrace(&b, failures(r.Trace))
		t.Trace = b.String()
	}
	return t
}

// failures are the events of a trace that say what did not hold.
func failures(trace []*topdown.Event) []*topdown.Event {
	return slices.DeleteFunc(slices.Clone(trace), func(e *topdown.Event) bool {
		return e.Op != topdown.EnterOp && e.Op != topdown.FailOp && e.Op != topdown.NoteOp
	})
}

func (r *TestReport) add(t Test) {
	r.Tests = append(r.Tests, t)
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

func (r *TestReport) sort() {
	slices.SortFunc(r.Tests, func(a, b Test) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Name, b.Name)
	})
}

// Failed says whether a test did not pass.
func (r TestReport) Failed() bool { return r.Summary.Fail+r.Summary.Error > 0 }

func newCoverage(report cover.Report) *Coverage {
	c := &Coverage{Missed: map[string][]string{}}
	covered, missed := 0, 0
	for file, f := range report.Files {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		covered, missed = covered+lines(f.Covered), missed+lines(f.NotCovered)
		for _, r := range f.NotCovered {
			text := fmt.Sprint(r.Start.Row)
			if r.End.Row != r.Start.Row {
				text = fmt.Sprintf("%d-%d", r.Start.Row, r.End.Row)
			}
			if !slices.Contains(c.Missed[file], text) {
				c.Missed[file] = append(c.Missed[file], text)
			}
		}
	}
	c.Percent = 100
	if covered+missed > 0 {
		c.Percent = float64(covered*1000/(covered+missed)) / 10
	}
	return c
}

func lines(ranges []cover.Range) (n int) {
	for _, r := range ranges {
		n += r.End.Row - r.Start.Row + 1
	}
	return n
}
