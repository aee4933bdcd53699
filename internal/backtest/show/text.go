package show

import (
	"io"
	"math"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
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
	p.heading(words.Title(a))
	if a.Unknown == "" {
		p.prose("  ", words.Figures(a))
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
		p.prose("  ", words.Unfed(a))
	}
	if a.Unknown != "" {
		p.prose("  ", "not replayed: "+a.Unknown)
		if a.Matches > 0 {
			p.line("  %s", words.Count(a.Matches, "matching event"))
		}
		p.line("")
		return
	}
	if a.Matches > 0 || len(a.Episodes) > 0 {
		p.variants(a.Variants)
		p.chart(a.Days)
		p.groups("Top callers", a.Groups, a.Others)
		p.episodes(a)
		p.proposal(a.Proposal, len(a.Groups) > 0)
	}
	p.line("")
}

// variants shows what the range is made of.
func (p *page) variants(all []backtest.Variant) {
	if len(all) < 2 {
		return
	}
	p.line("")
	p.line("  %-10s %21s %14s %12s", "clock", "more data points seen", "notifications", "in ALARM")
	for _, v := range all {
		p.line("  %-10s %21d %14s %12s", v.Clock, v.Extra, words.Number(int64(v.Episodes)), words.Duration(v.MinutesInAlarm))
	}
	p.line("  %s", words.FirstReading)
}

// chart draws a bar for each day.
func (p *page) chart(days []backtest.Day) {
	if len(days) == 0 {
		return
	}
	most, digits, longest := int64(1), 1, 0
	for _, d := range days {
		most, digits, longest = max(most, d.Matches), max(digits, len(words.Number(d.Matches))), max(longest, len(words.Day(d)))
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
		p.line("%s%s %*s  %s", at.Format(label), strings.Repeat("#", bar), digits, words.Number(d.Matches), words.Day(d))
	}
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
		p.line("  %8s  %s", least+words.Number(g.Matches), words.Caller(g.Caller))
		p.prose("            ", words.Group(g))
	}
	if others > 0 {
		p.line("  %8s  of other callers", words.Number(others))
	}
}

// maxShown is how many groups and episodes the text lists; JSON has more.
const maxShown = 8

// episodes lists the messages, the first ones.
func (p *page) episodes(a backtest.Alarm) {
	if len(a.Episodes) == 0 {
		return
	}
	p.line("")
	p.line("  Notifications")
	for i, e := range a.Episodes {
		if i == maxShown {
			p.line("  and %s more", words.Number(int64(a.Variants[0].Episodes-i)))
			break
		}
		p.prose("  ", words.Episode(a, e))
	}
}

// control says what the alarms of a control miss.
func (p *page) control(c backtest.Control, alarms []backtest.Alarm) {
	alone := words.Unwatched(c, alarms)
	if c.Missed.Events == 0 && c.Perhaps.Events == 0 && !alone {
		return
	}
	name := words.Control(c)
	if c.Events == 0 && c.Perhaps.Events == 0 {
		p.quiet = append(p.quiet, name)
		return
	}
	p.heading("Misses: " + name)
	if alone {
		p.line("  no alarm on its events")
	}
	p.line("  %s", words.Missed(c))
	if c.Missed.Events > 0 && c.Input != "" {
		p.prose("  ", words.Why(c))
	}
	p.groups("Missed", c.Missed.Groups, 0)
	if c.Perhaps.Events > 0 {
		p.groups(words.LookLikeDenials, c.Perhaps.Groups, 0)
	}
	p.line("")
}

// history compares the replay with what happened.
func (p *page) history(c backtest.Check) {
	p.heading("History: " + c.Alarm)
	p.line("  %s", words.History(c))
	for _, list := range []struct {
		name  string
		times []string
	}{{"only recorded", c.OnlyRecorded}, {"only replayed", c.OnlyReplayed}} {
		for i, at := range list.times {
			if i == maxShown {
				p.line("  and %s more", words.Number(int64(len(list.times)-i)))
				break
			}
			p.line("  %s: %s", list.name, words.Time(at))
		}
	}
	p.line("")
}

func (p *page) status(r *backtest.Report) {
	if r.PerWeek == nil {
		return
	}
	p.heading(words.Bound(r))
	for _, reason := range r.Reasons {
		p.prose("  ", reason)
	}
}

// Options say how text looks.
type Options struct{ Color bool }
