package backtest

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/tally"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A reading is one of the readings of what CloudWatch does not say.
type reading struct {
	clock string
	late  bool
	extra int
}

// replayed is an alarm with its timelines, one for each reading.
type replayed struct {
	readings  []reading
	timelines []replay.Timeline
	replays   []*replay.Replay // by reading; nil of a composite alarm
	unknown   string
}

// replay replays the alarms of a watch, on all cores, and describes them in their order.
func (r *run) replay(w *Watch, q watchQuestions) {
	all := make([]replayed, len(w.Monitors))
	inParallel(len(w.Monitors), func(i int) { all[i] = r.replayMonitor(&w.Monitors[i], q.filters[w.Monitors[i].Alarm]) })
	done := map[string]replayed{}
	var about []int
	for i, m := range w.Monitors {
		if done[m.Alarm] = all[i]; len(controlsOf(w, m.Alarm)) > 0 {
			about = append(about, i)
		}
	}
	alarms := make([]Alarm, len(about))
	inParallel(len(about), func(i int) {
		m := &w.Monitors[about[i]]
		alarms[i] = r.describe(w, m, done[m.Alarm], q.filters[m.Alarm])
	})
	r.report.Alarms = append(r.report.Alarms, alarms...)
	for i := range w.Composites {
		r.report.Alarms = append(r.report.Alarms, r.describeComposite(w, &w.Composites[i], done))
	}
	for i, c := range w.Controls {
		if n := q.controls[i]; n.events >= 0 {
			r.report.Controls = append(r.report.Controls, r.describeControl(w, c, n))
		}
	}
}

// inParallel does something for each number below n, a few at a time.
func inParallel(n int, do func(i int)) {
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}

// controlsOf returns the controls that an alarm is about.
func controlsOf(w *Watch, address string) []string {
	var out []string
	for _, c := range w.Controls {
		if slices.Contains(c.Alarms, address) {
			out = append(out, c.ID)
		}
	}
	return out
}

// replayMonitor replays one metric alarm by every reading.
func (r *run) replayMonitor(m *facts.Monitor, filters []filterCounters) replayed {
	out := replayed{unknown: m.Unknown}
	if m.Unknown != "" {
		return out
	}
	from, to := r.window()
	return r.replaySeries(m, r.readings(m), func(late bool) replay.Series { return r.series(m, filters, late, from, to) })
}

// replaySeries replays an alarm over series.
func (r *run) replaySeries(m *facts.Monitor, readings []reading, series func(late bool) replay.Series) replayed {
	var out replayed
	made := map[bool]*replay.Replay{}
	for _, reading := range readings {
		one, ok := made[reading.late]
		if !ok {
			var err error
			if one, err = replay.New(m.Settings, replay.Window{WallClock: m.WallClock}, series(reading.late)); err != nil {
				return replayed{unknown: err.Error()}
			}
			made[reading.late] = one
		}
		out.readings, out.replays = append(out.readings, reading), append(out.replays, one)
		out.timelines = append(out.timelines, one.Run(reading.extra))
	}
	return out
}

// window returns the minutes that are replayed.
func (r *run) window() (from, to int64) {
	from, to = r.tally.Data.From, r.tally.Data.To
	if _, late := r.tally.Clocks(); late != tally.LogClock {
		to = max(from, to-edge)
	}
	return from, to
}

// readings returns the readings of an alarm: by two clocks, if they differ, and with two
// ranges, if data points may be missing.
func (r *run) readings(m *facts.Monitor) []reading {
	extras := []int{replayExtra, 0}
	if !slices.ContainsFunc(m.Filters, func(f facts.MonitorFilter) bool { return f.Default == nil }) {
		extras = extras[:1] // a point in every minute with records
	}
	early, late := r.tally.Clocks()
	clocks := []reading{{clock: string(early)}}
	if early != late {
		clocks = append(clocks, reading{clock: string(late), late: true})
	}
	var out []reading
	for _, c := range clocks {
		for _, extra := range extras {
			c.extra = extra
			out = append(out, c)
		}
	}
	return out
}

// replayExtra is how many data points AWS's tables show beyond the evaluation periods.
const replayExtra = alarm.Extra

// series returns the samples that the filters of an alarm publish.
func (r *run) series(m *facts.Monitor, filters []filterCounters, late bool, from, to int64) replay.Series {
	var data []replay.Datum
	add := func(s tally.Series, value float64) {
		for _, minute := range s {
			if minute.At >= from && minute.At < to {
				data = append(data, replay.Datum{Minute: minute.At, Value: value, Count: minute.Count})
			}
		}
	}
	for i, f := range m.Filters {
		add(r.counts(filters[i].matches).By(late), f.Value)
		if filters[i].rest >= 0 {
			add(r.counts(filters[i].rest).By(late), *f.Default)
		}
	}
	slices.SortStableFunc(data, func(a, b replay.Datum) int { return cmp.Compare(a.Minute, b.Minute) })
	return replay.Series{Data: data, From: from, To: to}
}

