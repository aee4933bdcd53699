package source

import (
	"context"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// inTime calls a function for an input within a timeout, 0 for none.
func inTime[T any](ctx context.Context, limit time.Duration, path string, do func(context.Context) (T, error)) (T, error) {
	late := diag.New(path, "not judged within %s, the time that an input has", limit).WithHint("--timeout gives it more")
	return intake.InTime(ctx, limit, late, do)
}

// An outcome is the result of one input.
type outcome[T any] struct {
	result T
	unread error // of reading it
	unused error // of use
}

// attempt reads and uses an input within its time.
func attempt[T any](ctx context.Context, limit time.Duration, path string, read func(context.Context) (*resource.Document, error), use func(context.Context, *resource.Document) (T, error)) outcome[T] {
	one, err := inTime(ctx, limit, path, func(ctx context.Context) (o outcome[T], err error) {
		doc, err := read(ctx)
		if err != nil {
			return o, err
		}
		o.result, o.unused = use(ctx, doc)
		if o.unused != nil {
			return o, context.Cause(ctx)
		}
		return o, nil
	})
	one.unread = err
	return one
}
