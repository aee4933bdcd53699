package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/facts"
)

// shownGaps bounds how many parts that were not read one finding names; the notes on
// the input have them all.
const shownGaps = 3

// counted are the types of which the notes on the input tell that their count is
// not decided.
var counted = []string{
	"aws_cloudtrail", "aws_cloudwatch_log_metric_filter", "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm", "aws_sns_topic",
	"aws_sns_topic_subscription",
}

// absences are the reasons why absence proves nothing.
func (r reporter) absences() []string {
	out := slices.Clone(r.facts.Incomplete)
	for _, g := range r.facts.Gaps {
		out = append(out, g.Text)
	}
	return out
}

// unread are the notes on what was not read, with what the configuration says of
// it.
func (r reporter) unread() []string {
	var out []string
	for _, g := range r.facts.Gaps {
		out = append(out, g.Text)
	}
	for _, x := range r.world.Uncertain() {
		if slices.Contains(counted, x.Type) && !slices.Contains(out, x.Uncertain) {
			out = append(out, x.Uncertain)
		}
	}
	texts, reasons := facts.Vouched(r.doc.Gaps, r.facts.Config)
	for i, text := range texts {
		out = append(out, text+" (declared to hold nothing of the chain: "+reasons[i]+")")
	}
	return out
}

// closing is the entry of the configuration that declares that the modules which
// were not read hold nothing; "" where something else was not read.
func (r reporter) closing() string {
	var lines []string
	for _, g := range r.facts.Gaps {
		switch line := "\n  - module: " + quote(g.Module) + "\n    reason: ..."; {
		case !g.Decides:
		case g.Module == "":
			return ""
		case !slices.Contains(lines, line):
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 || len(lines) > shownGaps || len(r.facts.Incomplete) > 0 {
		return ""
	}
	return "\nif it holds nothing of the chain, write into .iacgate.yaml:\nexternal:" + strings.Join(lines, "")
}

// several joins reasons, as far as they are few.
func several(reasons []string) string {
	if more := len(reasons) - shownGaps; more > 0 {
		return strings.Join(reasons[:shownGaps], "; ") + fmt.Sprintf("; and %d more", more)
	}
	return strings.Join(reasons, "; ")
}
