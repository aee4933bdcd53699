package backtest_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/tally"
	"github.com/iacgate/iacgate/internal/widetest"
)

// The made week: what happened when, in minutes from its beginning, and when it was
// delivered.
type made struct {
	minute, delivered int
	principal         string
	code              string
}

var monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

const (
	weekLength = 7 * 24 * 60
	denied     = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`
)

// madeWeek has an inventory that is denied three calls every hour, a backup that is denied
// twelve every night, an intruder on the last day, and ordinary calls all the time.
func madeWeek() []made {
	r := rand.New(rand.NewPCG(11, 2))
	var all []made
	add := func(minute int, principal, code string) {
		delivered := (minute + 1 + r.IntN(10) + 9) / 10 * 10 // in few files
		all = append(all, made{minute, delivered, principal, code})
	}
	for minute := range weekLength {
		if minute%3 == 0 {
			add(minute, "app", "")
		}
		if minute%60 == 7 {
			for range 3 {
				add(minute, "inventory", "Client.UnauthorizedOperation")
			}
		}
		if minute%1440 == 137 {
			for i := range 12 {
				add(minute+i/6, "backup", "AccessDenied")
			}
		}
		if day := minute / 1440; day == 6 && minute%1440 >= 843 && minute%1440 < 863 {
			for range 10 {
				add(minute, "intruder", "AccessDeniedException")
			}
		}
	}
	return all
}

// weekDir is where the week is written once for all tests.
var weekDir = ""

func TestMain(m *testing.M) {
	widetest.Collect()
	code := m.Run()
	if weekDir != "" {
		os.RemoveAll(weekDir)
	}
	os.Exit(code)
}

// theWeek returns the week and where it is.
func theWeek(t *testing.T) ([]made, string) {
	t.Helper()
	week := madeWeek()
	if weekDir == "" {
		var err error
		if weekDir, err = os.MkdirTemp("", "week"); err != nil {
			t.Fatal(err)
		}
		writeWeek(t, week, weekDir)
	}
	return week, weekDir
}

// writeWeek writes log files as CloudTrail delivers them: one for each minute of delivery.
func writeWeek(t *testing.T, week []made, dir string) {
	t.Helper()
	files := map[int][]string{}
	for i, m := range week {
		files[m.delivered] = append(files[m.delivered], record(i, m))
	}
	z := gzip.NewWriter(nil) // for all: a new one needs much memory
	for minute, records := range files {
		name := fmt.Sprintf("111122223333_CloudTrail_eu-west-1_%s_%016x.json.gz", monday.Add(time.Duration(minute)*time.Minute).Format("20060102T1504Z"), minute)
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		z.Reset(f)
		io.WriteString(z, `{"Records":[`+strings.Join(records, ",")+`]}`)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}

// record writes the record of a call.
func record(i int, m made) string {
	at := monday.Add(time.Duration(m.minute)*time.Minute + 13*time.Second)
	code := ""
	if m.code != "" {
		code = `"errorCode":"` + m.code + `",`
	}
	return fmt.Sprintf(`{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/%[1]s/secret-session",`+
		`"sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/%[1]s","userName":"%[1]s"}}},`+
		`"eventTime":"%[2]s","eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances","awsRegion":"eu-west-1",%[3]s`+
		`"sourceIPAddress":"203.0.113.9","eventID":"%08[4]x-0000-4000-8000-000000000000","readOnly":true,"recipientAccountId":"111122223333"}`,
		m.principal, at.Format(time.RFC3339), code, i)
}

// simulator is CloudWatch in the plainest words, and shares nothing with the product.
type simulator struct {
	counts    map[int]int // matches by minute
	from, to  int         // of the data
	threshold int
	period    int // minutes
	n, m      int
	missing   string
	extra     int
}

