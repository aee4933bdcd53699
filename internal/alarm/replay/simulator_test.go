package replay

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/iacgate/iacgate/internal/alarm"
)

// simulator is CloudWatch in the plainest words: at the end of every minute it makes all data points anew from all
// samples. It shares no code with the packages apart from types.
type simulator struct {
	alarm.Settings
	Window
	Series
	extra int

	started map[int64]int64    // when the period began that a minute lies in, by the clock
	points  map[span][]float64 // samples of periods, so that none is sought twice
}

// span is a time in minutes, the last exclusive.
type span struct{ from, to int64 }

func (s simulator) run() []State {
	s.started, s.points = map[int64]int64{}, map[span][]float64{}
	length := int64(s.Period / 60)
	for minute, start := s.From-length*int64(s.EvaluationPeriods+s.extra+3), int64(0); s.WallClock && minute <= s.To; minute++ {
		if s.boundary(minute) {
			start = minute
		}
		s.started[minute] = start
	}
	state := InsufficientData
	var states []State
	for end := s.From + 1; end <= s.To; end++ {
		hourly := s.EvaluationPeriods*s.Period > 24*60*60
		if !hourly || end%60 == 0 {
			state = s.evaluate(end, state)
		}
		states = append(states, state)
	}
	return states
}

// periods returns those that an evaluation looks at, newest first.
func (s simulator) periods(end int64) []span {
	var out []span
	length := int64(s.Period / 60)
	if s.WallClock {
		end = s.started[end]
	}
	for range s.EvaluationPeriods + s.extra {
		start := end - length
		if s.WallClock {
			start = s.started[end-1]
		}
		out = append(out, span{start, end})
		end = start
	}
	return out
}

// boundary reads a clock on the wall.
func (s simulator) boundary(minute int64) bool {
	t := time.Unix(minute*60, 0).In(s.Location)
	switch s.Period {
	case 60:
		return true
	case 300:
		return t.Minute()%5 == 0
	case 3600:
		return t.Minute() == 0
	case 86400:
		return t.Hour() == 0 && t.Minute() == 0
	}
	return t.Weekday() == time.Monday && t.Hour() == 0 && t.Minute() == 0
}

// samples returns every single sample of a period in rising order. Nothing is known from before the data.
func (s simulator) samples(p span) []float64 {
	if known, ok := s.points[p]; ok {
		return known
	}
	var out []float64
	for _, d := range s.Data {
		if p.from <= d.Minute && d.Minute < p.to {
			for range d.Count {
				out = append(out, d.Value)
			}
		}
	}
	sort.Float64s(out)
	s.points[p] = out
	return out
}

// average of the samples after a share of lower and up to a share of upper percent. Those that lie on the bound count.
func average(samples []float64, lower, upper int, winsorized bool) float64 {
	var kept []float64
	for i, v := range samples {
		if 100*(i+1) > lower*len(samples) && 100*i < upper*len(samples) {
			kept = append(kept, v)
		}
	}
	if winsorized {
		for i := range samples {
			switch {
			case 100*(i+1) <= lower*len(samples):
				kept = append(kept, kept[0])
			case 100*i >= upper*len(samples):
				kept = append(kept, samples[(upper*len(samples)+99)/100-1])
			}
		}
	}
	total := 0.0
	for _, v := range kept {
		total += v
	}
	return total / float64(len(kept))
}

func percentileOf(samples []float64, percent int) float64 {
	for i, v := range samples {
		if 100*(i+1) >= percent*len(samples) {
			return v
		}
	}
	panic("no samples")
}

