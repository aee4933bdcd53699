package show

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/tally"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// width is that of the text.
const width = 80

// page collects lines.
type page struct {
	b     bytes.Buffer
	color bool
	quiet []string // controls without alarms and events
}

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

func (p *page) line(format string, args ...any) {
	p.b.WriteString(strings.TrimRight(terminal.Clean(fmt.Sprintf(format, args...)), " ") + "\n")
}

func (p *page) heading(text string) {
	text = terminal.Clean(text)
	if p.color {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	p.b.WriteString(text + "\n")
}

// prose wraps a sentence.
func (p *page) prose(indent, text string) {
	line := indent
	for _, word := range strings.Fields(text) {
		if len(line) > len(indent) && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			p.line("%s", line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	p.line("%s", line)
}

// data says what was read, and what is missing in it.
func (p *page) data(d backtest.Data) {
	p.heading("Data")
	if d.Records > 0 {
		p.line("  %s, %s", count(int64(d.Files), "file"), count(d.Records, "record"))
	}
	p.line("  %s to %s UTC, %s of %s with data", short(d.From), short(d.To), number(int64(d.Hours-d.SilentHours-d.ProvenHours)), count(int64(d.Hours), "hour"))
	p.line("  counted by the clock of the %s", clockNames[d.Clock])
	for _, r := range d.Regions {
		p.line("    %s %-16s %s with records", r.Account, r.Region, count(int64(r.Hours), "hour"))
	}
	for _, s := range remarks(d) {
		p.prose("  ", s)
	}
	p.line("")
}

// clockNames are what the clocks are called in sentences.
var clockNames = map[string]string{
	"event": "event", "delivery": "delivery", "log": "log event", "metric": "metric", "event to delivery": "event, and by that of its delivery",
}

// remarks say what is odd about the data.
func remarks(d backtest.Data) (out []string) {
	say := func(n int64, format string, args ...any) {
		if n > 0 {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	say(int64(d.SilentHours), "%s without any record: silent or missing, and left out of the figures per week", count(int64(d.SilentHours), "hour"))
	say(int64(d.ProvenHours), "%s without any record, as digests prove", count(int64(d.ProvenHours), "hour"))
	if n := len(d.MissingFiles); n > 0 {
		say(int64(n), "%s that digests name and that were not given, such as %s", count(int64(n), "log file"), d.MissingFiles[0])
	}
	for _, c := range d.Cut {
		say(1, "%s does not hold all: %s", c.File, c.Reason)
	}
	say(d.Duplicates, "%s left out: looked for among matching records of 24 hours and among others of one hour of delivery", count(d.Duplicates, "duplicate"))
	say(d.Unchecked, "%s not checked for duplicates: there were too many at once", count(d.Unchecked, "record"))
	say(d.Timeless, "%s without a readable eventTime, counted at the delivery", count(d.Timeless, "record"))
	say(d.Dropped, "%s without a readable time, counted nowhere", count(d.Dropped, "record"))
	say(d.Outside, "%s outside of --since and --until", count(d.Outside, "record"))
	say(d.Large, "%s above 256 KB, which CloudTrail does not send to CloudWatch Logs", count(d.Large, "record"))
	if n := int64(len(d.Skipped)); n > 0 {
		out = append(out, fmt.Sprintf("%s skipped, since their names do not end as those of records do (%s)", count(n, "file"), d.Skipped[0]))
	}
	say(int64(d.Insights), "%s of Insights, skipped", count(int64(d.Insights), "file"))
	if d.Reads == 0 && d.Records > 0 {
		out = append(out, "no record has readOnly true: if lookup-events was asked for writes only, most denials are missing")
	}
	return out
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

func callerText(c tally.Caller) string {
	return strings.Join(strings.Fields(c.Principal+" "+strings.TrimSuffix(c.Source, ".amazonaws.com")+" "+c.Name+" "+c.Code), "  ")
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

func (p *page) proposal(pr *backtest.Proposal) {
	if pr == nil {
		return
	}
	p.line("")
	p.line("  Proposals for at most %g a week (nothing is applied)", pr.PerWeek)
	if pr.Why != "" {
		p.prose("  ", "threshold: none: "+pr.Why)
	}
	if t := pr.Threshold; t != nil {
		p.threshold(t, pr.PerWeek)
	}
	for _, e := range pr.Exclusions {
		p.exclusion(e)
	}
	if pr.Threshold == nil && len(pr.Exclusions) == 0 {
		p.prose("  ", "exclusion: none: no caller was there on half of the days and alone causes notifications")
	}
}

func (p *page) threshold(t *backtest.Threshold, perWeek float64) {
	confirmed := ""
	if !t.Confirmed {
		confirmed = fmt.Sprintf(", so that it is NOT confirmed: that is more than %g, or too much time in ALARM", perWeek)
	}
	p.prose("  ", fmt.Sprintf("threshold %g: %s a week in the first half, where it was chosen, %s in the second%s", t.Value,
		floats(t.Fitted.PerWeek.Least, t.Fitted.PerWeek.Most), floats(t.Tested.PerWeek.Least, t.Tested.PerWeek.Most), confirmed))
	p.prose("    ", "it suppresses "+count(int64(t.Lost), "notification")+callersText(t.Unseen)+", and keeps "+number(int64(t.Kept))+callersText(t.Heard))
}

func (p *page) exclusion(e backtest.Exclusion) {
	p.prose("  ", fmt.Sprintf("exclusion of %s: leaves %s %s; %s on %s, at most %s a minute, raise no alarm any more", callerText(e.Caller),
		span(int64(e.Left.Least), int64(e.Left.Most)), plural(int64(e.Left.Most), "notification"), count(e.Matches, "event"), count(int64(e.Days), "day"), number(e.Burst)))
	if e.Pattern == "" {
		p.line("      entry and pattern left out, since they name the caller")
		return
	}
	for line := range strings.Lines(e.Declaration) {
		p.line("      %s", strings.TrimRight(line, "\n"))
	}
	p.line("      pattern: %s", e.Pattern)
}

// callersText names the first of some callers.
func callersText(parts []backtest.Part) string {
	if len(parts) == 0 {
		return ""
	}
	text := parts[0].Caller.Principal + " " + parts[0].Caller.Name
	if more := int64(len(parts) - 1); more > 0 {
		text += " and " + count(more, "other caller")
	}
	return " (" + text + ")"
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

func short(rfc3339 string) string {
	return strings.TrimSuffix(strings.Replace(rfc3339, "T", " ", 1), ":00Z")
}

// number writes thousands apart.
func number(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func count(n int64, noun string) string { return number(n) + " " + plural(n, noun) }

func plural(n int64, noun string) string {
	_, word, _ := strings.Cut(verdict.Plural(int(n), noun), " ")
	return word
}

func span(least, most int64) string {
	if least == most {
		return number(least)
	}
	return number(least) + " to " + number(most)
}

func floats(least, most float64) string {
	if least == most {
		return fmt.Sprintf("%g", least)
	}
	return fmt.Sprintf("%g to %g", least, most)
}

func percents(least, most float64) string {
	a, b := percent(least), percent(most)
	if a == b {
		return a
	}
	return strings.TrimSuffix(a, " %") + " to " + b
}

func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*1000)/10, 'f', -1, 64) + " %"
}

func duration(minutes int) string {
	switch {
	case minutes < 120:
		return verdict.Plural(minutes, "minute")
	case minutes < 2*24*60:
		return fmt.Sprintf("%.1f hours", float64(minutes)/60)
	}
	return fmt.Sprintf("%.1f days", float64(minutes)/(24*60))
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
