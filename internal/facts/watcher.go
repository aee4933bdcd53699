package facts

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// watchers describes the alarms on a filter's series.
func (b *Base) watchers(f *graph.MetricFilter) map[string]document.Watcher {
	out := map[string]document.Watcher{}
	for _, w := range b.Graph.WatchersOf(f) {
		if !b.count() {
			break
		}
		watcher := document.Watcher{Shared: w.Shared, Matches: w.Matches, Differences: []document.Difference{}, Fires: b.evaluateBurst(f, w)}
		for _, d := range w.Differences {
			watcher.Differences = append(watcher.Differences, document.Difference{Kind: document.DifferenceKind(d.Kind), Attribute: d.Attribute, Sure: d.Sure, Text: d.Text})
		}
		out[w.Alarm.ID] = watcher
	}
	return out
}

// evaluateBurst evaluates the alarm for a burst of events that the filter matches.
func (b *Base) evaluateBurst(f *graph.MetricFilter, w graph.Watching) document.Fires {
	out := document.Fires{State: document.FiresUnknown, Reason: w.Opaque, Warnings: []document.Reason{}}
	if w.Opaque != "" {
		return out
	}
	var s alarm.Settings
	if s, out.Argument, out.Reason = settings(w); out.Reason != "" {
		return out
	}
	series, unseen := b.series(f, w)
	if out.Reason = unseen; unseen != "" {
		return out
	}
	if a := w.Alarm; a.WallClock && !slices.Contains(clockPeriods, s.Period) {
		out.State, out.Argument = document.FiresRefused, "period"
		out.Reason = "period is " + strconv.Itoa(s.Period) + " seconds; with a wall clock window it must be 60, 300, 3600, 86400 or 604800"
		return out
	}
	out = b.evaluateAlarm(out, f, w, s, series)
	if isSensitive(w) {
		hideNumbers(&out, b.config.Sensitivity)
	}
	return out
}

// clockPeriods are the periods that a wall clock window may have, in seconds.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudwatch-alarm-wallclockwindow.html
var clockPeriods = []int{60, 300, 3600, 86400, 604800}

// isSensitive reports whether numbers that an alarm is evaluated by are sensitive.
func isSensitive(w graph.Watching) bool {
	a := w.Alarm
	return slices.ContainsFunc([]resource.Value{w.Term.Period, a.Evaluation, a.Datapoints, a.Threshold}, resource.Value.IsSensitive)
}

// hideNumbers replaces the numbers by comparisons with the bounds of the configuration: the
// burst that a threshold requires would show the threshold.
func hideNumbers(f *document.Fires, s config.Sensitivity) {
	if f.Text != "" {
		f.Text = resource.Hidden
	}
	for i := range f.Warnings {
		f.Warnings[i].Text = resource.Hidden
	}
	switch {
	case f.Events > s.FailAbove:
		f.Events = s.FailAbove + 1
	case f.Events > s.WarnAbove:
		f.Events = s.WarnAbove + 1
	case f.Events > 0:
		f.Events = 1
	}
	if most := int(s.MaxDelay.Seconds()); f.Delay > most {
		f.Delay = most + 1
	} else {
		f.Delay = 0
	}
}

// settings reads an alarm's arguments; unseen is one that is not known.
func settings(w graph.Watching) (s alarm.Settings, argument, unseen string) {
	a := w.Alarm
	read := func(name string, v resource.Value) string {
		if v.IsUnknown() && unseen == "" {
			argument, unseen = name, name+" is not known: "+document.Why(v)
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
	if w.Term.ID == "" && !a.Statistic.IsNull() {
		s.Extended = cmp.Or(read("extended_statistic", a.Extended), s.Extended)
	}
	return s, argument, unseen
}

// series returns what is published to the filter's metric that the alarm looks at: the
// filter's value for a match, and the default values of all filters on this metric for
// everything else. Those on other metrics of its metric math have to be known, too.
func (b *Base) series(f *graph.MetricFilter, w graph.Watching) (s alarm.Series, unseen string) {
	s.Value = 1
	if n, ok := f.Value.Number(); ok {
		s.Value = n
	}
	publishing := b.Graph.WatchedFilters(w.Alarm)
	if !slices.Contains(publishing, f) {
		publishing = append(slices.Clone(publishing), f)
	}
	for _, other := range publishing {
		if other.Default.IsUnknown() {
			return s, "default_value of " + other.ID + " is " + other.Default.Display()
		}
		if other != f && b.Graph.Publishes(other, w.Alarm, w.Term) == truth.No {
			continue
		}
		if d, ok := other.Default.Number(); ok && (s.Default == nil || d > *s.Default) {
			s.Default = &d
		}
	}
	return s, ""
}
