package alarm

import (
	"math/rand/v2"
	"testing"
	"time"
)

// simulator is CloudWatch minute by minute, in the plainest words: samples fall into minutes, minutes into data points,
// data points into states. It shares no code with the package apart from types.
type simulator struct {
	Settings
	Series
	traffic float64 // events per minute that do not match
	burst   int     // minute of the burst
	events  int     // in that minute
	clock   bool    // data points follow the clock, instead of sliding
}

// sample is a value that was published count times.
type sample struct{ value, count float64 }

func (s simulator) minutes() int { return s.Period / 60 }

func (s simulator) n() int { return s.EvaluationPeriods }

func (s simulator) m() int {
	if s.DatapointsToAlarm == 0 {
		return s.EvaluationPeriods
	}
	return s.DatapointsToAlarm
}

// samples of the minutes from (inclusive) to (exclusive).
func (s simulator) samples(from, to int) []sample {
	var out []sample
	if s.Default != nil && s.traffic > 0 {
		out = append(out, sample{*s.Default, s.traffic * float64(to-from)})
	}
	if from <= s.burst && s.burst < to && s.events > 0 {
		out = append(out, sample{s.Value, float64(s.events)})
	}
	return out
}

func (s simulator) statistic(samples []sample) float64 {
	total, count := 0.0, 0.0
	low, high := samples[0], samples[0]
	for _, x := range samples {
		total += x.value * x.count
		count += x.count
		if x.value < low.value {
			low = x
		}
		if x.value > high.value {
			high = x
		}
	}
	switch s.Statistic + s.Extended {
	case "Sum":
		return total
	case "SampleCount":
		return count
	case "Average":
		return total / count
	case "Minimum":
		return low.value
	case "Maximum", "p100":
		return high.value
	case "p50":
		if len(samples) == 1 || low.count >= count/2 {
			return low.value
		}
		return high.value
	case "p90":
		if len(samples) == 1 || low.count >= 0.9*count {
			return low.value
		}
		return high.value
	}
	panic("no such statistic in the simulator")
}

