package analysis

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func (b *builder) trail(t *graph.Trail) Trail {
	n := newNode(t.Node)
	return Trail{
		Name:         named(t.Name),
		Logging:      boolean(n.decides("enable_logging", t.Logging)),
		MultiRegion:  boolean(n.decides("is_multi_region_trail", t.MultiRegion)),
		GlobalEvents: boolean(n.decides("include_global_service_events", t.GlobalEvents)),
		Organization: boolean(t.Organization),
		Records:      records(t),
		LogGroup:     newLink(t.Group),
		GroupSuffix:  groupSuffix(t.GroupArgument),
		Role:         b.agreedRole(t),
		Node:         n,
	}
}

// groupSuffix says what is wrong with the end of a known log group ARN:
// CloudTrail wants ":*" once.
// https://github.com/hashicorp/terraform-provider-aws/issues/14557
func groupSuffix(v resource.Value) string {
	text, known := v.Symbolic()
	known = known && (!v.IsUnknown() || strings.HasPrefix(text, "arn:"))
	switch {
	case known && strings.HasSuffix(text, ":*:*"):
		return "it ends in :*:*"
	case known && text != "" && !strings.HasSuffix(text, ":*"):
		return "it does not end in :*"
	}
	return ""
}

func (b *builder) logGroup(l *graph.LogGroup) LogGroup {
	n := newNode(l.Node)
	n.Region, n.Account = l.Place.Region, l.Place.Account
	return LogGroup{
		Name:    named(l.Name),
		Class:   text(n.decides("log_group_class", l.Class)),
		Filters: admitsFilters(l.Class),
		Key:     b.logGroupKey(l),
		Node:    n,
	}
}

// admitsFilters: only the class STANDARD has metric filters.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
func admitsFilters(class resource.Value) truth.Truth {
	text, known := class.Text()
	switch {
	case !known:
		return truth.Unknown
	case text == "STANDARD":
		return truth.Yes
	}
	return truth.No
}

func (b *builder) filter(f *graph.MetricFilter) MetricFilter {
	n := newNode(f.Node)
	m := MetricFilter{
		Name:        named(f.Name),
		Pattern:     text(f.Pattern),
		Series:      newSeries(f.Series),
		Value:       published(n.decides("metric_transformation.value", f.Value)),
		Default:     number(f.Default),
		Transformed: boolean(n.decides("apply_on_transformed_logs", f.Transformed)),
		Criteria:    text(n.decides("field_selection_criteria", f.Criteria)),
		LogGroup:    newLink(f.Group),
		Coverage:    b.coverages(f),
		Watchers:    b.watchers(f),
		Node:        n,
	}
	m.Transform = b.transformation(f)
	if text, known := f.Criteria.Text(); known {
		m.Elsewhere = leavesOwn(text, f) == truth.Yes
	}
	if m.Default != nil && slices.ContainsFunc(m.Series.Dimensions, ownDimension) {
		m.Contradiction = "it has dimensions and a default value"
	}
	b.neighbours(f, &m)
	return m
}

func newSeries(s graph.Series) Series {
	return Series{
		Name:       named(s.Name),
		Namespace:  named(s.Namespace),
		Unit:       text(s.Unit),
		Dimensions: resource.MapValue(s.Dimensions).Keys(),
		Text:       s.Namespace.Display() + "/" + s.Name.Display(),
	}
}

// ownDimension: default values and dimensions of the event exclude each other;
// the system's own dimensions are left out of default points.
func ownDimension(name string) bool { return !strings.HasPrefix(name, "@aws.") }

// published says what a match adds to the metric. A selector takes the value
// from the event, and no field of a CloudTrail record holds a number.
func published(v resource.Value) Published {
	p := Published{State: PublishesUnknown, Text: v.Display()}
	text, known := v.Text()
	number, err := strconv.ParseFloat(text, 64)
	switch {
	case !known:
	case strings.HasPrefix(text, "$"):
		p.State = PublishesSelector
	case err != nil:
		p.State = PublishesInvalid
	case number == 0:
		p.State = PublishesZero
	default:
		p.State = PublishesNumber
	}
	return p
}

// sameGroup compares the group that a filter reads with the one that a trail
// writes to.
func (b *builder) sameGroup(f *graph.MetricFilter, t *graph.Trail) (state ReadsState, reason string) {
	switch {
	case t.Group.State == graph.None:
		return ReadsNone, "" // the trail's fault
	case f.Group.State == graph.None:
		return ReadsDifferent, "the filter names none"
	case len(t.Group.To) == 0:
		return ReadsUnknown, "the trail's log group is " + t.Group.Text + ": " + t.Group.Reason
	case len(f.Group.To) == 0:
		return ReadsUnknown, "the filter's log group is " + f.Group.Text + ": " + f.Group.Reason
	}
	for _, id := range f.Group.To {
		for _, other := range t.Group.To {
			if id == other && len(f.Group.To) == 1 && len(t.Group.To) == 1 {
				return b.samePlace(f, t, id)
			}
			if id == other {
				return ReadsUnknown, "it is one of several log groups: " + firstReason(f.Group, t.Group)
			}
			if b.mayBeOne(id, other) {
				return ReadsUnknown, "the trail writes to " + b.groupSaid(t.Group) + ", the filter reads " + b.groupSaid(f.Group) + ", which may be one"
			}
		}
	}
	return ReadsDifferent, "the trail writes to " + b.groupSaid(t.Group) + ", the filter reads " + b.groupSaid(f.Group)
}

