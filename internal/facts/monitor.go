package facts

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Monitor is an alarm with all that its state follows from: its settings and the
// filters that publish to its metric. It holds nothing sensitive.
type Monitor struct {
	Alarm     string // address
	Name      string
	Settings  alarm.Settings
	WallClock bool
	Filters   []MonitorFilter
	// Feed is a pattern of the records that reach the filters' groups, by the account,
	// the region and the selectors of the trails that write there; "" for all.
	Feed string
	// Unknown says why its states do not follow from the records.
	Unknown string
	// Unsure says what is assumed of it.
	Unsure []string
}

// A MonitorFilter is a metric filter that publishes to the metric of a monitor.
type MonitorFilter struct {
	Address string
	Pattern *filterpattern.Pattern
	Value   float64
	Default *float64
}

// A CompositeMonitor is a composite alarm over monitors.
type CompositeMonitor struct {
	Alarm    string
	Name     string
	Rule     *alarmrule.Rule
	Children map[string]string // addresses, by the names in the rule
	Unknown  string
}

// Monitors returns the alarms on a control's events: those that watch a filter whose
// pattern is aimed at them.
func (b *Base) Monitors(control string) []Monitor {
	var out []Monitor
	for _, a := range b.Graph.Alarms {
		if slices.ContainsFunc(b.Graph.WatchedFilters(a), func(f *graph.MetricFilter) bool { return b.isAimed(f, control) }) {
			out = append(out, b.monitor(a))
		}
	}
	return out
}

func (b *Base) isAimed(f *graph.MetricFilter, control string) bool {
	c, ok := b.Document.MetricFilters[f.ID].Coverage[control]
	return ok && c.Aimed != truth.No
}

// monitor describes one alarm.
func (b *Base) monitor(a *graph.Alarm) Monitor {
	m := Monitor{Alarm: a.ID, Name: plainName(a.Name), WallClock: a.WallClock}
	filters := b.Graph.WatchedFilters(a)
	if len(filters) == 0 {
		m.Unknown = "no metric filter of the input publishes its metric"
		return m
	}
	w := b.watchingOf(a, filters[0])
	if w.Opaque != "" {
		m.Unknown = w.Opaque
		return m
	}
	if isSensitive(w) {
		m.Unknown = "it has settings that are sensitive, and a backtest would tell them"
		return m
	}
	if m.Settings, _, m.Unknown = settings(w); m.Unknown != "" {
		return m
	}
	if m.Unknown = b.addMath(&m.Settings, filters, w); m.Unknown != "" {
		return m
	}
	for _, f := range filters {
		if m.Unknown = m.addFilter(f); m.Unknown != "" {
			m.Filters = nil
			return m
		}
	}
	m.Feed, m.Unsure = b.feed(filters)
	return m
}

func (b *Base) watchingOf(a *graph.Alarm, f *graph.MetricFilter) graph.Watching {
	for _, w := range b.Graph.WatchersOf(f) {
		if w.Alarm == a {
			return w
		}
	}
	return graph.Watching{Alarm: a, Opaque: "it is not known what it watches"}
}

// addMath adds the metric math of an alarm, which has to be about the one metric that the
// filters publish.
func (b *Base) addMath(s *alarm.Settings, filters []*graph.MetricFilter, w graph.Watching) (unknown string) {
	if w.Formula == nil {
		return ""
	}
	formula, err := newFormula(w.Formula)
	own, clear := b.ownQueries(filters[0], w)
	quiet := b.quietPoints(w)
	one := !slices.ContainsFunc(filters, func(f *graph.MetricFilter) bool { return b.Graph.Publishes(f, w.Alarm, w.Term) != truth.Yes })
	if err != nil || !clear || !one || len(quiet) != 1 {
		return "it has metric math that is more than a function of one metric"
	}
	s.Math = func(p alarm.MathPoint) alarm.MathPoint { return formula.at(own, p, quiet[0]) }
	return ""
}

// addFilter adds what a filter publishes, and returns why that is not known.
func (m *Monitor) addFilter(f *graph.MetricFilter) (unknown string) {
	for _, part := range []struct {
		name string
		of   resource.Value
	}{{"pattern", f.Pattern}, {"value", f.Value}, {"default_value", f.Default}, {"field_selection_criteria", f.Criteria}, {"apply_on_transformed_logs", f.Transformed}} {
		switch {
		case part.of.IsSensitive():
			return part.name + " of " + f.ID + " is sensitive, and a backtest would tell it"
		case part.of.IsUnknown():
			return part.name + " of " + f.ID + " is not known"
		}
	}
	text, _ := f.Pattern.Text()
	if len(resource.Symbols(text)) > 0 {
		return "a part of the pattern of " + f.ID + " is not known"
	}
	pattern, err := filterpattern.Parse(text)
	if err != nil {
		return "AWS refuses the pattern of " + f.ID
	}
	if on, _ := f.Transformed.Truth(); on {
		return f.ID + " reads transformed log events"
	}
	if criteria, _ := f.Criteria.Text(); criteria != "" {
		return f.ID + " has field_selection_criteria"
	}
	if len(f.Series.Dimensions) > 0 {
		return "the metric of " + f.ID + " has dimensions"
	}
	filter := MonitorFilter{Address: f.ID, Pattern: pattern}
	var ok bool
	if filter.Value, ok = f.Value.Number(); !ok {
		return "what " + f.ID + " publishes for a match is not a number"
	}
	if d, ok := f.Default.Number(); ok {
		filter.Default = &d
	}
	m.Filters = append(m.Filters, filter)
	return ""
}

