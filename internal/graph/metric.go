package graph

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Watch is one series that an alarm looks at, and how it sums it up.
type Watch struct {
	Series Series
	Period resource.Value
	Stat   resource.Value // statistic or extended statistic
}

// watched finds the series that the alarm's value is made of: one, or the terms
// of a sum. Otherwise opaque says why it cannot be told.
func (a *Alarm) watched() (terms []Watch, opaque string) {
	switch {
	case a.OtherKind != "":
		return nil, "it evaluates " + a.OtherKind + ", not a metric"
	case a.hidesMetric():
		return nil, "its metric_query blocks are known only after apply"
	case !a.ThresholdQuery.IsNull():
		return nil, "it compares with an anomaly detection band"
	case len(a.Queries) == 0:
		stat := a.Statistic
		if stat.IsNull() {
			stat = a.Extended
		}
		return []Watch{{a.Series, a.Period, stat}}, ""
	}
	return a.returned()
}

// hidesMetric says whether nothing tells what the alarm looks at: an alarm with a
// metric of its own has no queries.
func (a *Alarm) hidesMetric() bool {
	o, _ := a.Series.Name.Origin()
	return a.HiddenQueries && (a.Series.Name.IsNull() || a.Series.Name.IsUnknown() && o.Cause == resource.Opaque)
}

// returned follows the one query whose data the alarm evaluates.
func (a *Alarm) returned() (terms []Watch, opaque string) {
	for _, q := range a.Queries {
		if yes, _ := q.ReturnData.Truth(); !yes && len(a.Queries) > 1 {
			continue
		}
		if q.IsMetric {
			return []Watch{{q.Series, q.Period, q.Stat}}, ""
		}
		return a.expression(q)
	}
	return nil, "none of its metric_query blocks returns data"
}

// Most inputs have no metric math: its expressions are compiled when one does.
var (
	plainID = lazily(`^\s*([a-z][A-Za-z0-9_]*)\s*$`)
	sumList = lazily(`^\s*SUM\(\s*\[?\s*([a-z][A-Za-z0-9_]*(?:\s*,\s*[a-z][A-Za-z0-9_]*)*)\s*\]?\s*\)\s*$`)
	sumAll  = lazily(`^\s*SUM\(\s*METRICS\(\s*\)\s*\)\s*$`)
)

func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// expression understands a single metric and SUM over metrics, which counts a
// missing point as nothing. m1 + m2 has no value while one of the two has none.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
func (a *Alarm) expression(q Query) (terms []Watch, opaque string) {
	text, ok := q.Expression.Text()
	if !ok {
		return nil, "its metric math is known only after apply"
	}
	var ids []string
	switch {
	case sumAll().MatchString(text):
	case plainID().MatchString(text):
		ids = plainID().FindStringSubmatch(text)[1:]
	case sumList().MatchString(text):
		for id := range strings.SplitSeq(sumList().FindStringSubmatch(text)[1], ",") {
			ids = append(ids, strings.TrimSpace(id))
		}
	default:
		return nil, "its metric math is more than one metric or a SUM of metrics: " + q.Expression.Display()
	}
	for _, m := range a.Queries {
		id, _ := m.ID.Text()
		if m.IsMetric && (ids == nil || slices.Contains(ids, id)) {
			terms = append(terms, Watch{m.Series, m.Period, m.Stat})
		}
	}
	if len(terms) == 0 || ids != nil && len(terms) != len(ids) {
		return nil, "its metric math names queries that are not there"
	}
	return terms, ""
}

// A Difference is one reason why an alarm does not watch what a filter
// publishes.
type Difference struct {
	Kind      string // name, namespace, dimensions, unit, region, filter-name
	Attribute string // of the alarm
	Sure      bool   // false: it cannot be told
	Text      string // what the two sides say, safe to print
}

