package page

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

const minutesPerDay = 24 * 60

// maxBars bounds an overview: where there are more periods, a bar is the largest of several.
const maxBars = 750

// A chart draws the data points of some minutes as bars, with the thresholds, the time in
// ALARM and the gaps. It is as wide as the page: places from left to right are percentages,
// or minutes of a drawing that is stretched, so that letters are not.
type chart struct {
	ID, Title, Description webpage.Text
	Minutes                int64  // its width
	Bars, Alarm            string // paths, in minutes and thousandths of the height
	Gaps, Outside          []band
	Days                   []string // percentages of midnights
	Levels                 []level
	Ticks                  []tick
	Links                  []link

	Height, Top, Plot, Strip, Labels int // of the parts, in pixels
	IsDay                            bool
}

// A band is some time, in percent of the width.
type band struct {
	X, Width string
	Proven   bool
}

type tick struct {
	X, Text, Anchor string
	Minor           bool // is left out where there is little room
}

// A link is a day of the overview; Target is "" where the day is not drawn.
type link struct{ Target, Tip string }

// plotter draws one alarm.
type plotter struct {
	alarm     backtest.Alarm
	timeline  replay.Timeline
	episodes  []replay.Episode // of the timeline
	from, to  int64            // of the overview: whole days
	period    int64            // minutes
	bucket    int64            // of the overview, in minutes
	gaps      []minutes
	lowest    bool // the alarm looks for low values
	threshold *float64
	proposed  *float64
}

// minutes are those of a gap.
type minutes struct {
	from, to int64
	proven   bool
}

func newPlotter(a backtest.Alarm, gaps []backtest.Gap) *plotter {
	t := a.Timeline
	p := &plotter{
		alarm: a, timeline: t, episodes: t.Episodes(), from: t.From / minutesPerDay * minutesPerDay, to: (t.To() + minutesPerDay - 1) / minutesPerDay * minutesPerDay,
		period: int64(min(max(a.Period, 1), minutesPerDay)), lowest: strings.HasPrefix(a.Comparison, "<"), threshold: a.Threshold,
	}
	if a.Proposal != nil && a.Proposal.Threshold != nil {
		p.proposed = &a.Proposal.Threshold.Value
	}
	p.bucket = bucketFor(p.to-p.from, p.period)
	for _, g := range gaps {
		from, err := time.Parse(time.RFC3339, g.From)
		if err == nil {
			at := from.Unix() / 60
			p.gaps = append(p.gaps, minutes{at, at + int64(g.Hours)*60, g.Proven})
		}
	}
	return p
}

// lengths are those of bars that readers know, in minutes.
var lengths = []int64{1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, minutesPerDay}

// bucketFor returns how many minutes one bar of an overview covers: whole periods, and so
// many that there are not more bars than may be.
func bucketFor(length, period int64) int64 {
	for _, n := range lengths {
		if n >= period && n%period == 0 && length/n <= maxBars {
			return n
		}
	}
	unit := int64(minutesPerDay)
	if unit%period != 0 {
		unit = period
	}
	return max(1, (length/unit+maxBars-1)/maxBars) * unit
}

// caption says what a bar of the overview is.
func (p *plotter) caption() string {
	if p.alarm.Rule != "" {
		return "The time in ALARM, in UTC. A composite alarm has no data points of its own."
	}
	what := "largest"
	if p.lowest {
		what = "smallest"
	}
	text := "Each bar is the " + what + " data point of a period of " + words.Duration(int(p.period))
	switch {
	case int64(p.alarm.Period) > p.period:
		text = fmt.Sprintf("Each bar is the %s data point of %s; a period is %s", what, words.Duration(int(p.bucket)), words.Duration(p.alarm.Period))
	case p.bucket > p.period:
		text = fmt.Sprintf("Each bar is the %s data point of %s, which are %s; the days below have a bar for each period", what, words.Duration(int(p.bucket)), words.Count(p.bucket/p.period, "period"))
	}
	return text + ". A data point is what CloudWatch compares with the threshold at the end of a minute: it looks back over a whole period. Times are UTC."
}

const (
	overviewPlot  = 170
	dayPlot       = 130
	compositePlot = 24
)

func (p *plotter) day(id string, at int64, title string) *chart {
	c := p.chart(id, title, at, at+minutesPerDay, p.period, dayPlot)
	c.IsDay = true
	const hours = 3
	for h := 0; h <= 24; h += hours {
		t := tick{X: percent(float64(h) / 24), Text: fmt.Sprintf("%02d:00", h), Anchor: "middle", Minor: h%6 != 0}
		switch h {
		case 0:
			t.Anchor = "start"
		case 24:
			t.Anchor = "end"
		default:
			c.Days = append(c.Days, t.X)
		}
		c.Ticks = append(c.Ticks, t)
	}
	return c
}

