package show

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
)

func (p *page) proposal(pr *backtest.Proposal) {
	if pr == nil {
		return
	}
	p.line("")
	p.line("  Proposals for at most %g a week (nothing is applied)", pr.PerWeek)
	if pr.Why != "" {
		p.prose("  ", "threshold: none: "+pr.Why)
	}
	if t := pr.Threshold; t != nil {
		p.threshold(t, pr.PerWeek)
	}
	for _, e := range pr.Exclusions {
		p.exclusion(e)
	}
	if pr.Threshold == nil && len(pr.Exclusions) == 0 {
		p.prose("  ", "exclusion: none: no caller was there on half of the days and alone causes notifications")
	}
}

func (p *page) threshold(t *backtest.Threshold, perWeek float64) {
	confirmed := ""
	if !t.Confirmed {
		confirmed = fmt.Sprintf(", so that it is NOT confirmed: that is more than %g, or too much time in ALARM", perWeek)
	}
	p.prose("  ", fmt.Sprintf("threshold %g: %s a week in the first half, where it was chosen, %s in the second%s", t.Value,
		floats(t.Fitted.PerWeek.Least, t.Fitted.PerWeek.Most), floats(t.Tested.PerWeek.Least, t.Tested.PerWeek.Most), confirmed))
	p.prose("    ", "it suppresses "+count(int64(t.Lost), "notification")+callersText(t.Unseen)+", and keeps "+number(int64(t.Kept))+callersText(t.Heard))
}

func (p *page) exclusion(e backtest.Exclusion) {
	p.prose("  ", fmt.Sprintf("exclusion of %s: leaves %s %s; %s on %s, at most %s a minute, raise no alarm any more", callerText(e.Caller),
		span(int64(e.Left.Least), int64(e.Left.Most)), plural(int64(e.Left.Most), "notification"), count(e.Matches, "event"), count(int64(e.Days), "day"), number(e.Burst)))
	if e.Pattern == "" {
		p.line("      entry and pattern left out, since they name the caller")
		return
	}
	for line := range strings.Lines(e.Declaration) {
		p.line("      %s", strings.TrimRight(line, "\n"))
	}
	p.line("      pattern: %s", e.Pattern)
}

// callersText names the first of some callers.
func callersText(parts []backtest.Part) string {
	if len(parts) == 0 {
		return ""
	}
	text := parts[0].Caller.Principal + " " + parts[0].Caller.Name
	if more := int64(len(parts) - 1); more > 0 {
		text += " and " + count(more, "other caller")
	}
	return " (" + text + ")"
}
