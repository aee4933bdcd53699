// Package load reads the code of a root module and of the modules that it calls:
// files, what overrides what, what terraform init installed, waivers in comments. It
// reads nothing outside the tree that it is given, and evaluates nothing.
package load

import (
	"context"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/iacgate/iacgate/internal/resource"
)

// Options says what to load.
type Options struct {
	Dir      string   // the root module
	Boundary string   // the directory outside which no file is read; "" finds it
	Named    string   // what somebody named that holds Dir
	NoTofu   bool     // files that end in .tofu are no code
	Environ  []string // NAME=value as from os.Environ
}

// A Loader reads the code of one root module, and of the modules that it calls.
type Loader struct {
	ctx       context.Context
	Tree      *Tree
	Data      DataDir
	Installed Manifest
	options   Options
	Modules   map[string]*Module // by their directories
	paths     map[string]string  // of files in the tree, by the names that places have
	Names     map[string]bool    // of attributes that the code asks for
	Waivers   Waivers
	tofuFiles []string // that OpenTofu alone reads
	Problems  []string // what the user is to know of what was not read

	Partitions resource.Partitioned // that ARNs in the code name
	surveyed   bool                 // those of all modules are known
}

// New opens a directory. Whoever calls it closes it.
func New(ctx context.Context, o Options) (*Loader, error) {
	t, err := openTree(o.Dir, o.Boundary, o.Named)
	if err != nil {
		return nil, err
	}
	l := &Loader{
		ctx: ctx, Tree: t, options: o, Waivers: NewWaivers(),
		Modules: map[string]*Module{}, paths: map[string]string{}, Names: map[string]bool{},
	}
	l.Data = newDataDir(t, o.Environ)
	var problem string
	if l.Installed, problem = readManifest(l.Data); problem != "" {
		l.Problems = append(l.Problems, problem)
	}
	return l, nil
}

func (l *Loader) Close() { l.Tree.close() }

// Words are the words of a piece of code.
func (l *Loader) Words(at hcl.Range) (string, bool) {
	source, err := l.Tree.readCode(l.paths[at.Filename])
	if err != nil || !at.CanSliceBytes(source) {
		return "", false
	}
	return strings.Join(strings.Fields(string(at.SliceBytes(source))), " "), true
}

// Tofu says what of the code OpenTofu alone reads, and by what the root module tells
// that it is what applies it.
func (l *Loader) Tofu(root *Module) *resource.Tofu {
	if len(l.tofuFiles) == 0 {
		return nil
	}
	return &resource.Tofu{Files: l.tofuFiles, Evidence: tofuEvidence(l.Tree, root.files)}
}
