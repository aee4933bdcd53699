package analysis

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// watchers describes the alarms on a filter's series.
func (b *builder) watchers(f *graph.MetricFilter) map[string]Watcher {
	out := map[string]Watcher{}
	for _, w := range b.graph.WatchersOf(f) {
		if !b.work.fact() {
			break
		}
		watcher := Watcher{Shared: w.Shared, Holds: w.Holds, Differences: []Difference{}, Fires: b.fires(f, w)}
		for _, d := range w.Differences {
			watcher.Differences = append(watcher.Differences, Difference{DifferenceKind(d.Kind), d.Attribute, d.Sure, d.Text})
		}
		out[w.Alarm.ID] = watcher
	}
	return out
}

// fires asks what a burst of events that the filter matches does to the alarm.
func (b *builder) fires(f *graph.MetricFilter, w graph.Watching) Fires {
	out := Fires{State: FiresUnknown, Reason: w.Opaque, Warnings: []Reason{}}
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
		out.State, out.Argument = FiresRefused, "period"
		out.Reason = "period is " + strconv.Itoa(s.Period) + " seconds; with a window of the wall clock it has to be 60, 300, 3600, 86400 or 604800"
		return out
	}
	out = b.evaluated(out, f, w, s, series)
	if isSensitive(w) {
		out.conceal(b.config.Sensitivity)
	}
	return out
}

// clockPeriods are those that a window of the wall clock may have, in seconds.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudwatch-alarm-wallclockwindow.html
var clockPeriods = []int{60, 300, 3600, 86400, 604800}

// isSensitive says whether numbers that an alarm is evaluated by are sensitive.
func isSensitive(w graph.Watching) bool {
	a := w.Alarm
	return slices.ContainsFunc([]resource.Value{w.Term.Period, a.Evaluation, a.Datapoints, a.Threshold}, resource.Value.IsSensitive)
}

// conceal leaves of the numbers only what the bounds of the configuration make of
// them: the burst that a threshold asks for is the threshold.
func (f *Fires) conceal(s config.Sensitivity) {
	if f.Text != "" {
		f.Text = hidden
	}
	for i := range f.Warnings {
		f.Warnings[i].Text = hidden
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

func (f *Fires) evaluate(s alarm.Settings, series alarm.Series) {
	v := alarm.Evaluate(s, series)
	switch {
	case v.Unknown != "":
		f.Reason = v.Unknown
	case len(v.Invalid) > 0:
		f.State, f.Reason = FiresRefused, joined(v.Invalid)
	case v.AlwaysAlarm && !v.Fires:
		f.State, f.Reason, f.Argument = FiresAlways, joined(v.Reasons), argument(v.Reasons)
	case !v.Fires:
		f.State, f.Reason, f.Argument = FiresNever, joined(v.Reasons), argument(v.Reasons)
	default:
		f.State, f.Events, f.Delay = Fired, v.Events, int(v.Delay.Seconds())
		f.Text = verdict.Plural(v.Events, "event") + ", within " + duration(v.Delay)
	}
	for _, w := range v.Warnings {
		if code, ok := doubts[w.Code]; ok {
			f.Warnings = append(f.Warnings, Reason{code, w.Text})
		}
	}
}

// doubts are the finding codes for what an alarm fires in spite of.
var doubts = map[alarm.Code]string{
	alarm.IgnoreKeepsAlarm:     "alarm-one-shot",
	alarm.MissingDataBreaching: "alarm-breaching-when-quiet",
	alarm.HighResolution:       "alarm-high-resolution",
	alarm.NeedsSeveralPeriods:  "alarm-slow",
	alarm.PercentileLowSamples: "alarm-needs-burst",
	alarm.StatisticDiluted:     "alarm-needs-burst",
}

// arguments are the arguments to blame for a reason. That an alarm is on for
// good always comes with the reason why.
var arguments = map[alarm.Code]string{
	alarm.OperatorInverted:     "comparison_operator",
	alarm.ThresholdUnreachable: "threshold",
	alarm.StatisticDiluted:     "statistic",
	alarm.SampleCountDefault:   "statistic",
	alarm.SumFlooded:           "statistic",
	alarm.DefaultBreaches:      "threshold",
	alarm.MissingDataBreaching: "treat_missing_data",
	alarm.NeedsSeveralPeriods:  "datapoints_to_alarm",
	alarm.PercentileLowSamples: "evaluate_low_sample_count_percentiles",
	alarm.MathBreaches:         "metric_query",
}

func argument(rs []alarm.Reason) string {
	for _, r := range rs {
		if a, ok := arguments[r.Code]; ok {
			return a
		}
	}
	return ""
}

func joined(rs []alarm.Reason) string {
	texts := make([]string, len(rs))
	for i, r := range rs {
		texts[i] = r.Text
	}
	return strings.Join(texts, "; ")
}

// settings reads an alarm's arguments; unseen says which of them is not known.
func settings(w graph.Watching) (s alarm.Settings, argument, unseen string) {
	a := w.Alarm
	read := func(name string, v resource.Value) string {
		if v.IsUnknown() && unseen == "" {
			argument, unseen = name, name+" is not known: "+why(v)
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

// series is what is published to the metrics that the alarm looks at: the
// filter's value for a match, and the default values of all filters on these
// metrics for everything else.
func (b *builder) series(f *graph.MetricFilter, w graph.Watching) (s alarm.Series, unseen string) {
	s.Value = 1
	if n, ok := f.Value.Number(); ok {
		s.Value = n
	}
	publishing := b.graph.Served(w.Alarm)
	if !slices.Contains(publishing, f) {
		publishing = append(slices.Clone(publishing), f)
	}
	for _, other := range publishing {
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
	out := Alarm{Name: named(a.Name), Publishers: b.publishersOf(a), Actors: b.actors(a), Node: newNode(a.Node)}
	if !a.WarmUp.IsNull() {
		out.WarmUp = a.WarmUp.Display()
	}
	return out
}

// refers says whether a value is made from an attribute of a node.
func refers(v resource.Value, address string) bool {
	o, ok := v.Origin()
	return ok && slices.ContainsFunc(o.Refs, func(r resource.Ref) bool { return r.Address == address })
}
