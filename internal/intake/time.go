package intake

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Within does something until ctx ends, and returns then at the latest, with the
// cause: opening a pipe and a single call of a library look at no context. The
// goroutine of do ends at its own bounds. A panic is the caller's, with the stack below
// its first line.
func Within[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
		panic any
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if v := recover(); v != nil {
				a.panic = fmt.Sprintf("%v\n\n%s", v, debug.Stack())
			}
			done <- a
		}()
		a.value, a.err = do()
	}()
	select {
	case a := <-done:
		if a.panic != nil {
			panic(a.panic)
		}
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// InTime is Within for a time, 0 for any. Whoever wrote what is read may have seen to
// it that it takes for ever, so nothing is waited for that does not look at its context.
// The error is late then, whoever noticed that the time was over.
func InTime[T any](ctx context.Context, limit time.Duration, late error, do func(context.Context) (T, error)) (T, error) {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, late)
		defer cancel()
	}
	v, err := Within(ctx, func() (T, error) { return do(ctx) })
	if err != nil && errors.Is(context.Cause(ctx), late) {
		err = late
	}
	return v, err
}
