package analysis

import (
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
)

func (b *builder) trail(t *graph.Trail) Trail {
	n := newNode(t.Node)
	return Trail{
		Name:         n.text("name", t.Name),
		Logging:      n.truth("logging", t.Logging),
		MultiRegion:  n.truth("multi_region", t.MultiRegion),
		GlobalEvents: n.truth("global_events", t.GlobalEvents),
		Organization: n.truth("organization", t.Organization),
		Records:      records(t),
		LogGroup:     newLink(t.Group),
		GroupSuffix:  groupSuffix(t.GroupArgument),
		Role:         b.role(t),
		Node:         n,
	}
}

// groupSuffix says how a known log group ARN ends: CloudTrail wants ":*" once.
// https://github.com/hashicorp/terraform-provider-aws/issues/14557
func groupSuffix(v resource.Value) string {
	text, ok := v.Text()
	switch {
	case !ok || text == "" || strings.HasSuffix(text, ":*") && !strings.HasSuffix(text, ":*:*"):
		return "ok"
	case strings.HasSuffix(text, ":*:*"):
		return "doubled"
	}
	return "missing"
}

func (b *builder) logGroup(l *graph.LogGroup) LogGroup {
	n := newNode(l.Node)
	if l.Resource == nil {
		n.Region, n.Account = l.Place.Region, l.Place.Account
	}
	return LogGroup{
		Name:  n.text("name", l.Name),
		Class: n.text("class", l.Class),
		Key:   b.logGroupKey(l),
		Node:  n,
	}
}

func (b *builder) filter(f *graph.MetricFilter) MetricFilter {
	n := newNode(f.Node)
	m := MetricFilter{
		Name:        n.text("name", f.Name),
		Pattern:     n.text("pattern", f.Pattern),
		Series:      newSeries(&n, f.Series),
		Value:       published(&n, f.Value),
		Default:     n.number("default", f.Default),
		Transformed: n.truth("transformed", f.Transformed),
		Criteria:    n.text("criteria", f.Criteria),
		LogGroup:    newLink(f.Group),
		Reads:       b.reads(f),
		Coverage:    b.coverages(f),
		Watchers:    b.watchers(f),
		Node:        n,
	}
	b.neighbours(f, &m)
	return m
}

func newSeries(n *Node, s graph.Series) Series {
	out := Series{
		Name:       n.text("metric_name", s.Name),
		Namespace:  n.text("namespace", s.Namespace),
		Unit:       n.text("unit", s.Unit),
		Dimensions: []string{},
		Text:       s.Namespace.Display() + "/" + s.Name.Display(),
	}
	for _, k := range resource.MapValue(s.Dimensions).Keys() {
		out.Dimensions = append(out.Dimensions, k)
	}
	return out
}

// published says what a match adds to the metric. A selector takes the value
// from the event, and no field of a CloudTrail record holds a number.
func published(n *Node, v resource.Value) Published {
	p := Published{State: "unknown", Text: v.Display()}
	if !n.see("value", v) {
		return p
	}
	text, _ := v.Text()
	number, err := strconv.ParseFloat(text, 64)
	switch {
	case strings.HasPrefix(text, "$"):
		p.State = "selector"
	case err != nil:
		p.State = "invalid"
	case number == 0:
		p.State = "zero"
	default:
		p.State = "number"
	}
	return p
}

// reads compares the filter's group with the group of every trail.
func (b *builder) reads(f *graph.MetricFilter) []Reads {
	out := []Reads{}
	for _, t := range b.graph.Trails {
		r := Reads{Trail: t.ID}
		r.State, r.Reason = b.sameGroup(f, t)
		out = append(out, r)
	}
	return out
}

func (b *builder) sameGroup(f *graph.MetricFilter, t *graph.Trail) (state, reason string) {
	switch {
	case t.Group.State == graph.None || f.Group.State == graph.None:
		return "different", ""
	case len(t.Group.To) == 0:
		return "unknown", "the trail's log group is " + t.Group.Text + ": " + t.Group.Reason
	case len(f.Group.To) == 0:
		return "unknown", "the filter's log group is " + f.Group.Text + ": " + f.Group.Reason
	}
	for _, id := range f.Group.To {
		for _, other := range t.Group.To {
			if id == other && len(f.Group.To) == 1 && len(t.Group.To) == 1 {
				return b.samePlace(f, t, id)
			}
			if id == other {
				return "unknown", "it is one of several log groups: " + firstReason(f.Group, t.Group)
			}
		}
	}
	return "different", ""
}

