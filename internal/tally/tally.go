// Package tally counts, minute by minute, the CloudTrail records of many files that filter
// patterns match, and tells what can be known of the data: what was read, what is doubled,
// what is missing, and who caused the matches.
//
// Files are read on all cores and counted in the order of their delivery, so that the same
// files give the same tally. Memory follows the matches, within bounds that the tally
// tells; no record is kept.
//
// It does not know alarms.
package tally

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/iacgate/iacgate/internal/cloudtrail/scan"
	"github.com/iacgate/iacgate/internal/filterpattern"
)

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

// A Tally is the answer.
type Tally struct {
	Data     Data
	Counts   []Counts // of each counter
	Coverage Coverage

	clock  Clock // that was asked for
	logged bool  // every record has the time of its log event
	apart  bool  // the clocks differ
}

// OfMetric is the tally of data points that CloudWatch has counted, from one minute to
// another: there are no records.
func OfMetric(from, to int64) *Tally {
	t := &Tally{clock: metricClock, Data: Data{Files: 1, From: from, To: to}}
	t.Coverage.Hours = int(floorDiv(to+59, 60) - floorDiv(from, 60))
	return t
}

// metricClock is that of CloudWatch itself.
const metricClock Clock = "metric"

// Clocks returns by which clocks the early and the late series are, which are one where
// the files tell the time of the log events or no other.
func (t *Tally) Clocks() (early, late Clock) {
	switch {
	case t.clock != AnyClock:
		return t.clock, t.clock
	case t.logged:
		return LogClock, LogClock
	case t.apart:
		return EventClock, DeliveryClock
	}
	return EventClock, EventClock
}

// Counts are the matches of one counter.
type Counts struct {
	Total  int64
	Early  Series // by the earliest time at which CloudWatch may have counted them
	Late   Series // by the latest
	Groups []Group
	// Others are matches of callers that were too many to be told apart.
	Others int64
}

// By returns the early or the late series.
func (c *Counts) By(late bool) Series {
	if late {
		return c.Late
	}
	return c.Early
}

// Data is what can be said of what was read.
type Data struct {
	Files      int   `json:"files"`
	Bytes      int64 `json:"-"`
	Records    int64 `json:"records"`
	Duplicates int64 `json:"duplicates"`
	// Unchecked are records that were beyond the bound of those among which duplicates are
	// looked for.
	Unchecked int64 `json:"unchecked_for_duplicates,omitempty"`
	// Timeless are records without a readable eventTime: they are counted at their
	// delivery, or not at all.
	Timeless int64 `json:"without_time,omitempty"`
	Dropped  int64 `json:"dropped_without_time,omitempty"`
	// Outside are records before or after what was asked for.
	Outside int64 `json:"outside,omitempty"`
	// Large are records that are too large for CloudWatch Logs.
	Large int64 `json:"too_large_for_logs,omitempty"`
	// Reads are those with readOnly true: where there are none, lookup-events may have left
	// them out.
	Reads    int64 `json:"reads"`
	Insights int   `json:"insights_files,omitempty"`
	Digests  int   `json:"digests,omitempty"`
	From     int64 `json:"-"` // the first minute with a record, by the early clock
	To       int64 `json:"-"` // behind the last one, by the late clock
	Cut      []Cut `json:"cut,omitempty"`
}

// A Cut is a file that does not hold all that was asked for.
type Cut struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}

// Count reads files and counts. Progress is told of bytes of the files, where it is not
// nil.
func Count(ctx context.Context, found Files, q Question, progress func(done, of int64)) (*Tally, error) {
	d, err := readDigests(found)
	if err != nil {
		return nil, err
	}
	files := found.Records
	if len(q.Counters) > scan.MaxPatterns {
		return nil, fmt.Errorf("more than %d different questions", scan.MaxPatterns)
	}
	program, err := scan.Compile(q.Patterns, fields...)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := &batches{}
	ahead := make(chan struct{}, filesAhead*runtime.GOMAXPROCS(0))
	readings := startReading(ctx, files, ahead, func() *reader { return newReader(program, q, batches) })
	c := newCounting(q, len(files), batches)
	var done, all int64
	for _, f := range files {
		all += f.Size
	}
	for i := range files {
		err := c.file(ctx, &files[i], readings[i])
		if ctx.Err() != nil {
			return nil, ctx.Err() // which is no fault of that file
		}
		if err != nil {
			return nil, err
		}
		<-ahead
		if done += files[i].Size; progress != nil {
			progress(done, all)
		}
	}
	c.data.Insights, c.data.Digests = found.Insights, len(found.Digests)
	return c.tally(d)
}

// filesAhead is how many files each core may read before their turn to be counted comes.
const filesAhead = 4

// startReading reads files on all cores, each in its order, as long as ahead has room.
func startReading(ctx context.Context, files []File, ahead chan struct{}, newReader func() *reader) []*reading {
	readings := make([]*reading, len(files))
	for i := range readings {
		readings[i] = &reading{entries: make(chan []entry, lookahead)}
	}
	var mu sync.Mutex
	next := 0
	take := func() int {
		select {
		case ahead <- struct{}{}:
		case <-ctx.Done():
			return len(files)
		}
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1
	}
	for range runtime.GOMAXPROCS(0) {
		go func() {
			r := newReader()
			for i := take(); i < len(files); i = take() {
				r.read(ctx, files[i], readings[i])
			}
		}()
	}
	return readings
}
