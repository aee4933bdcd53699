package replay

import (
	"math"
	"time"
)

// clock finds the minutes at which periods begin: at the top of the hour, at midnight, on Monday at midnight, all in
// local time, on days when clocks change, too.
type clock struct {
	location *time.Location
	period   int64
	offset   int64 // of local time, in minutes
	until    int64 // minute at which the offset changes
}

func newClock(location *time.Location, period int) *clock {
	if location == nil {
		location = time.UTC
	}
	return &clock{location: location, period: int64(period), until: math.MinInt64}
}

// starts returns the minutes in which a period starts, the first one inclusive and the last one too.
func (c *clock) starts(first, last int64) []int64 {
	var out []int64
	highest, _ := c.slot(first - 1)
	for minute := first; minute <= last; minute++ {
		slot, aligned := c.slot(minute)
		if slot > highest || c.period < day && aligned {
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