// states returns the state at the end of each minute: A, O or I.
func (s simulator) states() string {
	before := make([]int, s.to+1) // matches before each minute
	for minute := range s.to {
		before[minute+1] = before[minute] + s.counts[minute]
	}
	var out strings.Builder
	state := byte('I')
	for minute := s.from; minute < s.to; minute++ {
		var real []bool // breaching, newest first
		var ages []int
		for age := range s.n + s.extra {
			end := max(0, minute+1-age*s.period)
			sum := before[end] - before[max(0, end-s.period)]
			if sum > 0 && len(real) < s.n {
				real, ages = append(real, sum >= s.threshold), append(ages, age+1)
			}
		}
		state = s.decide(real, ages, state)
		out.WriteByte(state)
	}
	return out.String()
}

func (s simulator) decide(real []bool, ages []int, state byte) byte {
	bad, good := 0, 0
	for _, b := range real {
		if b {
			bad++
		} else {
			good++
		}
	}
	switch s.missing {
	case "notBreaching":
		good += s.n - len(real)
	case "breaching":
		bad += s.n - len(real)
	}
	switch {
	case len(real) == 0 && s.missing == "missing":
		return 'I'
	case len(real) == 0 && s.missing == "ignore":
		return state
	case bad >= s.m:
		return 'A'
	case good > 0:
		return 'O'
	case s.missing == "ignore":
		return state
	case ages[len(ages)-1] >= s.m:
		return 'A'
	}
	return 'I'
}

// episodes counts transitions to ALARM, and minutes in it, after the first periods.
func (s simulator) episodes() (episodes, minutes int) {
	states := s.states()
	for i := (s.n + s.extra) * s.period; i < len(states); i++ {
		if states[i] != 'A' {
			continue
		}
		minutes++
		if i > (s.n+s.extra)*s.period && states[i-1] != 'A' {
			episodes++
		}
	}
	return episodes, minutes
}

// countsOf counts denials by minute, but those of one principal.
func countsOf(week []made, late bool, but string) map[int]int {
	counts := map[int]int{}
	for _, m := range week {
		if m.code == "" || m.principal == but {
			continue
		}
		if late {
			counts[m.delivered]++
		} else {
			counts[m.minute]++
		}
	}
	return counts
}

// window are the minutes that are replayed: from the first record to a quarter of an hour
// before the last delivery.
func window(week []made) (from, to int) {
	for _, m := range week {
		to = max(to, m.delivered+1)
	}
	return 0, to - 15
}

func TestWeek(t *testing.T) {
	week, dir := theWeek(t)
	from, to := window(week)
	keep := func(_ *backtest.Watch, o *backtest.Options) { o.Timelines = true }
	for _, settings := range []alarm.Settings{
		{Statistic: "Sum", Period: 300, EvaluationPeriods: 1, Threshold: 1, MissingData: "notBreaching"},
		{Statistic: "Sum", Period: 300, EvaluationPeriods: 1, Threshold: 1, MissingData: "missing"},
		{Statistic: "Sum", Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 2, Threshold: 3, MissingData: "ignore"},
		{Statistic: "Sum", Period: 600, EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 12, MissingData: "breaching"},
		{Statistic: "SampleCount", Period: 3600, EvaluationPeriods: 2, DatapointsToAlarm: 1, Threshold: 5},
	} {
		settings.Operator = "GreaterThanOrEqualToThreshold"
		r := backtestWeek(t, dir, settings, keep)
		a := r.Alarms[0]
		s := simulator{from: from, to: to, threshold: int(settings.Threshold), period: settings.Period / 60, n: settings.EvaluationPeriods, m: max(settings.DatapointsToAlarm, 1), missing: settings.MissingData}
		if settings.DatapointsToAlarm == 0 {
			s.m = s.n
		}
		if s.missing == "" {
			s.missing = "missing"
		}
		checkVariants(t, a, s, week)
	}
}

