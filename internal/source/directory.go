package source

import (
	"context"
	"os"
	"path/filepath"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/resource"
)

// Directory says how to evaluate directories of Terraform code.
type Directory struct {
	Vars     []string // name=value
	VarFiles []string
	Environ  []string // for TF_VAR_ and TF_WORKSPACE
	// FilesOf returns the variable files of one root module; nil for none.
	FilesOf func(root string) []string
}

func (d Directory) read(ctx context.Context, path string) (*resource.Document, error) {
	o := hcl.Options{Dir: path, Vars: d.Vars, VarFiles: d.VarFiles, Environ: d.Environ}
	if d.FilesOf != nil {
		o.VarFiles = append(d.FilesOf(path), o.VarFiles...)
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
	path string
	dir  bool
	err  error
}

// spread replaces directories by the root modules that they hold.
func spread(paths []string, o Options) []input {
	var out []input
	for _, path := range paths {
		if !isDir(path) {
			out = append(out, input{path: path})
			continue
		}
		roots, err := hcl.Roots(path, o.Recursive)
		switch {
		case err != nil:
			out = append(out, input{path: path, err: describe(path, err)})
		case len(roots) == 0:
			out = append(out, input{path: path, err: &Error{path, "a directory without Terraform code", hint(path, o)}})
		}
		for _, root := range roots {
			out = append(out, input{path: root, dir: true})
		}
	}
	return out
}

func hint(path string, o Options) string {
	switch {
	case hcl.IsTerragrunt(path):
		return "Terragrunt makes the code; judge its plan: terragrunt show -json tfplan > plan.json"
	case o.Recursive:
		return "name a plan, a state or a directory with *.tf files"
	}
	return "name a plan or a directory with *.tf files, or let --recursive look below"
}

func isDir(path string) bool {
	if path == Stdin {
		return false
	}
	info, err := os.Stat(filepath.Clean(path))
	return err == nil && info.IsDir()
}
