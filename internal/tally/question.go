package tally

import "github.com/iacgate/iacgate/internal/filterpattern"

// A Question is what is asked of the records.
type Question struct {
	Patterns []*filterpattern.Pattern
	Counters []Counter

	Since, Until int64 // minutes; 0 for no bound, Until is exclusive
	Clock        Clock
	Details      Details
}

// A Counter counts the records that all of some patterns match and none of others, by
// their numbers in the question.
type Counter struct {
	All, None []int
	// Groups says that the matches are told apart by who called what.
	Groups bool
}

// Details are what is told of matches beside the caller and the call.
type Details struct{ Addresses, Sessions bool }

// Clock is the clock that records are counted by.
type Clock string

// The clocks. CloudWatch counts a record at the time of its log event, which comes some
// time after the call: where the files do not tell it, it lies between the time of the call
// and the delivery to the bucket.
const (
	AnyClock      Clock = "" // both ends of what is known
	EventClock    Clock = "event"
	DeliveryClock Clock = "delivery"
	LogClock      Clock = "log"
)
