package backtest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/parallel"
	"github.com/iacgate/iacgate/internal/tally"
	"github.com/iacgate/iacgate/internal/verdict"
)

// replay replays the alarms of a watch, on all cores, and describes them in their order.
// What is not needed for composite alarms is given up at once: a year of minutes is large.
func (r *run) replay(w *Watch, q watchQuestions) {
	type described struct {
		replayed
		alarm *Alarm
	}
	done := parallel.Map(w.Monitors, func(m facts.Monitor) string { return m.Alarm }, func(m facts.Monitor) (d described) {
		one := r.replayMonitor(&m, q.filters[m.Alarm])
		if len(controlsOf(w, m.Alarm)) > 0 {
			a := r.describe(w, &m, one, q.filters[m.Alarm])
			d.alarm = &a
		}
		if one.replays = nil; isChild(w, m.Alarm) {
			d.replayed = one
		}
		return d
	})
	children := map[string]replayed{}
	for i, m := range w.Monitors {
		children[m.Alarm] = done[i].replayed
		if a := done[i].alarm; a != nil {
			r.report.Alarms = append(r.report.Alarms, *a)
		}
	}
	for i := range w.Composites {
		r.report.Alarms = append(r.report.Alarms, r.describeComposite(w, &w.Composites[i], children))
	}
	for i, c := range w.Controls {
		if n := q.controls[i]; c.Reference != nil {
			r.report.Controls = append(r.report.Controls, r.describeControl(w, c, n))
		}
	}
}

// isChild reports whether a composite alarm names an alarm.
func isChild(w *Watch, address string) bool {
	return slices.ContainsFunc(w.Composites, func(c facts.CompositeMonitor) bool {
		return slices.Contains(slices.Collect(maps.Values(c.Children)), address)
	})
}

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
	slices.SortStableFunc(groups, func(a, b tally.Group) int { return cmp.Compare(b.Count, a.Count) }) // of all filters
	slices.SortStableFunc(matches, func(a, b tally.Minute) int { return cmp.Compare(a.At, b.At) })
	a.settings(m)
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

// settings describes the settings of an alarm that is replayed.
func (a *Alarm) settings(m *facts.Monitor) {
	if s := m.Settings; a.Unknown == "" && s.Period > 0 {
		a.Period, a.Comparison, a.Threshold = s.Period/60, signs[s.Operator], &s.Threshold
	}
}

// settingsText describes the settings of an alarm in one line.
func settingsText(m *facts.Monitor) string {
	s := m.Settings
	if s.Period == 0 {
		return ""
	}
	text := fmt.Sprintf("%s %s %g in %s", cmp.Or(s.Statistic, s.Extended), signs[s.Operator], s.Threshold, verdict.Plural(s.Period/60, "minute"))
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
