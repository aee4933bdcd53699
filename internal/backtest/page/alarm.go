package page

import (
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

// An alarm is one alarm on the page.
type alarm struct {
	ID, Title webpage.Text
	Before    bool
	Facts     []webpage.Text
	Patterns  []webpage.Text
	Remarks   []webpage.Text
	Unknown   webpage.Text
	Figures   []figure
	Sentence  webpage.Text
	// of the table of all alarms
	Episodes, PerWeek, Share, Matches string

	Charts   *charts
	Variants []variant

	Rows     rows // notifications
	More     rows // after the first
	Left     string
	Counted  bool // events of the notifications are known
	Groups   groups
	Proposal *proposal
}

// A figure is a number with what it counts.
type figure struct{ Number, Noun string }

type variant struct {
	Clock                 webpage.Text
	Extra                 int
	Episodes, Minutes, In string
}

// rows are notifications. Those of a composite alarm have no events of their own.
type rows struct {
	List    []row
	Counted bool
}

// A row is one notification.
type row struct {
	Start, End, Minutes, Events string
	Long                        string // the time, if it is more than some minutes
	Edge                        string
	Because                     []part
}

// firstRows is how many notifications are seen at once.
const firstRows = 10

// Bounds of what a page lists and draws; it says what it leaves out.
const (
	maxCharts = 93   // days that are drawn, of all alarms: three months
	maxDrawn  = 31   // days of one alarm
	maxRows   = 3000 // notifications, of all alarms
	leastRows = 8    // of each alarm, as in the text
)

// share is what each alarm may have of the page.
type share struct{ days, rows int }

func shares(r *backtest.Report) share {
	n := 0
	for _, a := range r.Alarms {
		if !a.Timeline.IsEmpty() {
			n++
		}
	}
	n = max(n, 1)
	return share{days: max(1, min(maxDrawn, maxCharts/n)), rows: max(leastRows, maxRows/n)}
}

func newAlarm(id string, a backtest.Alarm, gaps []backtest.Gap, of share) alarm {
	out := alarm{ID: webpage.Text(id), Title: webpage.NewText(words.Title(a)), Before: a.State == backtest.Before, Unknown: webpage.NewText(a.Unknown), Counted: a.Rule == ""}
	out.addText(a)
	if a.Unknown != "" {
		if a.Matches > 0 {
			out.Facts = append(out.Facts, webpage.NewText(words.Count(a.Matches, "matching event")))
		}
		return out
	}
	out.addFigures(a)
	if len(a.Days) > 0 && (a.Matches > 0 || len(a.Episodes) > 0) {
		out.Charts = newCharts(id, a, gaps, of.days)
	}
	if len(a.Variants) > 1 {
		for _, v := range a.Variants {
			out.Variants = append(out.Variants, variant{webpage.NewText(v.Clock), v.Extra, words.Number(int64(v.Episodes)), words.Number(int64(v.MinutesInAlarm)), words.Duration(v.MinutesInAlarm)})
		}
	}
	out.addEpisodes(a, of.rows)
	out.Groups = newGroups(a.Groups, a.Others)
	out.Proposal = newProposal(a.Proposal, len(a.Groups) > 0)
	return out
}

// addText says what the alarm is.
func (v *alarm) addText(a backtest.Alarm) {
	add := func(to *[]webpage.Text, text string) {
		if text != "" {
			*to = append(*to, webpage.NewText(text))
		}
	}
	if len(a.Controls) > 0 && a.Controls[0] != a.Title() {
		add(&v.Facts, "for "+strings.Join(a.Controls, ", "))
	}
	add(&v.Facts, a.Settings)
	add(&v.Patterns, a.Rule)
	for _, p := range a.Patterns {
		add(&v.Patterns, p)
	}
	for _, u := range a.Unsure {
		add(&v.Remarks, u)
	}
	if a.Unfed > 0 {
		add(&v.Remarks, words.Unfed(a))
	}
}

func (v *alarm) addFigures(a backtest.Alarm) {
	r := a.Range
	v.Episodes, v.PerWeek = words.Span(int64(r.Episodes.Least), int64(r.Episodes.Most)), words.Floats(r.PerWeek.Least, r.PerWeek.Most)
	v.Share, v.Matches = words.Percents(r.ShareInAlarm.Least, r.ShareInAlarm.Most), words.Number(a.Matches)
	v.Sentence = webpage.NewText(words.Figures(a))
	v.Figures = []figure{
		{v.Episodes, words.Plural(int64(r.Episodes.Most), "notification")}, {v.PerWeek, "a week"}, {v.Share, "of the time in ALARM"},
		{words.Span(int64(r.MinutesInAlarm.Least), int64(r.MinutesInAlarm.Most)), words.Plural(int64(r.MinutesInAlarm.Most), "minute") + " in ALARM"},
	}
	if a.Rule == "" {
		v.Figures = append(v.Figures, figure{v.Matches, words.Plural(a.Matches, "matching event")})
	}
}

func (v *alarm) addEpisodes(a backtest.Alarm, most int) {
	var list []row
	for i, e := range a.Episodes {
		if i == most {
			break
		}
		one := row{Start: words.Time(e.Start), End: words.Time(e.End), Minutes: words.Number(int64(e.Minutes)), Events: words.Number(e.Matches), Edge: words.Edge(e), Because: parts(e.Because)}
		if long := words.Duration(e.Minutes); !strings.HasSuffix(long, "minute") && !strings.HasSuffix(long, "minutes") {
			one.Long = long
		}
		list = append(list, one)
	}
	all := len(a.Episodes)
	if all > 0 && len(a.Variants) > 0 {
		counted := a.Variants[0].Episodes
		if a.Episodes[0].Before {
			counted++ // which is listed and no notification of these data
		}
		all = max(all, counted)
	}
	if all > len(list) {
		v.Left = words.Number(int64(all - len(list)))
	}
	v.Rows = rows{list, a.Rule == ""}
	if len(list) > 2*firstRows {
		v.Rows.List, v.More = list[:firstRows], rows{list[firstRows:], a.Rule == ""}
	}
}
