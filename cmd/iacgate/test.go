package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

func (p *program) test() command {
	var o policy.TestOptions
	var format string
	var threshold float64
	f := newFlags("test")
	f.StringVar(&o.Run, "run", "", "`REGEX` of the tests to run, of data.PACKAGE.NAME")
	f.StringArrayVarP(&o.Data, "data", "d", nil, "`PATH` of JSON or YAML that policies see as data; may be repeated")
	f.BoolVar(&o.Coverage, "coverage", false, "list the lines of the policies that no test reaches")
	f.Float64Var(&threshold, "threshold", 0, "fail if the tests reach less than `PERCENT` of the lines")
	registerTextOrJSON(f, &format)
	return command{
		args: "PATH...", summary: "run the unit tests of Rego policies",
		about: "Run the test_... rules in the paths, as opa test does, with the functions that\n" +
			"policies have in check. It exits 1 if a test fails; for a test with cases, test_x[name],\n" +
			"it names the cases that fail.",
		flags:  f,
		values: map[string]func() []string{"output": textOrJSON}, arguments: fileArguments,
		groups: []group{
			{"What to run", []string{"run", "data"}},
			{"What to write", []string{"coverage", "threshold", "output"}},
		},
		examples: []string{"iacgate test policies", "iacgate test --coverage --threshold 90 policies"},
		run: func(ctx context.Context, args []string) (int, error) {
			if len(args) == 0 {
				return 0, usagef("test needs a file or directory with policies")
			}
			o.Paths, o.Coverage = args, o.Coverage || threshold > 0
			return p.runTest(ctx, o, format, threshold)
		},
	}
}

func (p *program) runTest(ctx context.Context, o policy.TestOptions, format string, threshold float64) (int, error) {
	asJSON, err := wantsJSON("test", format)
	if err != nil {
		return 0, err
	}
	r, err := policy.RunTests(ctx, o)
	if err != nil {
		return 0, err
	}
	if asJSON {
		err = report.JSON(p.stdout, r)
	} else {
		err = writeTests(p.stdout, r)
	}
	if r.Failed() || r.Coverage != nil && r.Coverage.Percent < threshold {
		return verdict.ExitFail, err
	}
	return verdict.ExitOK, err
}

func writeTests(w io.Writer, r policy.TestReport) error {
	var b strings.Builder
	for _, t := range r.Tests {
		if t.Outcome == "pass" && t.Output == "" {
			continue
		}
		fmt.Fprintf(&b, "%s  %s\n", strings.ToUpper(t.Outcome), terminal.Clean(t.Name))
		fmt.Fprintf(&b, "      %s:%d\n", terminal.Clean(t.File), t.Line)
		for _, text := range []string{t.Message, t.Output, t.Trace} {
			for line := range strings.Lines(text) {
				fmt.Fprintf(&b, "      %s\n", terminal.Clean(strings.TrimRight(line, "\n")))
			}
		}
	}
	if c := r.Coverage; c != nil {
		for _, file := range slices.Sorted(maps.Keys(c.Missed)) {
			fmt.Fprintf(&b, "%s: no test reaches %s\n", terminal.Clean(file), strings.Join(c.Missed[file], ", "))
		}
		fmt.Fprintf(&b, "coverage: %.1f%%\n", c.Percent)
	}
	s := r.Summary
	noun := "tests"
	if len(r.Tests) == 1 {
		noun = "test"
	}
	fmt.Fprintf(&b, "%d %s: %d pass, %d fail, %d error, %d skip\n", len(r.Tests), noun, s.Pass, s.Fail, s.Error, s.Skip)
	_, err := io.WriteString(w, b.String())
	return err
}
