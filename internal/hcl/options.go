package hcl

import (
	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/resource"
)

// Options says what to read.
type Options struct {
	// Dir is the root module.
	Dir string
	// Boundary is the directory outside which no file is read. "" is the
	// repository around Dir, else Named if Dir is in it, else Dir; without a
	// repository local modules are followed above it, their code alone.
	Boundary string
	// Named is the directory above Dir that somebody named: the common parent of all inputs.
	Named string
	// Vars are assignments name=value as for --var. They win over VarFiles,
	// which win over the files that Terraform loads by itself, which win over
	// TF_VAR_ in Environ.
	Vars     []string
	VarFiles []string // relative to the working directory, as for --var-file
	Environ  []string // NAME=value as from os.Environ
	// Values are the values of the root module's variables that a plan has, as JSON
	// has them. If they are given, nothing else gives one.
	Values map[string]any
	// Declared is called with the variables of the root module, so that the caller
	// can refuse a variable that no root module of a run declares. If it is nil, one
	// that this root module does not declare is an error.
	Declared func(names []string)
	// Workspace is terraform.workspace; "" is TF_WORKSPACE, else the selected one,
	// else the default one where the state is kept here.
	Workspace string
	// Region and Account are where the code is applied, as far as its provider
	// configurations do not say.
	Region, Account string
	// Around is the region of the environment. It only decides whether two regions
	// are equal.
	Around string
	// NoTofu says that files which end in .tofu are not code, because Terraform applies it.
	NoTofu bool
	// Walked says that Dir was found in a walk, where a module that another one calls
	// counts as a part of that one.
	Walked bool
	// Overlay has texts that replace files of code; nil for none.
	Overlay *overlay.Files
	// Keep says which resource types to evaluate; nil means those that the graph
	// knows.
	Keep func(mode resource.Mode, typ string) bool
}
