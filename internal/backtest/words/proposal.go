package words

import (
	"fmt"

	"github.com/iacgate/iacgate/internal/backtest"
)

// Proposals is the heading of proposals.
func Proposals(p *backtest.Proposal) string {
	return fmt.Sprintf("Proposals for at most %g a week (nothing is applied)", p.PerWeek)
}

// NoThreshold says why no threshold is proposed.
func NoThreshold(p *backtest.Proposal) string { return "threshold: none: " + p.Why }

// NoExclusion is said where nothing is proposed.
const NoExclusion = "exclusion: none: no caller was there on half of the days and alone causes notifications"

// Threshold says what a threshold brings.
func Threshold(t *backtest.Threshold, perWeek float64) string {
	confirmed := ""
	if doubt := Doubt(t, perWeek); doubt != "" {
		confirmed = ": " + doubt
	}
	return fmt.Sprintf("threshold %g: %s a week in the first half, where it was chosen, %s in the second%s", t.Value,
		Floats(t.Fitted.PerWeek.Least, t.Fitted.PerWeek.Most), Floats(t.Tested.PerWeek.Least, t.Tested.PerWeek.Most), confirmed)
}

// Doubt says why a threshold is not confirmed, "" if it is.
func Doubt(t *backtest.Threshold, perWeek float64) string {
	if t.Confirmed {
		return ""
	}
	if t.Tested.PerWeek.Most > perWeek {
		return fmt.Sprintf("NOT confirmed there: more than %g a week", perWeek)
	}
	return "NOT confirmed there: in ALARM " + Percents(t.Tested.ShareInAlarm.Least, t.Tested.ShareInAlarm.Most) + " of the time, and at most 1 % is wanted"
}

// Price says what a threshold costs.
func Price(t *backtest.Threshold) string {
	return "it suppresses " + Count(int64(t.Lost), "notification") + callers(t.Unseen) + ", and keeps " + Number(int64(t.Kept)) + callers(t.Heard)
}

// Exclusion says what an exclusion brings and costs.
func Exclusion(e backtest.Exclusion) string {
	return fmt.Sprintf("exclusion of %s: leaves %s %s; %s on %s, at most %s a minute, would raise no alarm", Caller(e.Caller),
		Span(int64(e.Left.Least), int64(e.Left.Most)), Plural(int64(e.Left.Most), "notification"), Count(e.Matches, "event"), Count(int64(e.Days), "day"), Number(e.Burst))
}

// NoPattern is said where the names of callers are hidden.
const NoPattern = "entry and pattern left out, since they name the caller"

// callers names the first of some callers.
func callers(parts []backtest.Part) string {
	if len(parts) == 0 {
		return ""
	}
	text := parts[0].Caller.Principal + " " + parts[0].Caller.Name
	if more := int64(len(parts) - 1); more > 0 {
		text += " and " + Count(more, "other caller")
	}
	return " (" + text + ")"
}