// A Watching says whether an alarm watches the series of a filter.
type Watching struct {
	Alarm       *Alarm
	Term        Watch // the term of the alarm's value that is, or should be, the series
	Terms       []Watch
	Holds       resource.Tri
	Differences []Difference
	Opaque      string
}

// WatchersOf returns the alarms that watch the filter's series, or may, and the
// near ones: alarms that serve no filter but refer to this one, share its metric
// name or namespace with letter case ignored, or use its name as metric name.
func (g *Graph) WatchersOf(f *MetricFilter) []Watching {
	var ws []Watching
	for _, a := range g.Alarms {
		if g.Watches(a, f) != resource.No || g.near(a, f) && len(g.Served(a)) == 0 {
			ws = append(ws, g.watching(a, f))
		}
	}
	return ws
}

// Served returns the filters whose series an alarm watches for certain, in address
// order.
func (g *Graph) Served(a *Alarm) []*MetricFilter {
	served, known := g.served[a]
	if known {
		return served
	}
	for _, f := range g.Filters {
		if g.Watches(a, f) == resource.Yes {
			served = append(served, f)
		}
	}
	g.served[a] = served
	return served
}

// Watches says whether an alarm watches what a filter publishes. It puts nothing
// into words: every alarm is asked about every filter.
func (g *Graph) Watches(a *Alarm, f *MetricFilter) resource.Tri {
	if a.opaque != "" {
		return g.opaqueHolds(a, f)
	}
	_, c := g.closest(a, f)
	return c.holds()
}

// watching says how an alarm watches what a filter publishes, or fails to.
func (g *Graph) watching(a *Alarm, f *MetricFilter) Watching {
	if a.opaque != "" {
		return Watching{Alarm: a, Opaque: a.opaque, Holds: g.opaqueHolds(a, f)}
	}
	term, c := g.closest(a, f)
	return Watching{Alarm: a, Term: term, Terms: a.terms, Holds: c.holds(), Differences: g.differences(a, term.Series, f, c)}
}

// closest is the term of an alarm with the fewest differences from a filter's
// series.
func (g *Graph) closest(a *Alarm, f *MetricFilter) (term Watch, best comparison) {
	for i, t := range a.terms {
		c := g.compare(a, t.Series, f)
		if i == 0 || c.holds() > best.holds() || c.holds() == best.holds() && c.apart() < best.apart() {
			term, best = t, c
		}
	}
	return term, best
}

// A comparison says of each part of a series whether two agree.
type comparison struct{ name, namespace, dimensions, unit, place resource.Tri }

func (c comparison) holds() resource.Tri {
	return min(c.name, c.namespace, c.dimensions, c.unit, c.place)
}

// apart counts the parts that do not agree for certain.
func (c comparison) apart() (n int) {
	for _, t := range []resource.Tri{c.name, c.namespace, c.dimensions, c.unit, c.place} {
		if t != resource.Yes {
			n++
		}
	}
	return n
}

func (g *Graph) compare(a *Alarm, s Series, f *MetricFilter) comparison {
	c := comparison{
		name: g.sameName(s.Name, f, "name"), namespace: g.sameName(s.Namespace, f, "namespace"),
		dimensions: sameDimensions(s, f.Series), unit: resource.Yes, place: a.Scope().Same(f.Scope()),
	}
	if !s.Unit.IsNull() {
		c.unit = Equal(s.Unit, f.Series.Unit)
	}
	return c
}

// opaqueHolds says whether some term of an alarm that cannot be followed is the
// filter's series: the alarm is related, and cannot be judged.
func (g *Graph) opaqueHolds(a *Alarm, f *MetricFilter) resource.Tri {
	for _, q := range a.Queries {
		if q.IsMetric && g.compare(a, q.Series, f).holds() == resource.Yes {
			return resource.Maybe
		}
	}
	if a.hidesMetric() && a.Scope().Same(f.Scope()) != resource.No {
		return resource.Maybe // it may look at anything
	}
	if a.OtherKind != "" && g.mentions(a, f) {
		return resource.Maybe
	}
	if !a.ThresholdQuery.IsNull() && len(a.Queries) == 0 && g.compare(a, a.Series, f).holds() == resource.Yes {
		return resource.Maybe
	}
	return resource.No
}

