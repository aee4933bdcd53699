package main

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/source"
)

// inputFlags select the inputs and the controls.
type inputFlags struct {
	from            string
	controls        []string
	profile         string
	config          string
	recursive       bool
	exclude         []string // globs of paths that a search leaves out
	severity        string   // of the controls, at least; "" for any
	changed         bool     // paths are files that changed
	vars            []string
	varFiles        []string
	region          string
	account         string
	source          string
	combine         bool
	candidates      bool // every chain is told, not only the one that is shown
	documents       bool // what was judged is kept
	excerpts        bool // findings show their code
	policies        policy.UserOptions
	policyInput     string       // what input is: judged or raw
	tofu            func() *bool // whether files that end in .tofu are code; nil if it is not known
	parameters      []string     // parameters of templates
	parametersFiles []string     // files of them
	timeout         time.Duration
}

func (i *inputFlags) register(f *pflag.FlagSet) {
	i.registerInputs(f)
	i.registerPolicies(f)
	f.StringVar(&i.policyInput, "input", "judged", "`KIND` of input for your policies: judged (the document that graph prints) or raw (the plan or template)")
}

// registerInputs registers the flags that say which inputs are read, and how.
func (i *inputFlags) registerInputs(f *pflag.FlagSet) {
	f.StringVar(&i.from, "from", "", "input `FORMAT` (default: detected): "+orList(source.Names()))
	i.registerControls(f)
	f.BoolVar(&i.recursive, "recursive", false, "also look for root modules and templates in subdirectories")
	f.StringArrayVar(&i.exclude, "exclude", nil, "`GLOB` of paths that --recursive, --changed and globs leave out; may be repeated")
	f.BoolVar(&i.changed, "changed", false, "each PATH is a changed file: judge the root modules and templates that use it")
	f.StringArrayVar(&i.vars, "var", nil, "Terraform variable `NAME=VALUE`, for directories; may be repeated")
	f.StringVar(&i.region, "region", "", "`REGION` for inputs that do not set one")
	f.StringVar(&i.account, "account", "", "account `ID` (twelve digits) for inputs that do not set one")
	f.StringVar(&i.source, "source", "", "Terraform `DIR` of this plan, used for file and line numbers and for values that the plan does not know, or none (default: that of the plan)")
	f.BoolVar(&i.combine, "combine", false, "judge all inputs as one account, so that one template can import what another exports")
	f.StringArrayVar(&i.parameters, "parameter", nil, "CloudFormation parameter `KEY=VALUE`; may be repeated")
	f.StringArrayVar(&i.parametersFiles, "parameters-file", nil, "`FILE` with CloudFormation parameters; may be repeated")
	tofu := f.Bool("tofu", false, "read .tofu files, as OpenTofu does; =false reads the code as Terraform does (default: detected)")
	i.tofu = func() *bool {
		if !f.Changed("tofu") {
			return nil
		}
		return tofu
	}
	f.DurationVar(&i.timeout, "timeout", time.Minute, "longest `DURATION` for one input, such as 90s or 5m; more is an error")
	f.StringArrayVar(&i.varFiles, "var-file", nil, "`FILE` with Terraform variables, for directories; may be repeated")
}

// registerControls registers the flags that select controls.
func (i *inputFlags) registerControls(f *pflag.FlagSet) {
	f.StringArrayVar(&i.controls, "control", nil, "control `ID`, glob, benchmark number or all; !ID leaves one out; may be a list or repeated")
	f.StringVar(&i.severity, "severity", "", "only controls of `LEVEL` or above: low, medium, high or critical")
	f.StringVar(&i.profile, "profile", "", "benchmark or `MODE`: default, strict, security-hub, cis-aws-X; a benchmark also selects its controls")
	f.StringVar(&i.config, "config", "", "configuration `FILE`, or none (default: .iacgate.yaml here or above)")
}

// registerPolicies registers the flags that name policies of the user's own.
func (i *inputFlags) registerPolicies(f *pflag.FlagSet) {
	f.StringArrayVarP(&i.policies.Paths, "policy", "p", nil, "`PATH` of your own Rego policies, a file or a directory; may be repeated")
	f.StringArrayVarP(&i.policies.Data, "data", "d", nil, "`PATH` of JSON or YAML that policies see as data; may be repeated")
	f.StringArrayVarP(&i.policies.Namespaces, "namespace", "n", nil, "`PACKAGE` of your policies to evaluate (default main); may be repeated")
	f.BoolVar(&i.policies.All, "all-namespaces", false, "evaluate every package of your policies")
}

