package main

import (
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// memoryLimit is what the heap may have while records are read: the process then has
	// some 60 MiB, whatever the size of the data (bench/BACKTEST.md).
	memoryLimit = 40 << 20
	// memoryOverhead is what a Go program has beside its heap, in bytes.
	memoryOverhead = 8 << 20
	// memoryInterval is how often what lives is compared with the limit.
	memoryInterval = 100 * time.Millisecond
)

// boundMemory makes the collector keep to the limit, unless the user has set another one,
// until the function that it returns is called. Where years of dense data need more, the limit
// follows what lives: below it, the collector runs all the time and finds nothing. A million
// records of two years, nearly all of which match one of the fifteen controls, took 64 s of
// CPU time with the fixed limit and 25 s with this one, in the same 126 MiB.
func boundMemory(getenv func(string) string) (done func()) {
	percent, limit, stop := -1, int64(-1), make(chan struct{})
	if getenv("GOGC") == "" {
		percent = debug.SetGCPercent(100)
	}
	if getenv("GOMEMLIMIT") == "" {
		limit = debug.SetMemoryLimit(memoryLimit)
		go followHeap(stop)
	}
	return func() {
		close(stop)
		if percent >= 0 {
			debug.SetGCPercent(percent)
		}
		if limit >= 0 {
			debug.SetMemoryLimit(limit)
		}
	}
}

// followHeap keeps the limit a fifth above what the last collection left, where that is more.
func followHeap(stop <-chan struct{}) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	tick := time.NewTicker(memoryInterval)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		metrics.Read(live)
		debug.SetMemoryLimit(max(memoryLimit, int64(live[0].Value.Uint64())*6/5+memoryOverhead))
	}
}
