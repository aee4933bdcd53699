package graph

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Difference is one reason why an alarm does not watch what a filter
// publishes.
type Difference struct {
	Kind      string // name, namespace, dimensions, unit, account, region, filter-name
	Attribute string // of the alarm
	Sure      bool   // false: it cannot be determined
	Text      string // what the two sides say, safe to print
}

// differences describes a comparison in words.
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
		ds = append(ds, Difference{"region", "region", c.place == truth.No, placesInWords(a.Scope(), f.Scope())})
	}
	return ds
}

// usesFilterName reports whether an alarm's metric name is the name of the filter,
// as its id and CloudFormation's Ref do.
func usesFilterName(v resource.Value, known string, f *MetricFilter) bool {
	if refersTo(v, f.ID, "id") || refersTo(v, f.ID, "name") {
		return true
	}
	name, ok := f.Name.Text()
	return ok && name == known
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
	var all []string
	for _, name := range slices.Sorted(maps.Keys(s.Dimensions)) {
		all = append(all, name+" "+quote(s.Dimensions[name]))
	}
	return "dimensions " + strings.Join(all, ", ")
}

// placesInWords describes the places of an alarm and its filter that may differ, and what
// would decide it.
func placesInWords(alarm, filter resource.Scope) string {
	region, account := alarm.SameRegion(filter), alarm.SameAccount(filter)
	text := "the alarm is in " + placeInWords(alarm, account) + ", the filter in " + placeInWords(filter, account)
	switch {
	case min(region, account) == truth.No:
		return text
	case account == truth.Yes:
		return text + "; a region that is known settles it (--var, --region)"
	case region == truth.Yes:
		return text + "; allowed_account_ids in the provider blocks settles it, or --account"
	}
	return text + "; region and account in the provider blocks settle it, or --region and --account"
}

// placeInWords names a region, and the account if that is known or makes the
// difference.
func placeInWords(s resource.Scope, sameAccount truth.Truth) string {
	where := s.Region
	if where == "" {
		where = unnamed(s.RegionName())
	}
	switch {
	case s.Account != "":
		where += " of account " + s.Account
	case sameAccount != truth.Yes:
		where += " of " + unnamed(s.AccountName())
	}
	return where
}

// unnamed describes an unknown region or account in words.
func unnamed(name string) string {
	if what, provider, ok := strings.Cut(name, " of "); ok && resource.IsOfProvider(name) {
		return "the " + what + " of provider " + provider
	}
	if what, is, ok := strings.Cut(name, " for "); ok {
		return "the " + what + " of " + is
	}
	return "the place of " + name
}
