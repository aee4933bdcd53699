// Package page writes the report of a backtest as one HTML page, which holds all it shows:
// bars for the data points of each alarm, over all data and day by day, with the thresholds,
// the time in ALARM and the gaps; and all that the text says, in tables.
//
// The page has no script. A day is looked at by opening it, and a click on the overview
// opens the day below: a link to what lies inside of closed details opens these
// (https://html.spec.whatwg.org/multipage/interaction.html#ancestor-revealing-algorithm).
// So the page needs no exception from a policy that allows a style sheet and nothing else,
// and paper, which has no scripts, shows every day.
package page

import (
	_ "embed"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/webpage"
)

//go:embed page.html
var markup string

//go:embed page.css
var style string

// parsed is parsed on first use, because most runs write no page.
var parsed = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(markup)) })

// view is the data of page.html.
type view struct {
	Policy  string
	Style   template.CSS
	Badge   string
	Heading webpage.Text
	Span    webpage.Text // from when to when
	Reasons []webpage.Text
	Facts   []figure
	Changes []change
	Alarms  []alarm
	Misses  []miss
	Quiet   webpage.Text // controls without alarms and events
	History []history
	Data    data
	Hatched bool // some hours have no record
}

// Write writes the page.
func Write(w io.Writer, r *backtest.Report) error {
	sheet := webpage.Style(style)
	v := view{Policy: webpage.Policy(sheet), Style: template.CSS(sheet), Heading: "How often alarms would have gone off", Data: newData(r.Data)}
	if r.PerWeek != nil {
		v.Heading = webpage.NewText(words.Bound(r))
		v.Badge = map[backtest.Status]string{backtest.Within: "pass", backtest.Beyond: "fail", backtest.Undecided: "unknown"}[r.Status]
	}
	for _, reason := range r.Reasons {
		v.Reasons = append(v.Reasons, webpage.NewText(reason))
	}
	v.Facts, v.Span = inShort(r), webpage.NewText(words.Time(r.Data.From)+" to "+words.Time(r.Data.To)+" UTC.")
	v.Changes = changes(r)
	drawn := shares(r)
	for i, a := range r.Alarms {
		v.Alarms = append(v.Alarms, newAlarm("alarm-"+strconv.Itoa(i+1), a, r.Data.Gaps, drawn))
	}
	v.Misses, v.Quiet = misses(r)
	for _, c := range r.History {
		v.History = append(v.History, newHistory(c))
	}
	var b strings.Builder // so that nothing is written of a page that cannot be
	if err := parsed().Execute(&b, v); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// inShort returns what the report is about.
func inShort(r *backtest.Report) []figure {
	d := r.Data
	out := []figure{{words.Number(int64(len(r.Alarms))), words.Plural(int64(len(r.Alarms)), "alarm")}}
	if d.Records > 0 {
		out = append(out, figure{words.Number(d.Records), words.Plural(d.Records, "record")})
	}
	return append(out, figure{words.Number(int64(d.Hours - d.SilentHours - d.ProvenHours)), "of " + words.Count(int64(d.Hours), "hour") + " with data"})
}
