package graph

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Watch is one series that an alarm looks at, and how it sums it up.
type Watch struct {
	ID      string // of its metric_query block, "" without one
	Series  Series
	Period  resource.Value
	Stat    resource.Value // statistic or extended statistic
	Account resource.Value // whose metric it is, null for that of the alarm's account
}

// A Formula is the metric math of an alarm: the expression that it evaluates, and
// those that this one asks for, by their ids.
type Formula struct {
	Text string
	Of   map[string]string
	// Sensitive: nothing of it may be told.
	Sensitive bool
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
		return []Watch{{Series: a.Series, Period: a.Period, Stat: stat}}, ""
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
			return []Watch{q.watch()}, ""
		}
		return a.expression(q)
	}
	return nil, "none of its metric_query blocks returns data"
}

func (q Query) watch() Watch {
	id, _ := q.ID.Text()
	return Watch{ID: id, Series: q.Series, Period: q.Period, Stat: q.Stat, Account: q.Account}
}

// Most inputs have no metric math: its expressions are compiled when one does.
var queryID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[a-z][A-Za-z0-9_]*\b`) })

// expression finds the metrics that metric math is made of, through other
// expressions that it asks for.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
func (a *Alarm) expression(q Query) (terms []Watch, opaque string) {
	f := &Formula{Of: map[string]string{}}
	asked := map[string]bool{}
	if f.Text, opaque = a.formula(q, f, asked); opaque != "" {
		return nil, opaque
	}
	for _, m := range a.Queries {
		if w := m.watch(); m.IsMetric && asked[w.ID] {
			terms = append(terms, w)
		}
	}
	if len(terms) == 0 {
		return nil, "its metric math asks for no metric"
	}
	a.formulaOf = f
	return terms, ""
}

// veiled is a part of a value as anybody may see it.
func veiled(part string, of resource.Value) string {
	if of.IsSensitive() {
		return resource.Hidden
	}
	return part
}

// formula is the text of an expression. It notes what that asks for.
func (a *Alarm) formula(q Query, f *Formula, asked map[string]bool) (text, opaque string) {
	text, ok := q.Expression.Text()
	f.Sensitive = f.Sensitive || q.Expression.IsSensitive()
	switch upper := strings.ToUpper(strings.TrimSpace(text)); {
	case !ok:
		return "", "its metric math is known only after apply"
	case strings.HasPrefix(upper, "SELECT"):
		return "", "it evaluates a Metrics Insights query"
	case strings.Contains(upper, "SEARCH("):
		return "", "it searches for metrics"
	}
	all := strings.Contains(text, "METRICS(")
	ids := queryID().FindAllString(text, -1)
	for _, m := range a.Queries {
		id, _ := m.ID.Text()
		if asked[id] || !(slices.Contains(ids, id) || all && m.IsMetric) {
			continue
		}
		asked[id] = true
		if m.IsMetric {
			continue
		}
		if f.Of[id], opaque = a.formula(m, f, asked); opaque != "" {
			return "", opaque
		}
	}
	for _, id := range ids {
		if !asked[id] {
			return "", "its metric math names " + veiled(id, q.Expression) + ", which is no query of it"
		}
	}
	return text, ""
}

// A Difference is one reason why an alarm does not watch what a filter
// publishes.
type Difference struct {
	Kind      string // name, namespace, dimensions, unit, account, region, filter-name
	Attribute string // of the alarm
	Sure      bool   // false: it cannot be told
	Text      string // what the two sides say, safe to print
}

// A Watching says whether an alarm watches the series of a filter.
type Watching struct {
	Alarm       *Alarm
	Term        Watch // the term of the alarm's value that is, or should be, the series
	Terms       []Watch
	Holds       truth.Truth
	Differences []Difference
	Opaque      string
	Formula     *Formula // nil where the alarm looks at the metric itself
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
		if g.Watches(a, f) != truth.No || g.near(a, f) && len(g.Served(a)) == 0 {
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
		if g.Watches(a, f) == truth.Yes {
			served = append(served, f)
		}
	}
	g.served[a] = served
	return served
}

// Watches says whether an alarm watches what a filter publishes. It puts nothing
// into words: every alarm is asked about every filter.
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

// watching says how an alarm watches what a filter publishes, or fails to.
func (g *Graph) watching(a *Alarm, f *MetricFilter) Watching {
	if a.opaque != "" {
		return Watching{Alarm: a, Opaque: a.opaque, Holds: g.opaqueHolds(a, f)}
	}
	term, c := g.closest(a, f)
	return Watching{
		Alarm: a, Term: term, Terms: a.terms, Holds: c.holds(), Differences: g.differences(a, term, f, c), Formula: a.formulaOf, Shared: sharedBy(a, term, f),
	}
}

// closest is the term of an alarm with the fewest differences from a filter's
// series.
func (g *Graph) closest(a *Alarm, f *MetricFilter) (term Watch, best comparison) {
	for i, t := range a.terms {
		c := g.compare(a, t, f)
		if i == 0 || c.holds() > best.holds() || c.holds() == best.holds() && c.apart() < best.apart() {
			term, best = t, c
		}
	}
	return term, best
}

// A comparison says of each part of a series whether two agree.
type comparison struct{ name, namespace, dimensions, unit, place, account truth.Truth }

func (c comparison) holds() truth.Truth {
	return min(c.name, c.namespace, c.dimensions, c.unit, c.place, c.account)
}

// apart counts the parts that do not agree for certain.
func (c comparison) apart() (n int) {
	for _, t := range []truth.Truth{c.name, c.namespace, c.dimensions, c.unit, c.place, c.account} {
		if t != truth.Yes {
			n++
		}
	}
	return n
}

func (g *Graph) compare(a *Alarm, w Watch, f *MetricFilter) comparison {
	s := w.Series
	c := comparison{
		name: g.sameName(s.Name, f, "name"), namespace: g.sameName(s.Namespace, f, "namespace"),
		dimensions: sameDimensions(s, f.Series), unit: truth.Yes, place: a.Scope().Same(f.Scope()), account: truth.Yes,
	}
	if !w.Account.IsNull() {
		c.place, c.account = a.Scope().SameRegion(f.Scope()), isAccountOf(w.Account, f)
	}
	if !s.Unit.IsNull() {
		c.unit = Equal(s.Unit, f.Series.Unit)
	}
	return c
}

// Publishes says whether a filter publishes what one term of an alarm looks at.
func (g *Graph) Publishes(f *MetricFilter, a *Alarm, w Watch) truth.Truth {
	return g.compare(a, w, f).holds()
}

// isAccountOf says whether a query names the account that a filter publishes in.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
func isAccountOf(account resource.Value, f *MetricFilter) truth.Truth {
	text, ok := account.Symbolic()
	if !ok {
		return truth.Unknown
	}
	return resource.Text(text).Equal(f.Scope().AccountText())
}

// sharedBy is the account of a filter, where an alarm reads the metric there from
// another one.
func sharedBy(a *Alarm, w Watch, f *MetricFilter) string {
	if w.Account.IsNull() || isAccountOf(w.Account, f) != truth.Yes || a.Scope().SameAccount(f.Scope()) == truth.Yes {
		return ""
	}
	return w.Account.Display()
}

// opaqueHolds says whether some term of an alarm that cannot be followed is the
// filter's series: the alarm is related, and cannot be judged.
func (g *Graph) opaqueHolds(a *Alarm, f *MetricFilter) truth.Truth {
	for _, q := range a.Queries {
		if q.IsMetric && g.compare(a, q.watch(), f).holds() == truth.Yes || g.speaksOf(q, f) {
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

// speaksOf says whether a query by words, such as one of Metrics Insights, names the
// filter's metric.
func (g *Graph) speaksOf(q Query, f *MetricFilter) bool {
	text, known := q.Expression.Text()
	name, named := g.deref(f.Series.Name).Text()
	return known && named && name != "" && strings.Contains(text, name)
}

// mentions says whether the query of an alarm of another kind speaks of the
// filter's metric or log group, or may.
func (g *Graph) mentions(a *Alarm, f *MetricFilter) bool {
	if a.Resource.Type == logAlarmType {
		return g.queries(a, f)
	}
	query := argumentsOf(a.Resource).block("evaluation_criteria").block("promql_criteria").get("query")
	text, known := query.Text()
	name, named := g.deref(f.Series.Name).Text()
	return !known || named && name != "" && strings.Contains(text, name)
}

// differences puts a comparison into words.
func (g *Graph) differences(a *Alarm, w Watch, f *MetricFilter, c comparison) []Difference {
	s := w.Series
	var ds []Difference
	add := func(kind, attribute string, t truth.Truth, theirs, ours string) {
		if t != truth.Yes {
			ds = append(ds, Difference{kind, attribute, t == truth.No, "the alarm watches " + theirs + ", the filter publishes " + ours})
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
	add("account", "metric_query.account_id", c.account, "the metric of account "+w.Account.Display(), "in "+cmp.Or(f.Scope().Account, "another account"))
	if c.place != truth.Yes {
		ds = append(ds, Difference{"region", "region", c.place == truth.No, apart(a.Scope(), f.Scope())})
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
func (g *Graph) sameName(v resource.Value, f *MetricFilter, attr string) truth.Truth {
	ours := f.Series.Name
	if attr == "namespace" {
		ours = f.Series.Namespace
	}
	_, known := v.Text()
	_, both := ours.Text()
	if !(known && both) && refersTo(v, f.ID, "metric_transformation.0."+attr) {
		return truth.Yes
	}
	return Equal(g.deref(v), g.deref(ours))
}

func sameDimensions(a, b Series) truth.Truth {
	switch {
	case a.Hidden || b.Hidden:
		return truth.Unknown
	case len(a.Dimensions) != len(b.Dimensions):
		return truth.No
	}
	for k, v := range b.Dimensions {
		if _, ok := a.Dimensions[k]; !ok {
			return truth.No
		}
		// A dimension taken from the event has many values; the alarm sees one.
		if text, _ := v.Text(); !strings.HasPrefix(text, "$@aws.") {
			return truth.No
		}
	}
	return truth.Yes
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
