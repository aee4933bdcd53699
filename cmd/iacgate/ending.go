package main

import (
	"sync"
	"time"
)

// An ending keeps a signal from leaving something half done: a file that is being
// replaced becomes whole, a report that has begun is printed to its end, and nothing
// else is begun.
type ending struct {
	mu       sync.Mutex // held while a file is replaced
	ended    bool
	printing bool
}

// grace is how long a report may take that has begun when a signal comes:
// somebody may have stopped reading it.
const grace = time.Second

// end waits for the file that is being replaced. It reports whether a report has
// begun.
func (e *ending) end() (printing bool) {
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
