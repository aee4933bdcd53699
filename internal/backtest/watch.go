package backtest

import (
	"time"

	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/tally"
)

// A Watch is the alarms of one world of an input.
type Watch struct {
	Input      string
	When       []string
	State      string // after, before or given
	Monitors   []facts.Monitor
	Composites []facts.CompositeMonitor
	Controls   []WatchedControl
}

// A WatchedControl is a control with the alarms on its events.
type WatchedControl struct {
	ID        string
	Reference *filterpattern.Pattern // nil: only the alarm's own pattern is asked about
	Declared  []*filterpattern.Pattern
	Alarms    []string // addresses
	Denials   bool     // events that look like denials may be its own
}

// The states of a watch.
const (
	After  = "after"
	Before = "before"
	Given  = "given"
)

// Options say what is asked.
type Options struct {
	Since, Until time.Time
	Clock        tally.Clock
	Details      tally.Details
	PerWeek      *float64 // the bound that makes it a gate
	Limit        float64  // the largest threshold that is proposed
	Timelines    bool     // the report keeps the states of every minute
	// Covers reports whether a pattern still covers a control, once an exclusion is
	// declared; nil if nobody asks.
	Covers   func(control, pattern, declared string) bool
	Progress func(done, of int64)
	// Counted is called once, when all data are counted and nothing is replayed yet; nil for
	// nobody.
	Counted func()
}
