// Package source knows the input formats: it recognises the one that a path
// holds and has it read. Errors name the path and say what to do.
//
// It knows nothing of what is in the formats; their packages do.
package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/resource"
)

// A Format is one kind of input: files, or directories.
type Format struct {
	Name  string
	Title string
	file  *fileFormat // nil for directories
}

type fileFormat struct {
	claims func(head []byte) bool // may a file that starts so be for read?
	read   func(context.Context, input, io.Reader, Options) (*resource.Document, error)
}

// Formats returns every format.
func Formats() []Format {
	return []Format{
		{"plan", "Terraform and OpenTofu plans and states as JSON", &fileFormat{plan.Claims, readPlan}},
		{"hcl", "Terraform and OpenTofu directories", nil},
		{"cfn", "CloudFormation templates and cdk.out", &fileFormat{cfn.Claims, readTemplate}},
	}
}

// Names returns the names of all formats.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}

// An Error is what is wrong with one input.
type Error struct {
	Path string
	What string
	Hint string
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.What
	}
	return e.Path + ": " + e.What
}

// Hints returns how to mend it.
func (e *Error) Hints() []string {
	if e.Hint == "" {
		return nil
	}
	return []string{e.Hint}
}

// Options say how to read inputs.
type Options struct {
	From      string    // name of the format; "" recognises it
	Stdin     io.Reader // what the path - means
	Recursive bool      // look for root modules below directories, too
	Changed   bool      // paths are files that changed: what they are part of is read
	// Configured are the paths of the roots for which FilesOf may return files.
	Configured []string
	Directory  Directory // how to evaluate directories
	Code       string    // the directory that plans were made from; "" is where they lie
	Template   Template  // how to evaluate templates
	Place      Place     // where inputs are applied that do not say
	Combine    bool      // one document of all inputs, as of one account
	// Timeout is how long one input may take, from finding it to the end of its use;
	// 0 is as long as it likes.
	Timeout time.Duration
	Raw     bool // keep the inputs as they are written, too
	// Types says which types of resources stay in them, besides those that the
	// graph knows; nil means all.
	Types func(typ string) bool
}

// A Place is a region and an account, each "" where nobody says it.
type Place struct{ Region, Account string }

// NoCode in the place of a directory says that no code is read beside plans.
const NoCode = "none"

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// ReadEach reads the inputs in parallel and hands each document on as soon as it
// is there, to use at once by any number of goroutines; nothing of a document is
// kept. It returns what use made of them in the order of the paths; a directory
// with several root modules comes to several inputs. The error joins one error
// for every input that cannot be read; only where there is none it is that of
// use, whose context ends with the time that the input has.
func ReadEach[T any](ctx context.Context, paths []string, o Options, use func(context.Context, *resource.Document) (T, error)) ([]T, error) {
	o.Directory.named = parent(paths)
	o.Template.named = o.Directory.named
	o.Directory.walked = o.Recursive || o.Changed
	inputs := once(o.inputs(ctx, paths))
	o.Template.names, o.Directory.names = newDeclaredNames(), newDeclaredNames()
	if o.Combine && len(inputs) > 1 {
		one := attempt(ctx, o.Timeout, Combined, func(ctx context.Context) (*resource.Document, error) { return combine(ctx, inputs, o) }, use)
		if err := errors.Join(one.unread, o.undeclared(one.unread)); err != nil {
			return nil, err
		}
		return []T{one.made}, one.unused
	}
	made, unread, unused := make([]T, len(inputs)), make([]error, len(inputs)), make([]error, len(inputs))
	if panicked := inParallel(inputs, func(i int) {
		in := inputs[i]
		one := attempt(ctx, o.Timeout, in.path, func(ctx context.Context) (*resource.Document, error) { return read(ctx, in, o) }, use)
		made[i], unread[i], unused[i] = one.made, one.unread, one.unused
	}); panicked != nil {
		panic(panicked)
	}
	err := errors.Join(unread...)
	if err := errors.Join(err, o.undeclared(err)); err != nil {
		return nil, err
	}
	for _, err := range unused {
		if err != nil {
			return nil, err
		}
	}
	return made, nil
}

// undeclared refuses values for what no input declares. Which variables a root
// module has is known once it was read, so where one cannot be, nothing is said.
func (o Options) undeclared(unread error) error {
	if unread != nil {
		return o.Template.unknown()
	}
	return errors.Join(o.Template.unknown(), o.Directory.unknown())
}

