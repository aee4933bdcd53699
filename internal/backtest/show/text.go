package show

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/backtest"
)

func writeText(w io.Writer, r *backtest.Report, o Options) error {
	p := &page{color: o.Color}
	p.data(r.Data)
	for _, a := range r.Alarms {
		p.alarm(a)
	}
	for _, c := range r.Controls {
		p.control(c, r.Alarms)
	}
	if len(p.quiet) > 0 {
		p.prose("", "No alarm and no event in these records: "+strings.Join(p.quiet, ", "))
		p.line("")
	}
	for _, c := range r.History {
		p.history(c)
	}
	p.status(r)
	_, err := w.Write(p.b.Bytes())
	return err
}

// alarm says how often one alarm went off, when, and because of whom.
func (p *page) alarm(a backtest.Alarm) {
	p.heading(title(a))
	if a.Unknown == "" {
		p.figures(a)
	}
	if len(a.Controls) > 0 && a.Controls[0] != a.Title() {
		p.prose("  ", "for "+strings.Join(a.Controls, ", "))
	}
	if a.Settings != "" {
		p.line("  %s", a.Settings)
	}
	if a.Rule != "" {
		p.prose("  ", a.Rule)
	}
	for _, text := range a.Patterns {
		p.line("  %s", text) // in one piece, to be copied
	}
	for _, u := range a.Unsure {
		p.prose("  ", u)
	}
	if a.Unfed > 0 {
		p.prose("  ", count(a.Unfed, "matching event")+" left out: its trail records other accounts, regions or kinds of events")
	}
	if a.Unknown != "" {
		p.prose("  ", "not replayed: "+a.Unknown)
		if a.Matches > 0 {
			p.line("  %s", count(a.Matches, "matching event"))
		}
		p.line("")
		return
	}
	if a.Matches > 0 || len(a.Episodes) > 0 {
		p.variants(a.Variants)
		p.chart(a.Days)
		p.groups("Top callers", a.Groups, a.Others)
		p.episodes(a)
		p.proposal(a.Proposal)
	}
	p.line("")
}

func (p *page) figures(a backtest.Alarm) {
	r := a.Range
	text := span(int64(r.Episodes.Least), int64(r.Episodes.Most)) + " " + plural(int64(r.Episodes.Most), "notification")
	if r.PerWeek.Most > 0 {
		text += " (" + floats(r.PerWeek.Least, r.PerWeek.Most) + " a week)"
	}
	text += ", in ALARM " + percents(r.ShareInAlarm.Least, r.ShareInAlarm.Most) + " of the time"
	if a.Rule == "" {
		text += ", " + count(a.Matches, "matching event")
	}
	p.prose("  ", text)
}

// variants shows what the range is made of.
func (p *page) variants(all []backtest.Variant) {
	if len(all) < 2 {
		return
	}
	p.line("")
	p.line("  %-10s %21s %14s %12s", "clock", "more data points seen", "notifications", "in ALARM")
	for _, v := range all {
		p.line("  %-10s %21d %14s %12s", v.Clock, v.Extra, number(int64(v.Episodes)), duration(v.MinutesInAlarm))
	}
	p.line("  The rest is by the first of these readings.")
}

// chart draws a bar for each day.
func (p *page) chart(days []backtest.Day) {
	if len(days) == 0 {
		return
	}
	most, digits, longest := int64(1), 1, 0
	for _, d := range days {
		most, digits, longest = max(most, d.Matches), max(digits, len(number(d.Matches))), max(longest, len(dayText(d)))
	}
	p.line("")
	p.line("  Events by day, notifications, time in ALARM")
	const label = "  Mon 2006-01-02 "
	room := max(10, width-len(label)-len("  ")-digits-longest-1)
	for _, d := range days {
		at, err := time.Parse(time.DateOnly, d.Day)
		if err != nil {
			continue
		}
		bar := 0
		if d.Matches > 0 {
			bar = max(1, int(math.Round(float64(d.Matches)/float64(most)*float64(room))))
		}
		p.line("%s%s %*s  %s", at.Format(label), strings.Repeat("#", bar), digits, number(d.Matches), dayText(d))
	}
}

func dayText(d backtest.Day) string {
	if d.Episodes == 0 && d.Minutes == 0 {
		return ""
	}
	text := count(int64(d.Episodes), "notification")
	if d.Minutes > 0 {
		text += ", " + duration(d.Minutes)
	}
	return text
}