// mentions says whether the query of an alarm of another kind speaks of the
// filter's metric, or may.
func (g *Graph) mentions(a *Alarm, f *MetricFilter) bool {
	query := argumentsOf(a.Resource).block("evaluation_criteria").block("promql_criteria").get("query")
	text, known := query.Text()
	name, named := g.deref(f.Series.Name).Text()
	return !known || named && name != "" && strings.Contains(text, name)
}

// differences puts a comparison into words.
func (g *Graph) differences(a *Alarm, s Series, f *MetricFilter, c comparison) []Difference {
	var ds []Difference
	add := func(kind, attribute string, t resource.Tri, theirs, ours string) {
		if t != resource.Yes {
			ds = append(ds, Difference{kind, attribute, t == resource.No, "the alarm watches " + theirs + ", the filter publishes " + ours})
		}
	}
	name, ours := g.deref(s.Name), g.deref(f.Series.Name)
	kind := "name"
	if known, ok := name.Text(); ok && usesFilterName(s.Name, known, f) {
		kind = "filter-name"
	}
	add(kind, "metric_name", c.name, quote(name), quote(ours))
	add("namespace", "namespace", c.namespace, quote(s.Namespace), quote(f.Series.Namespace))
	add("dimensions", "dimensions", c.dimensions, dimensions(s), dimensions(f.Series))
	add("unit", "unit", c.unit, "unit "+s.Unit.Display(), "unit "+f.Series.Unit.Display())
	if c.place != resource.Yes {
		ds = append(ds, Difference{"region", "region", c.place == resource.No, apart(a.Scope(), f.Scope())})
	}
	return ds
}

// usesFilterName says whether an alarm's metric name is the name of the filter,
// which is what its id and CloudFormation's Ref give.
func usesFilterName(v resource.Value, known string, f *MetricFilter) bool {
	if refersTo(v, f.ID, "id") || refersTo(v, f.ID, "name") {
		return true
	}
	name, ok := f.Name.Text()
	return ok && name == known
}

// sameName compares a name or namespace: by text where both are known, else by
// reference first.
func (g *Graph) sameName(v resource.Value, f *MetricFilter, attr string) resource.Tri {
	ours := f.Series.Name
	if attr == "namespace" {
		ours = f.Series.Namespace
	}
	_, known := v.Text()
	_, both := ours.Text()
	if !(known && both) && refersTo(v, f.ID, "metric_transformation.0."+attr) {
		return resource.Yes
	}
	return Equal(g.deref(v), g.deref(ours))
}

func sameDimensions(a, b Series) resource.Tri {
	switch {
	case a.Hidden || b.Hidden:
		return resource.Maybe
	case len(a.Dimensions) != len(b.Dimensions):
		return resource.No
	}
	for k, v := range b.Dimensions {
		if _, ok := a.Dimensions[k]; !ok {
			return resource.No
		}
		// A dimension taken from the event has many values; the alarm sees one.
		if text, _ := v.Text(); !strings.HasPrefix(text, "$@aws.") {
			return resource.No
		}
	}
	return resource.Yes
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

func quote(v resource.Value) string {
	if v.IsNull() {
		return "no name"
	}
	return `"` + v.Display() + `"`
}

func dimensions(s Series) string {
	if s.Hidden {
		return "dimensions that are known only after apply"
	}
	if len(s.Dimensions) == 0 {
		return "no dimensions"
	}
	var names []string
	for k := range s.Dimensions {
		names = append(names, k)
	}
	slices.Sort(names)
	return "dimensions " + strings.Join(names, ", ")
}