// samePlace: a trail writes to a group in its own account and home region, and
// a filter reads a group in its own.
func (b *builder) samePlace(f *graph.MetricFilter, t *graph.Trail, group string) (state, reason string) {
	l := b.graph.LogGroup(group)
	place := l.Place
	worst := min(f.Scope().Same(place), t.Scope().Same(place))
	if l.Resource == nil {
		worst = f.Scope().Same(t.Scope())
	}
	switch {
	case worst == resource.No:
		return "other-place", "trail, group and filter are not in one region and account"
	case worst == resource.Maybe:
		return "unknown", "region or account of trail, group and filter are not known to be the same"
	case f.Group.State == graph.Inferred || t.Group.State == graph.Inferred:
		return "inferred", firstReason(f.Group, t.Group)
	}
	return "same", ""
}

func firstReason(ts ...graph.Target) string {
	for _, t := range ts {
		if t.Reason != "" {
			return t.Reason
		}
	}
	return ""
}

// coverages answers for every control that is asked for.
func (b *builder) coverages(f *graph.MetricFilter) map[string]Coverage {
	out := map[string]Coverage{}
	text, ok := f.Pattern.Text()
	for id, r := range b.references {
		if !ok {
			out[id] = Coverage{Aimed: "unknown", Covers: "unknown", Exclusions: []string{}, Reason: f.Pattern.Display() + " is not known"}
			continue
		}
		c := r.cover(text, b.audit(f))
		if c.Near && c.Invalid == "" && b.aimedElsewhere(text, id) {
			c = Coverage{Aimed: "no", Covers: "no", Exclusions: []string{}}
		}
		if f.Pattern.IsSensitive() {
			c.hide()
		}
		out[id] = c
	}
	return out
}

// hide takes out what would give a sensitive pattern away; the answers stay.
func (c *Coverage) hide() {
	c.Lost, c.Everyday, c.Beyond, c.Exclusions = nil, nil, nil, []string{}
	if c.Invalid != "" {
		c.Invalid = "it does not parse"
	}
}

// aimedElsewhere says whether a pattern is aimed at another control.
func (b *builder) aimedElsewhere(text, id string) bool {
	have, err := filterpattern.Parse(text)
	if err != nil {
		return false
	}
	for other, r := range b.others() {
		if other != id && r.aimed(have, false) == "yes" {
			return true
		}
	}
	return false
}

// audit says whether a filter reads a group that is known to hold CloudTrail
// records: a trail in the input writes to it, or the configuration says so.
func (b *builder) audit(f *graph.MetricFilter) bool {
	for _, t := range b.graph.Trails {
		if state, _ := b.sameGroup(f, t); state == "same" || state == "inferred" {
			return true
		}
	}
	for _, x := range b.config.External {
		for _, id := range f.Group.To {
			if name, _ := b.graph.LogGroup(id).Name.Text(); x.LogGroup != "" && globMatch(x.LogGroup, name) {
				return true
			}
		}
	}
	return false
}

// neighbours counts what shares the filter's group: names are unique in a
// group, and AWS admits 100 filters, five of them with a regular expression.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
func (b *builder) neighbours(f *graph.MetricFilter, m *MetricFilter) {
	m.Twins = []string{}
	if len(f.Group.To) != 1 {
		return
	}
	for _, other := range b.graph.Filters {
		if len(other.Group.To) != 1 || other.Group.To[0] != f.Group.To[0] {
			continue
		}
		m.Siblings++
		if text, _ := other.Pattern.Text(); strings.Count(text, "%") > 1 {
			m.RegexCount++
		}
		name, ok := f.Name.Text()
		if theirs, known := other.Name.Text(); ok && known && other != f && name == theirs {
			m.Twins = append(m.Twins, other.ID)
		}
	}
}
