package replay

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/alarm"
)

// one returns an alarm as the CIS benchmark has it: Sum >= 1 in one period of five minutes.
func one(change ...func(*alarm.Settings)) alarm.Settings {
	s := alarm.Settings{Statistic: "Sum", Period: 300, EvaluationPeriods: 1, Operator: "GreaterThanOrEqualToThreshold", Threshold: 1,
		MissingData: "notBreaching"}
	for _, f := range change {
		f(&s)
	}
	return s
}

// minutes makes a series of one sample or more in a minute: a digit says how many, a dot none.
func minutes(from int64, digits string) Series {
	s := Series{From: from, To: from + int64(len(digits))}
	for i, digit := range digits {
		if digit != '.' {
			s.Data = append(s.Data, Datum{from + int64(i), 1, int64(digit - '0')})
		}
	}
	return s
}

func replay(t *testing.T, s alarm.Settings, w Window, series Series) *Replay {
	t.Helper()
	r, err := New(s, w, series)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// text shows the states of a timeline, one letter a minute.
func (t Timeline) text() string {
	var b strings.Builder
	for _, s := range t.States() {
		b.WriteByte("-0X"[s])
	}
	return b.String()
}

// all returns the states, one a minute.
func (t Timeline) all() (out []State) {
	for _, s := range t.States() {
		out = append(out, s)
	}
	return out
}

// vendorRows are the vendor's tables: five data points for three periods, of which so many have to breach; the states
// under missing, ignore, breaching, notBreaching. "keep" is the state before.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
var vendorRows = []struct {
	points string
	breach int
	want   [4]State
}{
	{"0-X-X", 3, [4]State{OK, OK, OK, OK}},
	{"0----", 3, [4]State{OK, OK, OK, OK}},
	{"-----", 3, [4]State{InsufficientData, keep, Alarm, OK}},
	{"0XX-X", 3, [4]State{Alarm, Alarm, Alarm, Alarm}},
	{"--X--", 3, [4]State{Alarm, keep, Alarm, OK}},
	{"0-X-X", 2, [4]State{Alarm, Alarm, Alarm, Alarm}},
	{"00X0X", 2, [4]State{Alarm, Alarm, Alarm, Alarm}},
	{"0-X--", 2, [4]State{OK, OK, Alarm, OK}},
	{"----0", 2, [4]State{OK, OK, Alarm, OK}},
	{"---X-", 2, [4]State{Alarm, keep, Alarm, OK}},
}

const keep State = 99

// TestVendorTables: the data points come from samples, after six calm ones.
func TestVendorTables(t *testing.T) {
	for _, row := range vendorRows {
		for i, treatment := range []string{"missing", "ignore", "breaching", "notBreaching"} {
			for _, window := range []Window{{}, {WallClock: true}} {
				s := one(func(s *alarm.Settings) {
					s.Period, s.EvaluationPeriods, s.DatapointsToAlarm, s.MissingData, s.Threshold = 60, 3, row.breach, treatment, 5
				})
				digits := strings.NewReplacer("-", ".", "X", "5", "0", "1").Replace("000000" + row.points)
				got := replay(t, s, window, minutes(600, digits)).Run(2)
				states := got.all()
				last := len(states) - 1
				want := row.want[i]
				if want == keep {
					want = states[last-1]
				}
				if states[last] != want {
					t.Errorf("%s, %d of 3, %s: %s, want %s", row.points, row.breach, treatment, states[last], want)
				}
			}
		}
	}
}

// TestWindows: four events at 12:04 and four at 12:06 are eight within five minutes, but not by the clock. "A sliding
// window continuously incorporates the most recent data"; by the clock, data are seen "only after the period that
// contains it ends". https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
func TestWindows(t *testing.T) {
	const noon = 28_000_800 // a multiple of an hour
	series := minutes(noon, "....4.4...........6........")
	for _, c := range []struct {
		threshold float64
		window    Window
		want      string
	}{
		{8, Window{}, "000000XXX000000000000000000"},
		{8, Window{WallClock: true}, "000000000000000000000000000"},
		{4, Window{}, "0000XXXXXXX0000000XXXXX0000"},
		{4, Window{WallClock: true}, "0000XXXXXXXXXX00000XXXXX000"},
		{4, Window{true, time.FixedZone("", 2*60)}, "0000000XXXXX0000000000XXXXX"},
	} {
		got := replay(t, one(func(s *alarm.Settings) { s.Threshold = c.threshold }), c.window, series).Run(0)
		if got.text() != c.want {
			t.Errorf("%g, %+v:\n%s, want\n%s", c.threshold, c.window, got.text(), c.want)
		}
	}
}

// TestWeeks: "Monday at 00:00 (the start of the ISO 8601 week)".
func TestWeeks(t *testing.T) {
	at := func(text string) int64 {
		when, err := time.ParseInLocation("2006-01-02 15:04", text, location(t, "America/New_York"))
		if err != nil {
			t.Fatal(err)
		}
		return when.Unix() / 60
	}
	series := Series{From: at("2026-03-01 12:00"), To: at("2026-04-01 12:00")}
	series.Data = []Datum{{at("2026-03-15 23:59"), 1, 3}, {at("2026-03-16 00:00"), 1, 5}}
	s := one(func(s *alarm.Settings) { s.Period, s.Threshold = 60*week, 5 })
	got := replay(t, s, Window{true, location(t, "America/New_York")}, series).Run(0)
	episodes := got.Episodes()
	want := Episode{Start: at("2026-03-22 23:59"), End: at("2026-03-29 23:59")} // minutes that end on Monday
	if len(episodes) != 1 || episodes[0] != want {
		t.Errorf("%+v, want %+v", episodes, want)
	}
}

func TestRunAt(t *testing.T) {
	r := replay(t, one(), Window{}, minutes(600, "......1....3.........2...."))
	for threshold, want := range map[float64]string{
		1: "000000XXXXXXXXXX00000XXXXX",
		2: "00000000000XXXXX00000XXXXX",
		3: "00000000000XXXXX0000000000",
		4: "00000000000000000000000000",
	} {
		if got := r.RunAt(threshold, 0).text(); got != want {
			t.Errorf("%g:\n%s, want\n%s", threshold, got, want)
		}
	}
	if r.Run(0).text() != r.RunAt(1, 0).text() {
		t.Error("Run does not use the threshold of the alarm")
	}
}

// TestRunLooksFurther: more data points than were prepared, and fewer than none.
func TestRunLooksFurther(t *testing.T) {
	s := one(func(s *alarm.Settings) { s.Period, s.MissingData = 60, "missing" })
	r := replay(t, s, Window{}, minutes(600, "1............"))
	for extra, want := range map[int]string{-1: "X------------", 0: "X------------", 2: "XXX----------", 6: "XXXXXXX------"} {
		if got := r.Run(extra).text(); got != want {
			t.Errorf("%d more: %s, want %s", extra, got, want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	good := minutes(600, "1.1")
	for _, c := range []struct {
		want   string
		change func(*alarm.Settings)
		window Window
		series Series
	}{
		{"anomaly detection band", func(s *alarm.Settings) { s.Operator = "GreaterThanUpperThreshold" }, Window{}, good},
		{"does not document", func(s *alarm.Settings) { s.Statistic, s.Extended = "", "tc90" }, Window{}, good},
		{"evaluation periods", func(s *alarm.Settings) { s.EvaluationPeriods = 0 }, Window{}, good},
		{"per minute", func(s *alarm.Settings) { s.Period = 10 }, Window{}, good},
		{"wall clock window", func(s *alarm.Settings) { s.Period = 120 }, Window{WallClock: true}, good},
		{"no time", func(*alarm.Settings) {}, Window{}, Series{From: 5, To: 5}},
		{"no time", func(*alarm.Settings) {}, Window{}, Series{From: -5, To: 5}},
		{"no time", func(*alarm.Settings) {}, Window{}, Series{From: 0, To: 1 << 62}},
		{"out of order", func(*alarm.Settings) {}, Window{}, Series{Data: []Datum{{7, 1, 1}, {6, 1, 1}}, From: 5, To: 9}},
		{"outside", func(*alarm.Settings) {}, Window{}, Series{Data: []Datum{{9, 1, 1}}, From: 5, To: 9}},
		{"not a finite number", func(*alarm.Settings) {}, Window{}, Series{Data: []Datum{{5, missing, 1}}, From: 5, To: 9}},
		{"-1 samples", func(*alarm.Settings) {}, Window{}, Series{Data: []Datum{{5, 1, -1}}, From: 5, To: 9}},
	} {
		_, err := New(one(c.change), c.window, c.series)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// FuzzReplay: any input is refused or gets states that do not contradict themselves.
func FuzzReplay(f *testing.F) {
	f.Add("Sum", "", 300, 1, 1, "GreaterThanOrEqualToThreshold", 1.0, "", "", false, 2, []byte{1, 0, 3, 7})
	f.Add("", "p99.9", 86400, 7, 1, "LessThanThreshold", 1e308, "ignore", "ignore", true, 0, []byte{255, 255, 1})
	f.Add("", "WM(1%:99%)", 604800, 1, 0, "GreaterThanThreshold", -1.0, "breaching", "", true, 9, []byte{})
	f.Fuzz(func(t *testing.T, statistic, extended string, period, periods, datapoints int, operator string, threshold float64,
		missing, low string, clock bool, extra int, data []byte) {
		s := alarm.Settings{Statistic: statistic, Extended: extended, Period: period, EvaluationPeriods: periods,
			DatapointsToAlarm: datapoints, Operator: operator, Threshold: threshold, MissingData: missing, LowSamples: low}
		series := Series{From: 28_000_000, To: 28_000_001 + int64(len(data))}
		for i, b := range data {
			if b%3 > 0 {
				series.Data = append(series.Data, Datum{series.From + int64(i), float64(b) - 100, int64(b)})
			}
		}
		r, err := New(s, Window{WallClock: clock}, series)
		if err != nil {
			return
		}
		got := r.Run(extra % 10)
		length := 0
		for _, e := range got.Episodes() {
			length += int(e.End - e.Start)
		}
		if int(got.To()-got.From) != 1+len(data) || got.WarmUp < 1 || got.Judged() < 0 || length != got.MinutesInAlarm() {
			t.Fatalf("%d minutes of episodes: %+v", length, got)
		}
	})
}

// year has matches now and then, and a default value in every minute if there is any.
func year(withDefault bool) Series {
	const from, length = 28_000_800, 365 * day
	r := rand.New(rand.NewPCG(15, 16))
	s := Series{From: from, To: from + length}
	for minute := s.From; minute < s.To; minute++ {
		if r.IntN(200) == 0 {
			s.Data = append(s.Data, Datum{minute, 1, 1 + r.Int64N(9)})
		}
		if withDefault {
			s.Data = append(s.Data, Datum{minute, 0, 1 + r.Int64N(99)})
		}
	}
	return s
}

// BenchmarkYear replays one alarm over a year, with and without extra data points.
func BenchmarkYear(b *testing.B) {
	for _, c := range []struct {
		name     string
		settings alarm.Settings
		window   Window
		series   Series
	}{
		{"sum", one(), Window{}, year(false)},
		{"default", one(), Window{}, year(true)},
		{"clock", one(), Window{WallClock: true, Location: time.UTC}, year(true)},
		{"average", one(func(s *alarm.Settings) { s.Statistic = "Average" }), Window{}, year(true)},
		{"percentile", one(func(s *alarm.Settings) { s.Statistic, s.Extended = "", "p99" }), Window{}, year(true)},
		{"periods", one(func(s *alarm.Settings) { s.EvaluationPeriods, s.DatapointsToAlarm = 12, 3 }), Window{}, year(true)},
		{"day of minutes", one(func(s *alarm.Settings) { s.Period, s.EvaluationPeriods, s.DatapointsToAlarm = 60, 1440, 30 }), Window{}, year(true)},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				r, err := New(c.settings, c.window, c.series)
				if err != nil {
					b.Fatal(err)
				}
				r.Run(0).Episodes()
				r.Run(2).Episodes()
			}
		})
	}
}

// BenchmarkThresholds tries one more threshold over a year.
func BenchmarkThresholds(b *testing.B) {
	r, err := New(one(), Window{}, year(false))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r.RunAt(7, 2).Episodes()
	}
}
