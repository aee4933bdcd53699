package backtest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/query"
	"github.com/iacgate/iacgate/internal/tally"
)

// counted is the result of a query about a week: what an engine says if it counts as the
// columns say.
func counted(week []made, q query.Query) string {
	total, counts := map[int]int{}, map[int][]int{}
	for i, m := range week {
		text := []byte(record(i, m))
		if total[m.minute]++; counts[m.minute] == nil {
			counts[m.minute] = make([]int, len(q.Columns))
		}
		for j, c := range q.Columns {
			all := !slices.ContainsFunc(c.All, func(p *filterpattern.Pattern) bool { return !p.Match(text) })
			if all && !slices.ContainsFunc(c.None, func(p *filterpattern.Pattern) bool { return p.Match(text) }) {
				counts[m.minute][j]++
			}
		}
	}
	var b strings.Builder
	b.WriteString("minute,total")
	for _, c := range q.Columns {
		b.WriteString("," + c.Name)
	}
	b.WriteString("\n")
	for _, minute := range slices.Sorted(maps.Keys(total)) {
		fmt.Fprintf(&b, "%d,%d", monday.Unix()+int64(minute)*60, total[minute])
		for _, n := range counts[minute] {
			fmt.Fprintf(&b, ",%d", n)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// watched is a plan's watch: an alarm whose filters have a default value and miss events,
// fed by the trail of one account, and a composite-free second one.
func watched(t *testing.T, s alarm.Settings) []backtest.Watch {
	zero := 0.0
	one := facts.Monitor{
		Alarm: "denied", Settings: s, Feed: `{ $.recipientAccountId = "111122223333" && $.userIdentity.sessionContext.sessionIssuer.userName != "backup" }`,
		Filters: []facts.MonitorFilter{{Address: "f", Group: "/trail", Pattern: parse(t, `{ $.errorCode = "AccessDenied*" }`), Value: 1, Default: &zero}},
	}
	two := facts.Monitor{Alarm: "every", Settings: s, Filters: []facts.MonitorFilter{
		{Address: "g", Pattern: parse(t, denied), Value: 1, Default: &zero}, {Address: "h", Pattern: parse(t, `{ $.eventName = "*" }`), Value: 2},
	}}
	hidden := facts.Monitor{Alarm: "hidden", Unknown: "pattern of x is sensitive, and a backtest would tell it", Blind: "pattern of x is sensitive, and a backtest would tell it"}
	return []backtest.Watch{{
		State: backtest.After, Monitors: []facts.Monitor{one, two, hidden},
		Controls: []backtest.WatchedControl{
			{ID: "unauthorized-api-calls", Reference: parse(t, denied), Alarms: []string{"denied"}, Denials: true, Declared: []*filterpattern.Pattern{parse(t, `{ $.eventName = "HeadBucket" }`)}},
			{ID: "all", Reference: parse(t, `{ $.eventName = "*" }`), Alarms: []string{"every"}},
			{ID: "secret", Reference: parse(t, `{ $.eventName = "Secret" }`), Alarms: []string{"hidden"}},
		},
	}}
}

// TestCountsAreTheRecords: the result of a query gives the figures of the records by the
// clock of the event.
func TestCountsAreTheRecords(t *testing.T) {
	week, dir := theWeek(t)
	files, err := tally.Find(context.Background(), []string{dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	average := alarm.Settings{Statistic: "Average", Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 0.5, MissingData: "missing", Operator: "GreaterThanThreshold"}
	bound := 3.0
	for _, c := range []struct {
		alarm.Settings
		backtest.Options
	}{
		{usual, backtest.Options{Limit: 5, PerWeek: &bound}},
		{average, backtest.Options{Since: monday.Add(25 * time.Hour), Until: monday.AddDate(0, 0, 3).Add(30 * time.Second)}},
	} {
		s, o := c.Settings, c.Options
		o.Clock = tally.EventClock
		want, err := backtest.Run(context.Background(), watched(t, s), files, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Clock = tally.AnyClock
		q, err := backtest.Ask(watched(t, s), query.DuckDB, o)
		if err != nil {
			t.Fatal(err)
		}
		got, err := backtest.RunCounts(context.Background(), watched(t, s), "counts.csv", strings.NewReader(counted(week, q)), o)
		if err != nil {
			t.Fatal(err)
		}
		if o.Since.IsZero() && got.Alarms[0].Matches == 0 || got.Alarms[0].Unfed == 0 || got.Alarms[1].Matches == 0 || got.Controls[0].Missed.Events == 0 {
			t.Errorf("nothing is counted: %+v", got.Alarms[0])
		}
		if diff := cmp.Diff(figures(t, want), figures(t, got)); diff != "" {
			t.Errorf("%+v: %s", s, diff)
		}
	}
}

// figures are what a report says of alarms and controls, without who, and without what
// follows from who.
func figures(t *testing.T, r *backtest.Report) map[string]any {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	data := out["data"].(map[string]any)
	for _, key := range []string{"files", "reads", "notes", "regions", "duplicates", "outside"} {
		delete(data, key)
	}
	forget(out, "because_of", "groups", "matches_of_other_groups", "exclusions", "lost_because_of", "kept_because_of", "perhaps_missed")
	return out
}

// forget deletes keys everywhere.
func forget(v any, keys ...string) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range keys {
			delete(v, key)
		}
		for _, child := range v {
			forget(child, keys...)
		}
	case []any:
		for _, child := range v {
			forget(child, keys...)
		}
	}
}

// TestAsk: names of columns are stable, follow the patterns, and nothing sensitive is asked.
func TestAsk(t *testing.T) {
	o := backtest.Options{}
	q, err := backtest.Ask(watched(t, usual), query.DuckDB, o)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range q.Columns {
		names = append(names, c.Name[:len(c.Name)-17])
	}
	want := []string{"denied", "others_denied", "unrecorded_denied", "every", "every", "unauthorized_api_calls", "missed_unauthorized_api_calls"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Not asked: hidden: pattern of x is sensitive, and a backtest would tell it"}, q.Notes); diff != "" {
		t.Error(diff)
	}
	again := watched(t, usual)
	again[0].Monitors[0].Filters[0].Pattern = parse(t, `{ $.errorCode = "AccessDenied" }`)
	other, err := backtest.Ask(again, query.DuckDB, o)
	if err != nil || other.Columns[0].Name == q.Columns[0].Name {
		t.Errorf("%s is of another pattern, too (%v)", q.Columns[0].Name, err)
	}
	// Of these two, the hashes share their first 24 bits, which takes seconds to find.
	var near []string
	for _, p := range []string{`{ $.errorCode = "AccessDenied" }`, `{ $.errorCode = "AccessDenied" && $.x6406071 NOT EXISTS && $.errorCode = "No" }`} {
		again[0].Monitors[0].Filters[0].Pattern = parse(t, p)
		asked, err := backtest.Ask(again, query.Insights, o)
		if err != nil {
			t.Fatal(err)
		}
		near = append(near, asked.Columns[0].Name)
	}
	if near[0] == near[1] || near[0][:len("denied_bdb220")] != near[1][:len("denied_bdb220")] {
		t.Errorf("%q", near)
	}
	group, err := backtest.Ask(watched(t, usual), query.Insights, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range group.Columns {
		if len(c.All) > 1 || strings.HasPrefix(c.Name, "unrecorded") {
			t.Errorf("%s asks a log group what reaches it", c.Name)
		}
	}
	if group.Columns[0].Group != "/trail" {
		t.Errorf("%+v", group.Columns[0])
	}
	twice := append(watched(t, usual), watched(t, usual)...)
	for name, want := range map[string]string{
		"/trail": "", "/other": "denied reads the log group /other, and another alarm with the same pattern reads the log group /trail",
		"": "denied reads a log group that is not known, and another alarm with the same pattern reads the log group /trail",
	} {
		twice[1].Monitors[0].Filters[0].Group = name
		for _, e := range []query.Engine{query.Insights, query.Logs, query.DuckDB} {
			q, err := backtest.Ask(twice, e, o)
			if refused := want != "" && e.ReadsGroup(); (err != nil) != refused || refused && !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s, %q: error %v", e, name, err)
			} else if !refused && q.Columns[0].Group != "/trail" {
				t.Errorf("%s, %q: %+v", e, name, q.Columns[0])
			}
		}
	}
	only := watched(t, usual)
	only[0].Monitors, only[0].Controls = only[0].Monitors[2:], only[0].Controls[2:]
	if _, err := backtest.Ask(only, query.DuckDB, o); err == nil || !strings.Contains(err.Error(), "pattern of x is sensitive") {
		t.Errorf("error %v", err)
	}
}

// TestRunCountsRefuses: a result of other columns is none of this question.
func TestRunCountsRefuses(t *testing.T) {
	w := watched(t, usual)
	w[0].Monitors, w[0].Controls = w[0].Monitors[1:2], nil
	w[0].Controls = []backtest.WatchedControl{{ID: "all", Alarms: []string{"every"}}}
	q, err := backtest.Ask(w, query.DuckDB, backtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, b := q.Columns[0].Name, q.Columns[1].Name
	for text, want := range map[string]string{
		"minute,total," + a + "\n":                             "counts.csv: it has no column " + b,
		"minute,total," + a + ",x\n":                           "it has no column " + b + ", but x",
		"minute,total," + a + "," + b + ",x\n":                 "its column x is of no filter",
		"minute,total," + a + "," + b + "\n":                   "no minute with a record",
		"minute,total," + a + "," + b + "\n1793577600,0,0,0\n": "no minute with a record",
		"x": "counts.csv: its last line has no end",
	} {
		if _, err := backtest.RunCounts(context.Background(), w, "counts.csv", strings.NewReader(text), backtest.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

// TestCountsWithoutTime: records that a query could give no time decide nothing, and those
// of Logs Insights are by the clock of the log event.
func TestCountsWithoutTime(t *testing.T) {
	w := watched(t, usual)
	w[0].Monitors, w[0].Controls = w[0].Monitors[1:2], []backtest.WatchedControl{{ID: "all", Alarms: []string{"every"}}}
	q, err := backtest.Ask(w, query.DuckDB, backtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	bound := 1000.0
	text := "minute,total," + q.Columns[0].Name + "," + q.Columns[1].Name + "\n1793577600,3,0,0\n1794182340,3,0,0\n,7,1,2\n"
	r, err := backtest.RunCounts(context.Background(), w, "counts.csv", strings.NewReader(text), backtest.Options{PerWeek: &bound})
	if err != nil || r.Data.Dropped != 7 || r.Data.Records != 13 || r.Status != backtest.Undecided || r.Data.SilentHours != 166 {
		t.Errorf("%v %+v", err, r)
	}
	text = strings.Replace(strings.Replace(text, "minute", "bin(1m)", 1), ",7,1,2\n", "", 1)
	text = strings.Replace(strings.Replace(text, "1793577600", "2026-11-02 00:00:00.000", 1), "1794182340", "2026-11-08 23:59:00.000", 1)
	r, err = backtest.RunCounts(context.Background(), w, "counts.csv", strings.NewReader(text), backtest.Options{})
	if err != nil || r.Data.Clock != "log" || !strings.HasPrefix(r.Data.Notes[1], "approximate") {
		t.Errorf("%v %+v", err, r)
	}
}
