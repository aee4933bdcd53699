package page

import (
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// A miss lists the events of a control that no alarm counts.
type miss struct {
	Title, Text, Why webpage.Text
	Alone            bool // there is no alarm
	Missed, Perhaps  groups
	Some             bool
}

// misses are those of the controls, and the names of controls without alarms and events.
func misses(r *backtest.Report) (out []miss, quiet webpage.Text) {
	var names []string
	for _, c := range r.Controls {
		alone := words.Unwatched(c, r.Alarms)
		switch {
		case c.Missed.Events == 0 && c.Perhaps.Events == 0 && !alone:
		case c.Events == 0 && c.Perhaps.Events == 0:
			names = append(names, words.Control(c))
		default:
			m := miss{
				Title: webpage.NewText(words.Control(c)), Text: webpage.NewText(words.Missed(c)), Alone: alone, Some: c.Missed.Events > 0,
				Missed: newGroups(c.Missed.Groups, 0), Perhaps: newGroups(c.Perhaps.Groups, 0),
			}
			if c.Missed.Events > 0 && c.Input != "" {
				m.Why = webpage.NewText(words.Why(c))
			}
			out = append(out, m)
		}
	}
	return out, webpage.NewText(strings.Join(names, ", "))
}