func (s simulator) statistic(samples []float64) float64 {
	switch s.Statistic + s.Extended {
	case "Sum":
		return average(samples, 0, 100, false) * float64(len(samples))
	case "SampleCount":
		return float64(len(samples))
	case "Average":
		return average(samples, 0, 100, false)
	case "Minimum":
		return samples[0]
	case "Maximum", "p100":
		return samples[len(samples)-1]
	case "p50":
		return percentileOf(samples, 50)
	case "p90":
		return percentileOf(samples, 90)
	case "tm90":
		return average(samples, 0, 90, false)
	case "TM(10%:70%)":
		return average(samples, 10, 70, false)
	case "IQM":
		return average(samples, 25, 75, false)
	case "wm80":
		return average(samples, 0, 80, true)
	case "WM(30%:60%)":
		return average(samples, 30, 60, true)
	case "PR(0:1)":
		within := 0
		for _, v := range samples {
			if v > 0 && v <= 1 {
				within++
			}
		}
		return float64(within) / float64(len(samples)) * 100
	}
	panic("no such statistic in the simulator: " + s.Statistic + s.Extended)
}

// breaches leaves room for rounding: the thresholds of the test are no values that a mean comes near to.
func (s simulator) breaches(value float64) bool {
	value = math.Round(value*1e6) / 1e6
	switch s.Operator {
	case "GreaterThanThreshold":
		return value > s.Threshold
	case "GreaterThanOrEqualToThreshold":
		return value >= s.Threshold
	case "LessThanThreshold":
		return value < s.Threshold
	}
	return value <= s.Threshold
}

func (s simulator) evaluate(end int64, current State) State {
	var points []byte // newest first
	deciding, samples := 0, 0
	for _, p := range s.periods(end) {
		in := s.samples(p)
		point := alarm.MathPoint{Missing: len(in) == 0}
		if !point.Missing {
			point.Value = s.statistic(in)
		}
		if s.Math != nil {
			point = s.Math(point)
		}
		switch {
		case point.Missing:
			points = append(points, '-')
			continue
		case s.breaches(point.Value):
			points = append(points, 'X')
		default:
			points = append(points, '0')
		}
		if deciding++; deciding <= s.EvaluationPeriods {
			samples += len(in)
		}
	}
	needed := map[string]int{"p50": 20, "p90": 100}[s.Extended]
	if s.LowSamples == "ignore" && samples > 0 && samples < needed {
		return current
	}
	return s.decide(points, current)
}

func (s simulator) decide(points []byte, current State) State {
	want := s.DatapointsToAlarm
	if want == 0 {
		want = s.EvaluationPeriods
	}
	breaching, calm, oldest := 0, 0, 0
	for i, p := range points {
		if breaching+calm == s.EvaluationPeriods {
			break
		}
		switch p {
		case 'X':
			breaching++
			oldest = i + 1
		case '0':
			calm++
		}
	}
	lacking := s.EvaluationPeriods - breaching - calm
	nothing := breaching+calm == 0
	switch s.MissingData {
	case "breaching":
		breaching += lacking
	case "notBreaching":
		calm += lacking
	}
	switch {
	case breaching >= want:
		return Alarm
	case calm > 0 || s.MissingData == "breaching":
		return OK
	case s.MissingData == "ignore":
		return current
	case !nothing && oldest >= want:
		return Alarm
	}
	return InsufficientData
}

func double(p alarm.MathPoint) alarm.MathPoint {
	p.Value *= 2
	return p
}

func fillZero(p alarm.MathPoint) alarm.MathPoint { return alarm.MathPoint{Value: p.Value} }

func onlyMany(p alarm.MathPoint) alarm.MathPoint {
	p.Missing = p.Missing || p.Value < 2
	return p
}

