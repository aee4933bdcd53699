package page

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	cloudwatch "github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/tally"
)

var update = flag.Bool("update", false, "write the golden page anew")

func parse(t testing.TB, text string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func rule(t testing.TB, text string) *alarmrule.Rule {
	t.Helper()
	r, err := alarmrule.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// usual is what most baselines have.
var usual = cloudwatch.Settings{Statistic: "Sum", Period: 300, EvaluationPeriods: 1, Threshold: 1, MissingData: "notBreaching", Operator: "GreaterThanOrEqualToThreshold"}

// theWeek replays the week of the documentation against an alarm before and after a plan and a
// composite alarm.
func theWeek(t testing.TB, settings cloudwatch.Settings, o backtest.Options) *backtest.Report {
	t.Helper()
	all, some := parse(t, `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`), parse(t, `{ $.errorCode = "AccessDenied*" }`)
	of := func(state string, p *filterpattern.Pattern) backtest.Watch {
		return backtest.Watch{
			Input: "plan.json", State: state,
			Monitors: []facts.Monitor{{Alarm: "aws_cloudwatch_metric_alarm.denied", Name: "denied", Settings: settings, Filters: []facts.MonitorFilter{{Pattern: p, Value: 1}}}},
			Controls: []backtest.WatchedControl{{ID: "unauthorized-api-calls", Reference: all, Alarms: []string{"aws_cloudwatch_metric_alarm.denied"}, Denials: true}, {ID: "root-account-usage", Reference: parse(t, `{ $.userIdentity.type = "Root" }`)}},
		}
	}
	after, before := of(backtest.After, some), of(backtest.Before, all)
	after.Composites = []facts.CompositeMonitor{{Alarm: "aws_cloudwatch_composite_alarm.both", Rule: rule(t, "ALARM(denied)"), Children: map[string]string{"denied": "aws_cloudwatch_metric_alarm.denied"}}}
	files, err := tally.Find(context.Background(), []string{"../../../testdata/records"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	o.Timelines, o.Limit = true, 50
	r, err := backtest.Run(context.Background(), []backtest.Watch{after, before}, files, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func bound(n float64) *float64 { return &n }

// days is the end of the week, with gaps.
func days(t testing.TB) *backtest.Report {
	t.Helper()
	r := theWeek(t, usual, backtest.Options{Since: time.Date(2026, 11, 7, 12, 0, 0, 0, time.UTC), PerWeek: bound(7)})
	r.Data.Gaps = []backtest.Gap{{From: "2026-11-07T15:00:00Z", To: "2026-11-07T17:00:00Z", Hours: 2}, {From: "2026-11-08T03:00:00Z", To: "2026-11-08T04:00:00Z", Hours: 1, Proven: true}}
	r.Data.SilentHours, r.Data.ProvenHours = 2, 1
	r.Data.Regions = []tally.Region{{Account: "111122223333", Region: "eu-west-1", Hours: 33}}
	r.History = []backtest.Check{{Alarm: "denied", Recorded: 2, Replayed: 2, Both: 1, OnlyRecorded: []string{"2026-11-07T20:00:00Z"}, OnlyReplayed: []string{}}}
	return r
}

// evil wants to be something else wherever it is.
const evil = "\"><script>alert(1)</script>'`{{.}}]]></style></title></svg></details>\u202e\x1b[31m\n\tjavascript:alert(2)&amp;"

// hostile is a report whose every text is evil.
func hostile(t testing.TB) *backtest.Report {
	t.Helper()
	r := days(t)
	caller := tally.Caller{Type: evil, Principal: evil, ARN: evil, Source: evil, Name: evil, Code: evil}
	groups := func(all []backtest.Group) {
		for i := range all {
			all[i].Caller, all[i].Events, all[i].Addresses, all[i].Sessions = caller, []string{evil}, []string{evil}, []string{evil}
		}
	}
	for i := range r.Alarms {
		a := &r.Alarms[i]
		a.Input, a.Address, a.Name, a.Settings, a.When, a.Controls, a.Unsure = evil, evil, evil, evil, []string{evil}, []string{"x", evil}, []string{evil}
		if a.Rule == "" {
			a.Patterns = []string{evil}
		} else {
			a.Rule = evil
		}
		groups(a.Groups)
		for j := range a.Episodes {
			a.Episodes[j].Because = []backtest.Part{{Caller: caller, Matches: 1, Events: []string{evil}}}
		}
		for j := range a.Variants {
			a.Variants[j].Clock = evil
		}
		if a.State == backtest.After && a.Rule == "" {
			a.Proposal = &backtest.Proposal{Why: evil, Threshold: &backtest.Threshold{Value: 3, Unseen: []backtest.Part{{Caller: caller}}}, Exclusions: []backtest.Exclusion{{Caller: caller, Pattern: evil, Declaration: evil}}}
		}
	}
	for i := range r.Controls {
		c := &r.Controls[i]
		c.Input, c.Control, c.Events = evil, evil, 1
		c.Missed = backtest.Missed{Events: 1, Groups: []backtest.Group{{}}}
		groups(c.Missed.Groups)
	}
	r.Alarms = append(r.Alarms, backtest.Alarm{Address: evil, State: backtest.After, Unknown: evil, Matches: 1})
	r.History[0].Alarm = evil
	r.Reasons = []string{evil}
	r.Data.MissingFiles, r.Data.Skipped, r.Data.Cut = []string{evil}, []string{evil}, []tally.Cut{{File: evil, Reason: evil}}
	r.Data.Regions = []tally.Region{{Account: evil, Region: evil}}
	return r
}

func written(t testing.TB, r *backtest.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var made map[string]string

// pages are all that the tests look at, made once.
func pages(t testing.TB) map[string]string {
	t.Helper()
	if made != nil {
		return made
	}
	unconfirmed := days(t)
	unconfirmed.PerWeek = nil
	unconfirmed.Status, unconfirmed.Reasons = backtest.Within, nil
	made = map[string]string{
		"days": written(t, days(t)), "week": written(t, theWeek(t, usual, backtest.Options{PerWeek: bound(7)})), "hostile": written(t, hostile(t)),
		"no bound": written(t, unconfirmed), "nothing": written(t, &backtest.Report{}),
	}
	return made
}

func TestGolden(t *testing.T) {
	const file = "testdata/days.html"
	got := written(t, days(t))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); -update rewrites it:\n%s", file, diff)
	}
}

// TestSameBytes: the same report gives the same page, and stays as it is.
func TestSameBytes(t *testing.T) {
	r := days(t)
	before, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if first := written(t, r); first != written(t, r) {
		t.Error("two pages of one report differ")
	}
	if after, err := json.Marshal(r); err != nil || string(after) != string(before) {
		t.Error("writing a page changes the report")
	}
}

// TestFigures: every figure of the ranges, and all that is listed, is in the page.
func TestFigures(t *testing.T) {
	r := theWeek(t, usual, backtest.Options{PerWeek: bound(7)})
	text := textOf(written(t, r))
	var want []string
	for _, a := range r.Alarms {
		g := a.Range
		for _, n := range []int{g.Episodes.Least, g.Episodes.Most, g.MinutesInAlarm.Least, g.MinutesInAlarm.Most} {
			want = append(want, words.Number(int64(n)))
		}
		want = append(want, fmt.Sprint(g.PerWeek.Least), fmt.Sprint(g.PerWeek.Most), words.Percents(g.ShareInAlarm.Least, g.ShareInAlarm.Most))
		for _, e := range a.Episodes {
			want = append(want, words.Time(e.Start), words.Time(e.End))
			for _, p := range e.Because {
				if want = append(want, p.Caller.Principal); len(p.Events) == 0 && a.Rule == "" {
					t.Errorf("an episode of %s has no event", p.Caller.Principal)
				}
				want = append(want, p.Events...)
			}
		}
		for _, one := range a.Groups {
			want = append(append(want, one.Events...), words.Time(one.First), one.Caller.Code)
		}
		for _, d := range a.Days {
			want = append(want, d.Day, words.Day(d))
		}
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in the page", w)
		}
	}
	if len(want) < 500 {
		t.Errorf("%d figures", len(want))
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// textOf is what a reader sees.
func textOf(page string) string {
	_, page, _ = strings.Cut(page, "</style>")
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(page, " "))), " ")
}

// TestNothingFromElsewhere: the page fetches nothing and runs nothing, whatever names say.
func TestNothingFromElsewhere(t *testing.T) {
	for name, page := range pages(t) {
		if strings.Count(page, `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-`) != 1 {
			t.Errorf("%s: no strict policy", name)
		}
		for _, bad := range []string{"<script", "<link", "<img", "<iframe", " style=", " on", "@import", "src=", "url(", "\u202e", "\x1b", "http:", "https:"} {
			rest := strings.ReplaceAll(strings.ReplaceAll(page, "url(#hatch)", ""), "url(#dots)", "")
			if bad == " on" { // as an attribute
				if m := regexp.MustCompile(`<[^>]* on\w+=`).FindString(rest); m != "" {
					t.Errorf("%s: %s", name, m)
				}
				continue
			}
			if strings.Contains(rest, bad) {
				t.Errorf("%s: %s appears in the page", name, bad)
			}
		}
		for _, href := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if !strings.HasPrefix(href[1], "#") {
				t.Errorf("%s: a link to %s", name, href[1])
			}
		}
	}
}

// element is one of the page.
type element struct {
	name  string
	attrs map[string]string
}

// elements reads a page as strictly as XML is: it fails unless all elements are closed in
// their order.
func elements(t *testing.T, page string) (all []element) {
	t.Helper()
	page = strings.Replace(page, "<!DOCTYPE html>", "", 1)
	page = regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAllString(page, "<style></style>")
	page = regexp.MustCompile(`<(meta [^>]*|br)>`).ReplaceAllString(page, "<$1/>")
	page = strings.ReplaceAll(page, ` open>`, ` open="">`)
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict = true
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			line, _ := d.InputPos()
			t.Fatalf("line %d: %v: %s", line, err, strings.Split(page, "\n")[line-1])
		}
		if start, ok := token.(xml.StartElement); ok {
			e := element{start.Name.Local, map[string]string{}}
			for _, a := range start.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			all = append(all, e)
		}
	}
}