// groups lists who caused matches.
func (p *page) groups(heading string, groups []backtest.Group, others int64) {
	if len(groups) == 0 {
		return
	}
	p.line("")
	p.line("  %s", heading)
	for i, g := range groups {
		if i == maxShown {
			for _, rest := range groups[i:] {
				others += rest.Matches
			}
			break
		}
		least := ""
		if g.AtLeast {
			least = "at least "
		}
		p.line("  %8s  %s", least+number(g.Matches), callerText(g.Caller))
		p.prose("            ", groupText(g))
	}
	if others > 0 {
		p.line("  %8s  of other callers", number(others))
	}
}

// maxShown is how many groups and episodes the text lists; JSON has more.
const maxShown = 8

func groupText(g backtest.Group) string {
	text := fmt.Sprintf("on %s, at most %s a minute, first %s", count(int64(g.Days), "day"), number(g.Burst), short(g.First))
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

// episodes lists the messages, the first ones.
func (p *page) episodes(a backtest.Alarm) {
	if len(a.Episodes) == 0 {
		return
	}
	p.line("")
	p.line("  Notifications")
	for i, e := range a.Episodes {
		if i == maxShown {
			p.line("  and %s", number(int64(a.Variants[0].Episodes-i)))
			break
		}
		text := short(e.Start) + ", " + duration(e.Minutes)
		switch {
		case e.Before:
			text += ", began before the data"
		case e.Open:
			text += ", goes on after the data"
		}
		if a.Rule == "" {
			text += ", " + count(e.Matches, "event")
		}
		if len(e.Because) > 0 {
			text += ": " + e.Because[0].Caller.Principal + " " + e.Because[0].Caller.Name
		}
		p.prose("  ", text)
	}
}

// control says what the alarms of a control miss.
func (p *page) control(c backtest.Control, alarms []backtest.Alarm) {
	alone := true
	for _, a := range alarms {
		for _, id := range a.Controls {
			alone = alone && !(id == c.Control && a.Input == c.Input && a.State == c.State)
		}
	}
	if c.Missed.Events == 0 && c.Perhaps.Events == 0 && !alone {
		return
	}
	name := c.Control
	if c.Input != "" {
		name = c.Input + ": " + name
	}
	if c.State == backtest.Before {
		name += " (before the plan)"
	}
	if c.Events == 0 && c.Perhaps.Events == 0 {
		p.quiet = append(p.quiet, name)
		return
	}
	p.heading("Misses: " + name)
	if alone {
		p.line("  no alarm on its events")
	}
	p.line("  %s of %s counted by no alarm", number(c.Missed.Events), count(c.Events, "event"))
	if c.Missed.Events > 0 && c.Input != "" {
		p.prose("  ", "iacgate check --control "+c.Control+" "+c.Input+" says why")
	}
	p.groups("Missed", c.Missed.Groups, 0)
	if c.Perhaps.Events > 0 {
		p.groups("Look like denials, and the reference pattern does not have them", c.Perhaps.Groups, 0)
	}
	p.line("")
}

// history compares the replay with what happened.
func (p *page) history(c backtest.Check) {
	p.heading("History: " + c.Alarm)
	p.line("  %s recorded, %s replayed, %s of them the same", count(int64(c.Recorded), "notification"), number(int64(c.Replayed)), number(int64(c.Both)))
	for _, list := range []struct {
		name  string
		times []string
	}{{"only recorded", c.OnlyRecorded}, {"only replayed", c.OnlyReplayed}} {
		for i, at := range list.times {
			if i == maxShown {
				p.line("  and %s", number(int64(len(list.times)-i)))
				break
			}
			p.line("  %s: %s", list.name, short(at))
		}
	}
	p.line("")
}

func (p *page) status(r *backtest.Report) {
	if r.PerWeek == nil {
		return
	}
	p.heading(fmt.Sprintf("At most %g a week: %s", *r.PerWeek, map[backtest.Status]string{backtest.Within: "yes", backtest.Beyond: "no", backtest.Undecided: "not known"}[r.Status]))
	for _, reason := range r.Reasons {
		p.prose("  ", reason)
	}
}

// Options say how text looks.
type Options struct{ Color bool }

// title is the name of an alarm, by which no other of the report goes.
func title(a backtest.Alarm) string {
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
