package page

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// A change is one alarm before and after the plan.
type change struct {
	Title webpage.Text
	Rows  []changed
}

type changed struct {
	Figure        string
	Before, After webpage.Text
	Badge         string
	Code          bool
}

// changes puts the alarms before and after the plan side by side. Those that a plan makes
// or deletes have one side.
func changes(r *backtest.Report) (out []change) {
	var before []*backtest.Alarm
	for i := range r.Alarms {
		if a := &r.Alarms[i]; a.State == backtest.Before {
			before = append(before, a)
		}
	}
	if len(before) == 0 {
		return nil
	}
	paired := make([]bool, len(before))
	for i := range r.Alarms {
		a := &r.Alarms[i]
		if a.State != backtest.After || !slices.ContainsFunc(before, func(b *backtest.Alarm) bool { return b.Input == a.Input }) {
			continue
		}
		var old *backtest.Alarm
		if n := slices.IndexFunc(before, func(b *backtest.Alarm) bool { return isSame(b, a) }); n >= 0 {
			old, paired[n] = before[n], true
		}
		out = append(out, newChange(r, old, a))
	}
	for i, b := range before {
		if !paired[i] {
			out = append(out, newChange(r, b, nil))
		}
	}
	return out
}

// isSame reports whether two alarms are one, before and after the plan.
func isSame(a, b *backtest.Alarm) bool {
	return a.Input == b.Input && a.Title() == b.Title()
}

func newChange(r *backtest.Report, before, after *backtest.Alarm) change {
	some := after
	if some == nil {
		some = before
	}
	out := change{Title: webpage.NewText(some.Title())}
	if some.Input != "" {
		out.Title = webpage.NewText(some.Input + ": " + some.Title())
	}
	for _, when := range some.When {
		out.Title += webpage.NewText(" where " + when)
	}
	replayed := func(of func(backtest.Alarm) string) func(backtest.Alarm) string {
		return func(a backtest.Alarm) string {
			if a.Unknown != "" {
				return "not replayed: " + a.Unknown
			}
			return of(a)
		}
	}
	for _, line := range []struct {
		figure string
		of     func(backtest.Alarm) string
		code   bool
	}{
		{"Notifications", replayed(func(a backtest.Alarm) string {
			return words.Span(int64(a.Range.Episodes.Least), int64(a.Range.Episodes.Most))
		}), false},
		{"A week", replayed(func(a backtest.Alarm) string { return words.Floats(a.Range.PerWeek.Least, a.Range.PerWeek.Most) }), false},
		{"Minutes in ALARM", replayed(func(a backtest.Alarm) string {
			return words.Span(int64(a.Range.MinutesInAlarm.Least), int64(a.Range.MinutesInAlarm.Most))
		}), false},
		{"Of the time in ALARM", replayed(func(a backtest.Alarm) string {
			return words.Percents(a.Range.ShareInAlarm.Least, a.Range.ShareInAlarm.Most)
		}), false},
		{"Matching events", func(a backtest.Alarm) string {
			if a.Rule != "" {
				return ""
			}
			return words.Number(a.Matches)
		}, false},
		{"Events counted by no alarm", func(a backtest.Alarm) string { return missed(r, a) }, false},
		{"Settings", func(a backtest.Alarm) string { return a.Settings }, false},
		{"Patterns", func(a backtest.Alarm) string { return strings.Join(append(slices.Clone(a.Patterns), a.Rule), "\n") }, true},
	} {
		side := func(a *backtest.Alarm) webpage.Text {
			switch {
			case a != nil:
				return webpage.NewText(strings.TrimSpace(line.of(*a)))
			case len(out.Rows) == 0:
				return "no such alarm"
			}
			return ""
		}
		one := changed{Figure: line.figure, Before: side(before), After: side(after), Code: line.code}
		if before == nil || after == nil {
			if len(out.Rows) == 0 {
				one.Badge = map[bool]string{true: "new", false: "deleted"}[before == nil]
			}
		} else if one.Before != one.After {
			one.Badge = "changed"
		}
		if one.Before != "" || one.After != "" {
			out.Rows = append(out.Rows, one)
		}
	}
	return out
}

// missed counts the events of an alarm's controls that no alarm counts.
func missed(r *backtest.Report, a backtest.Alarm) string {
	n, known := int64(0), false
	for _, c := range r.Controls {
		if c.Input == a.Input && c.State == a.State && c.Unknown == "" && slices.Equal(c.When, a.When) && slices.Contains(a.Controls, c.Control) {
			n, known = n+c.Missed.Events, true
		}
	}
	if !known {
		return ""
	}
	return words.Number(n)
}