// TestMarkup: elements are closed, ids are unique and those that are named exist, headings
// skip no level, headers of tables say what they head, and drawings have a name.
func TestMarkup(t *testing.T) {
	for name, page := range pages(t) {
		ids, named := map[string]bool{}, []string{}
		level := 0
		for _, e := range elements(t, page) {
			if id := e.attrs["id"]; id != "" {
				if ids[id] {
					t.Errorf("%s: two elements %s", name, id)
				}
				ids[id] = true
			}
			named = append(named, strings.Fields(e.attrs["aria-labelledby"])...)
			if href, ok := e.attrs["href"]; ok {
				named = append(named, strings.TrimPrefix(href, "#"))
			}
			if len(e.name) == 2 && e.name[0] == 'h' && e.name[1] >= '1' && e.name[1] <= '6' {
				now := int(e.name[1] - '0')
				if now > level+1 {
					t.Errorf("%s: h%d after h%d", name, now, level)
				}
				level = now
			}
			if e.name == "th" && e.attrs["scope"] == "" {
				t.Errorf("%s: a header without scope", name)
			}
			if e.name == "svg" && e.attrs["aria-hidden"] == "" && e.attrs["role"] != "img" && e.attrs["viewBox"] == "" {
				t.Errorf("%s: a drawing without a name: %v", name, e.attrs)
			}
		}
		for _, id := range named {
			if !ids[id] {
				t.Errorf("%s: no element %s", name, id)
			}
		}
		if !strings.Contains(page, `<html lang="en">`) || level == 0 {
			t.Errorf("%s: no language or no heading", name)
		}
	}
}

