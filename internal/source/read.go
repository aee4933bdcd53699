package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"github.com/iacgate/iacgate/internal/combine"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/embedded"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// A reading reads the inputs of a run.
type reading struct {
	stdin    io.Reader
	from     string // name of the format of files; "" recognises it
	code     string // the directory that plans were made from
	combined bool   // all inputs are of one account
	given    format.Options
	declared map[string]*format.Names // by the name of the format
}

// options returns the options for one format.
func (r reading) options(f format.Reader) format.Options {
	o := r.given
	o.Declared = r.declared[f.Name()]
	return o
}

// undeclared joins the errors about variables and parameters that no input declares.
func (r reading) undeclared(whole bool) error {
	var errs []error
	for _, f := range Readers() {
		errs = append(errs, f.Undeclared(r.options(f), whole))
	}
	return errors.Join(errs...)
}

// read reads one input.
func (r reading) read(ctx context.Context, in input) (*resource.Document, error) {
	switch {
	case in.err != nil:
		return nil, in.err
	case in.IsDir:
		docs, err := in.reader.Read(ctx, in.Input, r.options(in.reader))
		if err != nil {
			return nil, err // directories have files, which it names
		}
		return r.complete(ctx, docs, in.Input)
	}
	f, file, err := r.open(ctx, in)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return r.file(ctx, f, in.Input, file)
}

// file reads one file, whose format is known.
func (r reading) file(ctx context.Context, f format.Reader, in format.Input, text io.Reader) (*resource.Document, error) {
	in.Text = text
	docs, err := f.Read(ctx, in, r.options(f))
	if err != nil {
		return nil, diag.At(in.Path, err)
	}
	return r.complete(ctx, docs, in)
}

// complete adds the code beside an input to its worlds, and the templates in arguments of
// its resources.
func (r reading) complete(ctx context.Context, docs []*resource.Document, in format.Input) (*resource.Document, error) {
	for _, doc := range docs {
		doc.Path = in.Path
		if err := r.addCode(ctx, doc); err != nil {
			return nil, err
		}
		if err := embedded.Expand(ctx, doc, r.combined); err != nil {
			return nil, err
		}
	}
	return combine.Alternatives(docs, r.combined), nil
}

// open opens a file and recognises its format.
func (r reading) open(ctx context.Context, in input) (format.Reader, io.ReadCloser, error) {
	file := io.NopCloser(r.stdin)
	if text, ok := r.given.Overlay.Text(in.Path); ok {
		file = io.NopCloser(bytes.NewReader(text))
	} else if in.Path != format.Stdin {
		opened, err := os.Open(in.Path)
		if err != nil {
			return nil, nil, diag.At(in.Path, err)
		}
		file = opened
	}
	f, text, err := recognise(intake.Stream(&untilDone{ctx, file}, maxInput), r.from)
	if err != nil {
		file.Close()
		return nil, nil, diag.At(in.Path, err)
	}
	return f, readCloser{text, file}, nil
}

// A readCloser reads the content of a file, unpacked, and closes the file.
type readCloser struct {
	io.Reader
	io.Closer
}

// untilDone ends reading when its context ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
