package show

import (
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
)

// data says what was read, and what is missing in it.
func (p *page) data(d backtest.Data) {
	p.heading("Data")
	for _, s := range words.Data(d) {
		p.line("  %s", s)
	}
	for _, r := range d.Regions {
		p.line("    %s %-16s %s with records", r.Account, r.Region, words.Count(int64(r.Hours), "hour"))
	}
	for _, s := range words.Remarks(d) {
		p.prose("  ", s)
	}
	p.line("")
}
