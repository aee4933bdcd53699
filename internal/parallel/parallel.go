// Package parallel does one thing with each of many items, on all cores.
package parallel

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Map calls a function with every item, as many at a time as there are cores, and returns
// the results in the order of the items. If calls panic, it panics with the first of them
// in that order, the name of its item and its stack, so that the caller's goroutine can
// report it.
func Map[T, R any](items []T, name func(T) string, do func(T) R) []R {
	results, panics := make([]R, len(items)), make([]any, len(items))
	one := func(i int) {
		defer func() {
			if v := recover(); v != nil {
				panics[i] = fmt.Sprintf("%s: %v\n\n%s", name(items[i]), v, debug.Stack())
			}
		}()
		results[i] = do(items[i])
	}
	var wg sync.WaitGroup
	var taken atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		wg.Go(func() { // one goroutine for many items: its stack grows once
			for i := int(taken.Add(1)) - 1; i < len(items); i = int(taken.Add(1)) - 1 {
				one(i)
			}
		})
	}
	wg.Wait()
	for _, p := range panics {
		if p != nil {
			panic(p)
		}
	}
	return results
}
