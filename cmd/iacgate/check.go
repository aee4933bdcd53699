package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/source"
	"github.com/iacgate/iacgate/internal/verdict"
)

// checkFlags are what check can be told.
type checkFlags struct {
	input      inputFlags
	outputs    []string
	outputFile string
	gate       verdict.Gate
	require    bool
	noColor    bool
	quiet      bool
	noInline   bool
	// baseline is a file of what is known to be wrong; "" for none.
	baseline       string
	updateBaseline bool
}

// inputFlags say what to judge, and for what.
type inputFlags struct {
	from       string
	controls   []string
	profile    string
	config     string
	recursive  bool
	changed    bool // paths are files that changed
	vars       []string
	varFiles   []string
	region     string
	account    string
	source     string
	combine    bool
	candidates bool // every chain is told, not only the one that is shown
	documents  bool // what was judged is kept
	excerpts   bool // findings show their code
	policies   policy.UserOptions
	feed       string       // what input is: judged or raw
	tofu       func() *bool // whether files that end in .tofu are code; nil where nobody says
	given      []string     // parameters of templates
	givenIn    []string     // files of them
	timeout    time.Duration
}

func (i *inputFlags) register(f *pflag.FlagSet) {
	f.StringVar(&i.from, "from", "", "input `FORMAT`, where it is not to be recognised: "+orList(source.Names()))
	f.StringArrayVar(&i.controls, "control", nil, "`ID`, glob or benchmark number of a control, or all; may be repeated")
	f.StringVar(&i.profile, "profile", "", "`NAME` of how to read the controls: default, strict or a benchmark, whose controls it asks for")
	f.StringVar(&i.config, "config", "", "configuration `FILE`, or none (default: .iacgate.yaml here or above)")
	f.BoolVar(&i.recursive, "recursive", false, "look for root modules below directories, too")
	f.BoolVar(&i.changed, "changed", false, "each PATH is a file that changed: judge the root modules and templates that it is part of")
	f.StringArrayVar(&i.vars, "var", nil, "`NAME=VALUE` of an input variable of a directory; may be repeated")
	f.StringVar(&i.region, "region", "", "`REGION` that inputs are applied to which do not say theirs")
	f.StringVar(&i.account, "account", "", "`ID` of the account that inputs are applied to which do not say theirs: twelve digits")
	f.StringVar(&i.source, "source", "", "`DIR` that the plan was made from, or none (default: where the plan lies): places, and what the plan leaves open")
	f.StringArrayVarP(&i.policies.Paths, "policy", "p", nil, "`PATH` of Rego policies of your own, a file or a directory; may be repeated")
	f.StringArrayVarP(&i.policies.Data, "data", "d", nil, "`PATH` of JSON or YAML that policies find in data; may be repeated")
	f.StringArrayVarP(&i.policies.Namespaces, "namespace", "n", nil, "`PACKAGE` of your policies to ask (default main); may be repeated")
	f.BoolVar(&i.policies.All, "all-namespaces", false, "ask every package of your policies")
	f.StringVar(&i.feed, "input", "judged", "`KIND` of what your policies have as input: judged, the document that graph prints, or raw, the plan or template")
	f.BoolVar(&i.combine, "combine", false, "judge all inputs as one account: what one template exports another imports")
	f.StringArrayVar(&i.given, "parameter", nil, "`KEY=VALUE` of a parameter of a template; may be repeated")
	f.StringArrayVar(&i.givenIn, "parameters-file", nil, "`FILE` with parameters of a template; may be repeated")
	tofu := f.Bool("tofu", false, "files that end in .tofu are code of a directory, as for OpenTofu; =false for Terraform (default: what the directory tells)")
	i.tofu = func() *bool {
		if !f.Changed("tofu") {
			return nil
		}
		return tofu
	}
	f.DurationVar(&i.timeout, "timeout", time.Minute, "`DURATION` that one input may take, such as 90s or 5m; longer is an error")
	f.StringArrayVar(&i.varFiles, "var-file", nil, "`FILE` with input variables of a directory; may be repeated")
}

// whatToJudge are the flags of inputFlags, in the order of the help.
var whatToJudge = []string{
	"control", "profile", "config", "from", "recursive", "changed", "source", "var", "var-file", "parameter", "parameters-file", "region", "account", "tofu", "combine", "timeout",
	"policy", "data", "namespace", "all-namespaces", "input",
}

