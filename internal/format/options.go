package format

import "github.com/iacgate/iacgate/internal/overlay"

// Options are the options of a run about its inputs. Each format uses those that it knows.
type Options struct {
	// Region and Account are where inputs are applied that do not say; "" if nobody
	// does.
	Region, Account string
	// EnvRegion is the region of the environment that iacgate runs in: it may settle that two regions are
	// equal, and decides nothing else.
	EnvRegion string
	// Parent is the directory that holds all named inputs, "" if there is none: code
	// without a repository around it may read files there.
	Parent string
	// Walked says that inputs were found by walking through directories.
	Walked bool

	Variables  Variables
	Parameters Parameters
	// Tofu reports whether OpenTofu applies the code, not Terraform; nil if it is not known.
	Tofu *bool
	// Overlay has the texts that are read in the place of files; nil for none.
	Overlay *overlay.Files
	// Declared collects the variables or parameters that the inputs of the format
	// declare; nil if it does not matter.
	Declared *Names

	// Raw asks for inputs as they are written, too. Types says which types of resources
	// stay in them, besides those that the graph knows; nil means all.
	Raw   bool
	Types func(typ string) bool
}

// Variables are the input variables of root modules.
type Variables struct {
	Assignments []string // name=value, as in --var
	Files       []string // as in --var-file
	Environ     []string // NAME=value as from os.Environ, for TF_VAR_ and TF_WORKSPACE
	// FilesOf returns the variable files of one root module; nil for none.
	FilesOf func(root string) ([]string, error)
}

// Parameters are the parameters of templates.
type Parameters struct {
	Values map[string]string // by name
	// FilesOf returns the parameter files of one template; nil for none.
	FilesOf func(path string) ([]string, error)
}
