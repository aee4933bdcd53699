package plan

import (
	"context"

	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/resource"
)

// Reader reads plans and states.
type Reader struct{}

var _ format.Reader = Reader{}

// Name is plan.
func (Reader) Name() string { return "plan" }

// Find finds nothing: plans and states have to be named.
func (Reader) Find(string, bool) (format.Found, error) { return format.Found{}, format.ErrFilesOnly }

// FindChanged finds nothing: a plan is part of no repository.
func (Reader) FindChanged(format.Change) ([]format.Input, error) { return nil, nil }

// Claim is [Claims] if nobody named the format.
func (Reader) Claim(head []byte, named bool) bool { return named || Claims(head) }

// Read reads a plan or a state.
func (Reader) Read(_ context.Context, in format.Input, o format.Options) ([]*resource.Document, error) {
	doc, err := Read(in.Text, Options{Raw: o.Raw, Types: o.Types, Region: o.Region, Account: o.Account})
	if err != nil {
		return nil, err
	}
	return []*resource.Document{doc}, nil
}

// Undeclared is not an error: a plan has the values of its variables in it.
func (Reader) Undeclared(format.Options, bool) error { return nil }
