package hcl

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// Reader reads directories of Terraform and OpenTofu code.
type Reader struct{}

var _ format.CodeReader = Reader{}

// Name is hcl.
func (Reader) Name() string { return "hcl" }

// Find returns the root modules in a directory. A file of code is judged with the others
// of its directory only.
func (Reader) Find(path string, recursive bool) (format.Found, error) {
	switch {
	case isCodeFile(path):
		return format.Found{Whole: true}, diag.New(path, "one file of a root module").WithHint("name its directory: %s", filepath.ToSlash(filepath.Dir(path)))
	case !isDir(path):
		return format.Found{}, nil
	}
	roots, err := Roots(path, recursive)
	found := format.Found{Inputs: rootModules(roots)}
	if IsTerragrunt(path) {
		found.Hint = "Terragrunt generates the code; judge its plan: terragrunt show -json tfplan > plan.json"
	}
	return found, diag.At(path, err)
}

func isCodeFile(path string) bool {
	info, err := os.Stat(filepath.Clean(path))
	return path != format.Stdin && err == nil && info.Mode().IsRegular() &&
		(load.Extension(filepath.Base(path)) != "" || strings.HasSuffix(path, ".tfvars"))
}

func isDir(path string) bool {
	info, err := os.Stat(filepath.Clean(path))
	return path != format.Stdin && err == nil && info.IsDir()
}

func rootModules(dirs []string) (inputs []format.Input) {
	for _, dir := range dirs {
		inputs = append(inputs, format.Input{Path: dir, IsDir: true})
	}
	return inputs
}

// FindChanged returns the root modules that files are part of: all of them if one is a
// file of variables that a flag names.
func (Reader) FindChanged(c format.Change) ([]format.Input, error) {
	find := func() ([]string, error) { return Roots(".", true) }
	everywhere := false
	for _, file := range c.Options.Variables.Files {
		everywhere = everywhere || c.Includes(file)
	}
	if !everywhere {
		var dirs []string
		for _, file := range c.Files {
			if dir, ok := moduleOf(file); ok {
				dirs = append(dirs, dir)
			}
		}
		find = func() ([]string, error) { return RootsOf(".", Change{Dirs: dirs, Files: c.Files, Also: c.Aliases}) }
	}
	roots, err := find()
	for _, root := range c.Roots {
		if isDir(root) {
			roots = append(roots, root)
		}
	}
	return rootModules(roots), diag.At(".", err)
}

// moduleOf returns the directory whose module a file may be part of: its own or,
// because modules read files that lie below them, the nearest one above that has code.
func moduleOf(path string) (dir string, ok bool) {
	dir = filepath.Dir(path)
	if isDir(path) {
		dir = path
	}
	for ; !Claims(dir); dir = filepath.Dir(dir) {
		if dir == "." {
			return "", false
		}
	}
	return dir, true
}

// Claim claims no file: code is read by directories.
func (Reader) Claim([]byte, bool) bool { return false }

// HasCode is [Claims].
func (Reader) HasCode(dir string) bool { return Claims(dir) }

// The notes about an assumption, if it is not known whether OpenTofu or Terraform applies the code.
const (
	byOpenTofu  = "OpenTofu applies the code (--tofu)"
	byTerraform = "Terraform applies the code (--tofu=false)"
)

// Read reads a root module. If it has files that OpenTofu alone reads, and nothing
// says which of the two applies it, there is a document for each.
func (r Reader) Read(ctx context.Context, in format.Input, o format.Options) ([]*resource.Document, error) {
	doc, err := r.read(ctx, in.Path, nil, o)
	switch {
	case err != nil:
		return nil, err
	case o.Tofu != nil || doc.Tofu == nil:
		return []*resource.Document{doc}, nil
	case doc.Tofu.Evidence != "":
		doc.Notes = append(doc.Notes, "read as OpenTofu does, with "+strings.Join(doc.Tofu.Files, ", ")+": "+doc.Tofu.Evidence+" (--tofu=false leaves them out)")
		return []*resource.Document{doc}, nil
	}
	no := false
	o.Tofu = &no
	other, err := r.read(ctx, in.Path, nil, o)
	var wrong *diag.Diagnostic
	switch {
	case errors.As(err, &wrong):
		return nil, errors.Join(err, diag.New(in.Path, "so Terraform reads it, without the files that end in .tofu").WithHint("--tofu where OpenTofu applies the code"))
	case err != nil:
		return nil, err
	}
	doc.When, other.When = []string{byOpenTofu}, []string{byTerraform}
	return []*resource.Document{doc, other}, nil
}

// ReadCode reads the code of a plan with the values that the plan has, and that of a
// state, which has none, as Read does.
func (r Reader) ReadCode(ctx context.Context, dir string, of *resource.Document, o format.Options) (*resource.Document, error) {
	if of.Variables == nil {
		return r.read(ctx, dir, nil, o)
	}
	return r.read(ctx, dir, of.Variables(), format.Options{Region: o.Region, Account: o.Account, Tofu: o.Tofu, Parent: o.Parent})
}

// read reads a root module; values are those of its variables that a plan has.
func (Reader) read(ctx context.Context, dir string, values map[string]any, o format.Options) (*resource.Document, error) {
	files, err := withVariableFiles(dir, o.Variables)
	if err != nil {
		return nil, err
	}
	given := Options{
		Dir: dir, Values: values, Vars: o.Variables.Assignments, VarFiles: files, Environ: o.Variables.Environ,
		Region: o.Region, Account: o.Account, Around: o.EnvRegion, Named: o.Parent, Walked: o.Walked, NoTofu: o.Tofu != nil && !*o.Tofu, Overlay: o.Overlay,
	}
	if o.Declared != nil {
		given.Declared = func(names []string) { o.Declared.Add(names...) }
	}
	doc, err := Read(ctx, given)
	if err != nil {
		return nil, err
	}
	doc.Path = dir
	return doc, nil
}

// withVariableFiles returns the files of the configuration and of flags, which win.
func withVariableFiles(dir string, v format.Variables) ([]string, error) {
	if v.FilesOf == nil {
		return v.Files, nil
	}
	files, err := v.FilesOf(dir)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if err := intake.CheckRegular(file); err != nil {
			return nil, diag.At(file, err)
		}
	}
	return append(files, v.Files...), nil
}

// Undeclared returns an error for a variable that no root module declares. It returns
// none if a root module could not be read, or if only plans were read.
func (Reader) Undeclared(o format.Options, whole bool) error {
	if !whole || !o.Declared.HasInputs() {
		return nil
	}
	for _, v := range o.Variables.Assignments {
		name, _, _ := strings.Cut(v, "=")
		if err := o.Declared.Check("--var", strings.TrimSpace(name), "no root module declares this variable"); err != nil {
			return err
		}
	}
	return nil
}
