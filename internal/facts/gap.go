package facts

import (
	"slices"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/glob"
	"github.com/iacgate/iacgate/internal/resource"
)

// linkTypes are the links whose node is of a type that a gap may hold.
var linkTypes = []struct{ link, typ string }{
	{"trail", "aws_cloudtrail"},
	{"log_group", "aws_cloudwatch_log_group"},
	{"metric_filter", "aws_cloudwatch_log_metric_filter"},
	{"alarm", "aws_cloudwatch_metric_alarm"},
	{"action", "aws_cloudwatch_composite_alarm"},
	{"topic", "aws_sns_topic"},
	{"subscription", "aws_sns_topic_subscription"},
}

// decidingTypes are the types that make a control relevant.
var decidingTypes = []string{"aws_cloudtrail", "aws_cloudwatch_log_metric_filter"}

// gaps returns the gaps of an input that the configuration does not vouch for.
func gaps(doc *resource.Document, c config.Config) []document.Gap {
	out := []document.Gap{}
	for _, g := range doc.Gaps {
		if vouchedModule(c, g) {
			continue
		}
		one := document.Gap{Text: g.Text, Links: []string{}, Decides: slices.ContainsFunc(decidingTypes, g.MayHold), Module: g.Source}
		if one.Module == "" {
			one.Module = g.Module
		}
		for _, h := range linkTypes {
			if g.MayHold(h.typ) {
				one.Links = append(one.Links, h.link)
			}
		}
		out = append(out, one)
	}
	return out
}

// vouchedModule reports whether the configuration declares that a module holds
// nothing of the chain.
func vouchedModule(c config.Config, g resource.Gap) bool {
	return slices.ContainsFunc(c.External, func(x config.External) bool { return VouchesFor(x, g) })
}

// VouchesFor reports whether an entry of the configuration declares that a gap holds
// nothing of the chain.
func VouchesFor(x config.External, g resource.Gap) bool {
	return x.Module != "" && g.Module != "" && (glob.MatchText(x.Module, g.Source) || glob.MatchText(x.Module, g.Module))
}

// Vouched returns the gaps that the configuration says to hold nothing, with its
// reasons.
func Vouched(gaps []resource.Gap, c config.Config) (texts, reasons []string) {
	for _, g := range gaps {
		for _, x := range c.External {
			if VouchesFor(x, g) {
				texts, reasons = append(texts, g.Text), append(reasons, x.Reason)
				break
			}
		}
	}
	return texts, reasons
}
