package replay

import (
	"sort"

	"github.com/iacgate/iacgate/internal/alarm"
)

// IsSame reports whether the alarm has the same states over another series, which differs from
// its own in some minutes alone; these are in order. It is true where no data point of these
// minutes is on another side of the threshold, which takes far less than a replay, and false
// where only a replay tells.
func (r *Replay) IsSame(other Series, minutes []int64) bool {
	if r.points.clock || r.measure.SamplesNeeded > 0 || other.From != r.points.from || other.To != r.points.to {
		return false
	}
	period := int64(r.points.stride)
	for len(minutes) > 0 {
		from, to := minutes[0], minutes[0]
		for ; len(minutes) > 0 && minutes[0] <= to; minutes = minutes[1:] {
			to = minutes[0] + period
		}
		if !r.isSameBetween(other, max(from, other.From), min(to, other.To)) {
			return false
		}
	}
	return true
}

// isSameBetween compares the data points of the periods that end with each minute, the last one
// exclusive.
func (r *Replay) isSameBetween(other Series, from, to int64) bool {
	period, data := int64(r.points.stride), other.Data
	arrived := sort.Search(len(data), func(i int) bool { return data[i].Minute > from-period })
	left, own := arrived, r.points.change(int(from-other.From))
	var in bag
	for minute := from; minute < to; minute++ {
		for ; arrived < len(data) && data[arrived].Minute <= minute; arrived++ {
			in.add(data[arrived].Value, data[arrived].Count)
		}
		for ; left < arrived && data[left].Minute <= minute-period; left++ {
			in.add(data[left].Value, -data[left].Count)
		}
		for own+1 < len(r.points.changes) && r.points.changes[own+1] <= int(minute-other.From) {
			own++
		}
		if r.classOf(valueOf(r.measure.Point(in.samples))) != r.classOf(r.points.values[own]) {
			return false
		}
	}
	return true
}

func (r *Replay) classOf(value float64) alarm.Point {
	return classOf(r.measure, value, r.settings.Threshold)
}
