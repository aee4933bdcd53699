package hcl

import (
	"context"

	"github.com/iacgate/iacgate/internal/resource"
)

// loadOptions says what to load.
type loadOptions struct {
	Dir      string   // the root module
	Boundary string   // the directory outside which no file is read; "" finds it
	Named    string   // what somebody named that holds Dir
	NoTofu   bool     // files that end in .tofu are no code
	Environ  []string // NAME=value as from os.Environ
}

// A loader reads the code of one root module, and of the modules that it calls.
type loader struct {
	ctx       context.Context
	tree      *tree
	options   loadOptions
	modules   map[string]*module   // by their directories
	installed map[string]installed // modules by their address without keys
	paths     map[string]string    // of files in the tree, by the names that places have
	names     map[string]bool      // of attributes that the code asks for
	ignores   ignores
	tofuFiles []string // that OpenTofu alone reads
	problems  []string // what the user is to know of what was not read

	partitions resource.Partitioned // that ARNs in the code name
	surveyed   bool                 // those of all modules are known
}

// newLoader opens a directory. Whoever calls it closes it.
func newLoader(ctx context.Context, o loadOptions) (*loader, error) {
	t, err := openTree(o)
	if err != nil {
		return nil, err
	}
	l := &loader{
		ctx: ctx, tree: t, options: o, ignores: newIgnores(),
		modules: map[string]*module{}, paths: map[string]string{}, names: map[string]bool{},
	}
	l.installed = l.manifest()
	return l, nil
}

func (l *loader) close() { l.tree.close() }
