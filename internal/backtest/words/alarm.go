package words

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
)

// Title is the name of an alarm, by which no other of the report goes.
func Title(a backtest.Alarm) string {
	name := a.Title()
	if a.Input != "" {
		name = a.Input + ": " + name
	}
	if a.State == backtest.Before {
		name += " (before the plan)"
	}
	for _, when := range a.When {
		name += " where " + when
	}
	return name
}

// Figures say how often an alarm went off.
func Figures(a backtest.Alarm) string {
	r := a.Range
	text := Span(int64(r.Episodes.Least), int64(r.Episodes.Most)) + " " + Plural(int64(r.Episodes.Most), "notification")
	if r.PerWeek.Most > 0 {
		text += " (" + Floats(r.PerWeek.Least, r.PerWeek.Most) + " a week)"
	}
	text += ", in ALARM " + Percents(r.ShareInAlarm.Least, r.ShareInAlarm.Most) + " of the time"
	if a.Rule == "" {
		text += ", " + Count(a.Matches, "matching event")
	}
	return text
}

// Unfed says what does not reach an alarm.
func Unfed(a backtest.Alarm) string {
	return Count(a.Unfed, "matching event") + " left out: its trail records other accounts, regions or kinds of events"
}

// FirstReading says which reading lists and charts are of.
const FirstReading = "Everything below is computed with the first row."

// Day says how often an alarm went off on a day, "" if it did not.
func Day(d backtest.Day) string {
	if d.Episodes == 0 && d.Minutes == 0 {
		return ""
	}
	text := Count(int64(d.Episodes), "notification")
	if d.Minutes > 0 {
		text += ", " + Duration(d.Minutes)
	}
	return text
}

// Group says when somebody caused matches.
func Group(g backtest.Group) string {
	text := fmt.Sprintf("on %s, at most %s a minute, first %s", Count(int64(g.Days), "day"), Number(g.Burst), Time(g.First))
	if len(g.Events) > 0 {
		text += ", event " + g.Events[0]
	}
	if len(g.Addresses) > 0 {
		text += ", from " + strings.Join(g.Addresses, " ")
	}
	if len(g.Sessions) > 0 {
		text += ", sessions " + strings.Join(g.Sessions, " ")
	}
	return text
}

// Episode describes a message.
func Episode(a backtest.Alarm, e backtest.Episode) string {
	text := Time(e.Start) + ", " + Duration(e.Minutes)
	if edge := Edge(e); edge != "" {
		text += ", " + edge
	}
	if a.Rule == "" {
		text += ", " + Count(e.Matches, "event")
	}
	if len(e.Because) > 0 {
		text += ": " + e.Because[0].Caller.Principal + " " + e.Because[0].Caller.Name
	}
	return text
}

// Edge says that an episode is not seen as a whole, "" if it is.
func Edge(e backtest.Episode) string {
	switch {
	case e.Before:
		return "began before the data"
	case e.Open:
		return "goes on after the data"
	}
	return ""
}