// randomCase makes an alarm and data for up to a few hundred minutes.
func randomCase(r *rand.Rand) simulator {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	s := simulator{
		Settings: alarm.Settings{
			Period:            60 * (1 + r.IntN(5)),
			EvaluationPeriods: 1 + r.IntN(5),
			Operator:          pick("GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"),
			Threshold:         float64(r.IntN(16)-2) / 2,
			MissingData:       pick("", "missing", "ignore", "breaching", "notBreaching"),
			LowSamples:        pick("", "evaluate", "ignore"),
			Statistic:         pick("Sum", "Sum", "SampleCount", "Average", "Minimum", "Maximum", "", "", ""),
			Math:              []func(alarm.MathPoint) alarm.MathPoint{nil, nil, nil, double, fillZero, onlyMany}[r.IntN(6)],
		},
		Window: Window{Location: []*time.Location{time.UTC, time.FixedZone("", 37*60*5), time.FixedZone("", -210*60)}[r.IntN(3)]},
		extra:  []int{0, 1, 2, 5}[r.IntN(4)],
	}
	s.DatapointsToAlarm = r.IntN(s.EvaluationPeriods + 1)
	if s.Statistic == "" {
		s.Extended = pick("p50", "p90", "p100", "tm90", "TM(10%:70%)", "IQM", "wm80", "WM(30%:60%)", "PR(0:1)")
	}
	if s.Extended == "PR(0:1)" {
		s.Threshold *= 13
	}
	if r.IntN(3) == 0 {
		s.WallClock = true
		s.Period = []int{60, 300, 300, 3600}[r.IntN(4)]
	}
	minutes := 1 + r.IntN([]int{10, 50, 50, 200}[r.IntN(4)])
	if s.Period == 3600 {
		s.EvaluationPeriods, s.DatapointsToAlarm = 1+r.IntN(2), 0
		minutes = 300
	}
	s.From = 28_000_000 + int64(r.IntN(20_000))
	s.To = s.From + int64(minutes)
	s.Data = randomData(r, s.From, s.To)
	return s
}

// randomData has quiet and busy stretches.
func randomData(r *rand.Rand, from, to int64) []Datum {
	var out []Datum
	density := []float64{0.02, 0.1, 0.5, 1.5}[r.IntN(4)]
	most := []int{2, 4, 30}[r.IntN(3)]
	for minute := from; minute < to; minute++ {
		for d := density; r.Float64() < d; d-- {
			out = append(out, Datum{minute, []float64{-1, 0, 0, 0.5, 1, 1, 1, 2, 7}[r.IntN(9)], int64(r.IntN(most))})
		}
	}
	return out
}

func TestReplayAgreesWithSimulator(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	alarms, transitions := 0, 0
	for i := range 2500 {
		s := randomCase(r)
		got := s.check(t, fmt.Sprint("case ", i))
		alarms += got.MinutesInAlarm()
		transitions += len(got.Episodes())
	}
	if alarms < 5000 || transitions < 1000 {
		t.Errorf("%d minutes in ALARM, %d transitions: the test says little", alarms, transitions)
	}
}

// TestIsSame: what is said to have the same states has, and not only where nothing differs.
func TestIsSame(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	same, others := 0, 0
	for i := range 2500 {
		s := randomCase(r)
		all, err := New(s.Settings, s.Window, s.Series)
		if err != nil {
			t.Fatalf("case %d: %v", i, err)
		}
		less := s
		less.Data = nil
		var minutes []int64
		every := 1 + r.IntN(20)
		for _, d := range s.Data {
			if d.Count > 0 && r.IntN(every) == 0 {
				minutes = append(minutes, d.Minute)
				if d.Count--; d.Count == 0 {
					continue
				}
			}
			less.Data = append(less.Data, d)
		}
		if len(minutes) == 0 || !all.IsSame(less.Series, minutes) {
			others++
			continue
		}
		same++
		if got, want := all.Run(s.extra).all(), less.run(); !slices.Equal(got, want) {
			t.Fatalf("case %d: %v, simulated %v\n%+v\nwithout %v", i, got, want, s, minutes)
		}
	}
	if same < 100 || others < 100 {
		t.Errorf("%d are the same, %d may not be: the test says little", same, others)
	}
}

// check compares the replay minute by minute.
func (s simulator) check(t *testing.T, name string) Timeline {
	t.Helper()
	r, err := New(s.Settings, s.Window, s.Series)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	got, want := r.Run(s.extra), s.run()
	states := got.all()
	if got.From != s.From || len(states) != len(want) {
		t.Fatalf("%s: %d minutes from %d", name, len(states), got.From)
	}
	for i := range want {
		if states[i] != want[i] {
			t.Fatalf("%s: minute %d is %s, simulated %s\n%+v", name, i, states[i], want[i], s)
		}
	}
	return got
}