// chart draws the minutes from one to another, with bars of some minutes each.
func (p *plotter) chart(id, title string, from, to, bucket int64, plot int) *chart {
	c := &chart{ID: webpage.Text(id), Minutes: to - from, Top: 18, Plot: plot}
	if p.alarm.Rule != "" {
		c.Top, c.Plot = 4, compositePlot
	}
	c.Strip = c.Top + c.Plot + 3
	c.Labels = c.Strip + 22
	c.Height = c.Labels + 6
	bars := p.bars(from, to, bucket)
	c.Alarm = p.inAlarm(from, to, bucket)
	c.addBands(p, from, to)
	if p.alarm.Rule == "" {
		s := newScale(bars, p.threshold, p.proposed)
		c.Bars = s.path(bars, bucket)
		c.Levels = s.levels(c.Top, c.Plot, p.threshold, p.proposed)
	}
	c.Title = webpage.NewText(p.alarm.Title() + ": " + title)
	c.Description = webpage.NewText(p.describe(bars, from, to, bucket))
	return c
}

// bars returns the most extreme data point of each bucket, NaN where there is none.
func (p *plotter) bars(from, to, bucket int64) []float64 {
	out := make([]float64, (to-from+bucket-1)/bucket)
	for i := range out {
		out[i] = math.NaN()
		for at := from + int64(i)*bucket; at < min(from+int64(i+1)*bucket, to); at++ {
			v, ok := p.timeline.Point(at)
			if !ok || math.IsInf(v, 0) {
				continue
			}
			if math.IsNaN(out[i]) || v > out[i] != p.lowest && v != out[i] {
				out[i] = v
			}
		}
	}
	return out
}

// inAlarm returns the time in ALARM as a path of rectangles: by the minute on a day, else
// whole buckets with a minute in ALARM.
func (p *plotter) inAlarm(from, to, bucket int64) string {
	step := bucket
	if to-from <= minutesPerDay {
		step = 1
	}
	var b strings.Builder
	begin := int64(-1)
	for at := from; at <= to; at += step {
		in := at < to && p.anyAlarm(at, min(at+step, to))
		switch {
		case in && begin < 0:
			begin = at
		case !in && begin >= 0:
			fmt.Fprintf(&b, "M%d 0h%dV1000h-%dz", begin-from, min(at, to)-begin, min(at, to)-begin)
			begin = -1
		}
	}
	if begin >= 0 {
		fmt.Fprintf(&b, "M%d 0h%dV1000h-%dz", begin-from, to-begin, to-begin)
	}
	return b.String()
}

// anyAlarm reports whether a judged minute is in ALARM.
func (p *plotter) anyAlarm(from, to int64) bool {
	i, _ := slices.BinarySearchFunc(p.episodes, from+1, func(e replay.Episode, from int64) int { return cmp.Compare(e.End, from) })
	return i < len(p.episodes) && p.episodes[i].Start < to
}

// addBands marks the gaps, and what is not judged: before, in the warm-up and after.
func (c *chart) addBands(p *plotter, from, to int64) {
	length := float64(to - from)
	add := func(list *[]band, a, b int64, proven bool) {
		if a, b = max(a, from), min(b, to); a < b {
			*list = append(*list, band{percent(float64(a-from) / length), percent(float64(b-a) / length), proven})
		}
	}
	judged := p.timeline.From + int64(p.timeline.WarmUp)
	add(&c.Outside, from, judged, false)
	add(&c.Outside, max(judged, p.timeline.To()), to, false)
	for _, proven := range []bool{false, true} {
		for _, g := range joined(p.gaps, proven, from, to) {
			add(&c.Gaps, g.from, g.to, proven)
		}
	}
}

// joined returns the gaps of one kind; those that lie nearer to each other than a bar is
// wide are one.
func joined(gaps []minutes, proven bool, from, to int64) (out []minutes) {
	near := (to - from) / maxBars
	for _, g := range gaps {
		if g.proven != proven || g.to <= from || g.from >= to {
			continue
		}
		if n := len(out); n > 0 && g.from-out[n-1].to < near {
			out[n-1].to = g.to
			continue
		}
		out = append(out, g)
	}
	return out
}

// describe says in words what a chart shows.
func (p *plotter) describe(bars []float64, from, to, bucket int64) string {
	var out []string
	if p.alarm.Rule == "" {
		best := -1
		for i, v := range bars {
			if !math.IsNaN(v) && (best < 0 || v > bars[best] != p.lowest && v != bars[best]) {
				best = i
			}
		}
		what := "The largest data point is "
		if p.lowest {
			what = "The smallest data point is "
		}
		if best < 0 {
			out = append(out, "There is no data point")
		} else {
			out = append(out, what+plain(bars[best])+", in the "+words.Duration(int(bucket))+" from "+time.Unix((from+int64(best)*bucket)*60, 0).UTC().Format("2006-01-02 15:04"))
		}
		if p.threshold != nil {
			out = append(out, "the threshold is "+plain(*p.threshold))
		}
		if p.proposed != nil {
			out = append(out, "the proposed one "+plain(*p.proposed))
		}
	}
	n := p.timeline.Between(from, to).MinutesInAlarm()
	return strings.Join(append(out, words.Count(int64(n), "minute")+" in ALARM"), "; ") + "."
}
