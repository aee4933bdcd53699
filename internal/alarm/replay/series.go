package replay

import (
	"fmt"
	"math"
)

// Lengths in minutes.
const (
	hour = 60
	day  = 24 * hour
	week = 7 * day
)

// A Datum is samples of one value that were published within a minute: metric filters publish per minute.
type Datum struct {
	Minute int64 // since 1970, in UTC
	Value  float64
	Count  int64
}

// A Series is what is known of a metric between two minutes, the second one exclusive. Data are in the order of time.
// A minute may have several: matches and default values, or those of several filters.
type Series struct {
	Data     []Datum
	From, To int64
}

// maxMinutes is ten years; each minute takes memory.
const maxMinutes = 3653 * day

// problem says why a series cannot be replayed.
func (s Series) problem() string {
	if s.From < 0 || s.To <= s.From || s.To-s.From > maxMinutes {
		return fmt.Sprintf("minutes %d to %d are no time that can be replayed: it has at least a minute and at most ten years after 1970", s.From, s.To)
	}
	before := s.From
	for _, d := range s.Data {
		switch {
		case d.Minute < before || d.Minute >= s.To:
			return fmt.Sprintf("minute %d is out of order or outside of minutes %d to %d", d.Minute, s.From, s.To)
		case math.IsNaN(d.Value) || math.IsInf(d.Value, 0):
			return fmt.Sprintf("a sample of minute %d is not a finite number", d.Minute)
		case d.Count < 0:
			return fmt.Sprintf("minute %d has %d samples", d.Minute, d.Count)
		}
		before = d.Minute
	}
	return ""
}
