package facts

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func (b *Base) filter(f *graph.MetricFilter) document.MetricFilter {
	n := newNode(f.Node)
	m := document.MetricFilter{
		Name:        document.Name(f.Name),
		Pattern:     document.Text(f.Pattern),
		Series:      newSeries(f.Series),
		Value:       publishedValue(noteUnknown(&n, "metric_transformation.value", f.Value)),
		Default:     document.Number(f.Default),
		Transformed: document.Bool(noteUnknown(&n, "apply_on_transformed_logs", f.Transformed)),
		Criteria:    document.Text(noteUnknown(&n, "field_selection_criteria", f.Criteria)),
		LogGroup:    newLink(f.Group),
		Coverage:    b.coverageByControl(f),
		Watchers:    b.watchers(f),
		Node:        n,
	}
	m.Transform = b.transformation(f)
	if text, known := f.Criteria.Text(); known {
		m.Elsewhere = excludesOwnPlace(text, f) == truth.Yes
	}
	if m.Default != nil && slices.ContainsFunc(m.Series.Dimensions, ownDimension) {
		m.Contradiction = "it has dimensions and a default value"
	}
	b.countSiblings(f, &m)
	return m
}

func newSeries(s graph.Series) document.Series {
	return document.Series{
		Name:       document.Name(s.Name),
		Namespace:  document.Name(s.Namespace),
		Unit:       document.Text(s.Unit),
		Dimensions: resource.MapValue(s.Dimensions).Keys(),
		Text:       s.Namespace.Display() + "/" + s.Name.Display(),
	}
}

// ownDimension: default values and dimensions of the event exclude each other;
// the system's own dimensions are left out of default points.
func ownDimension(name string) bool { return !strings.HasPrefix(name, "@aws.") }

// publishedValue says what a match adds to the metric. A selector takes the value
// from the event, and no field of a CloudTrail record holds a number.
func publishedValue(v resource.Value) document.Published {
	p := document.Published{State: document.PublishesUnknown, Text: v.Display()}
	text, known := v.Text()
	number, err := strconv.ParseFloat(text, 64)
	switch {
	case !known:
	case strings.HasPrefix(text, "$"):
		p.State = document.PublishesSelector
	case err != nil:
		p.State = document.PublishesInvalid
	case number == 0:
		p.State = document.PublishesZero
	default:
		p.State = document.PublishesNumber
	}
	return p
}

// knownPatterns returns the patterns of the filters that are completely known. An unknown
// account in a pattern makes it unknown, because the account decides what it matches.
func (b *Base) knownPatterns() map[*graph.MetricFilter]coverage.Question {
	patterns := map[*graph.MetricFilter]coverage.Question{}
	for _, f := range b.Graph.Filters {
		if text, known := f.Pattern.Text(); known && len(resource.Symbols(text)) == 0 {
			patterns[f] = coverage.Question{Pattern: text, Audit: b.isAuditGroup(f)}
		}
	}
	b.Controls.Decide(slices.Collect(maps.Values(patterns)))
	return patterns
}

// coverageByControl returns the coverage for the controls that the pattern is aimed at,
// may be aimed at or nearly is: policies need no other.
func (b *Base) coverageByControl(f *graph.MetricFilter) map[string]document.Coverage {
	out := map[string]document.Coverage{}
	for _, control := range b.Controls.List() {
		if c := b.coverage(f, control.ID); c.Aimed != truth.No || c.Near {
			out[control.ID] = c
		}
	}
	return out
}

func (b *Base) coverage(f *graph.MetricFilter, id string) document.Coverage {
	m, known := b.patterns[f]
	if !known {
		c := coverage.NotAimed()
		c.Aimed, c.Reason = truth.Unknown, document.Why(f.Pattern)
		return c
	}
	m.Control = id
	c := b.Controls.Cover(m)
	if f.Pattern.IsSensitive() {
		coverage.Hide(&c)
	}
	return c
}

// isAuditGroup reports whether a filter reads a group that is known to hold CloudTrail
// records: a trail in the input writes to it, or the configuration says so.
func (b *Base) isAuditGroup(f *graph.MetricFilter) bool {
	for _, t := range b.Graph.Trails {
		if state, _ := b.SameGroup(f, t); state == document.ReadsSame || state == document.ReadsInferred {
			return true
		}
	}
	return slices.ContainsFunc(f.Group.To, func(id string) bool { return len(b.GroupEntries(graph.Target{To: []string{id}})) > 0 })
}

// countSiblings counts the filters of the filter's group: AWS allows 100, five of them
// with a regular expression.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
func (b *Base) countSiblings(f *graph.MetricFilter, m *document.MetricFilter) {
	if len(f.Group.To) != 1 {
		return
	}
	for _, other := range b.Graph.Filters {
		if len(other.Group.To) != 1 || other.Group.To[0] != f.Group.To[0] {
			continue
		}
		m.Siblings++
		if text, _ := other.Pattern.Text(); strings.Count(text, "%") > 1 {
			m.RegexSiblings++
		}
	}
}
