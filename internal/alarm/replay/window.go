package replay

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/alarm"
)

// Window says where the periods of an alarm lie: they end with the minute of the evaluation, or follow the clock.
type Window struct {
	WallClock bool
	Location  *time.Location // of the clock; nil: UTC
}

// Lengths in minutes.
const (
	hour = 60
	day  = 24 * hour
	week = 7 * day
)

// clockPeriods are those that a clock can have.
var clockPeriods = []int{1, 5, hour, day, week}

// problem says why the periods of an alarm have no place.
func (w Window) problem(s alarm.Settings) string {
	switch {
	case s.Period%60 != 0:
		return fmt.Sprintf("period is %d seconds, but metric filters publish per minute", s.Period)
	case w.WallClock && !slices.Contains(clockPeriods, s.Period/60):
		return fmt.Sprintf("period is %d seconds; with a wall clock window it must be 60, 300, 3600, 86400 or 604800", s.Period)
	}
	return ""
}

// points computes the data points of an alarm.
func (w Window) points(s alarm.Settings, m alarm.Measure, series Series) points {
	p := newPoints(s, m, series)
	if w.WallClock {
		p.follow(w.clock(s.Period/60), m, series)
	} else {
		p.slide(m, series)
	}
	return p
}

func (w Window) clock(period int) *clock {
	location := w.Location
	if location == nil {
		location = time.UTC
	}
	return &clock{location: location, period: int64(period), until: math.MinInt64}
}

// clock finds the minutes at which periods begin: at the top of the hour, at midnight, on Monday at midnight, all in
// local time, on days when clocks change, too.
type clock struct {
	location *time.Location
	period   int64
	offset   int64 // of local time, in minutes
	until    int64 // minute at which the offset changes
}

// starts returns the minutes in which a period starts, the first one inclusive and the last one too.
func (c *clock) starts(first, last int64) []int64 {
	var out []int64
	highest, _ := c.slot(first - 1)
	for minute := first; minute <= last; minute++ {
		slot, aligned := c.slot(minute)
		if slot > highest || c.period < day && (slot < highest || aligned) {
			out = append(out, minute)
			highest = slot
		}
	}
	return out
}

// slot numbers the periods of local time and reports whether a minute is the first of one by the clock. Where the clock
// goes back, hours come again, but no day does.
func (c *clock) slot(minute int64) (slot int64, aligned bool) {
	if minute >= c.until {
		c.look(minute)
	}
	const monday = 3 * day // before 1970
	local := minute + c.offset + monday
	return local / c.period, local%c.period == 0
}

// look finds the offset of a minute and how long it lasts.
func (c *clock) look(minute int64) {
	t := time.Unix(minute*60, 0).In(c.location)
	_, seconds := t.Zone()
	c.offset, c.until = int64(seconds)/60, int64(math.MaxInt64)
	if _, end := t.ZoneBounds(); !end.IsZero() {
		c.until = end.Unix() / 60
	}
}
