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
