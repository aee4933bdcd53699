package page

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// A day is one day of an alarm.
type day struct {
	ID, Date string
	Last     string // of several days on which nothing happened
	Events   string
	Text     string // notifications and time
	Tip      string
	Bar      string // share of the busiest day's events, in percent
	Chart    *chart
	Open     bool
	at       int64 // its first minute
	matches  int64
	minutes  int // in ALARM
}

// charts draw an alarm over all data and by day.
type charts struct {
	Overview *chart
	Caption  webpage.Text
	Days     []day
	Rest     []day // that are not drawn
	Proposed bool
	Counted  bool // there are data points
}

// newCharts draws the overview and the busiest days, so many. Without the states of each
// minute it only lists days.
func newCharts(id string, a backtest.Alarm, gaps []backtest.Gap, most int) *charts {
	all := newDays(id, a)
	v := &charts{Counted: a.Rule == ""}
	if !a.Timeline.IsEmpty() {
		p := newPlotter(a, gaps)
		drawDays(p, all, most)
		v.Overview, v.Caption, v.Proposed = overview(p, id+"-all", all), webpage.NewText(p.caption()), p.proposed != nil
	}
	for _, d := range all {
		if d.Chart == nil {
			v.Rest = appendRest(v.Rest, *d)
		} else {
			v.Days = append(v.Days, *d)
		}
	}
	return v
}

// drawDays draws the days with the most events, and opens the first of them.
func drawDays(p *plotter, all []*day, most int) {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b *day) int {
		return cmp.Or(cmp.Compare(b.matches, a.matches), cmp.Compare(b.minutes, a.minutes))
	})
	for i, d := range order[:min(len(order), most)] {
		d.Chart = p.day(d.ID, d.at, d.Date)
		d.Open = i == 0 && !d.isQuiet()
	}
}

// newDays describes the days.
func newDays(id string, a backtest.Alarm) []*day {
	var out []*day
	most := int64(1)
	for _, d := range a.Days {
		most = max(most, d.Matches)
	}
	for _, d := range a.Days {
		from, err := time.Parse(time.DateOnly, d.Day)
		if err != nil {
			continue // no report has such a day
		}
		one := &day{
			ID: id + "-" + d.Day, Date: from.Format("Mon 2006-01-02"), Events: words.Number(d.Matches), Text: words.Day(d), at: from.Unix() / 60,
			Bar: percentOf(d.Matches, most), matches: d.Matches, minutes: d.Minutes,
		}
		one.Tip = one.Date + ": " + words.Count(d.Matches, "event")
		if one.Text != "" {
			one.Tip += ", " + one.Text
		}
		out = append(out, one)
	}
	return out
}

// isQuiet reports whether nothing happened.
func (d *day) isQuiet() bool { return d.matches == 0 && d.Text == "" }

// appendRest adds a day that is not drawn; days on which nothing happened are one row.
func appendRest(rest []day, d day) []day {
	if n := len(rest); n > 0 && d.isQuiet() && rest[n-1].isQuiet() && rest[n-1].at == d.at-minutesPerDay {
		rest[n-1].Last, rest[n-1].at = d.Date, d.at
		return rest
	}
	return append(rest, d)
}

func percentOf(n, of int64) string {
	return strconv.FormatFloat(float64(n)/float64(of)*100, 'f', 1, 64)
}

// maxLinked is how many days an overview links: more are too narrow to be hit.
const maxLinked = 92

// overview draws all data, with a link for each day that is drawn.
func overview(p *plotter, id string, days []*day) *chart {
	c := p.chart(id, "All data", p.from, p.to, p.bucket, overviewPlot)
	n := int64(len(days))
	every := int64(1)
	const most = 7 // labels that a phone has room for
	for n/every > most {
		every++
	}
	for i := int64(0); i < n; i += every {
		at := time.Unix((p.from+i*minutesPerDay)*60, 0).UTC()
		form := "2 Jan"
		if n > 400 {
			form = "Jan 2006"
		}
		x := float64(i) / float64(n)
		if every == 1 {
			x = (float64(i) + 0.5) / float64(n)
		}
		if every > 1 && x > 0.93 {
			continue
		}
		anchor := "middle"
		if x == 0 {
			anchor = "start"
		}
		c.Ticks = append(c.Ticks, tick{X: percent(x), Text: at.Format(form), Anchor: anchor})
	}
	if n <= maxLinked {
		for i, d := range days {
			l := link{Tip: d.Tip}
			if d.Chart != nil {
				l.Target = d.ID
			}
			c.Links = append(c.Links, l)
			if i > 0 {
				c.Days = append(c.Days, percent(float64(i)/float64(n)))
			}
		}
	}
	return c
}