// The flags of inputFlags, in the order of the help.
var (
	whatToRead = []string{
		"control", "severity", "profile", "config", "from", "recursive", "exclude", "changed", "source", "var", "var-file", "parameter", "parameters-file", "region", "account", "tofu", "combine", "timeout",
	}
	whatToJudge = append(slices.Clone(whatToRead), "policy", "data", "namespace", "all-namespaces", "input")
)

// configureRun returns the configuration and the controls that it and the flags ask
// for.
func configureRun(ctx context.Context, i inputFlags) (config.Config, []string, error) {
	if i.from != "" && !slices.Contains(source.Names(), i.from) {
		return config.Config{}, nil, usagef("no input format %q; known: %s", i.from, orList(source.Names()))
	}
	if err := i.checkPlace(); err != nil {
		return config.Config{}, nil, err
	}
	if i.timeout <= 0 {
		return config.Config{}, nil, usagef("--timeout must be positive, such as 1m30s, got %s", i.timeout)
	}
	cfg, err := inTime(ctx, i.timeout, func() (config.Config, error) { return configure(i.config, i.policies.Packages()) })
	if err != nil {
		return cfg, nil, err
	}
	if len(i.controls) > 0 {
		cfg.Controls = i.controls
	}
	if i.profile != "" {
		if !slices.Contains(config.Profiles, i.profile) {
			return cfg, nil, usagef("no profile %q; known: %s", i.profile, nearest.List(config.Profiles))
		}
		cfg.Profile = i.profile
	}
	if i.policyInput != "judged" && i.policyInput != "raw" {
		return cfg, nil, usagef("--input must be judged or raw, got %s", i.policyInput)
	}
	if slices.Equal(cfg.Controls, []string{"none"}) && len(i.policies.Paths) > 0 {
		return cfg, nil, nil
	}
	known := control.With(cfg.CustomControls)
	controls, err := selectControls(cfg.Controls, cfg.Profile, known)
	if err == nil && i.severity != "" {
		controls, err = atLeast(i.severity, controls, known)
	}
	cfg.Controls = controls
	return cfg, controls, err
}

// checkPlace returns an error for a malformed region or account.
func (i inputFlags) checkPlace() error {
	if i.region != "" && !resource.IsRegion(i.region) {
		return usagef("--region %s: a region looks like eu-west-1", i.region)
	}
	if i.account != "" && !resource.IsAccount(i.account) {
		return usagef("--account %s: an account is twelve digits", i.account)
	}
	return nil
}

// openTofu reports whether OpenTofu applies the code, nil if it is not known.
func (i inputFlags) openTofu(cfg config.Config) *bool {
	if said := i.tofu(); said != nil {
		return said
	}
	return cfg.Tofu
}

// userPolicies loads the user's policies; nil if there are none.
func userPolicies(i inputFlags) (*policy.User, error) {
	o := i.policies
	o.Raw = i.policyInput == "raw"
	if len(o.Paths) == 0 {
		return nil, withoutPolicies(o)
	}
	return policy.LoadUser(o)
}

// withoutPolicies returns an error if flags are about policies that none names.
func withoutPolicies(o policy.UserOptions) error {
	if o.All || o.Raw || len(o.Data)+len(o.Namespaces) > 0 {
		return usagef("--data, --namespace, --all-namespaces and --input apply only to your own policies; name those with --policy")
	}
	return nil
}

// inputValues returns the values that the flags of inputFlags may have.
func inputValues(more map[string]func() []string) map[string]func() []string {
	values := readValues(more)
	values["input"] = func() []string { return []string{"judged", "raw"} }
	return values
}

// readValues are inputValues of a command that runs no policies of the user's.
func readValues(more map[string]func() []string) map[string]func() []string {
	values := controlValues()
	values["from"] = source.Names
	maps.Copy(values, more)
	return values
}

// controlValues completes the flags that say which controls are asked for.
func controlValues() map[string]func() []string {
	return map[string]func() []string{
		"control": askedControls, "profile": func() []string { return slices.Clone(config.Profiles) }, "severity": config.Severities,
	}
}

func askedControls() []string { return append(controlIDs(), "all", "none") }

func controlIDs() []string {
	known, err := configuredControls()
	if err != nil {
		known = control.Catalogue{} // what is wrong is said if it is used
	}
	ids, err := known.IDs()
	if err != nil {
		return nil
	}
	return ids
}