// TestReplayOfLongPeriods: hours, days and weeks, evaluated once an hour where they are long, and on days of 23 and 25
// hours.
func TestReplayOfLongPeriods(t *testing.T) {
	berlin := location(t, "Europe/Berlin")
	kolkata := location(t, "Asia/Kolkata")
	r := rand.New(rand.NewPCG(13, 14))
	for _, c := range []struct {
		name            string
		start           string
		days            int
		period, periods int
		window          Window
	}{
		{"hours, sliding", "2026-03-01", 1, hour, 3, Window{}},
		{"hours of more than a day", "2026-03-01", 5, hour, 25, Window{}},
		{"six hours", "2026-03-01", 3, 6 * hour, 4, Window{}},
		{"days, sliding", "2026-03-01", 5, day, 2, Window{}},
		{"hours by the clock in spring", "2026-03-28", 2, hour, 2, Window{true, berlin}},
		{"hours by the clock in autumn", "2026-10-24", 2, hour, 2, Window{true, berlin}},
		{"days by the clock in spring", "2026-03-26", 6, day, 1, Window{true, berlin}},
		{"days by the clock in autumn", "2026-10-22", 6, day, 1, Window{true, berlin}},
		{"days in India, hourly", "2026-10-22", 9, day, 2, Window{true, kolkata}},
		{"hours in India, hourly", "2026-10-22", 6, hour, 26, Window{true, kolkata}},
		{"weeks", "2026-10-01", 45, week, 1, Window{true, berlin}},
	} {
		start, err := time.Parse(time.DateOnly, c.start)
		if err != nil {
			t.Fatal(err)
		}
		s := simulator{Window: c.window, extra: 1}
		s.Settings = alarm.Settings{Statistic: "Sum", Period: 60 * c.period, EvaluationPeriods: c.periods, DatapointsToAlarm: 1 + c.periods/2,
			Operator: "GreaterThanThreshold", Threshold: float64(2 * c.period / 3)}
		if s.Location == nil {
			s.Location = time.UTC
		}
		s.From = start.Unix()/60 + 17
		s.To = s.From + int64(c.days)*day
		block := 2 * max(day, int64(c.period)) // of few events, then of many
		for minute := s.From; minute < s.To; minute += 1 + r.Int64N(int64(c.period)/2) {
			many := int(minute / block % 2)
			s.Data = append(s.Data, Datum{minute, 5, int64(r.IntN(1 + c.period*(1+2*many)/15))})
		}
		got := s.check(t, c.name)
		if in := got.MinutesInAlarm(); in == 0 || in == got.Judged() {
			t.Errorf("%s: %d of %d minutes in ALARM: it says little", c.name, in, got.Judged())
		}
	}
}

// TestReplayOfQuiet: long stretches without a change, in which nothing is computed.
func TestReplayOfQuiet(t *testing.T) {
	few := simulator{extra: 1, Settings: one(func(s *alarm.Settings) {
		s.Period, s.EvaluationPeriods, s.DatapointsToAlarm, s.MissingData = 3600, 25, 1, "missing"
	})}
	for begin := range int64(60) {
		few.From = 28_000_800 + begin
		few.To = few.From + 2000
		few.Data = []Datum{{few.From + 100, 1, 1}}
		few.check(t, "evaluated once an hour")
	}
	same := simulator{extra: 2, Settings: one(func(s *alarm.Settings) { s.Statistic, s.Extended, s.LowSamples = "", "p50", "ignore" })}
	same.From, same.To = 28_000_800, 28_000_900
	for minute := same.From; minute < same.To; minute++ {
		same.Data = append(same.Data, Datum{minute, 1, 1 + 9*((minute-same.From)/50)})
	}
	if got := same.check(t, "more samples"); got.at(50) != InsufficientData || got.at(99) != Alarm {
		t.Errorf("%s, want ALARM once there are enough samples of the same value", got.text())
	}
}

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
