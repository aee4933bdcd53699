package main

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/source"
)

// inputFlags say what to judge, and for what.
type inputFlags struct {
	from            string
	controls        []string
	profile         string
	config          string
	recursive       bool
	changed         bool // paths are files that changed
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
	tofu            func() *bool // whether files that end in .tofu are code; nil where nobody says
	parameters      []string     // parameters of templates
	parametersFiles []string     // files of them
	timeout         time.Duration
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
	f.StringVar(&i.policyInput, "input", "judged", "`KIND` of what your policies have as input: judged, the document that graph prints, or raw, the plan or template")
	f.BoolVar(&i.combine, "combine", false, "judge all inputs as one account: what one template exports another imports")
	f.StringArrayVar(&i.parameters, "parameter", nil, "`KEY=VALUE` of a parameter of a template; may be repeated")
	f.StringArrayVar(&i.parametersFiles, "parameters-file", nil, "`FILE` with parameters of a template; may be repeated")
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

// configureRun returns the configuration and the controls that it and the flags ask
// for.
func configureRun(ctx context.Context, i inputFlags) (config.Config, []string, error) {
	if i.from != "" && !slices.Contains(source.Names(), i.from) {
		return config.Config{}, nil, usagef("no input format %q; known are %s", i.from, orList(source.Names()))
	}
	if err := i.checkPlace(); err != nil {
		return config.Config{}, nil, err
	}
	if i.timeout <= 0 {
		return config.Config{}, nil, usagef("--timeout %s: an input needs some time, such as 1m30s", i.timeout)
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
			return cfg, nil, usagef("no profile %q; known are %s", i.profile, nearest.List(config.Profiles))
		}
		cfg.Profile = i.profile
	}
	if i.policyInput != "judged" && i.policyInput != "raw" {
		return cfg, nil, usagef("--input %s: known are judged and raw", i.policyInput)
	}
	if slices.Equal(cfg.Controls, []string{"none"}) && len(i.policies.Paths) > 0 {
		return cfg, nil, nil
	}
	controls, err := selectControls(cfg.Controls, cfg.Profile, policy.With(cfg.CustomControls))
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

// openTofu says whether OpenTofu applies the code, nil where nobody says.
func (i inputFlags) openTofu(cfg config.Config) *bool {
	if said := i.tofu(); said != nil {
		return said
	}
	return cfg.Tofu
}

// userPolicies loads the user's policies; nil where there are none.
func userPolicies(i inputFlags) (*policy.User, error) {
	o := i.policies
	o.Raw = i.policyInput == "raw"
	if len(o.Paths) == 0 {
		if o.All || o.Raw || len(o.Data)+len(o.Namespaces) > 0 {
			return nil, usagef("--data, --namespace, --all-namespaces and --input are for policies of your own; name them with --policy")
		}
		return nil, nil
	}
	return policy.LoadUser(o)
}

// inputValues are the values that the flags of inputFlags may have.
func inputValues(more map[string]func() []string) map[string]func() []string {
	values := map[string]func() []string{
		"from": source.Names, "control": askedControls, "profile": func() []string { return slices.Clone(config.Profiles) },
		"input": func() []string { return []string{"judged", "raw"} },
	}
	maps.Copy(values, more)
	return values
}

func askedControls() []string { return append(controlIDs(), "all", "none") }

func controlIDs() []string {
	known, err := configuredControls()
	if err != nil {
		known = policy.Catalogue{} // what is wrong is said where it is used
	}
	ids, err := known.IDs()
	if err != nil {
		return nil
	}
	return ids
}
