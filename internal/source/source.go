// Package source finds the inputs in paths, detects their formats and reads them, in
// parallel and each within its time. Errors name the path and say what to do.
//
// It knows formats only as [format.Reader]s, listed by [Readers]; the content of a format
// is known only to its package.
package source

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/iacgate/iacgate/internal/combine"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/parallel"
	"github.com/iacgate/iacgate/internal/resource"
)

// Options say how to find and read inputs.
type Options struct {
	Search
	Stdin io.Reader // what the path - means
	// Code is the directory that plans were made from, or NoCode; "" is where each plan
	// lies.
	Code    string
	Combine bool // one document of all inputs, as of one account
	// Partial says that a run has further inputs: one of these may declare what the run
	// gives, so that nobody can say that none does.
	Partial bool
	// Timeout is how long one input may take, from finding it to the end of its use;
	// 0 is unlimited.
	Timeout time.Duration
	Given   format.Options
}

// ReadEach reads the inputs in parallel and calls use with each document as soon as it is
// read, from several goroutines; it keeps no document. It returns the results of use in
// the order of the paths; a directory with several root modules has several inputs. The
// error joins one error for every input that cannot be read; only if all can be read it
// is that of use. The context of use ends with the time of the input.
func ReadEach[T any](ctx context.Context, paths []string, o Options, use func(context.Context, *resource.Document) (T, error)) ([]T, error) {
	o.Given.Parent = commonParent(paths)
	o.Given.Walked = o.Recursive || o.Changed
	inputs := dedup(o.inputs(ctx, paths, o.Timeout, o.Given))
	r := newReading(o)
	var outcomes []outcome[T]
	if o.Combine && len(inputs) > 1 {
		outcomes = []outcome[T]{attempt(ctx, o.Timeout, combine.Path, func(ctx context.Context) (*resource.Document, error) { return r.together(ctx, inputs) }, use)}
	} else {
		outcomes = parallel.Map(inputs, func(in input) string { return in.Path }, func(in input) outcome[T] {
			return attempt(ctx, o.Timeout, in.Path, func(ctx context.Context) (*resource.Document, error) { return r.read(ctx, in) }, use)
		})
	}
	var results []T
	var unread, unused []error
	for _, one := range outcomes {
		results, unread, unused = append(results, one.result), append(unread, one.unread), append(unused, one.unused)
	}
	err := errors.Join(unread...)
	if !o.Partial {
		err = errors.Join(err, r.undeclared(err == nil))
	}
	if err != nil {
		return nil, err
	}
	for _, err := range unused {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}

// ReadAll reads the inputs in parallel and returns them in the order of their paths.
func ReadAll(ctx context.Context, paths []string, o Options) ([]*resource.Document, error) {
	return ReadEach(ctx, paths, o, func(_ context.Context, doc *resource.Document) (*resource.Document, error) { return doc, nil })
}

func newReading(o Options) reading {
	r := reading{stdin: o.Stdin, from: o.From, code: o.Code, combined: o.Combine, given: o.Given, declared: map[string]*format.Names{}}
	for _, f := range Readers() {
		r.declared[f.Name()] = &format.Names{}
	}
	return r
}
