package source

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/resource"
)

// locate lets a plan that lies in a root module find places in its code, and the
// waivers that stand there. The code may have changed since: it tells nothing
// else.
func (d Directory) locate(ctx context.Context, doc *resource.Document, planPath string, at Place) {
	d.names = nil // the plan has its variables in it
	dir := filepath.Dir(planPath)
	var found atomic.Pointer[resource.Document] // the code, once it is read
	read := sync.OnceFunc(func() {
		if !hcl.Claims(dir) {
			return
		}
		if code, err := d.read(ctx, dir, at); err == nil { // else the plan is what is judged
			found.Store(code)
		}
	})
	doc.Locate = func(address string) *resource.Resource {
		if read(); found.Load() != nil {
			return counterpart(found.Load(), address)
		}
		return nil
	}
	doc.Ignores = func() []*resource.Ignore {
		if code := found.Load(); code != nil && code.Ignores != nil {
			return code.Ignores()
		}
		return nil
	}
}

// counterpart finds an instance in the code, or another one of the same block:
// the code may leave open which instances there are.
func counterpart(code *resource.Document, address string) *resource.Resource {
	block := resource.Block(address)
	var same *resource.Resource
	for _, r := range code.Resources {
		if r.Address == address {
			return r
		}
		if same == nil && resource.Block(r.Address) == block {
			same = r
		}
	}
	return same
}

// join completes a plan with the code that it was made from: places, and what
// locals hold where the references in the plan and in the code agree.
func (d Directory) join(ctx context.Context, doc *resource.Document, dir string, at Place) error {
	code, err := d.read(ctx, dir, at)
	if err != nil {
		return err
	}
	doc.Locate = func(address string) *resource.Resource { return counterpart(code, address) }
	doc.Ignores = code.Ignores
	for _, r := range doc.Resources {
		if c := counterpart(code, r.Address); c != nil && c.Address == r.Address {
			doc.Notes = append(doc.Notes, settle(r, c)...)
		}
	}
	return nil
}

// settle takes over what the code says of hidden values; a note says where plan
// and code do not agree.
func settle(planned, written *resource.Resource) (notes []string) {
	fields := map[string]resource.Value{}
	for _, name := range planned.Attributes.Keys() {
		value := planned.Attr(name)
		fields[name] = value
		o, known := value.Origin()
		if !value.IsUnknown() || !known || o.Certain || o.Cause == resource.Computed {
			continue
		}
		said := written.Attr(name)
		switch refs := references(said); {
		case said.IsNull() || len(refs) == 0:
		case !within(refs, o.Refs):
			notes = append(notes, planned.Address+": "+name+": plan and code do not agree; the plan stands")
		case value.IsSensitive():
			fields[name] = said.AsSensitive()
		default:
			fields[name] = said
		}
	}
	planned.Attributes = resource.MapValue(fields)
	return notes
}

// references returns what the unknown parts of a value refer to; none where one
// of them is not certain.
func references(v resource.Value) []resource.Ref {
	var refs []resource.Ref
	certain := true
	v.Walk(func(_ []any, v resource.Value) bool {
		if !v.IsUnknown() {
			return true
		}
		o, ok := v.Origin()
		certain = certain && ok && o.Certain && o.Cause == resource.Referenced
		refs = append(refs, o.Refs...)
		return true
	})
	if !certain {
		return nil
	}
	return refs
}

func within(refs, candidates []resource.Ref) bool {
	for _, r := range refs {
		if !slices.ContainsFunc(candidates, func(c resource.Ref) bool {
			return c.Address == r.Address && (c.Attribute == r.Attribute || c.Attribute == "")
		}) {
			return false
		}
	}
	return true
}
