package replay

import (
	"math"
	"slices"
	"sort"

	"github.com/iacgate/iacgate/internal/alarm"
)

// points are the data points of an alarm: for every minute the period that ends with it, or the periods of the clock.
// Most are as the one before, so that only changes are kept: the first data point, and those that differ.
type points struct {
	from, to int64
	hourly   bool // evaluated once an hour

	count   int       // of the data points
	changes []int     // in rising order
	values  []float64 // by change
	samples []int64   // by change: by which values are made; nil if the number does not matter
	silence float64   // data point of a period without samples
	stride  int       // from a data point to the one that is a period older

	clock   bool  // periods of the clock
	ends    []int // of these, in minutes after from
	partial bool  // the first of these began before the data
}

// missing is a data point that does not exist.
var missing = math.NaN()

func isMissing(value float64) bool { return math.IsNaN(value) }

func valueOf(p alarm.MathPoint) float64 {
	if p.Missing {
		return missing
	}
	return p.Value
}

func (p *points) minutes() int { return int(p.to - p.from) }

// at returns a data point. Before the first there is silence.
func (p *points) at(i int) float64 {
	if i < 0 {
		return p.silence
	}
	return p.values[p.change(i)]
}

// change returns the number of the change that a data point comes from.
func (p *points) change(i int) int {
	change, found := slices.BinarySearch(p.changes, i)
	if !found {
		change--
	}
	return change
}

// isAs reports whether a data point of a value and of a number of samples is as the one of the last change.
func (p *points) isAs(value float64, samples int64) bool {
	last := len(p.values) - 1
	if last < 0 || p.samples != nil && p.samples[last] != samples {
		return false
	}
	return value == p.values[last] || isMissing(value) && isMissing(p.values[last])
}

// ended reports whether the period of a data point has ended with a minute, counted from the first.
func (p *points) ended(i, minute int) bool {
	if !p.clock {
		return i <= minute
	}
	return i < len(p.ends) && p.ends[i] <= minute+1
}

// newest returns the newest data point at the end of a minute; -1 for none.
func (p *points) newest(minute int) int {
	if !p.clock {
		return minute
	}
	return sort.SearchInts(p.ends, minute+2) - 1
}

// evaluated reports whether the alarm is evaluated at the end of a minute.
func (p *points) evaluated(minute int) bool {
	return !p.hourly || (p.from+int64(minute)+1)%hour == 0
}

// warmUp returns the minutes until an evaluation looks only at periods within the data.
func (p *points) warmUp(length int) int {
	minutes := length * p.stride
	if p.clock {
		if p.partial {
			length++
		}
		if length > len(p.ends) {
			return p.minutes()
		}
		minutes = p.ends[length-1]
	}
	for minutes < p.minutes() && !p.evaluated(minutes-1) {
		minutes++
	}
	return min(minutes, p.minutes())
}
