package present

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/facts"
)

// shownGaps bounds how many parts that were not read one finding names; the notes on
// the input have them all.
const shownGaps = 3

// countedTypes are the types of which the notes on the input tell that their count is
// not decided.
var countedTypes = []string{
	"aws_cloudtrail", "aws_cloudwatch_log_metric_filter", "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm", "aws_sns_topic",
	"aws_sns_topic_subscription",
}

// unreadNotes returns the notes on what was not read, with what the configuration says of
// it.
func (r Presenter) unreadNotes() []string {
	var out []string
	for _, g := range r.Facts.Gaps {
		out = append(out, g.Text)
	}
	for _, x := range r.World.Uncertain() {
		if slices.Contains(countedTypes, x.Type) && !slices.Contains(out, x.Uncertain) {
			out = append(out, x.Uncertain)
		}
	}
	texts, reasons := facts.Vouched(r.Input.Gaps, r.Facts.Config)
	for i, text := range texts {
		out = append(out, text+" (declared to contain no part of the chain: "+reasons[i]+")")
	}
	return out
}

// joinReasons joins reasons, as far as they are few.
func joinReasons(reasons []string) string {
	if more := len(reasons) - shownGaps; more > 0 {
		return strings.Join(reasons[:shownGaps], "; ") + fmt.Sprintf("; and %d more", more)
	}
	return strings.Join(reasons, "; ")
}
