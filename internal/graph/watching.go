package graph

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Watching says whether an alarm watches the series of a filter.
type Watching struct {
	Alarm       *Alarm
	Term        Watch // the term of the alarm's value that is, or should be, the series
	Terms       []Watch
	Matches     truth.Truth
	Differences []Difference
	Opaque      string
	Formula     *Formula // nil if the alarm looks at the metric itself
	// Shared is the account of the filter, where the alarm is in another one and reads
	// its metric there.
	Shared string
}

// WatchersOf returns the alarms that watch the filter's series, or may, and the
// near ones: alarms that serve no filter but refer to this one, share its metric
// name or namespace with letter case ignored, or use its name as metric name.
func (g *Graph) WatchersOf(f *MetricFilter) []Watching {
	var ws []Watching
	for _, a := range g.Alarms {
		if g.Watches(a, f) != truth.No || g.near(a, f) && len(g.WatchedFilters(a)) == 0 {
			ws = append(ws, g.watching(a, f))
		}
	}
	return ws
}

// WatchedFilters returns the filters whose series an alarm watches for certain, in address
// order.
func (g *Graph) WatchedFilters(a *Alarm) []*MetricFilter {
	served, known := g.served[a]
	if known {
		return served
	}
	for _, f := range g.Filters {
		if g.Watches(a, f) == truth.Yes {
			served = append(served, f)
		}
	}
	g.served[a] = served
	return served
}

// Watches reports whether an alarm watches the series of a filter. It makes no texts,
// because it is called for every pair of alarm and filter.
func (g *Graph) Watches(a *Alarm, f *MetricFilter) truth.Truth {
	if a.opaque != "" {
		return g.opaqueHolds(a, f)
	}
	best := truth.No
	for _, t := range a.terms {
		if g.sameName(t.Series.Name, f, "name") != truth.No { // the cheapest part, by which most differ
			best = max(best, g.compare(a, t, f).holds())
		}
	}
	return best
}

// watching says how an alarm watches the series of a filter, or why it does not.
func (g *Graph) watching(a *Alarm, f *MetricFilter) Watching {
	if a.opaque != "" {
		return Watching{Alarm: a, Opaque: a.opaque, Matches: g.opaqueHolds(a, f)}
	}
	term, c := g.closest(a, f)
	return Watching{
		Alarm: a, Term: term, Terms: a.terms, Matches: c.holds(), Differences: g.differences(a, term, f, c), Formula: a.formulaOf, Shared: sharedBy(a, term, f),
	}
}

// closest returns the term of an alarm with the fewest differences from a filter's
// series.
func (g *Graph) closest(a *Alarm, f *MetricFilter) (term Watch, best comparison) {
	for i, t := range a.terms {
		c := g.compare(a, t, f)
		if i == 0 || c.holds() > best.holds() || c.holds() == best.holds() && c.unequal() < best.unequal() {
			term, best = t, c
		}
	}
	return term, best
}

// Publishes reports whether a filter publishes the series of one term of an alarm.
func (g *Graph) Publishes(f *MetricFilter, a *Alarm, w Watch) truth.Truth {
	return g.compare(a, w, f).holds()
}

// sharedBy returns the account of a filter if an alarm in another account reads the metric
// there.
func sharedBy(a *Alarm, w Watch, f *MetricFilter) string {
	if w.Account.IsNull() || isAccountOf(w.Account, f) != truth.Yes || a.Scope().SameAccount(f.Scope()) == truth.Yes {
		return ""
	}
	return w.Account.Display()
}

// opaqueHolds reports whether an alarm that cannot be followed has a term with the
// filter's series: it is related, and cannot be judged.
func (g *Graph) opaqueHolds(a *Alarm, f *MetricFilter) truth.Truth {
	for _, q := range a.Queries {
		if q.IsMetric && g.compare(a, q.watch(), f).holds() == truth.Yes || g.namesMetric(q, f) {
			return truth.Unknown
		}
	}
	if a.hidesMetric() && a.Scope().Same(f.Scope()) != truth.No {
		return truth.Unknown // it may look at anything
	}
	if a.OtherKind != "" && a.Scope().Same(f.Scope()) != truth.No && g.mentions(a, f) {
		return truth.Unknown
	}
	if !a.ThresholdQuery.IsNull() && len(a.Queries) == 0 && g.compare(a, Watch{Series: a.Series}, f).holds() == truth.Yes {
		return truth.Unknown
	}
	return truth.No
}

// namesMetric reports whether a query by words, such as one of Metrics Insights, names the
// filter's metric.
func (g *Graph) namesMetric(q Query, f *MetricFilter) bool {
	text, known := q.Expression.Text()
	name, named := g.deref(f.Series.Name).Text()
	return known && named && name != "" && strings.Contains(text, name)
}

// mentions reports whether the query of an alarm of another kind names, or may name, the
// filter's metric or log group.
func (g *Graph) mentions(a *Alarm, f *MetricFilter) bool {
	if a.Resource.Type == logAlarmType {
		return g.queries(a, f)
	}
	query := argumentsOf(a.Resource).block("evaluation_criteria").block("promql_criteria").get("query")
	text, known := query.Text()
	name, named := g.deref(f.Series.Name).Text()
	return !known || named && name != "" && strings.Contains(text, name)
}

func (g *Graph) near(a *Alarm, f *MetricFilter) bool {
	return slices.ContainsFunc(a.terms, func(t Watch) bool { return g.nearSeries(t.Series, f) }) ||
		slices.ContainsFunc(a.Queries, func(q Query) bool { return g.nearSeries(q.Series, f) })
}

func (g *Graph) nearSeries(s Series, f *MetricFilter) bool {
	for _, v := range []resource.Value{s.Name, s.Namespace} {
		if o, ok := v.Origin(); ok && slices.ContainsFunc(o.Refs, func(r resource.Ref) bool { return r.Address == f.ID }) {
			return true
		}
	}
	return sameFold(g.deref(s.Name), f.Series.Name) || sameFold(s.Namespace, f.Series.Namespace) ||
		sameFold(g.deref(s.Name), f.Name)
}

func sameFold(a, b resource.Value) bool {
	at, aok := a.Text()
	bt, bok := b.Text()
	return aok && bok && strings.EqualFold(at, bt)
}

// queries reports whether an alarm over a logs query reads, or may read, the group of a
// filter.
func (g *Graph) queries(a *Alarm, f *MetricFilter) bool {
	groups := argumentsOf(a.Resource).block("scheduled_query_configuration").get("log_group_identifiers")
	kind := g.groupKind()
	kind.outside = func(text string, _ *resource.Resource) Target { return Target{State: External, To: []string{text}} }
	asked := g.targets(a.Resource, groups, kind)
	if groups.IsUnknown() || len(asked) == 0 {
		return true
	}
	return slices.ContainsFunc(asked, func(t Target) bool {
		return len(t.To) == 0 || slices.ContainsFunc(t.To, func(id string) bool { return slices.Contains(f.Group.To, id) })
	})
}
