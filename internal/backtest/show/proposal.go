package show

import (
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
)

// proposal says what is proposed; exclusions are where it is known who called.
func (p *page) proposal(pr *backtest.Proposal, callers bool) {
	if pr == nil {
		return
	}
	p.line("")
	p.line("  %s", words.Proposals(pr))
	if pr.Why != "" {
		p.prose("  ", words.NoThreshold(pr))
	}
	if t := pr.Threshold; t != nil {
		p.threshold(t, pr.PerWeek)
	}
	for _, e := range pr.Exclusions {
		p.exclusion(e)
	}
	if pr.Threshold == nil && len(pr.Exclusions) == 0 && callers {
		p.prose("  ", words.NoExclusion)
	}
}

func (p *page) threshold(t *backtest.Threshold, perWeek float64) {
	p.prose("  ", words.Threshold(t, perWeek))
	p.prose("    ", words.Price(t))
}

func (p *page) exclusion(e backtest.Exclusion) {
	p.prose("  ", words.Exclusion(e))
	if e.Pattern == "" {
		p.line("      %s", words.NoPattern)
		return
	}
	for line := range strings.Lines(e.Declaration) {
		p.line("      %s", strings.TrimRight(line, "\n"))
	}
	p.line("      pattern: %s", e.Pattern)
}