func (s simulator) breaching(value float64) bool {
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

// evaluate returns the state after the end of a minute.
func (s simulator) evaluate(minute int, current StateValue) StateValue {
	end := minute + 1
	if s.clock {
		end -= end % s.minutes()
	}
	var real []bool // breaching, newest first
	var ages []int
	samples := 0.0
	for age := range s.n() + 2 {
		in := s.samples(end-(age+1)*s.minutes(), end-age*s.minutes())
		for _, x := range in {
			if len(real) < s.n() { // of the points that decide
				samples += x.count
			}
		}
		if len(in) > 0 {
			real = append(real, s.breaching(s.statistic(in)))
			ages = append(ages, age+1)
		}
	}
	if samples > 0 && samples < s.needed() {
		return current
	}
	return s.decide(real, ages, current)
}

func (s simulator) needed() float64 {
	if s.LowSamples != "ignore" {
		return 0
	}
	return map[string]float64{"p50": 20, "p90": 100}[s.Extended]
}

func (s simulator) decide(real []bool, ages []int, current StateValue) StateValue {
	if len(real) > s.n() {
		real = real[:s.n()]
	}
	filled := append([]bool(nil), real...)
	for len(filled) < s.n() && (s.MissingData == "breaching" || s.MissingData == "notBreaching") {
		filled = append(filled, s.MissingData == "breaching")
	}
	bad, allBad := 0, true
	for i, b := range filled {
		if b {
			bad++
		} else if i < len(real) {
			allBad = false
		}
	}
	if len(filled) == s.n() || bad >= s.m() || len(real) > 0 && !allBad {
		if bad >= s.m() {
			return Alarm
		}
		return OK
	}
	// Only breaching points, and fewer than needed, or none at all.
	if s.MissingData == "ignore" {
		return current
	}
	if len(real) > 0 && ages[len(real)-1] >= s.m() {
		return Alarm
	}
	return InsufficientData
}

// run reports whether the alarm was in ALARM before the burst, how many minutes after it it came there (0: never), and in
// which state it was left.
func (s simulator) run() (before bool, after int, last StateValue) {
	state := InsufficientData
	span := (s.n() + 4) * s.minutes()
	for minute := s.burst - span; minute < s.burst+span; minute++ {
		before = before || minute == s.burst-1 && state == Alarm
		state = s.evaluate(minute, state)
		if minute == s.burst-1 {
			before = state == Alarm
		}
		if minute >= s.burst && state == Alarm && !before && after == 0 {
			after = minute - s.burst + 1
		}
	}
	return before, after, state
}

// traffics returns those under which the alarm has to work. Where missing data breach, no logs at all are excused.
func (s simulator) traffics() []float64 {
	switch {
	case s.Default == nil:
		return []float64{0}
	case s.MissingData == "breaching":
		return []float64{1, 1e12}
	}
	return []float64{0, 1, 1e12}
}

func (s simulator) fires(events int) bool {
	for _, s.traffic = range s.traffics() {
		s.events = events
		if _, after, _ := s.run(); after == 0 {
			return false
		}
	}
	return true
}

// smallest burst from which on all fire, up to most; 0 for none.
func (s simulator) smallest(most int) int {
	out := 0
	for events := most; events >= 1 && s.fires(events); events-- {
		out = events
	}
	return out
}

func randomAlarm(r *rand.Rand) (Settings, Series) {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	s := Settings{
		Period:            60 * (1 + r.IntN(3)),
		EvaluationPeriods: 1 + r.IntN(4),
		Operator:          pick("GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"),
		Threshold:         float64(r.IntN(15)-3) / 2,
		MissingData:       pick("", "missing", "ignore", "breaching", "notBreaching"),
		LowSamples:        pick("", "evaluate", "ignore"),
	}
	s.DatapointsToAlarm = r.IntN(s.EvaluationPeriods + 1)
	if s.Statistic = pick("Sum", "Sum", "SampleCount", "Average", "Minimum", "Maximum", ""); s.Statistic == "" {
		s.Extended = pick("p50", "p90", "p100")
	}
	series := Series{Value: []float64{-1, 0, 0.5, 1, 1, 1, 2}[r.IntN(7)]}
	if r.IntN(2) == 0 {
		series.Default = def([]float64{-1, 0, 0, 0, 1, 3}[r.IntN(6)])
	}
	return s, series
}

func TestEvaluateAgreesWithSimulator(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	fired, always := 0, 0
	for range 3000 {
		s, series := randomAlarm(r)
		v := Evaluate(s, series)
		if len(v.Invalid) > 0 || v.Unknown != "" {
			t.Fatalf("%+v: %+v", s, v)
		}
		sim := simulator{Settings: s, Series: series, burst: 600}
		if want := sim.alwaysAlarm(); v.AlwaysAlarm != want {
			t.Fatalf("%+v %s: always in ALARM: %t, simulated %t", s, show(series), v.AlwaysAlarm, want)
		}
		if v.AlwaysAlarm {
			always++
		}
		want := 0
		if inverted := s.Operator[0] == 'L'; !inverted && series.Value != 0 && !v.AlwaysAlarm {
			want = sim.smallest(120)
		}
		if v.Events != want {
			t.Fatalf("%+v %s: %d events, simulated %d", s, show(series), v.Events, want)
		}
		if v.Fires {
			fired++
			sim.check(t, v)
		}
	}
	if fired < 300 || always < 300 {
		t.Errorf("%d fired, %d always in ALARM: the test says little", fired, always)
	}
}

func (s simulator) alwaysAlarm() bool {
	if s.Default != nil {
		s.traffic = 1e12
	}
	before, _, _ := s.run()
	return before
}

// check compares what follows the smallest burst.
func (s simulator) check(t *testing.T, v Verdict) {
	t.Helper()
	s.events = v.Events
	if s.Default != nil {
		s.traffic = 1e12
	}
	_, best, last := s.run()
	if v.Returns != (last != Alarm) {
		t.Fatalf("%+v %s: returns %t, simulated %s", s.Settings, show(s.Series), v.Returns, last)
	}
	worst := 0
	s.clock = true
	for range s.minutes() {
		s.burst++
		_, after, _ := s.run()
		worst = max(worst, after)
	}
	if v.Soonest != time.Duration(best)*time.Minute || v.Delay != time.Duration(worst)*time.Minute {
		t.Fatalf("%+v %s: %s to %s, simulated %d to %d minutes", s.Settings, show(s.Series), v.Soonest, v.Delay, best, worst)
	}
}

func show(s Series) string {
	if s.Default == nil {
		return number(s.Value)
	}
	return number(s.Value) + " default " + number(*s.Default)
}

// FuzzEvaluate: any input gets an answer that does not contradict itself.
func FuzzEvaluate(f *testing.F) {
	f.Add("Sum", "", 300, 1, 1, "GreaterThanOrEqualToThreshold", 1.0, "", "", 1.0, 0.0, true)
	f.Add("", "p99.9", 1<<62, 1<<62, 1, "GreaterThanThreshold", 1e308, "ignore", "ignore", 5e-324, -1e308, false)
	f.Add("", "TM(1%:99%)", 60, 10080, 5, "LessThanThreshold", -1.0, "breaching", "", 1.0, 0.0, true)
	f.Fuzz(func(t *testing.T, statistic, extended string, period, periods, datapoints int, operator string, threshold float64,
		missing, low string, value, base float64, hasDefault bool) {
		s := Settings{statistic, extended, period, periods, datapoints, operator, threshold, missing, low, nil}
		series := Series{Value: value}
		if hasDefault {
			series.Default = &base
		}
		v := Evaluate(s, series)
		silent := len(v.Invalid) > 0 || v.Unknown != ""
		switch {
		case v.Fires && (silent || v.AlwaysAlarm || len(v.Reasons) > 0 || v.Events < 1 || v.Events > MaxEvents || v.Soonest > v.Delay || v.Soonest <= 0):
			t.Fatalf("fires: %+v", v)
		case !v.Fires && (v.Events != 0 || !silent && len(v.Reasons) == 0):
			t.Fatalf("does not fire: %+v", v)
		}
	})
}
