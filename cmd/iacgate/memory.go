package main

import (
	"runtime"
	"runtime/debug"
)

const (
	// memoryLimit is what the heap may have while records are read: the process then has
	// some 60 MiB, whatever the size of the data (bench/BACKTEST.md).
	memoryLimit = 43 << 20
	// memoryOverhead is what a Go program has beside its heap, in bytes.
	memoryOverhead = 8 << 20
)

// A memoryBound makes the collector keep to the limit, unless the user has set another one.
type memoryBound struct {
	percent int   // before; -1 if it was left alone
	limit   int64 // before; -1 if it was left alone
}

func boundMemory(getenv func(string) string) memoryBound {
	b := memoryBound{-1, -1}
	if getenv("GOGC") == "" {
		b.percent = debug.SetGCPercent(100)
	}
	if getenv("GOMEMLIMIT") == "" {
		b.limit = debug.SetMemoryLimit(memoryLimit)
	}
	return b
}

// widen makes room for replays beside the counts: where these alone take most of the limit,
// the collector would run all the time and find nothing. A million records of two years,
// nearly all of which match one of the fifteen controls, took 64 s of CPU time with the fixed
// limit and take 24 s, in 121 to 126 MiB either way.
func (b memoryBound) widen() {
	if b.limit < 0 {
		return
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	debug.SetMemoryLimit(max(memoryLimit, int64(m.HeapAlloc)*2+memoryOverhead))
}

func (b memoryBound) release() {
	if b.percent >= 0 {
		debug.SetGCPercent(b.percent)
	}
	if b.limit >= 0 {
		debug.SetMemoryLimit(b.limit)
	}
}
