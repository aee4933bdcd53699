package facts

import (
	"cmp"
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
	Timezone  string // of the clock, as CloudWatch spells it; "" for UTC
	Filters   []MonitorFilter
	// Feed is a pattern of the records that reach the filters' groups, by the account,
	// the region and the selectors of the trails that write there; "" for all.
	Feed string
	// Unknown says why its states do not follow from the records.
	Unknown string
	// Blind says why it is not known either which records its filters match; "" if the
	// filters are known.
	Blind string
	// Unsure says what is assumed of it.
	Unsure []string
}

// A MonitorFilter is a metric filter that publishes to the metric of a monitor.
type MonitorFilter struct {
	Address string
	Group   string // the name of its log group, where it is known
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
// pattern is aimed at them, and those of which this is not known.
func (b *Base) Monitors(control string) []Monitor {
	var out []Monitor
	for _, a := range b.Graph.Alarms {
		switch watches := b.watchesAimed(a, control); {
		case watches == truth.Yes:
			out = append(out, b.monitor(a))
		case watches == truth.Unknown:
			const why = "it is not known whether it watches what a filter for this control publishes"
			out = append(out, Monitor{Alarm: a.ID, Name: plainName(a.Name), Unknown: why, Blind: why})
		}
	}
	return out
}

// watchesAimed reports whether an alarm watches a filter that is aimed at a control.
func (b *Base) watchesAimed(a *graph.Alarm, control string) truth.Truth {
	best := truth.No
	for _, f := range b.Graph.Filters {
		if b.isAimed(f, control) {
			best = max(best, b.Graph.Watches(a, f))
		}
	}
	return best
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
	m.Feed, m.Unsure = b.feed(filters)
	for _, f := range filters {
		m.addFilter(f, b.groupName(f))
	}
	if m.Blind != "" {
		m.Filters, m.Unknown = nil, m.Blind
	}
	if m.Unknown != "" {
		return m
	}
	if a.Timezone.IsUnknown() || a.Timezone.IsSensitive() {
		m.Unknown = "the time zone of its window is not known"
		return m
	}
	m.Timezone, _ = a.Timezone.Text()
	m.Settings, m.Unknown = b.settingsOf(filters, b.watchingOf(a, filters[0]))
	return m
}

// settingsOf returns the settings of an alarm with its metric math, or why its states do
// not follow from them.
func (b *Base) settingsOf(filters []*graph.MetricFilter, w graph.Watching) (s alarm.Settings, unknown string) {
	if w.Opaque != "" {
		return s, w.Opaque
	}
	if tellsSecrets(w) {
		return s, "it has settings that are sensitive, and a backtest would tell them"
	}
	if s, _, unknown = settings(w); unknown == "" {
		unknown = b.addMath(&s, filters, w)
	}
	if unknown != "" {
		return alarm.Settings{}, unknown
	}
	return s, ""
}

// tellsSecrets reports whether the states of an alarm would tell what is sensitive.
func tellsSecrets(w graph.Watching) bool {
	a := w.Alarm
	return isSensitive(w) || w.Formula != nil && w.Formula.Sensitive ||
		slices.ContainsFunc([]resource.Value{w.Term.Stat, a.Statistic, a.Extended, a.Operator, a.MissingData, a.LowSamples}, resource.Value.IsSensitive)
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

// addFilter adds a filter. What it matches may be known where what it publishes is not.
func (m *Monitor) addFilter(f *graph.MetricFilter, group string) {
	pattern, blind := knownPattern(f)
	if blind != "" {
		m.Blind = cmp.Or(m.Blind, blind)
		return
	}
	filter := MonitorFilter{Address: f.ID, Group: group, Pattern: pattern}
	unknown := hiddenPart(f, filterPart{"value", f.Value}, filterPart{"default_value", f.Default})
	if len(f.Series.Dimensions) > 0 {
		unknown = cmp.Or(unknown, "the metric of "+f.ID+" has dimensions")
	}
	value, ok := f.Value.Number()
	if !ok {
		unknown = cmp.Or(unknown, "what "+f.ID+" publishes for a match is not a number")
	}
	if m.Unknown = cmp.Or(m.Unknown, unknown); unknown == "" {
		filter.Value = value
		if d, ok := f.Default.Number(); ok {
			filter.Default = &d
		}
	}
	m.Filters = append(m.Filters, filter)
}

// groupName returns the name of the log group that a filter reads, "" if it is not known
// or not to be told.
func (b *Base) groupName(f *graph.MetricFilter) string {
	if len(f.Group.To) != 1 {
		return ""
	}
	group := b.Graph.LogGroup(f.Group.To[0])
	if group == nil {
		return ""
	}
	name := plainName(group.Name)
	if len(resource.Symbols(name)) > 0 {
		return ""
	}
	return name
}

// knownPattern returns the pattern of a filter, or why it is not known which records it
// matches.
func knownPattern(f *graph.MetricFilter) (pattern *filterpattern.Pattern, unknown string) {
	unknown = hiddenPart(f, filterPart{"pattern", f.Pattern}, filterPart{"field_selection_criteria", f.Criteria}, filterPart{"apply_on_transformed_logs", f.Transformed})
	if unknown != "" {
		return nil, unknown
	}
	text, _ := f.Pattern.Text()
	if len(resource.Symbols(text)) > 0 {
		return nil, "a part of the pattern of " + f.ID + " is not known"
	}
	if on, _ := f.Transformed.Truth(); on {
		return nil, f.ID + " reads transformed log events"
	}
	if criteria, _ := f.Criteria.Text(); criteria != "" {
		return nil, f.ID + " has field_selection_criteria"
	}
	pattern, err := filterpattern.Parse(text)
	if err != nil {
		return nil, "AWS refuses the pattern of " + f.ID
	}
	return pattern, ""
}

// A filterPart is an argument of a filter.
type filterPart struct {
	name string
	of   resource.Value
}

// hiddenPart says which of some arguments cannot be used, "" for none.
func hiddenPart(f *graph.MetricFilter, parts ...filterPart) string {
	for _, p := range parts {
		switch {
		case p.of.IsSensitive():
			return p.name + " of " + f.ID + " is sensitive, and a backtest would tell it"
		case p.of.IsUnknown():
			return p.name + " of " + f.ID + " is not known"
		}
	}
	return ""
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
	known, added := map[string]bool{}, map[string]bool{}
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
			if !known[child.ID] && !added[child.ID] {
				added[child.ID] = true
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
		a := b.alarmNamed(ref.Name, c.Scope())
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

// alarmNamed returns the alarm with a name or an ARN. There may be colons in its name.
func (b *Base) alarmNamed(ref string, from resource.Scope) *graph.Alarm {
	const beforeName = 6 // arn:aws:cloudwatch:us-east-1:111122223333:alarm:
	name := ref
	if parts := strings.SplitN(ref, ":", beforeName+1); parts[0] == "arn" && len(parts) > beforeName {
		name = parts[beforeName]
	}
	for _, a := range b.Graph.Alarms {
		if own, ok := a.Name.Text(); ok && own == name && from.Same(a.Scope()) != truth.No {
			return a
		}
	}
	return nil
}
