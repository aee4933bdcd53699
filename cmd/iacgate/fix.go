package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/rewrite"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// fixFlags are what fix can be told.
type fixFlags struct {
	input inputFlags
	write bool
	gate  verdict.Gate
}

func (p *program) fix() command {
	var o fixFlags
	f := newFlags("fix")
	o.input.register(f)
	f.BoolVarP(&o.write, "write", "w", false, "write the files, judge them again and say what is left")
	f.BoolVar(&o.gate.FailOnWarn, "fail-on-warn", false, "fix warnings, too")
	f.BoolVar(&o.gate.AllowUnknown, "allow-unknown", false, "with --write, exit 0 even if a control is unknown")
	return command{
		args: "[PATH...]", summary: "fix what fails in code and templates: print a diff, or write the files",
		about: "Fix what fails in directories of Terraform and OpenTofu code and in CloudFormation\n" +
			"templates, for all requested controls at once. Without --write it prints one unified\n" +
			"diff, which git apply and patch take, and says on standard error what is left to you:\n" +
			"an address to notify, a file that a program generates. Everything else in the files\n" +
			"keeps its bytes. Exit status: 0 for nothing to fix, 1 for a diff, 3 for no diff and\n" +
			"something left to you; with --write that of check.",
		flags: f, environment: true, judges: true,
		values: inputValues(nil), arguments: fileArguments,
		groups: []group{
			{"What to fix", whatToJudge},
			{"What to write", []string{"write", "fail-on-warn", "allow-unknown"}},
		},
		examples: []string{
			"iacgate fix infra/audit",
			"iacgate fix --control all infra/audit | git apply",
			"iacgate fix --write --control all template.yaml",
		},
		run: func(ctx context.Context, paths []string) (int, error) { return p.runFix(ctx, paths, o) },
	}
}

// runFix plans the fixes of inputs, and shows or writes them.
func (p *program) runFix(ctx context.Context, paths []string, o fixFlags) (int, error) {
	if o.input.combine {
		return 0, usagef("fix: each input is fixed by itself; leave out --combine")
	}
	cfg, controls, err := configureRun(ctx, o.input)
	if err != nil {
		return 0, err
	}
	s, err := p.newSession(ctx, o.input, cfg, controls)
	if err != nil {
		return 0, err
	}
	s.gate.Instead = true
	judge := s.judgeForFix(paths, cfg)
	plan, err := planFixes(ctx, p, rewrite.Options{Warnings: o.gate.FailOnWarn, Judge: judge})
	if err != nil {
		return 0, err
	}
	if !o.write {
		return p.showFixes(plan)
	}
	if err := p.writeFixes(plan); err != nil {
		return 0, err
	}
	if plan.Judged, err = judge(ctx, nil, nil); err != nil {
		return 0, err
	}
	return p.showFixed(plan, o.gate)
}

func planFixes(ctx context.Context, p *program, o rewrite.Options) (*rewrite.Plan, error) {
	defer p.busy()()
	return rewrite.New(ctx, o)
}

