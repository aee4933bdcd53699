package main

import (
	"context"
	"slices"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/verdict"
)

// checkFlags are the flags of check.
type checkFlags struct {
	input      inputFlags
	outputs    []string
	outputFile string
	gate       verdict.Gate
	require    bool
	noColor    bool
	quiet      bool
	noInline   bool
	baseline   baselineFlags
}

func (p *program) check() command {
	var o checkFlags
	f := newFlags("check")
	o.input.register(f)
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "`FORMAT[=FILE]`: "+orList(report.Names())+"; may be repeated (default text)")
	f.StringVar(&o.outputFile, "output-file", "", "`FILE` for the output that has none")
	f.BoolVar(&o.require, "require", false, "fail if a control does not apply")
	f.BoolVar(&o.gate.AllowUnknown, "allow-unknown", false, "exit 0 even if a control is unknown")
	f.BoolVar(&o.gate.FailOnWarn, "fail-on-warn", false, "exit 1 even if there are only warnings")
	f.BoolVar(&o.gate.FailOnWaived, "fail-on-waived", false, "exit 1 if a waiver or the baseline accepts a finding")
	f.BoolVar(&o.noInline, "no-inline-waivers", false, "ignore waivers in the code")
	f.StringVar(&o.baseline.file, "baseline", "", "`FILE` of known findings: only new or worse ones fail")
	f.BoolVar(&o.baseline.update, "update-baseline", false, "write the current findings to the --baseline file")
	f.BoolVar(&o.noColor, "no-color", false, "write without colour")
	f.BoolVar(&o.input.candidates, "candidates", false, "list every chain that was considered, with the first fault of each")
	f.BoolVar(&o.quiet, "quiet", false, "write only what fails or is unknown")
	return command{
		args: "[PATH...]", summary: "judge Terraform plans, states and directories, and CloudFormation templates",
		about: "Judge Terraform and OpenTofu plans and states (output of terraform show -json),\n" +
			"directories of code, CloudFormation templates and the cdk.out of a CDK app. A plan knows\n" +
			"more than its code: a value that a directory does not determine is unknown.\n" +
			"By default only unauthorized-api-calls is checked. PATH may be - for standard input;\n" +
			"the default is the working directory.\n" +
			"Environment variables such as IACGATE_OUTPUT set flags that are not given.",
		flags: f, environment: true, judges: true,
		values: inputValues(map[string]func() []string{"output": formats}), arguments: fileArguments,
		groups: []group{
			{"What to judge", whatToJudge},
			{"What counts as failing", []string{"require", "allow-unknown", "fail-on-warn", "fail-on-waived", "no-inline-waivers", "baseline", "update-baseline"}},
			{"What to write", []string{"output", "output-file", "candidates", "no-color", "quiet"}},
		},
		examples: []string{
			"terraform show -json tfplan | iacgate check -",
			"iacgate check --var-file prod.tfvars infra/audit",
			"iacgate check --parameter Stage=prod template.yaml",
			"iacgate check --control all plan.json",
			"iacgate check -o text -o sarif=report.sarif live/*/plan.json",
		},
		run: func(ctx context.Context, paths []string) (int, error) { return p.runCheck(ctx, paths, o) },
	}
}

// runCheck judges the inputs in some paths, writes the reports and returns the exit status.
func (p *program) runCheck(ctx context.Context, paths []string, o checkFlags) (int, error) {
	outputs, err := parseOutputs(o.outputs, o.outputFile)
	if err != nil {
		return 0, err
	}
	cfg, controls, err := configureRun(ctx, o.input)
	if err != nil {
		return 0, err
	}
	o.input.excerpts = slices.ContainsFunc(outputs, func(out output) bool { return out.format.Code })
	judged, err := p.judge(ctx, paths, o.input, cfg, controls)
	if err != nil {
		return 0, err
	}
	r := judged.report()
	r.Results = verdict.WithoutUsed(verdict.Answered(r.Results))
	if o.require {
		if len(r.Results) == 0 {
			r.Results = skipped(controls, control.With(cfg.CustomControls))
		}
		r.Results = verdict.Require(r.Results, cfg.Levels)
	}
	accepted, err := judged.acceptance(cfg, o.noInline)
	if err != nil {
		return 0, err
	}
	r.Results = accepted.Apply(r.Results)
	known, err := o.baseline.apply(ctx, r.Results, o.input.timeout)
	if err != nil {
		return 0, err
	}
	r.Results = noteDefaultLevels(known.results, cfg)
	r.Configuration = configurationOf(cfg, judged, known.file, o.noInline)
	r.Summary = verdict.Summarise(r.Results)
	options := report.Options{Version: buildVersion().number, Color: p.colored(o.noColor), Quiet: o.quiet, Gate: o.gate}
	options.Dir, options.Root = gitRepository()
	return o.gate.Exit(r.Summary), p.write(outputs, r, options, known.update)
}

// skipped returns the results of controls where no input is judged: the files that changed
// are part of none.
func skipped(controls []string, known control.Catalogue) (results []verdict.Result) {
	all, err := known.Select(controls)
	if err != nil {
		return nil // it was selected before
	}
	for _, c := range all {
		results = append(results, verdict.Result{
			Control: c.ID, Title: c.Title, Severity: c.Severity, References: c.References, Input: "(none)", Verdict: verdict.Skip, Findings: []verdict.Finding{},
		})
	}
	return results
}

// configurationOf returns the configuration of a run besides its flags; nil for none.
func configurationOf(cfg config.Config, js judgements, baseline *verdict.BaselineFile, noInline bool) *verdict.Configuration {
	c := verdict.Configuration{
		File: cfg.Read.File, SHA256: cfg.Read.SHA256, Hides: cfg.Read.Hides, Settings: cfg.Read.Settings, Baseline: baseline, Ignored: noInline,
	}
	if c.Settings == nil {
		c.Settings = []verdict.Setting{}
	}
	type place struct {
		file         string
		line, column int
	}
	places := map[place]bool{} // a module may be read for several inputs
	for _, j := range js {
		for _, w := range j.Waivers {
			if at := w.Location; at != nil {
				places[place{at.File, at.Line, at.Column}] = true
			}
		}
	}
	if c.InlineWaivers = len(places); c.Text() == "" {
		return nil
	}
	return &c
}

// noteDefaultLevels adds to findings the level that their code has without the configuration.
func noteDefaultLevels(results []verdict.Result, cfg config.Config) []verdict.Result {
	if len(cfg.Levels) == 0 {
		return results
	}
	for _, r := range results {
		for i := range r.Findings {
			f := &r.Findings[i]
			usual, known := finding.Lookup(f.Code)
			if _, changed := cfg.Levels[f.Code]; changed && known && usual.Level != f.Level {
				f.DefaultLevel = usual.Level
			}
		}
	}
	return results
}
