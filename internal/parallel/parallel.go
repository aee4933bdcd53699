// Package parallel does one thing with each of many items, on all cores.
package parallel

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// Map calls a function with every item, as many at a time as there are cores, and returns
// the results in the order of the items. If calls panic, it panics with the first of them
// in that order, the name of its item and its stack, so that the caller's goroutine can
// report it.
func Map[T, R any](items []T, name func(T) string, do func(T) R) []R {
	var wg sync.WaitGroup
	results, panics := make([]R, len(items)), make([]any, len(items))
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, item := range items {
		turns <- struct{}{}
		wg.Go(func() {
			defer func() { <-turns }()
			defer func() {
				if v := recover(); v != nil {
					panics[i] = fmt.Sprintf("%s: %v\n\n%s", name(item), v, debug.Stack())
				}
			}()
			results[i] = do(item)
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
