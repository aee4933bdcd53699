package source

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// Directory says how to evaluate directories of Terraform code.
type Directory struct {
	Vars     []string // name=value
	VarFiles []string
	Environ  []string // for TF_VAR_ and TF_WORKSPACE
	Around   string   // the region of the environment
	// Values are those of a plan's variables; where they are given, nothing else is.
	Values map[string]any
	// FilesOf returns the variable files of one root module; nil for none.
	FilesOf func(root string) ([]string, error)
	// Tofu says whether files that end in .tofu are code; nil where nobody says.
	Tofu *bool

	names *declaredNames // nil where it does not matter what the code declares
	named string         // the common parent of all inputs

	walked bool // roots are found by walking through directories
}

// unknown refuses variables that no root module declares. Where only plans are
// read, which have their variables in them, there is none.
func (d Directory) unknown() error {
	if !d.names.asked {
		return nil
	}
	for _, v := range d.Vars {
		name, _, _ := strings.Cut(v, "=")
		if err := d.names.refuse("--var ", strings.TrimSpace(name), "no root module declares this variable"); err != nil {
			return err
		}
	}
	return nil
}

func (d Directory) read(ctx context.Context, path string, at Place) (*resource.Document, error) {
	o := hcl.Options{Dir: path, Values: d.Values, Vars: d.Vars, VarFiles: d.VarFiles, Environ: d.Environ, Region: at.Region, Account: at.Account, Around: d.Around, Named: d.named, NoTofu: d.Tofu != nil && !*d.Tofu, Walked: d.walked}
	if d.names != nil {
		o.Declared = d.names.addAll
	}
	if d.FilesOf != nil {
		files, err := d.FilesOf(path)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if err := intake.CheckRegular(file); err != nil {
				return nil, describe(file, err)
			}
		}
		o.VarFiles = append(files, o.VarFiles...)
	}
	doc, err := hcl.Read(ctx, o)
	if err != nil {
		return nil, err
	}
	doc.Path = path
	return doc, nil
}

// An input is one thing to read, or why there is nothing.
type input struct {
	path  string
	dir   bool
	stack cfn.Input // what CDK says of a template
	err   error
}

// inputs are what the paths come to. Looking for what they hold takes time, too.
func (o Options) inputs(ctx context.Context, paths []string) []input {
	if o.Changed {
		return o.found(ctx, ".", func() []input { return touched(paths, o) })
	}
	var out []input
	for _, path := range paths {
		out = append(out, o.found(ctx, path, func() []input { return spread(path, o) })...)
	}
	return out
}

func (o Options) found(ctx context.Context, path string, look func() []input) []input {
	inputs, err := timely(ctx, o.Timeout, path, func(context.Context) ([]input, error) { return look(), nil })
	if err != nil {
		return []input{{path: path, err: err}}
	}
	return inputs
}

// spread replaces a directory by the root modules and stacks that it holds.
func spread(path string, o Options) []input {
	switch {
	case filepath.Base(path) == cfn.Manifest && o.From != "plan" && cfn.IsAssembly(filepath.Dir(path)):
		return stacks(filepath.Dir(path))
	case !isDir(path):
		return []input{{path: path}}
	case o.From != "hcl" && cfn.IsAssembly(path):
		return stacks(path)
	}
	return below(path, o)
}

// stacks are the stacks that CDK made.
func stacks(dir string) []input {
	all, err := cfn.Stacks(dir)
	switch {
	case err != nil:
		return []input{{path: dir, err: describe(dir, err)}}
	case len(all) == 0:
		return []input{{path: dir, err: &Error{dir, "a CDK app without stacks", ""}}}
	}
	var out []input
	for _, s := range all {
		out = append(out, input{path: s.Path, stack: s})
	}
	return out
}

// below are the root modules of a directory and, where the walk goes all the
// way down, the templates.
func below(path string, o Options) []input {
	var roots []string
	var found cfn.Found
	var err error
	if o.From != "cfn" {
		roots, err = hcl.Roots(path, o.Recursive)
	}
	if err == nil && o.Recursive && o.From != "hcl" {
		found, err = cfn.Roots(path)
	}
	switch {
	case err != nil:
		return []input{{path: path, err: describe(path, err)}}
	case len(roots)+len(found.Templates)+len(found.Assemblies) == 0:
		return []input{{path: path, err: &Error{path, "a directory without Terraform code", hint(path, o)}}}
	}
	var out []input
	for _, root := range roots {
		out = append(out, input{path: root, dir: true})
	}
	for _, template := range found.Templates {
		out = append(out, input{path: template})
	}
	for _, assembly := range found.Assemblies {
		out = append(out, stacks(assembly)...)
	}
	return out
}

func hint(path string, o Options) string {
	switch {
	case hcl.IsTerragrunt(path):
		return "Terragrunt makes the code; judge its plan: terragrunt show -json tfplan > plan.json"
	case cfn.IsAssembly(filepath.Join(path, "cdk.out")):
		return "judge what CDK made: " + filepath.Join(path, "cdk.out")
	case o.Recursive:
		return "name a plan, a state, a template or a directory with *.tf files"
	}
	return "name a plan, a template or a directory with *.tf files, or let --recursive look below"
}

func isDir(path string) bool {
	if path == Stdin {
		return false
	}
	info, err := os.Stat(filepath.Clean(path))
	return err == nil && info.IsDir()
}
