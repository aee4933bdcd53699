package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Gap is a part of the input that was not read: what is missing in one of its
// links is not known to be missing.
type Gap struct {
	Text  string   `json:"text"`
	Links []string `json:"links"`
	// Decides: it may hold what makes a control relevant.
	Decides bool `json:"decides"`

	// Module is the source or the address of the module that it is, "" for another
	// thing.
	Module string `json:"module"`
}

// held are the links whose node is of a type that a gap may hold.
var held = []struct{ link, typ string }{
	{"trail", "aws_cloudtrail"},
	{"log_group", "aws_cloudwatch_log_group"},
	{"metric_filter", "aws_cloudwatch_log_metric_filter"},
	{"alarm", "aws_cloudwatch_metric_alarm"},
	{"action", "aws_cloudwatch_composite_alarm"},
	{"topic", "aws_sns_topic"},
	{"subscription", "aws_sns_topic_subscription"},
}

// deciding are the types that make a control relevant.
var deciding = []string{"aws_cloudtrail", "aws_cloudwatch_log_metric_filter"}

// gaps are those of an input that nobody vouches for.
func gaps(doc *resource.Document, c config.Config) []Gap {
	out := []Gap{}
	for _, g := range doc.Gaps {
		if vouchedModule(c, g) {
			continue
		}
		one := Gap{Text: g.Text, Links: []string{}, Decides: slices.ContainsFunc(deciding, g.MayHold), Module: g.Source}
		if one.Module == "" {
			one.Module = g.Module
		}
		for _, h := range held {
			if g.MayHold(h.typ) {
				one.Links = append(one.Links, h.link)
			}
		}
		out = append(out, one)
	}
	return out
}

// vouchedModule says whether the configuration declares that a module holds
// nothing of the chain.
func vouchedModule(c config.Config, g resource.Gap) bool {
	return slices.ContainsFunc(c.External, func(x config.External) bool { return vouchesFor(x, g) })
}

func vouchesFor(x config.External, g resource.Gap) bool {
	return x.Module != "" && g.Module != "" && (globMatch(x.Module, g.Source) || globMatch(x.Module, g.Module))
}

// Vouched returns the gaps that the configuration says to hold nothing, with its
// reasons.
func Vouched(d *Document) (texts, reasons []string) {
	for _, g := range d.vouched {
		for _, x := range d.Config.External {
			if vouchesFor(x, g) {
				texts, reasons = append(texts, g.Text), append(reasons, x.Reason)
				break
			}
		}
	}
	return texts, reasons
}

// unread is what may hold a trail or a filter that would make a control relevant:
// what was not read, and filters of which nobody knows whether they exist and what
// they look for.
func unread(d *Document, control string) []string {
	out := slices.Clone(d.Incomplete)
	for _, g := range d.Gaps {
		if g.Decides {
			out = append(out, g.Text)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(d.MetricFilters)) {
		if f := d.MetricFilters[id]; f.Uncertain != "" && f.Coverage[control].Aimed == truth.Unknown && !slices.Contains(out, f.Uncertain) {
			out = append(out, f.Uncertain)
		}
	}
	return out
}

// certain says whether something that makes a control relevant exists for certain.
func certain(d *Document, filters, trails []string) bool {
	exists := func(id string) bool {
		f, ok := d.MetricFilters[id]
		return ok && f.Uncertain == ""
	}
	return slices.ContainsFunc(filters, exists) ||
		slices.ContainsFunc(trails, func(id string) bool { return d.Trails[id].Uncertain == "" })
}