// mayBeOne says whether the names of two groups may come to be the same. Two that
// the input makes are two.
func (b *builder) mayBeOne(id, other string) bool {
	x, y := b.graph.LogGroup(id), b.graph.LogGroup(other)
	return x != nil && y != nil && (x.External || y.External) && graph.Equal(x.Name, y.Name) == truth.Unknown
}

// groupSaid is groupName for people, in quotes where that is its own name: a word
// in it may be one of Terraform's.
func (b *builder) groupSaid(t graph.Target) string {
	name := b.groupName(t)
	if len(t.To) == 1 && b.graph.Resource(name) == nil {
		return `"` + name + `"`
	}
	return name
}

// groupName names the group that an argument refers to.
func (b *builder) groupName(t graph.Target) string {
	if len(t.To) != 1 {
		return t.Text
	}
	l := b.graph.LogGroup(t.To[0])
	if l == nil {
		return t.To[0]
	}
	name, told := l.Name.Symbolic()
	if _, nothingElse := resource.Text(name).Symbol(); !told || nothingElse {
		return t.To[0]
	}
	return l.Name.Display()
}

// samePlace: a trail writes to a group in its own account and home region, and
// a filter reads a group in its own.
func (b *builder) samePlace(f *graph.MetricFilter, t *graph.Trail, group string) (state ReadsState, reason string) {
	l := b.graph.LogGroup(group)
	place := l.Place
	worst := min(f.Scope().Same(place), t.Scope().Same(place))
	if l.Resource == nil {
		worst = f.Scope().Same(t.Scope())
	}
	switch {
	case worst == truth.No:
		return ReadsOtherPlace, "trail, group and filter are not in one region and account"
	case worst == truth.Unknown:
		return ReadsUnknown, "region or account of trail, group and filter are not known to be the same"
	case f.Group.State == graph.Inferred || t.Group.State == graph.Inferred:
		return ReadsInferred, firstReason(f.Group, t.Group)
	}
	return ReadsSame, ""
}

func firstReason(ts ...graph.Target) string {
	for _, t := range ts {
		if t.Reason != "" {
			return t.Reason
		}
	}
	return ""
}

// written are the patterns of the filters that are known as AWS will see them, with
// what they mean decided: an account in a pattern is a value that decides.
func (b *builder) written() map[*graph.MetricFilter]pairing {
	patterns := map[*graph.MetricFilter]pairing{}
	for _, f := range b.graph.Filters {
		if text, known := f.Pattern.Text(); known && len(resource.Symbols(text)) == 0 {
			patterns[f] = pairing{pattern: text, audit: b.audit(f)}
		}
	}
	b.asked.decide(slices.Collect(maps.Values(patterns)))
	return patterns
}

// coverages answers for the controls that the pattern is about, may be about or
// was meant for: no policy asks for more.
func (b *builder) coverages(f *graph.MetricFilter) map[string]Coverage {
	out := map[string]Coverage{}
	for id := range b.asked.references {
		if c := b.coverage(f, id); c.Aimed != truth.No || c.Near {
			out[id] = c
		}
	}
	return out
}

func (b *builder) coverage(f *graph.MetricFilter, id string) Coverage {
	m, known := b.patterns[f]
	if !known {
		c := notAimed()
		c.Aimed, c.Reason = truth.Unknown, why(f.Pattern)
		return c
	}
	m.control = id
	c := b.asked.coverage(m)
	if f.Pattern.IsSensitive() {
		c.hide()
	}
	return c
}

// hide takes out what would give a sensitive pattern away; the answers stay.
func (c *Coverage) hide() {
	c.Lost, c.Extra, c.Loses, c.Gains, c.Exclusions, c.Excludable = nil, nil, "", "", []string{}, []string{}
	if c.Invalid != "" {
		c.Invalid = "it does not parse"
	}
}

// audit says whether a filter reads a group that is known to hold CloudTrail
// records: a trail in the input writes to it, or the configuration says so.
func (b *builder) audit(f *graph.MetricFilter) bool {
	for _, t := range b.graph.Trails {
		if state, _ := b.sameGroup(f, t); state == ReadsSame || state == ReadsInferred {
			return true
		}
	}
	return slices.ContainsFunc(f.Group.To, func(id string) bool { return len(b.groupNamed(graph.Target{To: []string{id}})) > 0 })
}

// neighbours counts what shares the filter's group: AWS admits 100 filters, five
// of them with a regular expression.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
func (b *builder) neighbours(f *graph.MetricFilter, m *MetricFilter) {
	if len(f.Group.To) != 1 {
		return
	}
	for _, other := range b.graph.Filters {
		if len(other.Group.To) != 1 || other.Group.To[0] != f.Group.To[0] {
			continue
		}
		m.Siblings++
		if text, _ := other.Pattern.Text(); strings.Count(text, "%") > 1 {
			m.RegexSiblings++
		}
	}
}
