package intake

import (
	"context"
	"fmt"
	"runtime/debug"
)

// Within does something until ctx ends, and returns then at the latest, with the
// cause: opening a pipe and a single call of a library look at no context. What
// is left behind ends at its own bounds. A panic is the caller's, with the stack
// behind its first line.
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
