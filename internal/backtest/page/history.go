package page

import (
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// history compares the replay with what happened.
type history struct {
	Alarm, Text webpage.Text
	Only        []onlyIn
}

type onlyIn struct {
	Where string
	Times []string
}

func newHistory(c backtest.Check) history {
	out := history{Alarm: webpage.NewText(c.Alarm), Text: webpage.NewText(words.History(c))}
	for _, only := range []onlyIn{{"only recorded", c.OnlyRecorded}, {"only replayed", c.OnlyReplayed}} {
		times := only.Times
		only.Times = nil
		for _, at := range times {
			only.Times = append(only.Times, words.Time(at))
		}
		if len(only.Times) > 0 {
			out.Only = append(out.Only, only)
		}
	}
	return out
}
