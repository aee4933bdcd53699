package main

import (
	"sync"
	"time"
)

// An ending stands between a signal and what the program leaves behind: a file
// that is being replaced becomes whole, a report that has begun is told to its
// end, and nothing else is begun.
type ending struct {
	listen  func()     // to signals, from the first call on; until then, one ends the program at once
	mu      sync.Mutex // held while a file is replaced
	ended   bool
	telling bool
}

// heed is called before anything is written that a signal could leave half done,
// or whose status it could take away.
func (e *ending) heed() {
	if e.listen != nil {
		e.listen()
	}
}

// grace is how long a report may take that has begun when a signal comes:
// somebody may have stopped reading it.
const grace = time.Second

// end waits for the file that is being replaced. It says whether a report has
// begun.
func (e *ending) end() (telling bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ended = true
	return e.telling
}

func (e *ending) over() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ended
}

// tell writes a report to the standard output, unless the program has to end.
func (p *program) tell(report []byte) error {
	p.ending.heed()
	p.ending.mu.Lock()
	p.ending.telling = !p.ending.ended
	begun := p.ending.telling
	p.ending.mu.Unlock()
	if !begun {
		return errEnded
	}
	if _, err := p.stdout.Write(report); err != nil {
		return usagef("standard output: %v", cause(err))
	}
	return nil
}
