package resource

import "time"

// An Ignore is a waiver that stands in the code, at what it is about.
type Ignore struct {
	Control  string // id, glob or number in a benchmark
	Until    time.Time
	Reason   string
	Owner    string
	Ticket   string
	Position Position
	// Whole says that it is about the input, where something is missing that has
	// no place.
	Whole bool
	// Problem says why it is none, and Hint how to mend it.
	Problem, Hint string
}