func (r *run) counts(counter int) *tally.Counts { return &r.tally.Counts[counter] }

// describe writes what is said of one metric alarm.
func (r *run) describe(w *Watch, m *facts.Monitor, done replayed, filters []filterCounters) Alarm {
	a := Alarm{
		Input: w.Input, When: w.When, State: w.State, Controls: controlsOf(w, m.Alarm), Address: m.Alarm, Name: m.Name, Patterns: []string{},
		Settings: settingsText(m), Unknown: done.unknown, Unsure: m.Unsure,
	}
	for _, f := range m.Filters {
		a.Patterns = append(a.Patterns, f.Pattern.String())
	}
	var matches tally.Series
	var groups []tally.Group
	for _, f := range filters {
		c := r.counts(f.matches)
		a.Matches, a.Others = a.Matches+c.Total, a.Others+c.Others
		matches, groups = append(matches, c.Early...), append(groups, c.Groups...)
		if f.unfed >= 0 {
			a.Unfed += r.counts(f.unfed).Total
		}
	}
	slices.SortStableFunc(matches, func(a, b tally.Minute) int { return cmp.Compare(a.At, b.At) })
	r.addFigures(&a, done, matches, groups)
	if a.Unknown == "" {
		a.Proposal = r.propose(w, m, &a, done, filters)
	}
	return a
}

// describeComposite writes what is said of a composite alarm.
func (r *run) describeComposite(w *Watch, c *facts.CompositeMonitor, done map[string]replayed) Alarm {
	a := Alarm{Input: w.Input, When: w.When, State: w.State, Controls: []string{}, Address: c.Alarm, Name: c.Name, Patterns: []string{}, Rule: c.Rule.String(), Unknown: c.Unknown}
	for _, address := range c.Children {
		for _, id := range controlsOf(w, address) {
			if !slices.Contains(a.Controls, id) {
				a.Controls = append(a.Controls, id)
			}
		}
	}
	slices.Sort(a.Controls)
	var own replayed
	if a.Unknown == "" {
		own = composite(c, done)
		a.Unknown = own.unknown
	}
	r.addFigures(&a, own, nil, nil)
	return a
}

// composite replays a composite alarm by the readings of its children: each clock and
// range that one of them has; a child that does not know it has its only one.
func composite(c *facts.CompositeMonitor, done map[string]replayed) (out replayed) {
	var readings []reading
	for _, name := range slices.Sorted(maps.Keys(c.Children)) {
		child := done[c.Children[name]]
		if child.unknown != "" {
			return replayed{unknown: c.Children[name] + " is not replayed: " + child.unknown}
		}
		if len(child.readings) > len(readings) {
			readings = child.readings
		}
	}
	for _, reading := range readings {
		timelines := map[string]replay.Timeline{}
		for name, address := range c.Children {
			timelines[name] = done[address].by(reading)
		}
		t, err := replay.Composite(c.Rule, timelines)
		if err != nil {
			return replayed{unknown: err.Error()}
		}
		out.readings, out.timelines = append(out.readings, reading), append(out.timelines, t)
	}
	return out
}

// by returns the timeline of a reading, or of the nearest one.
func (d replayed) by(want reading) replay.Timeline {
	best := 0
	for i, have := range d.readings {
		if have == want {
			return d.timelines[i]
		}
		if have.late == want.late {
			best = i
		}
	}
	return d.timelines[best]
}

// settingsText describes the settings of an alarm in one line.
func settingsText(m *facts.Monitor) string {
	s := m.Settings
	if s.Period == 0 {
		return ""
	}
	text := fmt.Sprintf("%s %s %g in %s", cmp.Or(s.Statistic, s.Extended), signs[s.Operator], s.Threshold, minutesText(s.Period/60))
	if n := s.EvaluationPeriods; n > 1 {
		text += fmt.Sprintf(", %d of %d periods", cmp.Or(s.DatapointsToAlarm, n), n)
	}
	if s.MissingData != "" {
		text += ", missing data " + s.MissingData
	}
	if m.WallClock {
		text += ", by the clock"
	}
	return text
}

var signs = map[string]string{
	"GreaterThanThreshold": ">", "GreaterThanOrEqualToThreshold": ">=", "LessThanThreshold": "<", "LessThanOrEqualToThreshold": "<=",
}

func minutesText(n int) string { return strings.TrimSpace(verdict.Plural(n, "minute")) }
