// Package hcl reads directories of Terraform and OpenTofu code as resources. It evaluates
// what needs no provider; for the rest it knows which attributes of which resources a
// value is made from. A value that another resource computes is unknown and carries a
// mark; the marks that survive evaluation are the references that a plan would list.
//
// It downloads nothing, runs nothing, reads no file outside the given tree, and does not
// judge. What Terraform rejects is an error with its place and its fix, if the code alone
// decides it: undeclared names, blocks written as arguments, values of another type, an
// index beyond a list. If a missing file, account or module could decide it, the value is
// unknown and a note says why. Further requirements of a provider are not checked.
package hcl

import (
	"context"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// Read evaluates the root module in o.Dir. Errors are an [*diag.Diagnostic], or several
// joined: files that cannot be read or parsed, code that Terraform refuses, and code
// that exceeds the bounds. It returns when ctx is done, whatever the code does.
func Read(ctx context.Context, o Options) (*resource.Document, error) {
	if o.Keep == nil {
		o.Keep = catalog.Relevant
	}
	// HCL has no cancellation: an evaluation that runs when ctx ends is abandoned,
	// and ends at its own limits.
	return intake.Within(ctx, func() (*resource.Document, error) { return read(ctx, o) })
}

func read(ctx context.Context, o Options) (*resource.Document, error) {
	ev, err := newEvaluation(ctx, o)
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
