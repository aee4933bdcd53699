package page

import (
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// proposal lists changes that would keep the alarm quiet.
type proposal struct {
	Heading    webpage.Text
	Why        webpage.Text
	Threshold  *threshold
	Exclusions []exclusion
	None       string
}

type threshold struct {
	Value, Price, Doubt webpage.Text
	Confirmed           bool
	Halves              [2]half
	Lost, Kept          string
	Unseen, Heard       []part
}

// half has the figures of a threshold on one half of the data.
type half struct{ Name, Episodes, PerWeek, Share string }

type exclusion struct {
	Text, Declaration, Pattern webpage.Text
	Removed, Hidden            string
}

// newProposal: exclusions are proposed where it is known who called.
func newProposal(p *backtest.Proposal, callers bool) *proposal {
	if p == nil {
		return nil
	}
	out := &proposal{Heading: webpage.NewText(words.Proposals(p))}
	if p.Why != "" {
		out.Why = webpage.NewText(words.NoThreshold(p))
	}
	if t := p.Threshold; t != nil {
		out.Threshold = &threshold{
			Value: webpage.NewText(plain(t.Value)), Price: webpage.NewText(words.Price(t)), Doubt: webpage.NewText(words.Doubt(t, p.PerWeek)), Confirmed: t.Confirmed,
			Halves: [2]half{newHalf("first, where it was chosen", t.Fitted), newHalf("second, where it was tested", t.Tested)},
			Lost:   words.Number(int64(t.Lost)), Kept: words.Number(int64(t.Kept)), Unseen: parts(t.Unseen), Heard: parts(t.Heard),
		}
	}
	for _, e := range p.Exclusions {
		one := exclusion{
			Text: webpage.NewText(words.Exclusion(e)), Declaration: webpage.NewText(strings.TrimSpace(e.Declaration)), Pattern: webpage.NewText(e.Pattern),
			Removed: "it removes " + words.Span(int64(e.Removed.Least), int64(e.Removed.Most)) + " " + words.Plural(int64(e.Removed.Most), "notification"),
		}
		if e.Pattern == "" {
			one.Hidden = words.NoPattern
		}
		out.Exclusions = append(out.Exclusions, one)
	}
	if p.Threshold == nil && len(p.Exclusions) == 0 && callers {
		out.None = words.NoExclusion
	}
	return out
}

func newHalf(name string, r backtest.Range) half {
	return half{
		name, words.Span(int64(r.Episodes.Least), int64(r.Episodes.Most)), words.Floats(r.PerWeek.Least, r.PerWeek.Most),
		words.Percents(r.ShareInAlarm.Least, r.ShareInAlarm.Most),
	}
}
