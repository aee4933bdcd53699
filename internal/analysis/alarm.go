package analysis

import (
	"slices"
	"strconv"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

// watchers describes the alarms on a filter's series.
func (b *builder) watchers(f *graph.MetricFilter) []Watcher {
	out := []Watcher{}
	for _, w := range b.graph.WatchersOf(f) {
		watcher := Watcher{Alarm: w.Alarm.ID, Holds: triNames[w.Holds], Opaque: w.Opaque, Differences: []Difference{}}
		for _, d := range w.Differences {
			watcher.Differences = append(watcher.Differences, Difference(d))
		}
		watcher.Fires = b.fires(f, w)
		out = append(out, watcher)
	}
	return out
}

// fires asks what a burst of events that the filter matches does to the alarm.
func (b *builder) fires(f *graph.MetricFilter, w graph.Watching) Fires {
	out := Fires{State: "unknown", Reasons: []Reason{}, Refused: []Reason{}, Warnings: []Reason{}, Unknown: w.Opaque}
	if w.Opaque != "" {
		return out
	}
	settings, argument, unseen := settings(w)
	if unseen != "" {
		out.Unknown, out.Argument = unseen, argument
		return out
	}
	series, unseen := b.series(f, w)
	if unseen != "" {
		out.Unknown = unseen
		return out
	}
	v := alarm.Evaluate(settings, series)
	out.Reasons, out.Refused, out.Warnings = reasons(v.Reasons), reasons(v.Invalid), reasons(v.Warnings)
	out.Events, out.Delay, out.Returns, out.Always, out.Unknown = v.Events, int(v.Delay.Seconds()), v.Returns, v.AlwaysAlarm, v.Unknown
	switch {
	case v.Unknown != "":
	case v.Fires:
		out.State = "yes"
	default:
		out.State = "no"
	}
	return out
}

func reasons(rs []alarm.Reason) []Reason {
	out := []Reason{}
	for _, r := range rs {
		out = append(out, Reason{Code: string(r.Code), Text: r.Text})
	}
	return out
}

// settings reads an alarm's arguments; unseen says which of them is not known.
func settings(w graph.Watching) (s alarm.Settings, argument, unseen string) {
	a := w.Alarm
	read := func(name string, v resource.Value) string {
		if v.IsUnknown() && unseen == "" {
			argument, unseen = name, name+" is "+v.Display()
		}
		text, _ := v.Text()
		return text
	}
	number := func(name string, v resource.Value) float64 {
		n, _ := strconv.ParseFloat(read(name, v), 64)
		return n
	}
	s = alarm.Settings{
		Period:            int(number("period", w.Term.Period)),
		EvaluationPeriods: int(number("evaluation_periods", a.Evaluation)),
		DatapointsToAlarm: int(number("datapoints_to_alarm", a.Datapoints)),
		Operator:          read("comparison_operator", a.Operator),
		Threshold:         number("threshold", a.Threshold),
		MissingData:       read("treat_missing_data", a.MissingData),
		LowSamples:        read("evaluate_low_sample_count_percentiles", a.LowSamples),
	}
	stat := read("statistic", w.Term.Stat)
	if slices.Contains([]string{"Sum", "SampleCount", "Average", "Minimum", "Maximum"}, stat) {
		s.Statistic = stat
	} else {
		s.Extended = stat
	}
	return s, argument, unseen
}

// series is what is published to the metrics that the alarm looks at: the
// filter's value for a match, and the default values of all filters on these
// metrics for everything else.
func (b *builder) series(f *graph.MetricFilter, w graph.Watching) (s alarm.Series, unseen string) {
	s.Value = 1
	if n, ok := f.Value.Number(); ok {
		s.Value = n
	}
	for _, other := range b.graph.Filters {
		if other != f && b.graph.Watches(w.Alarm, other) != resource.Yes {
			continue
		}
		if other.Default.IsUnknown() {
			return s, "default_value of " + other.ID + " is " + other.Default.Display()
		}
		if d, ok := other.Default.Number(); ok && (s.Default == nil || d > *s.Default) {
			s.Default = &d
		}
	}
	return s, ""
}

func (b *builder) alarm(a *graph.Alarm) Alarm {
	n := newNode(a.Node)
	out := Alarm{Name: n.text("name", a.Name), Muted: []string{}, Actors: b.actors(a), Node: n}
	for _, m := range b.graph.MuteRules {
		for _, name := range m.Alarms.List() {
			if text, ok := name.Text(); ok && out.Name != nil && text == *out.Name || refers(name, a.ID) {
				out.Muted = append(out.Muted, m.ID)
			}
		}
	}
	return out
}

// refers says whether a value is made from an attribute of a node.
func refers(v resource.Value, address string) bool {
	o, ok := v.Origin()
	return ok && slices.ContainsFunc(o.Refs, func(r resource.Ref) bool { return r.Address == address })
}
