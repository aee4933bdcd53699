package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/truth"
)

// evaluated asks what a burst does to an alarm, through its metric math where it has
// any. What the other metrics of the math are while nothing matches may be open: then
// every answer has to be the same.
func (b *builder) evaluated(out Fires, f *graph.MetricFilter, w graph.Watching, s alarm.Settings, series alarm.Series) Fires {
	if w.Formula == nil {
		out.evaluate(s, series)
		return out
	}
	formula, err := newFormula(w.Formula)
	if err != nil {
		out.Argument, out.Reason = "metric_query", "its metric math is not followed"
		if !w.Formula.Sensitive {
			out.Reason += ": " + err.Error()
		}
		return out
	}
	own, clear := b.own(f, w)
	if !clear {
		out.Argument, out.Reason = "metric_query", "its metric math looks at the metric in two ways"
		return out
	}
	var answers []Fires
	for _, silence := range b.silences(f, w) {
		answer := out
		s.Math = func(p alarm.MathPoint) alarm.MathPoint { return formula.at(own, p, silence) }
		answer.evaluate(s, series)
		answers = append(answers, answer)
	}
	first := answers[0]
	if slices.ContainsFunc(answers, func(a Fires) bool { return a.State != first.State || a.Events != first.Events }) {
		out.Argument, out.Reason = "metric_query", "what the other metrics of its metric math are while nothing matches is not known"
		return out
	}
	return first
}

// own are the ids of the queries that look at the filter's metric; clear says that
// all of them do so in one way.
func (b *builder) own(f *graph.MetricFilter, w graph.Watching) (ids []string, clear bool) {
	clear = true
	for _, t := range w.Terms {
		if t.ID != w.Term.ID && b.graph.Publishes(f, w.Alarm, t) == truth.No {
			continue
		}
		ids = append(ids, t.ID)
		clear = clear && graph.Equal(t.Stat, w.Term.Stat) == truth.Yes && graph.Equal(t.Period, w.Term.Period) == truth.Yes
	}
	return ids, clear
}

// silences are what the metrics of an alarm may be while nothing matches, by the ids
// of their queries: the default value of a filter that publishes one, nothing where
// that has none, and either nothing or 0 where no filter of the input publishes it.
func (b *builder) silences(f *graph.MetricFilter, w graph.Watching) []map[string]alarm.MathPoint {
	missing, zero, open := map[string]alarm.MathPoint{}, map[string]alarm.MathPoint{}, false
	for _, t := range w.Terms {
		point, published := b.silence(w.Alarm, t)
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

// silence is the point of a metric while nothing matches; published says that a
// filter of the input publishes it.
func (b *builder) silence(a *graph.Alarm, t graph.Watch) (point alarm.MathPoint, published bool) {
	point.Missing = true
	for _, f := range b.graph.Served(a) {
		if b.graph.Publishes(f, a, t) != truth.Yes {
			continue
		}
		published = true
		if d, ok := f.Default.Number(); ok {
			point = alarm.MathPoint{Value: d}
		}
	}
	return point, published
}

// A formula is metric math that is read.
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

// at is the point of the math where some queries have a point and the others are
// silent.
func (x formula) at(own []string, p alarm.MathPoint, silence map[string]alarm.MathPoint) alarm.MathPoint {
	points := maps.Clone(silence)
	for _, id := range own {
		points[id] = p
	}
	return x.follow(x.root, points, len(x.of))
}

// follow gives an expression the points of those that it asks for, which ask for
// others, at most as deep as there are any.
func (x formula) follow(m alarm.Math, metrics map[string]alarm.MathPoint, depth int) alarm.MathPoint {
	points := map[string]alarm.MathPoint{}
	for _, id := range m.IDs {
		if inner, ok := x.of[id]; ok && depth > 0 {
			points[id] = x.follow(inner, metrics, depth-1)
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
