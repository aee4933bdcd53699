package words

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/backtest"
)

// Control is the name of a control, by which no other of the report goes.
func Control(c backtest.Control) string {
	name := c.Control
	if c.Input != "" {
		name = c.Input + ": " + name
	}
	if c.State == backtest.Before {
		name += " (before the plan)"
	}
	return name
}

// Unwatched reports whether no alarm of the report is about a control.
func Unwatched(c backtest.Control, alarms []backtest.Alarm) bool {
	return !slices.ContainsFunc(alarms, func(a backtest.Alarm) bool {
		return a.Input == c.Input && a.State == c.State && slices.Contains(a.Controls, c.Control)
	})
}

// LookLikeDenials is the heading of events that may be missed.
const LookLikeDenials = "Look like denials, but the reference pattern does not match them"

// Missed says how many events no alarm counts.
func Missed(c backtest.Control) string {
	return Number(c.Missed.Events) + " of " + Count(c.Events, "event") + " counted by no alarm"
}

// Why names the command that says why events are missed.
func Why(c backtest.Control) string {
	return "iacgate check --control " + c.Control + " " + c.Input + " says why"
}

// History says how far a replay agrees with the recorded states.
func History(c backtest.Check) string {
	return fmt.Sprintf("%s recorded, %s replayed, %s of them the same", Count(int64(c.Recorded), "notification"), Number(int64(c.Replayed)), Number(int64(c.Both)))
}

// Bound says whether the figures are within the bound.
func Bound(r *backtest.Report) string {
	answer := map[backtest.Status]string{backtest.Within: "yes", backtest.Beyond: "no", backtest.Undecided: "not known"}[r.Status]
	return fmt.Sprintf("At most %g a week: %s", *r.PerWeek, answer)
}
