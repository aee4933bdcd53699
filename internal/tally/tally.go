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
	t.Coverage.Hours = int((to+59)/60 - from/60)
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
	// Skipped are files in folders that do not end as records do, and links to folders.
	Skipped []string `json:"skipped,omitempty"`
	Digests int      `json:"digests,omitempty"`
	From    int64    `json:"-"` // the first minute with a record, by the early clock
	To      int64    `json:"-"` // behind the last one, by the late clock
	Cut     []Cut    `json:"cut,omitempty"`
}

// A Cut is a file that does not hold all that was asked for.
type Cut struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}