// ReadAll reads the inputs in parallel and returns them in the order of their
// paths.
func ReadAll(ctx context.Context, paths []string, o Options) ([]*resource.Document, error) {
	return ReadEach(ctx, paths, o, func(_ context.Context, doc *resource.Document) (*resource.Document, error) { return doc, nil })
}

// inParallel does something with every input, a few at a time. It returns the
// first panic.
func inParallel(inputs []input, do func(i int)) (panicked any) {
	var wg sync.WaitGroup
	panics := make([]any, len(inputs))
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, in := range inputs {
		turns <- struct{}{}
		wg.Go(func() {
			defer func() { <-turns }()
			defer func() { panics[i] = caught(in.path, recover()) }()
			do(i)
		})
	}
	wg.Wait()
	for _, p := range panics {
		if p != nil {
			return p
		}
	}
	return nil
}

// caught keeps a panic for the caller's goroutine, the stack behind its first
// line: only there can the program end in its own words.
func caught(path string, v any) any {
	if v == nil {
		return nil
	}
	return fmt.Sprintf("%s: %v\n\n%s", path, v, debug.Stack())
}

func read(ctx context.Context, in input, o Options) (*resource.Document, error) {
	if in.err != nil {
		return nil, in.err
	}
	if in.dir {
		return o.directory(ctx, in.path)
	}
	f, err := open(in.path, o.Stdin)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := decode(ctx, in, intake.Stream(&cancelled{ctx, f}, maxInput), o)
	if err != nil {
		return nil, describe(in.path, err)
	}
	return doc, o.complete(ctx, doc, in)
}

// complete adds to what a file says what stands in the code beside it, and in the
// arguments of its resources.
func (o Options) complete(ctx context.Context, doc *resource.Document, in input) error {
	if err := o.place(ctx, doc, in); err != nil {
		return err
	}
	return o.unfold(ctx, doc)
}

// place joins a plan with the code that it was made from, as far as that is
// there.
func (o Options) place(ctx context.Context, doc *resource.Document, in input) error {
	doc.Path = in.path
	switch {
	case doc.Format == resource.CloudFormation:
	case o.Code == NoCode:
	case o.Code != "":
		return o.Directory.join(ctx, doc, o.Code, o.Place)
	case in.path != Stdin:
		o.Directory.beside(ctx, doc, in.path, o.Place)
	}
	return nil
}

func open(path string, stdin io.Reader) (io.ReadCloser, error) {
	if path == Stdin {
		return io.NopCloser(stdin), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, describe(path, err)
	}
	return f, nil
}

// maxInput bounds a plan, a state or a template in bytes, packed or not: a device
// has no end. They are read as streams; the largest real ones have some 100 MB.
const maxInput = 4 << 30

// headSize is how much of a file the formats see to recognise it. Plans of
// large states begin with their versions, whatever wrote them in order.
const headSize = 64 << 10

func decode(ctx context.Context, in input, r io.Reader, o Options) (*resource.Document, error) {
	format, whole, err := recognise(r, o.From)
	if err != nil {
		return nil, err
	}
	return format.file.read(ctx, in, whole, o)
}

// recognise finds the format of an input, and returns the input from its
// beginning.
func recognise(r io.Reader, from string) (Format, io.Reader, error) {
	buffered, head, err := peek(r)
	if err == nil && bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		buffered, head, err = unzipped(buffered)
	}
	if err != nil {
		return Format{}, nil, err
	}
	for _, f := range Formats() {
		if f.file != nil && (f.Name == from || from == "" && f.file.claims(head)) {
			return f, buffered, nil
		}
	}
	if len(head) == 0 {
		return Format{}, nil, &Error{What: "empty"}
	}
	return Format{}, nil, &Error{What: "none of the formats that iacgate reads", Hint: "--from plan says why it is no plan, --from cfn why it is no template"}
}

func readPlan(_ context.Context, _ input, r io.Reader, o Options) (*resource.Document, error) {
	doc, err := plan.Read(r, plan.Options{Raw: o.Raw, Types: o.Types, Region: o.Place.Region, Account: o.Place.Account})
	var refused *diag.Diagnostic
	if errors.As(err, &refused) {
		return nil, &Error{What: refused.Error(), Hint: refused.Hint}
	}
	return doc, err
}

// describe gives an error its path and leaves out what the system repeats.
func describe(path string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return &Error{path, known.What, known.Hint}
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return &Error{Path: path, What: err.Error()}
}

// cancelled ends reading when nobody waits for the result any more.
type cancelled struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
