package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A comparison compares each part of two series.
type comparison struct{ name, namespace, dimensions, unit, place, account truth.Truth }

func (c comparison) holds() truth.Truth {
	return min(c.name, c.namespace, c.dimensions, c.unit, c.place, c.account)
}

// unequal counts the parts that do not agree for certain.
func (c comparison) unequal() (n int) {
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

// isAccountOf reports whether a query names the account that a filter publishes in.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
func isAccountOf(account resource.Value, f *MetricFilter) truth.Truth {
	text, ok := account.Symbolic()
	if !ok {
		return truth.Unknown
	}
	return resource.Text(text).Equal(f.Scope().AccountText())
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
