package source

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/iacgate/iacgate/internal/combine"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/resource"
)

// NoCode, in place of a directory, means that no code is read beside plans.
const NoCode = "none"

// addCode completes a plan or a state with the code that it was made from: in the
// named directory, else in its own.
func (r reading) addCode(ctx context.Context, doc *resource.Document) error {
	f, ok := codeReader()
	if !ok || r.code == NoCode || doc.Format != resource.Plan && doc.Format != resource.State {
		return nil
	}
	read := func(dir string) (*resource.Document, error) { return f.ReadCode(ctx, dir, doc, r.options(f)) }
	switch {
	case r.code != "":
		code, err := read(r.code)
		if err != nil {
			return err
		}
		combine.WithCode(doc, code)
	case doc.Path != format.Stdin:
		addCodeBeside(doc, f, read)
	}
	return nil
}

// codeReader returns the reader of code, if there is one.
func codeReader() (format.CodeReader, bool) {
	for _, f := range Readers() {
		if f, ok := f.(format.CodeReader); ok {
			return f, true
		}
	}
	return nil, false
}

// addCodeBeside completes a plan with the code in its directory. If the plan has
// no unknown values, the code is only read for places.
func addCodeBeside(doc *resource.Document, f format.CodeReader, read func(dir string) (*resource.Document, error)) {
	dir := filepath.Dir(doc.Path)
	if doc.Format == resource.Plan && combine.IsOpen(doc) && f.HasCode(dir) {
		code, err := read(dir)
		if err != nil {
			doc.Notes = append(doc.Notes, "the code beside the plan cannot be read and is ignored: "+err.Error())
			return
		}
		combine.WithCode(doc, code)
		return
	}
	combine.WithCodeOnDemand(doc, func() (*resource.Document, error) {
		if !f.HasCode(dir) {
			return nil, errors.New("no code beside the plan")
		}
		return read(dir)
	})
}
