package replay

import (
	"fmt"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/alarm"
)

// Window says where the periods of an alarm lie: they end with the minute of the evaluation, or follow the clock.
type Window struct {
	WallClock bool
	Location  *time.Location // of the clock; nil: UTC
}

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

// points computes the data points of an alarm, in the room of those that are not needed any
// more.
func (w Window) points(s alarm.Settings, m alarm.Measure, series Series, old points) points {
	b := builder{measure: m, series: series}
	b.points = points{
		from: series.From, to: series.To, hourly: s.EvaluationPeriods > day*60/s.Period,
		silence: valueOf(m.Point(nil)), changes: old.changes[:0], values: old.values[:0], ends: old.ends[:0],
	}
	if m.SamplesNeeded > 0 {
		b.samples = old.samples[:0]
	}
	if w.WallClock {
		b.follow(newClock(w.Location, s.Period/60))
	} else {
		b.slide(s.Period / 60)
	}
	return b.points
}

// builder makes points of a series.
type builder struct {
	points
	measure alarm.Measure
	series  Series
	in      bag // samples of the period of the next data point
}

// slide computes the data points of the periods that end with each minute. They change only in minutes in which samples
// come or go.
func (b *builder) slide(period int) {
	b.stride = period
	data, arrived, left := b.series.Data, 0, 0
	b.grow(min(2*len(data)+1, b.minutes())) // samples come and go
	for minute := b.from; minute < b.to; {
		for ; arrived < len(data) && data[arrived].Minute == minute; arrived++ {
			b.in.add(data[arrived].Value, data[arrived].Count)
		}
		for ; left < arrived && data[left].Minute <= minute-int64(period); left++ {
			b.in.add(data[left].Value, -data[left].Count)
		}
		b.count = int(minute - b.from)
		b.push()
		minute = b.to
		if arrived < len(data) {
			minute = data[arrived].Minute
		}
		if left < arrived {
			minute = min(minute, data[left].Minute+int64(period))
		}
	}
	b.count = b.minutes()
}

// follow computes the data points of the periods of a clock that end within the data.
func (b *builder) follow(c *clock) {
	b.clock, b.stride = true, 1
	starts := c.starts(b.from, b.to)
	b.partial = len(starts) == 0 || starts[0] != b.from
	data := b.series.Data
	for _, end := range starts {
		if end == b.from {
			continue
		}
		for b.in = (bag{}); len(data) > 0 && data[0].Minute < end; data = data[1:] {
			b.in.add(data[0].Value, data[0].Count)
		}
		b.ends = append(b.ends, int(end-b.from))
		b.push()
	}
}

// grow makes room for data points: lists of years that grow while they are made are copied
// again and again.
func (b *builder) grow(n int) {
	b.changes, b.values = slices.Grow(b.changes, n), slices.Grow(b.values, n)
}

// push adds the next data point.
func (b *builder) push() {
	value, samples := valueOf(b.measure.Point(b.in.samples)), int64(0)
	if b.measure.SamplesNeeded > 0 {
		samples = b.in.count
	}
	if !b.isAs(value, samples) {
		b.changes, b.values = append(b.changes, b.count), append(b.values, value)
		if b.measure.SamplesNeeded > 0 {
			b.samples = append(b.samples, samples)
		}
	}
	b.count++
}
