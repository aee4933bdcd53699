package main

import (
	"sync"
	"time"
)

// An ending keeps a signal from interrupting an output: a file that is being replaced and
// a report that has begun are completed, and nothing else is begun.
type ending struct {
	mu       sync.Mutex // held while a file is replaced
	ended    bool
	printing bool
}

// grace bounds the time of a report that has begun when a signal comes: its reader may
// have stopped.
const grace = time.Second

// finish waits for the file that is being replaced. It reports whether a report has
// begun.
func (e *ending) finish() (printing bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ended = true
	return e.printing
}

func (e *ending) hasEnded() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ended
}
