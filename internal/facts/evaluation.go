package facts

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

func evaluateSettings(f *document.Fires, s alarm.Settings, series alarm.Series) {
	v := alarm.Evaluate(s, series)
	switch {
	case v.Unknown != "":
		f.Reason = v.Unknown
	case len(v.Invalid) > 0:
		f.State, f.Reason = document.FiresRefused, joinReasons(v.Invalid)
	case v.AlwaysAlarm && !v.Fires:
		f.State, f.Reason, f.Argument = document.FiresAlways, joinReasons(v.Reasons), faultyArgument(v.Reasons)
	case !v.Fires:
		f.State, f.Reason, f.Argument = document.FiresNever, joinReasons(v.Reasons), faultyArgument(v.Reasons)
	default:
		f.State, f.Events, f.Delay = document.Fired, v.Events, int(v.Delay.Seconds())
		f.Text = verdict.Plural(v.Events, "event") + ", within " + duration(v.Delay)
	}
	for _, w := range v.Warnings {
		if code, ok := warningCodes[w.Code]; ok {
			f.Warnings = append(f.Warnings, document.Reason{Code: code, Text: w.Text})
		}
	}
}

// warningCodes are the finding codes for faults that do not keep an alarm from firing.
var warningCodes = map[alarm.Code]string{
	alarm.IgnoreKeepsAlarm:     "alarm-one-shot",
	alarm.MissingDataBreaching: "alarm-breaching-when-quiet",
	alarm.HighResolution:       "alarm-high-resolution",
	alarm.NeedsSeveralPeriods:  "alarm-slow",
	alarm.PercentileLowSamples: "alarm-needs-burst",
	alarm.StatisticDiluted:     "alarm-needs-burst",
}

// argumentOf has the argument to blame for a reason. An alarm that is always in ALARM
// has another reason, too.
var argumentOf = map[alarm.Code]string{
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

func faultyArgument(rs []alarm.Reason) string {
	for _, r := range rs {
		if a, ok := argumentOf[r.Code]; ok {
			return a
		}
	}
	return ""
}

func joinReasons(rs []alarm.Reason) string {
	texts := make([]string, len(rs))
	for i, r := range rs {
		texts[i] = r.Text
	}
	return strings.Join(texts, "; ")
}

// evaluateAlarm evaluates an alarm for a burst, through its metric math if it has any. If
// the other metrics of the math may have several values while nothing matches, the
// answers for all of them have to agree.
func (b *Base) evaluateAlarm(out document.Fires, f *graph.MetricFilter, w graph.Watching, s alarm.Settings, series alarm.Series) document.Fires {
	if w.Formula == nil {
		evaluateSettings(&out, s, series)
		return out
	}
	formula, err := newFormula(w.Formula)
	if err != nil {
		out.Argument, out.Reason = "metric_query", "its metric math is not supported"
		if !w.Formula.Sensitive {
			out.Reason += ": " + err.Error()
		}
		return out
	}
	own, clear := b.ownQueries(f, w)
	if !clear {
		out.Argument, out.Reason = "metric_query", "its metric math reads the metric in two ways"
		return out
	}
	var answers []document.Fires
	for _, silence := range b.quietPoints(w) {
		answer := out
		s.Math = func(p alarm.MathPoint) alarm.MathPoint { return formula.at(own, p, silence) }
		evaluateSettings(&answer, s, series)
		answers = append(answers, answer)
	}
	first := answers[0]
	if slices.ContainsFunc(answers, func(a document.Fires) bool { return a.State != first.State || a.Events != first.Events }) {
		out.Argument, out.Reason = "metric_query", "the values of the other metrics in its metric math while nothing matches are not known"
		return out
	}
	return first
}

// ownQueries returns the ids of the queries of the filter's metric; clear says that all
// of them have the same settings.
func (b *Base) ownQueries(f *graph.MetricFilter, w graph.Watching) (ids []string, clear bool) {
	clear = true
	for _, t := range w.Terms {
		if t.ID != w.Term.ID && b.Graph.Publishes(f, w.Alarm, t) == truth.No {
			continue
		}
		ids = append(ids, t.ID)
		clear = clear && graph.Equal(t.Stat, w.Term.Stat) == truth.Yes && graph.Equal(t.Period, w.Term.Period) == truth.Yes
	}
	return ids, clear
}

// quietPoints returns the possible values of an alarm's metrics while nothing matches, by
// the ids of their queries: the default value of the filter that publishes one, no data if
// the filter has none, and no data or 0 if no filter of the input publishes it.
func (b *Base) quietPoints(w graph.Watching) []map[string]alarm.MathPoint {
	missing, zero, open := map[string]alarm.MathPoint{}, map[string]alarm.MathPoint{}, false
	for _, t := range w.Terms {
		point, published := b.quietPoint(w.Alarm, t)
		missing[t.ID], zero[t.ID] = point, point
		if !published {
			zero[t.ID], open = alarm.MathPoint{}, true
		}
	}
	if open {
		return []map[string]alarm.MathPoint{missing, zero}
	}
	return []map[string]alarm.MathPoint{missing}
}

// quietPoint returns the point of a metric while nothing matches; published says that a
// filter of the input publishes it.
func (b *Base) quietPoint(a *graph.Alarm, t graph.Watch) (point alarm.MathPoint, published bool) {
	point.Missing = true
	for _, f := range b.Graph.WatchedFilters(a) {
		if b.Graph.Publishes(f, a, t) != truth.Yes {
			continue
		}
		published = true
		if d, ok := f.Default.Number(); ok {
			point = alarm.MathPoint{Value: d}
		}
	}
	return point, published
}

// A formula is parsed metric math.
type formula struct {
	root alarm.Math
	of   map[string]alarm.Math
}

func newFormula(f *graph.Formula) (formula, error) {
	out := formula{of: map[string]alarm.Math{}}
	var err error
	if out.root, err = alarm.ParseMath(f.Text); err != nil {
		return out, err
	}
	for id, text := range f.Of {
		if out.of[id], err = alarm.ParseMath(text); err != nil {
			return out, err
		}
	}
	return out, nil
}

// at returns the point of the math if some queries have a point and the others have no
// data.
func (x formula) at(own []string, p alarm.MathPoint, silence map[string]alarm.MathPoint) alarm.MathPoint {
	points := maps.Clone(silence)
	for _, id := range own {
		points[id] = p
	}
	return x.evaluate(x.root, points, len(x.of))
}

// evaluate gives an expression the points of those that it asks for, which ask for
// others, at most as deep as there are any.
func (x formula) evaluate(m alarm.Math, metrics map[string]alarm.MathPoint, depth int) alarm.MathPoint {
	points := map[string]alarm.MathPoint{}
	for _, id := range m.IDs {
		if inner, ok := x.of[id]; ok && depth > 0 {
			points[id] = x.evaluate(inner, metrics, depth-1)
		} else if point, ok := metrics[id]; ok {
			points[id] = point
		}
	}
	if m.Metrics {
		for id, point := range metrics {
			points[id] = point
		}
	}
	return m.At(points)
}

// duration formats a length of time for people.
func duration(d time.Duration) string {
	switch {
	case d < time.Minute:
		return verdict.Plural(int(d.Seconds()), "second")
	case d < 2*time.Hour:
		return verdict.Plural(int(d.Minutes()), "minute")
	}
	return fmt.Sprintf("%.3g hours", d.Hours())
}
