package source

import (
	"context"
	"time"

	"github.com/iacgate/iacgate/internal/headroom"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// timely does something for an input in the time that one has. Whoever wrote the
// input may have seen to it that it takes for ever, so nothing is waited for that
// does not look at its context.
func timely[T any](ctx context.Context, limit time.Duration, path string, do func(context.Context) (T, error)) (T, error) {
	late := &Error{Path: path, What: "not judged within " + limit.String() + ", the time that an input has", Hint: "--timeout gives it more"}
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, late)
		defer cancel()
	}
	v, err := intake.Within(ctx, func() (T, error) {
		headroom.DeepStack()
		return do(ctx)
	})
	if err != nil && context.Cause(ctx) == error(late) {
		err = late // however whoever noticed it says so
	}
	return v, err
}

// An outcome is what became of one input.
type outcome[T any] struct {
	made   T
	unread error // of reading it
	unused error // of use
}

// attempt reads an input and hands it on, in the time that it has.
func attempt[T any](ctx context.Context, limit time.Duration, path string, read func(context.Context) (*resource.Document, error), use func(context.Context, *resource.Document) (T, error)) outcome[T] {
	one, err := timely(ctx, limit, path, func(ctx context.Context) (o outcome[T], err error) {
		doc, err := read(ctx)
		if err != nil {
			return o, err
		}
		o.made, o.unused = use(ctx, doc)
		if o.unused != nil {
			return o, context.Cause(ctx)
		}
		return o, nil
	})
	one.unread = err
	return one
}
