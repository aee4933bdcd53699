package source

import (
	"context"
	"errors"

	"github.com/iacgate/iacgate/internal/combine"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/resource"
)

// together reads several inputs of one account. Those of a format that supports it are
// read jointly.
func (r reading) together(ctx context.Context, inputs []input) (*resource.Document, error) {
	r.given.Raw = false // they have no single text
	var docs []*resource.Document
	var paths []string
	var errs []error
	joint := map[string][]format.Input{} // by the name of the format
	for _, in := range inputs {
		paths = append(paths, in.Path)
		doc, err := r.member(ctx, in, joint)
		if err != nil {
			errs = append(errs, err)
		} else if doc != nil {
			combine.Tag(doc, in.Path)
			docs = append(docs, doc)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	for _, f := range Readers() {
		if len(joint[f.Name()]) == 0 {
			continue
		}
		doc, err := r.jointly(ctx, f.(format.JointReader), joint[f.Name()])
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return combine.Inputs(docs, paths), nil
}

// member reads one of several inputs, or adds it to those that are read jointly and
// returns no document.
func (r reading) member(ctx context.Context, in input, joint map[string][]format.Input) (*resource.Document, error) {
	if in.err != nil || in.IsDir {
		return r.read(ctx, in)
	}
	f, file, err := r.open(ctx, in)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	loader, ok := f.(format.JointReader)
	if !ok {
		return r.file(ctx, f, in.Input, file)
	}
	in.Text = file
	loaded, err := loader.Load(in.Input, r.options(f))
	joint[f.Name()] = append(joint[f.Name()], loaded)
	return nil, diag.At(in.Path, err)
}

// jointly reads the inputs of one format. An error names the input if there are several.
func (r reading) jointly(ctx context.Context, f format.JointReader, inputs []format.Input) (*resource.Document, error) {
	doc, err := f.ReadJointly(ctx, inputs, r.options(f))
	switch {
	case len(inputs) > 1:
		return doc, err
	case err != nil:
		return nil, diag.At(inputs[0].Path, err)
	}
	combine.Tag(doc, inputs[0].Path)
	return doc, nil
}