// checkVariants compares every variant with the simulator, and the first one minute by
// minute.
func checkVariants(t *testing.T, a backtest.Alarm, s simulator, week []made) {
	t.Helper()
	least, most := 1<<30, 0
	if len(a.Variants) != 4 {
		t.Fatalf("%s: %d variants, want 4", a.Settings, len(a.Variants))
	}
	for _, v := range a.Variants {
		s.counts, s.extra = countsOf(week, v.Clock == "delivery", ""), v.Extra
		episodes, minutes := s.episodes()
		if v.Episodes != episodes || v.MinutesInAlarm != minutes {
			t.Errorf("%s by %s with %d more: %d episodes and %d minutes, the simulator has %d and %d", a.Settings, v.Clock, v.Extra, v.Episodes, v.MinutesInAlarm, episodes, minutes)
		}
		least, most = min(least, episodes), max(most, episodes)
	}
	if got := a.Range.Episodes; got.Least != least || got.Most != most {
		t.Errorf("%s: range %v, want %d to %d", a.Settings, got, least, most)
	}
	s.counts, s.extra = countsOf(week, a.Variants[0].Clock == "delivery", ""), a.Variants[0].Extra
	want := s.states()
	if minutes := int(a.Timeline.To() - a.Timeline.From); a.Timeline.From != monday.Unix()/60 || minutes != len(want) {
		t.Fatalf("%s: %d minutes from %d, want %d", a.Settings, minutes, a.Timeline.From, len(want))
	}
	for minute, state := range a.Timeline.States() {
		i := minute - a.Timeline.From
		if letter := map[replay.State]byte{replay.Alarm: 'A', replay.OK: 'O', replay.InsufficientData: 'I'}[state]; letter != want[i] {
			t.Fatalf("%s: minute %d is %v, the simulator says %c", a.Settings, i, state, want[i])
		}
	}
}