// feed returns the pattern of the records that the trails of the filters' groups write
// there.
func (b *Base) feed(filters []*graph.MetricFilter) (pattern string, unsure []string) {
	var alternatives []string
	for _, t := range b.Graph.Trails {
		if !slices.ContainsFunc(filters, func(f *graph.MetricFilter) bool { return feeds(t, f) }) {
			continue
		}
		conditions, why := recordConditions(t)
		if why != "" {
			unsure = append(unsure, t.ID+": "+why)
		}
		if len(conditions) == 0 {
			return "", unsure
		}
		alternatives = append(alternatives, "("+strings.Join(conditions, " && ")+")")
	}
	if len(alternatives) == 0 {
		return "", nil
	}
	pattern = "{ " + strings.Join(alternatives, " || ") + " }"
	if _, err := filterpattern.Parse(pattern); err != nil {
		return "", append(unsure, "its trails have more selectors than a pattern can say")
	}
	return pattern, unsure
}

// feeds reports whether a trail writes to the group that a filter reads.
func feeds(t *graph.Trail, f *graph.MetricFilter) bool {
	return slices.ContainsFunc(t.Group.To, func(group string) bool { return slices.Contains(f.Group.To, group) })
}

// recordConditions returns what is true of every record that a trail writes, as conditions
// of a pattern. A record without the field may be one of them.
func recordConditions(t *graph.Trail) (conditions []string, unsure string) {
	is := func(field, value string) string {
		return "($." + field + ` = "` + value + `" || $.` + field + " NOT EXISTS)"
	}
	place := t.Resource.Scope
	if organization, known := t.Organization.Truth(); known && !organization && place.Account != "" {
		conditions = append(conditions, is("recipientAccountId", place.Account))
	}
	if multi, known := t.MultiRegion.Truth(); known && !multi && place.Region != "" {
		conditions = append(conditions, "("+is("awsRegion", place.Region)+` || $.awsRegion = "us-east-1" && $.eventSource = "*")`)
		if global, known := t.GlobalEvents.Truth(); known && !global {
			conditions[len(conditions)-1] = is("awsRegion", place.Region)
		}
	}
	r := recordedEvents(t)
	switch {
	case strings.HasPrefix(r.Lost["read and write"], "no read"):
		conditions = append(conditions, "($.readOnly IS FALSE || $.readOnly NOT EXISTS)")
	case strings.HasPrefix(r.Lost["write"], "no write"):
		conditions = append(conditions, "($.readOnly IS TRUE || $.readOnly NOT EXISTS)")
	case r.Lost["read and write"] != "":
		unsure = r.Lost["read and write"] + "; all are counted"
	}
	for _, source := range r.Excluded {
		conditions = append(conditions, `$.eventSource != "`+source+`"`)
	}
	if r.Unknown != "" {
		unsure = r.Unknown + "; all records are counted"
	}
	return conditions, unsure
}

// plainName is a name that may be told.
func plainName(v resource.Value) string {
	if v.IsSensitive() {
		return ""
	}
	name, _ := v.Text()
	return name
}

// Composites returns the composite alarms over some alarms of the input, and the monitors
// of those that their rules name besides.
func (b *Base) Composites(monitors []Monitor) (composites []CompositeMonitor, more []Monitor) {
	known := map[string]bool{}
	for _, m := range monitors {
		known[m.Alarm] = true
	}
	for _, c := range b.Graph.Composites {
		composite, children, about := b.compositeMonitor(c, known)
		if !about {
			continue
		}
		composites = append(composites, composite)
		for _, child := range children {
			if !known[child.ID] {
				known[child.ID] = true
				more = append(more, b.monitor(child))
			}
		}
	}
	return composites, more
}

// compositeMonitor reads the rule of a composite alarm; about says that it names a known
// alarm.
func (b *Base) compositeMonitor(c *graph.CompositeAlarm, known map[string]bool) (m CompositeMonitor, children []*graph.Alarm, about bool) {
	m = CompositeMonitor{Alarm: c.ID, Name: plainName(c.Name), Children: map[string]string{}}
	text, readable := c.Rule.Text()
	if !readable || c.Rule.IsSensitive() {
		return m, nil, false
	}
	rule, err := alarmrule.Parse(text)
	if err != nil {
		return m, nil, false
	}
	m.Rule = rule
	for _, ref := range rule.Children() {
		a := b.alarmNamed(ref.Name)
		if a == nil {
			m.Unknown = "its rule names an alarm that the input does not have, or not as a metric alarm"
			continue
		}
		about = about || known[a.ID]
		m.Children[ref.Name] = a.ID
		children = append(children, a)
	}
	return m, children, about
}

// alarmNamed returns the alarm with a name or an ARN.
func (b *Base) alarmNamed(ref string) *graph.Alarm {
	name := ref
	if strings.HasPrefix(ref, "arn:") {
		name = ref[strings.LastIndex(ref, ":")+1:]
	}
	for _, a := range b.Graph.Alarms {
		if own, ok := a.Name.Text(); ok && own == name {
			return a
		}
	}
	return nil
}
