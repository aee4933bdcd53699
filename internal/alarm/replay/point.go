package replay

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/iacgate/iacgate/internal/alarm"
)

// points are the data points of an alarm: for every minute the period that ends with it, or the periods of the clock.
type points struct {
	from, to int64
	period   int64 // minutes
	hourly   bool  // evaluated once an hour

	values  []float64
	samples []int64 // by which values are made; nil if the number does not matter
	silence float64 // data point of a period without samples
	stride  int     // from a data point to the one that is a period older

	clock   bool  // periods of the clock
	ends    []int // of these, in minutes after from
	partial bool  // the first of these began before the data
}

// missing is a data point that does not exist.
var missing = math.NaN()

func isMissing(value float64) bool { return value != value }

func valueOf(p alarm.MathPoint) float64 {
	if p.Missing {
		return missing
	}
	return p.Value
}

func newPoints(s alarm.Settings, m alarm.Measure, series Series) points {
	return points{
		from: series.From, to: series.To, period: int64(s.Period) / 60,
		hourly:  s.EvaluationPeriods > day*60/s.Period,
		silence: valueOf(m.Point(nil)),
	}
}

func (p *points) minutes() int { return int(p.to - p.from) }

// slide computes the data point of the period that ends with each minute. While no sample comes or goes it stays.
func (p *points) slide(m alarm.Measure, series Series) {
	p.stride = int(p.period)
	var in bag
	data, arrived, left := series.Data, 0, 0
	for minute := p.from; minute < p.to; minute++ {
		same := len(p.values) > 0
		for ; arrived < len(data) && data[arrived].Minute == minute; arrived++ {
			in.add(data[arrived].Value, data[arrived].Count)
			same = false
		}
		for ; left < arrived && data[left].Minute <= minute-p.period; left++ {
			in.add(data[left].Value, -data[left].Count)
			same = false
		}
		p.push(m, in, same)
	}
}

// follow computes the data points of the periods of a clock that end within the data.
func (p *points) follow(c *clock, m alarm.Measure, series Series) {
	p.clock, p.stride = true, 1
	starts := c.starts(p.from, p.to)
	p.partial = len(starts) == 0 || starts[0] != p.from
	data := series.Data
	for _, end := range starts {
		if end == p.from {
			continue
		}
		var in bag
		for ; len(data) > 0 && data[0].Minute < end; data = data[1:] {
			in.add(data[0].Value, data[0].Count)
		}
		p.ends = append(p.ends, int(end-p.from))
		p.push(m, in, false)
	}
}

// push adds the next data point, which may be the same as the one before.
func (p *points) push(m alarm.Measure, in bag, same bool) {
	if same {
		p.values = append(p.values, p.values[len(p.values)-1])
	} else {
		p.values = append(p.values, valueOf(m.Point(in.samples)))
	}
	if m.SamplesNeeded > 0 {
		p.samples = append(p.samples, in.count)
	}
}

// at returns a data point. Before the first there is silence.
func (p *points) at(i int) float64 {
	if i < 0 {
		return p.silence
	}
	return p.values[i]
}

func (p *points) samplesAt(i int) int64 {
	if i < 0 || p.samples == nil {
		return 0
	}
	return p.samples[i]
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

// bag holds the samples of a period in rising order of their values.
type bag struct {
	samples []alarm.Sample
	count   int64
}

// add puts samples in, or takes as many out.
func (b *bag) add(value float64, count int64) {
	b.count += count
	i, found := slices.BinarySearchFunc(b.samples, value, func(s alarm.Sample, v float64) int { return cmp.Compare(s.Value, v) })
	if !found {
		b.samples = slices.Insert(b.samples, i, alarm.Sample{Value: value})
	}
	if b.samples[i].Count += count; b.samples[i].Count == 0 {
		b.samples = slices.Delete(b.samples, i, i+1)
	}
}