func backtestWeek(t *testing.T, dir string, s alarm.Settings, change func(*backtest.Watch, *backtest.Options)) *backtest.Report {
	t.Helper()
	pattern := parse(t, denied)
	w := backtest.Watch{
		State:    backtest.Given,
		Monitors: []facts.Monitor{{Alarm: "denied", Settings: s, Filters: []facts.MonitorFilter{{Pattern: pattern, Value: 1}}}},
		Controls: []backtest.WatchedControl{{ID: "unauthorized-api-calls", Reference: pattern, Alarms: []string{"denied"}, Denials: true}},
	}
	o := backtest.Options{Limit: 50}
	if change != nil {
		change(&w, &o)
	}
	files, err := tally.Find(context.Background(), []string{dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := backtest.Run(context.Background(), []backtest.Watch{w}, files, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func parse(t *testing.T, text string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var usual = alarm.Settings{Statistic: "Sum", Period: 300, EvaluationPeriods: 1, Threshold: 1, MissingData: "notBreaching", Operator: "GreaterThanOrEqualToThreshold"}

// TestWeekThreshold searches the threshold by hand: the smallest from which on every one is
// quiet in the first half, by both clocks and with both ranges.
func TestWeekThreshold(t *testing.T) {
	week, dir := theWeek(t)
	from, to := window(week)
	middle := from + (to-from)/2
	quiet := func(threshold int) bool {
		for _, late := range []bool{false, true} {
			for _, extra := range []int{0, 2} {
				s := simulator{counts: countsOf(week, late, ""), from: from, to: middle, threshold: threshold, period: 5, n: 1, m: 1, missing: "notBreaching", extra: extra}
				episodes, minutes := s.episodes()
				judged := float64(middle - from - 5*(1+extra))
				if float64(episodes)/(judged/weekLength) > 7.005 || float64(minutes)/judged > 0.01005 { // the product rounds
					return false
				}
			}
		}
		return true
	}
	want := 0
	for threshold := 50; threshold >= 1 && quiet(threshold); threshold-- {
		want = threshold
	}
	r := backtestWeek(t, dir, usual, nil)
	p := r.Alarms[0].Proposal
	if p == nil || p.Threshold == nil {
		t.Fatalf("no threshold is proposed: %+v", p)
	}
	if int(p.Threshold.Value) != want || want < 2 {
		t.Errorf("threshold %g, want %d", p.Threshold.Value, want)
	}
	if !p.Threshold.Confirmed || p.Threshold.Kept == 0 || p.Threshold.Heard[0].Caller.Principal != "intruder" {
		t.Errorf("what the threshold keeps: %+v", p.Threshold)
	}
	if n := matchesOf(r.Alarms[0], "intruder"); p.Threshold.Heard[0].Matches != n {
		t.Errorf("%d matches of the intruder are heard, want %d, each once", p.Threshold.Heard[0].Matches, n)
	}
	if p.Threshold.Lost == 0 || p.Threshold.Unseen[0].Caller.Principal != "inventory" {
		t.Errorf("what the threshold loses: %d, %+v", p.Threshold.Lost, p.Threshold.Unseen)
	}
}

func matchesOf(a backtest.Alarm, principal string) (n int64) {
	for _, g := range a.Groups {
		if g.Caller.Principal == principal {
			n += g.Matches
		}
	}
	return n
}

// TestWeekExclusions: the inventory may be excluded, and how many messages that saves; the
// intruder, who comes at the end, never.
func TestWeekExclusions(t *testing.T) {
	week, dir := theWeek(t)
	from, to := window(week)
	r := backtestWeek(t, dir, usual, nil)
	found := map[string]backtest.Exclusion{}
	for _, e := range r.Alarms[0].Proposal.Exclusions {
		found[e.Caller.Principal] = e
	}
	if len(found) != 2 || found["inventory"].Matches != 7*24*3 || found["backup"].Days != 7 {
		t.Fatalf("exclusions %+v", found)
	}
	for principal, e := range found {
		least, most := 1<<30, 0
		for _, late := range []bool{false, true} {
			for _, extra := range []int{0, 2} {
				s := simulator{counts: countsOf(week, late, ""), from: from, to: to, threshold: 1, period: 5, n: 1, m: 1, missing: "notBreaching", extra: extra}
				all, _ := s.episodes()
				s.counts = countsOf(week, late, principal)
				rest, _ := s.episodes()
				least, most = min(least, all-rest), max(most, all-rest)
			}
		}
		if e.Removed.Least != least || e.Removed.Most != most {
			t.Errorf("%s removes %v, want %d to %d", principal, e.Removed, least, most)
		}
		if all := r.Alarms[0].Range.Episodes; e.Left.Most < all.Least-e.Removed.Most || e.Left.Most > all.Most {
			t.Errorf("%s leaves %v of %v", principal, e.Left, all)
		}
		if !strings.Contains(e.Declaration, "arn:aws:iam::111122223333:role/"+principal) {
			t.Errorf("declaration %s", e.Declaration)
		}
		guarded := parse(t, e.Pattern)
		for name, want := range map[string]bool{principal: false, "intruder": true} {
			event := `{"errorCode":"` + e.Caller.Code + `","eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances","userIdentity":{"sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/` + name + `"}}}}`
			if guarded.Match([]byte(event)) != want {
				t.Errorf("%s on a call of %s: %v", e.Pattern, name, !want)
			}
		}
	}
}

// TestWeekComposite: a composite alarm that is in ALARM when another is has its figures, and
// is not replayed where that one is not.
func TestWeekComposite(t *testing.T) {
	_, dir := theWeek(t)
	rule, err := alarmrule.Parse("ALARM(denied)")
	if err != nil {
		t.Fatal(err)
	}
	r := backtestWeek(t, dir, usual, func(w *backtest.Watch, _ *backtest.Options) {
		w.Composites = []facts.CompositeMonitor{{Alarm: "both", Rule: rule, Children: map[string]string{"denied": "denied"}}}
	})
	one, both := r.Alarms[0], r.Alarms[1]
	if both.Range != one.Range || len(both.Episodes) != len(one.Episodes) || both.Threshold != nil || both.Title() != "both" || strings.Join(both.Controls, ",") != "unauthorized-api-calls" {
		t.Errorf("%+v, want the figures of %+v", both.Range, one.Range)
	}
	r = backtestWeek(t, dir, usual, func(w *backtest.Watch, _ *backtest.Options) {
		w.Monitors[0].Unknown = "it is secret"
		w.Composites = []facts.CompositeMonitor{{Alarm: "both", Rule: rule, Children: map[string]string{"denied": "denied"}}}
	})
	if got := r.Alarms[1].Unknown; got != "denied is not replayed: it is secret" {
		t.Errorf("unknown because %q", got)
	}
}

// TestWeekEvents: the ids of a notification are those of events of its callers, just before
// it or in it.
func TestWeekEvents(t *testing.T) {
	week, dir := theWeek(t)
	a := backtestWeek(t, dir, usual, nil).Alarms[0]
	if a.Period != 5 || a.Comparison != ">=" || *a.Threshold != 1 {
		t.Errorf("settings %d, %s, %v", a.Period, a.Comparison, *a.Threshold)
	}
	all := 0
	for _, e := range a.Episodes {
		seen := map[string]bool{}
		start, err := time.Parse(time.RFC3339, e.Start)
		if err != nil {
			t.Fatal(err)
		}
		at := int(start.Sub(monday).Minutes())
		for _, part := range e.Because {
			if len(part.Events) == 0 || len(part.Events) > 3 {
				t.Errorf("%s: %d events of %s", e.Start, len(part.Events), part.Caller.Principal)
			}
			for _, id := range part.Events {
				var i int
				if _, err := fmt.Sscanf(id, "%08x-0000-4000-8000-000000000000", &i); err != nil {
					t.Fatal(err)
				}
				m := week[i]
				if m.principal != part.Caller.Principal || m.minute < at-15 || m.minute >= at+e.Minutes || seen[id] {
					t.Errorf("%s, %s: event %s of %s in minute %d", e.Start, part.Caller.Principal, id, m.principal, m.minute-at)
				}
				seen[id] = true
				all++
			}
		}
	}
	if all < 150 {
		t.Errorf("%d events", all)
	}
}

// TestWeekGate: the bound decides where it lies outside of the range, and the data suffice.
func TestWeekGate(t *testing.T) {
	_, dir := theWeek(t)
	for _, c := range []struct {
		bound   float64
		change  func(*backtest.Watch, *backtest.Options)
		status  backtest.Status
		because string
	}{
		{bound: 1000, status: backtest.Within},
		{bound: 7, status: backtest.Beyond, because: "times a week, more than 7"},
		{bound: 170, status: backtest.Undecided, because: "and the bound is 170"},
		{bound: 1000, status: backtest.Undecided, because: "less than 6 days", change: func(_ *backtest.Watch, o *backtest.Options) { o.Until = monday.Add(24 * time.Hour) }},
		{bound: 1000, status: backtest.Undecided, because: "have no record", change: func(_ *backtest.Watch, o *backtest.Options) { o.Until = monday.Add(10 * 24 * time.Hour) }},
		{bound: 1, status: backtest.Beyond, because: "more than 1", change: func(_ *backtest.Watch, o *backtest.Options) { o.Until = monday.Add(24 * time.Hour) }},
		{bound: 1000, status: backtest.Undecided, because: "it is not known what its alarms count: it is secret", change: func(w *backtest.Watch, _ *backtest.Options) {
			w.Monitors[0].Filters, w.Monitors[0].Unknown, w.Monitors[0].Blind = nil, "it is secret", "it is secret"
		}},
		{bound: 1000, status: backtest.Undecided, because: "has no alarm, and no event", change: func(w *backtest.Watch, _ *backtest.Options) {
			w.Monitors, w.Controls[0].Alarms, w.Controls[0].Reference = nil, nil, parse(t, `{ $.eventName = "Nothing" }`)
		}},
		{bound: 1000, status: backtest.Beyond, because: "counted by no alarm", change: func(w *backtest.Watch, _ *backtest.Options) {
			w.Monitors[0].Filters[0].Pattern = parse(t, `{ $.errorCode = "AccessDenied*" }`)
		}},
		{bound: 1000, status: backtest.Undecided, because: "788 records match, and its trail records none of them", change: func(w *backtest.Watch, _ *backtest.Options) {
			w.Monitors[0].Feed = `{ $.recipientAccountId = "999999999999" }`
		}},
		{bound: 1000, status: backtest.Within, because: "nobody is notified of anything new", change: func(w *backtest.Watch, _ *backtest.Options) { w.Monitors[0].Settings.Period = 3600 * 6 }},
		{bound: 1000, status: backtest.Undecided, because: "is not replayed: it is secret", change: func(w *backtest.Watch, _ *backtest.Options) { w.Monitors[0].Unknown = "it is secret" }},
	} {
		r := backtestWeek(t, dir, usual, func(w *backtest.Watch, o *backtest.Options) {
			o.PerWeek = &c.bound
			if c.change != nil {
				c.change(w, o)
			}
		})
		if r.Status != c.status || !strings.Contains(strings.Join(r.Reasons, "\n"), c.because) {
			t.Errorf("bound %g: %s because of %q, want %s because of %q", c.bound, r.Status, r.Reasons, c.status, c.because)
		}
	}
}

// TestWeekMisses: exact misses have who and how many, declared ones are none, and what only
// looks like a denial is told apart.
func TestWeekMisses(t *testing.T) {
	week, dir := madeWeek(), t.TempDir()
	week[0].code = "Forbidden"
	writeWeek(t, week, dir)
	narrow := func(w *backtest.Watch, _ *backtest.Options) {
		w.Monitors[0].Filters[0].Pattern = parse(t, `{ $.errorCode = "AccessDenied*" }`)
	}
	c := backtestWeek(t, dir, usual, narrow).Controls[0]
	if c.Missed.Events != 7*24*3 || c.Missed.Groups[0].Caller.Principal != "inventory" || c.Perhaps.Events != 1 || c.Perhaps.Groups[0].Caller.Code != "Forbidden" {
		t.Errorf("misses %+v", c)
	}
	c = backtestWeek(t, dir, usual, func(w *backtest.Watch, o *backtest.Options) {
		narrow(w, o)
		w.Controls[0].Declared = []*filterpattern.Pattern{parse(t, `{ $.userIdentity.sessionContext.sessionIssuer.userName = "inventory" }`)}
	}).Controls[0]
	if c.Missed.Events != 0 {
		t.Errorf("declared events are missed: %+v", c)
	}
}

// TestWeekTellsNoSecrets: sessions and addresses only where they are asked for, and no
// names where they are to be hidden.
func TestWeekTellsNoSecrets(t *testing.T) {
	_, dir := theWeek(t)
	text := func(r *backtest.Report) string {
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if got := text(backtestWeek(t, dir, usual, nil)); strings.Contains(got, "secret-session") || strings.Contains(got, "203.0.113.9") || !strings.Contains(got, "inventory") {
		t.Error("a session or an address is told, or no principal")
	}
	asked := backtestWeek(t, dir, usual, func(_ *backtest.Watch, o *backtest.Options) {
		o.Details = tally.Details{Addresses: true, Sessions: true}
	})
	if got := text(asked); !strings.Contains(got, "secret-session") || !strings.Contains(got, "203.0.113.9") {
		t.Error("a session or an address is asked for and not told")
	}
	asked.Redact()
	if got := text(asked); strings.Contains(got, "inventory") || strings.Contains(got, "intruder") || strings.Contains(got, "203.0.113.9") || !strings.Contains(got, "principal-1") {
		t.Error("a name is told that was to be hidden")
	}
}