func (p *program) check() command {
	var o checkFlags
	f := newFlags("check")
	o.input.register(f)
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "`FORMAT[=FILE]`: "+orList(report.Names())+"; may be repeated (default text)")
	f.StringVar(&o.outputFile, "output-file", "", "`FILE` for the output that names none")
	f.BoolVar(&o.require, "require", false, "fail where the input has nothing to do with a control")
	f.BoolVar(&o.gate.AllowUnknown, "allow-unknown", false, "exit 0 although a control is unknown")
	f.BoolVar(&o.gate.FailOnWarn, "fail-on-warn", false, "exit 1 although there are warnings only")
	f.BoolVar(&o.gate.FailOnWaived, "fail-on-waived", false, "exit 1 where a waiver or the baseline accepts something")
	f.BoolVar(&o.noInline, "no-inline-waivers", false, "waivers that stand in the code do not count")
	f.StringVar(&o.baseline, "baseline", "", "`FILE` of what is known to be wrong: only what is new or worse fails")
	f.BoolVar(&o.updateBaseline, "update-baseline", false, "write what is wrong now into the file of --baseline")
	f.BoolVar(&o.noColor, "no-color", false, "write without colour")
	f.BoolVar(&o.input.candidates, "candidates", false, "list every chain that was considered, with its first fault")
	f.BoolVar(&o.quiet, "quiet", false, "write only what fails or is unknown")
	return command{
		args: "[PATH...]", summary: "judge Terraform plans, states and directories, and CloudFormation templates",
		about: "Judge Terraform and OpenTofu plans and states, as terraform show -json writes them,\n" +
			"directories of code, CloudFormation templates and the cdk.out of a CDK app. A plan knows\n" +
			"more than its code: what a directory leaves open is unknown.\n" +
			"PATH may be - for the standard input; without one it is the working directory.\n" +
			"Variables such as IACGATE_OUTPUT stand for flags that are not given.",
		flags: f, environment: true,
		values: inputValues(map[string]func() []string{"output": formats}), arguments: files,
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

// runCheck is the way of an input through the program.
func (p *program) runCheck(ctx context.Context, paths []string, o checkFlags) (int, error) {
	outputs, err := parseOutputs(o.outputs, o.outputFile)
	if err != nil {
		return 0, err
	}
	cfg, controls, err := asked(ctx, o.input)
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
			r.Results = nothing(controls, policy.With(cfg.CustomControls))
		}
		r.Results = verdict.Require(r.Results, cfg.Levels)
	}
	accepted, err := judged.accepted(cfg, o.noInline)
	if err != nil {
		return 0, err
	}
	r.Results = accepted.Apply(r.Results)
	known, err := o.applyBaseline(ctx, r.Results)
	if err != nil {
		return 0, err
	}
	r.Results = usualLevels(known.results, cfg)
	r.Configuration = judgedWith(cfg, judged, known.file, o.noInline)
	r.Summary = verdict.Summarise(r.Results)
	options := report.Options{Version: buildVersion().number, Color: p.colored(o.noColor), Quiet: o.quiet, Gate: o.gate}
	options.Dir, options.Root = gitRepository()
	return o.gate.Exit(r.Summary), p.write(outputs, r, options, known.update)
}

// asked returns the configuration and the controls that it and the flags ask
// for.
func asked(ctx context.Context, i inputFlags) (config.Config, []string, error) {
	if i.from != "" && !slices.Contains(source.Names(), i.from) {
		return config.Config{}, nil, usagef("no input format %q; known are %s", i.from, orList(source.Names()))
	}
	if err := i.checkPlace(); err != nil {
		return config.Config{}, nil, err
	}
	if i.timeout <= 0 {
		return config.Config{}, nil, usagef("--timeout %s: an input needs some time, such as 1m30s", i.timeout)
	}
	cfg, err := timely(ctx, i.timeout, func() (config.Config, error) { return configure(i.config, i.policies.Packages()) })
	if err != nil {
		return cfg, nil, err
	}
	if len(i.controls) > 0 {
		cfg.Controls = i.controls
	}
	if i.profile != "" {
		if !slices.Contains(config.Profiles, i.profile) {
			return cfg, nil, usagef("no profile %q; known are %s", i.profile, nearest.List(config.Profiles))
		}
		cfg.Profile = i.profile
	}
	if i.feed != "judged" && i.feed != "raw" {
		return cfg, nil, usagef("--input %s: known are judged and raw", i.feed)
	}
	if slices.Equal(cfg.Controls, []string{"none"}) && len(i.policies.Paths) > 0 {
		return cfg, nil, nil
	}
	controls, err := choose(cfg.Controls, cfg.Profile, policy.With(cfg.CustomControls))
	cfg.Controls = controls
	return cfg, controls, err
}

// nothing is what there is to say of controls where no input is judged: the files
// that changed are part of none.
func nothing(controls []string, known policy.Catalogue) (results []verdict.Result) {
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

func orHere(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}