// judgeForFix judges the inputs, and accepts what the configuration does.
func (s *session) judgeForFix(paths []string, cfg config.Config) func(context.Context, *overlay.Files, []string) ([]rewrite.Judged, error) {
	return func(ctx context.Context, edits *overlay.Files, only []string) ([]rewrite.Judged, error) {
		var out []rewrite.Judged
		asked, which := s, paths
		if only != nil { // what a search has found
			narrow := *s
			narrow.input.changed, narrow.options.Recursive, narrow.options.Changed, narrow.options.Partial = false, false, false, true
			asked, which = &narrow, only
		}
		judged, err := asked.judge(ctx, which, edits, func(doc *resource.Document) error {
			if doc.Modules == nil || doc.Format == resource.Mixed {
				return diag.New(doc.Path, "only code and templates can be fixed").WithHint("name the directory of the code that the plan was made from")
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		accepted, err := judged.acceptance(cfg, false)
		if err != nil {
			return nil, err
		}
		for _, j := range judged {
			out = append(out, rewrite.Judged{
				Path: j.Input.Path, Results: accepted.Apply(verdict.WithoutUsed(verdict.Answered(j.Results))), Modules: j.Modules,
				Generated: cfn.IsAssembly(filepath.Dir(j.Input.Path)), Redact: j.Redactor.Line,
			})
		}
		return out, nil
	}
}

// showFixes prints the diff, and says what is left.
func (p *program) showFixes(plan *rewrite.Plan) (int, error) {
	var diff bytes.Buffer
	for _, f := range plan.Files {
		name := diffName(f.Name)
		text := udiff.Unified("a/"+name, "b/"+name, string(f.Before), string(f.After))
		if showsSecret(plan, text) {
			fmt.Fprintf(p.stderr, "%s: the diff is not printed: it would show a sensitive value; --write writes it\n", terminal.Clean(f.Name))
			continue
		}
		diff.WriteString(text)
	}
	left := leftToYou(plan)
	fmt.Fprint(p.stderr, left)
	switch {
	case len(plan.Files) > 0:
		return verdict.ExitFail, p.print(diff.Bytes())
	case left != "":
		return verdict.ExitUnknown, nil
	}
	return verdict.ExitOK, p.print([]byte("nothing to fix\n"))
}

// diffName is the name of a file in a diff: relative to the working directory, as git
// apply and patch want it.
func diffName(name string) string {
	if dir, err := os.Getwd(); err == nil && filepath.IsAbs(name) {
		if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsLocal(rel) {
			name = rel
		}
	}
	return strings.TrimPrefix(filepath.ToSlash(name), "/")
}

// showsSecret says whether a line of a text holds what an input marks as sensitive.
func showsSecret(plan *rewrite.Plan, text string) bool {
	for line := range strings.Lines(text) {
		for _, in := range plan.Judged {
			if in.Redact(line) != line {
				return true
			}
		}
	}
	return false
}

// writeFixes writes the files, each at once, unless one of them has changed since it was read.
func (p *program) writeFixes(plan *rewrite.Plan) error {
	for _, f := range plan.Files {
		now, err := os.ReadFile(f.Name)
		switch {
		case err != nil:
			return diag.At(f.Name, err)
		case !bytes.Equal(now, f.Before):
			return diag.New(f.Name, "it has changed since it was read; nothing was written").WithHint("run fix again")
		}
	}
	for _, f := range plan.Files {
		if err := p.replace(replacement{f.Name, f.After}); err != nil {
			return err
		}
	}
	return nil
}

// showFixed says what was written, how the controls are now, and what is left.
func (p *program) showFixed(plan *rewrite.Plan, gate verdict.Gate) (int, error) {
	var b strings.Builder
	for _, f := range plan.Files {
		fmt.Fprintf(&b, "wrote %s\n", terminal.Clean(f.Name))
	}
	var results []verdict.Result
	for _, in := range plan.Judged {
		for _, r := range in.Results {
			results = append(results, r)
			fmt.Fprintf(&b, "%-7s  %-32s  %s\n", strings.ToUpper(string(r.Verdict)), r.Control, terminal.Clean(in.Path))
		}
	}
	if err := p.print([]byte(b.String())); err != nil {
		return 0, err
	}
	fmt.Fprint(p.stderr, leftToYou(plan))
	return gate.Exit(verdict.Summarise(results)), nil
}

// leftToYou says what no code can fix, "" for nothing.
func leftToYou(plan *rewrite.Plan) string {
	var b strings.Builder
	for _, in := range plan.Inputs {
		fmt.Fprintf(&b, "give %s of %s a value: the address that is to receive the alarms\n", in.Name, terminal.Clean(in.Of))
	}
	for _, in := range plan.Judged {
		for _, r := range in.Results {
			if r.Verdict != verdict.Fail && r.Verdict != verdict.Unknown {
				continue
			}
			fmt.Fprintf(&b, "%s  %s  %s\n", strings.ToUpper(string(r.Verdict)), r.Control, terminal.Clean(in.Path))
			for _, f := range r.Findings {
				if f.Level == verdict.Note || f.Level == verdict.Warning {
					continue
				}
				fmt.Fprintf(&b, "  %s%s\n", at(f), terminal.Clean(f.Message))
				if why := plan.Refused[rewrite.FindingKey(f)]; why != "" {
					fmt.Fprintf(&b, "    not fixed: %s\n", terminal.Clean(why))
				}
				for line := range strings.SplitSeq(f.Fix, "\n") {
					fmt.Fprintf(&b, "    %s\n", terminal.Clean(line))
				}
			}
		}
	}
	return b.String()
}

// at is where a finding is: its resource and its place.
func at(f verdict.Finding) string {
	var parts []string
	if f.Resource != "" {
		parts = append(parts, f.Resource)
	}
	if l := f.Location; l != nil {
		parts = append(parts, fmt.Sprintf("(%s:%d)", l.File, l.Line))
	}
	if len(parts) == 0 {
		return ""
	}
	return terminal.Clean(strings.Join(parts, " ")) + ": "
}
