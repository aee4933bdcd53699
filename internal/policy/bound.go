package policy

import (
	"context"
	"errors"
	"runtime"
	"time"
)

// The bounds of one evaluation of policies that are not ours, which need
// milliseconds. Memory is what is live beyond what was live before, in bytes.
const (
	deadline = time.Minute
	memory   = 1 << 30
)

var (
	errDeadline = errors.New("it takes longer than a minute")
	errMemory   = errors.New("it takes more than 1 GiB of memory")
)

// grace is how long what was told to end may take to do so, and to say what it did.
const grace = 500 * time.Millisecond

// within runs what may not look at its context for long: OPA's compiler never
// does, and of its functions few do. Where a bound is reached what runs is left
// behind, and ends with the process.
func within[T any](ctx context.Context, what string, run func(context.Context) (T, error)) (T, error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	return waitFor(ctx, what, run)
}

func waitFor[T any](ctx context.Context, what string, run func(context.Context) (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
		panic any
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.panic = recover()
			done <- o
		}()
		o.value, o.err = run(ctx)
	}()
	late := make(chan struct{})
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, func() { close(late) }) })()
	select {
	case o := <-done:
		if o.panic != nil {
			panic(o.panic) // whoever waits turns it into one line
		}
		return o.value, o.err
	case <-late:
		var none T
		return none, Problems{{What: what + ": " + context.Cause(ctx).Error()}}
	}
}

// bounded ends an evaluation that takes too long or too much; the cause of the
// context says which.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return boundedBy(ctx, deadline, memory)
}

// boundedBy has bounds of its own. OPA looks at the context between two steps: a
// single call of a function runs to its end.
func boundedBy(ctx context.Context, deadline time.Duration, memory uint64) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	ctx, stop := context.WithTimeoutCause(ctx, deadline, errDeadline)
	go watch(ctx, func() { cancel(errMemory) }, live()+memory)
	return ctx, func() { stop(); cancel(nil) }
}

// watch calls tooMuch when more than limit bytes are live.
func watch(ctx context.Context, tooMuch func(), limit uint64) {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if live() <= limit {
			continue
		}
		if runtime.GC(); live() > limit { // what is not collected yet does not count
			tooMuch()
			return
		}
	}
}

// live is how many bytes of the heap are in use or not yet collected.
func live() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
