// Package hcl reads directories of Terraform and OpenTofu code as resources: it
// evaluates what needs no provider, and of the rest it knows which attributes of
// which resources a value is made of. Every value that another resource computes
// is an unknown one with a mark, and the marks that survive evaluation are the
// references that a plan would list.
//
// It downloads nothing, runs nothing, reads no file outside the tree that it is
// given, and does not judge. What Terraform refuses is an error with its place and
// its mend, as far as the code alone decides: names that nobody declares, blocks
// that are written as arguments, values of another type, indexes beyond a list.
// Where a file, an account or a module that is not there has a say, the value is
// unknown and a note says why. What else a provider asks for is its own business.
package hcl

import (
	"context"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/intake"
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
	// Named is what somebody named that holds Dir: the common parent of all inputs.
	Named string
	// Vars are assignments name=value as for --var. They win over VarFiles,
	// which win over the files that Terraform loads by itself, which win over
	// TF_VAR_ in Environ.
	Vars     []string
	VarFiles []string // relative to the working directory, as for --var-file
	Environ  []string // NAME=value as from os.Environ
	// Values are the values of the root module's variables that a plan has, as JSON
	// has them. Where they are given, nothing else gives one.
	Values map[string]any
	// Declared is told of the variables of the root module. Whoever gives one
	// that no root module of a run declares has mistyped it; with nil, one that
	// this root module does not declare is an error.
	Declared func(names []string)
	// Workspace is terraform.workspace; "" is TF_WORKSPACE, else the selected one,
	// else the default one where the state is kept here.
	Workspace string
	// Region and Account are where the code is applied, as far as its provider
	// configurations do not say.
	Region, Account string
	// Around is the region of the environment: it may settle that two regions are
	// equal, and decides nothing else.
	Around string
	// NoTofu says that files which end in .tofu are no code: Terraform applies it.
	NoTofu bool
	// Walked says that Dir was found by walking through directories, which takes what
	// others call for a part of these.
	Walked bool
	// Keep says which resource types to evaluate; nil means those that the graph
	// knows.
	Keep func(mode resource.Mode, typ string) bool
}

// Read evaluates the root module in o.Dir. Errors are an [*diag.Diagnostic], or several
// joined: files that cannot be read or parsed, what Terraform refuses, and code
// that asks for more than is reasonable. It returns when ctx is done, whatever the code does.
func Read(ctx context.Context, o Options) (*resource.Document, error) {
	if o.Keep == nil {
		o.Keep = catalog.Relevant
	}
	// HCL has no cancellation: what is evaluated when ctx ends is left behind
	// and ends at its own limits.
	return intake.Within(ctx, func() (*resource.Document, error) { return read(ctx, o) })
}

func read(ctx context.Context, o Options) (*resource.Document, error) {
	ev, err := NewEvaluation(ctx, o)
	if err != nil {
		return nil, err
	}
	defer ev.Close()
	root, err := ev.root()
	if err != nil {
		return nil, ev.redact(err)
	}
	doc, err := ev.document(root)
	return doc, ev.redact(err)
}

// root makes the scope of the root module.
func (ev *evaluation) root() (*scope, error) {
	config, err := ev.Module(ev.Tree.Dir)
	if err != nil {
		return nil, err
	}
	ev.Waivers.Own[config.Dir] = true
	s := ev.newScope(config, "")
	s.given, err = ev.variables(s)
	ev.given = s.given
	return s, err
}