// TestBounds: a year of minutes and fifteen alarms give a page that a browser opens, and
// the page says what it leaves out.
func TestBounds(t *testing.T) {
	const alarms = 15
	r := &backtest.Report{Data: backtest.Data{From: "2026-01-01T00:00:00Z", To: "2027-01-01T00:00:00Z", Clock: "log", Hours: 365 * 24}}
	a := busyYear(t)
	for i := range alarms {
		a.Address = fmt.Sprint("alarm-", i)
		r.Alarms = append(r.Alarms, a)
	}
	for hour := 0; hour < 365*24; hour += 2 {
		from := time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC)
		r.Data.Gaps = append(r.Data.Gaps, backtest.Gap{From: from.Format(time.RFC3339), To: from.Add(time.Hour).Format(time.RFC3339), Hours: 1, Proven: hour%4 == 0})
	}
	page := written(t, r)
	t.Logf("%.1f MB", float64(len(page))/1e6)
	if len(page) > 8e6 {
		t.Errorf("%d bytes", len(page))
	}
	if n := strings.Count(page, `<details class="day`); n > maxCharts {
		t.Errorf("%d days are drawn", n)
	}
	text := textOf(page)
	for _, want := range []string{"The 6 busiest days are drawn", "and 300 that are not listed", "Each bar is the largest data point of 720 minutes", "and 4,360 more"} {
		if !strings.Contains(strings.ReplaceAll(text, "12.0 hours", "720 minutes"), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// busyYear is an alarm of one-minute periods that never rests.
func busyYear(t *testing.T) backtest.Alarm {
	t.Helper()
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 60
	s := replay.Series{From: from, To: from + 365*minutesPerDay}
	for at := s.From; at < s.To; at++ {
		s.Data = append(s.Data, replay.Datum{Minute: at, Value: float64(at*7919%1000) + 1, Count: 1})
	}
	settings := usual
	settings.Period, settings.Threshold = 60, 500
	one, err := replay.New(settings, replay.Window{}, s)
	if err != nil {
		t.Fatal(err)
	}
	a := backtest.Alarm{State: backtest.Given, Period: 1, Comparison: ">=", Threshold: &settings.Threshold, Matches: 1, Timeline: one.Run(0), Variants: []backtest.Variant{{Episodes: 500}}}
	for day := range int64(365) {
		a.Days = append(a.Days, backtest.Day{Day: time.Unix((from+day*minutesPerDay)*60, 0).UTC().Format(time.DateOnly), Matches: 1000 + day, Episodes: 9, Minutes: 700})
	}
	for i, e := range a.Timeline.Episodes()[:500] {
		a.Episodes = append(a.Episodes, backtest.Episode{
			Start: time.Unix(e.Start*60, 0).UTC().Format(time.RFC3339), End: time.Unix(e.End*60, 0).UTC().Format(time.RFC3339), Minutes: 1, Matches: int64(i),
			Because: slices.Repeat([]backtest.Part{{Caller: tally.Caller{Principal: strings.Repeat("p", 40), Name: "DescribeInstances"}, Matches: 1, Events: slices.Repeat([]string{strings.Repeat("e", 36)}, 3)}}, 3),
		})
	}
	return a
}
