package policy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/diag"
)

// The bounds of one evaluation of policies that are not ours, which need
// milliseconds. Memory is the live memory beyond that before, in bytes.
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
// does, and of its functions few do. Where a bound is reached the goroutine is
// abandoned, and ends with the process.
func within[T any](ctx context.Context, what string, run func(context.Context) (T, error)) (T, error) {
	ctx, cancel := withBounds(ctx, deadline, memory)
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
		return none, diag.List{{Message: what + ": " + context.Cause(ctx).Error()}}
	}
}

// withBounds ends an evaluation that takes too long or too much; the cause of the
// context says which. OPA looks at the context between two steps: a single call of a
// function runs to its end.
func withBounds(ctx context.Context, deadline time.Duration, memory uint64) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	ctx, stop := context.WithTimeoutCause(ctx, deadline, errDeadline)
	go watch(ctx, func() { cancel(errMemory) }, heapInUse()+memory)
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
		if heapInUse() <= limit {
			continue
		}
		if runtime.GC(); heapInUse() > limit { // what is not collected yet does not count
			tooMuch()
			return
		}
	}
}

// heapInUse returns how many bytes of the heap are in use or not yet collected.
func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// The compiler needs time that grows with the square of what a rule holds, and of
// the rules that need each other. What people write stays far below.
const (
	maxRules       = 5000 // of all policies
	maxExpressions = 2000 // and calls, in one rule with its else
)

// checkSize returns an error for too large policies, before the compiler sees them.
func checkSize(modules map[string]*ast.Module) error {
	rules := 0
	for _, file := range slices.Sorted(maps.Keys(modules)) {
		for _, r := range modules[file].Rules {
			if rules++; rules > maxRules {
				return ruleError(file, r, fmt.Sprintf("more than %d rules", maxRules))
			}
			if countExpressions(r) > maxExpressions {
				return ruleError(file, r, fmt.Sprintf("more than %d expressions and calls in one rule", maxExpressions))
			}
		}
	}
	return nil
}

func countExpressions(r *ast.Rule) int {
	n := 0
	ast.NewGenericVisitor(func(x any) bool {
		switch x.(type) {
		case *ast.Expr, ast.Call:
			n++
		}
		return n > maxExpressions
	}).Walk(r)
	return n
}

func ruleError(file string, r *ast.Rule, what string) diag.List {
	d := &diag.Diagnostic{File: file, Message: what}
	if r.Location != nil {
		d.Line, d.Column = r.Location.Row, r.Location.Col
	}
	return diag.List{d}
}
