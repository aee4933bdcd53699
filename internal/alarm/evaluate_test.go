package alarm

import (
	"math"
	"strings"
	"testing"
	"time"
)

func def(f float64) *float64 { return &f }

// cis returns what the benchmark's own remediation makes: Sum >= 1 in one period of five minutes.
func cis(change ...func(*Settings)) Settings {
	s := Settings{Statistic: "Sum", Period: 300, EvaluationPeriods: 1, Operator: "GreaterThanOrEqualToThreshold", Threshold: 1}
	for _, f := range change {
		f(&s)
	}
	return s
}

func statisticIs(name string) func(*Settings) { return func(s *Settings) { s.Statistic = name } }

func extendedIs(name string) func(*Settings) {
	return func(s *Settings) { s.Statistic, s.Extended = "", name }
}

func comparison(operator string, threshold float64) func(*Settings) {
	return func(s *Settings) { s.Operator, s.Threshold = operator+"Threshold", threshold }
}

func missing(treatment string) func(*Settings) {
	return func(s *Settings) { s.MissingData = treatment }
}

func mOutOfN(m, n int) func(*Settings) {
	return func(s *Settings) { s.DatapointsToAlarm, s.EvaluationPeriods = m, n }
}

func lowSamplesIgnored(s *Settings) { s.LowSamples = "ignore" }

const (
	atLeast = "GreaterThanOrEqualTo"
	above   = "GreaterThan"
)

// events 0: does not fire. codes are those of the reasons, or of the warnings where it fires.
var verdicts = []struct {
	name     string
	settings Settings
	series   Series
	events   int
	codes    []Code
}{
	{"the benchmark's own", cis(), Series{Value: 1}, 1, nil},
	{"with default 0", cis(), Series{1, def(0)}, 1, nil},
	{"notBreaching", cis(missing("notBreaching")), Series{Value: 1}, 1, nil},

	{"A06 more than 1", cis(comparison(above, 1)), Series{Value: 1}, 2, nil},
	{"A06 more than 0", cis(comparison(above, 0)), Series{1, def(0)}, 1, nil},
	{"A06 at least 5", cis(comparison(atLeast, 5)), Series{Value: 1}, 5, nil},
	{"A06 at least 5 of 2s", cis(comparison(atLeast, 5)), Series{Value: 2}, 3, nil},
	{"A06 at least 1 of halves", cis(), Series{Value: 0.5}, 2, nil},
	{"A06 inverted", cis(comparison("LessThanOrEqualTo", 1)), Series{Value: 1}, 0, []Code{OperatorInverted}},
	{"A06 inverted, default 0", cis(comparison("LessThan", 1)), Series{1, def(0)}, 0, []Code{OperatorInverted, PermanentlyAlarm, DefaultBreaches}},
	{"a million", cis(comparison(atLeast, 1e6)), Series{Value: 1}, 1_000_000, nil},
	{"more than a million", cis(comparison(above, 1e6)), Series{Value: 1}, 0, []Code{ThresholdUnreachable}},
	{"1e308", cis(comparison(above, 1e308)), Series{Value: 1}, 0, []Code{ThresholdUnreachable}},
	{"value 0", cis(), Series{Value: 0}, 0, []Code{ValueZero}},
	{"value 0 counted", cis(statisticIs("SampleCount")), Series{Value: 0}, 0, []Code{ValueZero}},
	{"negative value", cis(), Series{Value: -1}, 0, []Code{OperatorInverted}},
	{"negative value and threshold", cis(comparison(atLeast, -5)), Series{Value: -1}, 0, []Code{OperatorInverted}},
	{"negative threshold", cis(comparison(atLeast, -5)), Series{Value: 1}, 1, nil},
	{"negative maximum", cis(statisticIs("Maximum"), comparison(above, -2)), Series{Value: -1}, 1, nil},
	{"threshold 0", cis(comparison(atLeast, 0)), Series{Value: 1}, 1, nil},
	{"threshold 0, default 0", cis(comparison(atLeast, 0)), Series{1, def(0)}, 0, []Code{PermanentlyAlarm, DefaultBreaches}},

	{"A07 SampleCount", cis(statisticIs("SampleCount")), Series{Value: 7}, 1, nil},
	{"A07 SampleCount 3", cis(statisticIs("SampleCount"), comparison(above, 2)), Series{Value: 7}, 3, nil},
	{"A07 Average", cis(statisticIs("Average")), Series{Value: 1}, 1, nil},
	{"A07 Average 5", cis(statisticIs("Average"), comparison(atLeast, 5)), Series{Value: 1}, 0, []Code{ThresholdUnreachable}},
	{"A07 Maximum 5", cis(statisticIs("Maximum"), comparison(above, 5)), Series{Value: 1}, 0, []Code{ThresholdUnreachable}},
	{"A07 Minimum", cis(statisticIs("Minimum")), Series{Value: 1}, 1, nil},
	{"F11 Average", cis(statisticIs("Average")), Series{1, def(0)}, 0, []Code{StatisticDiluted}},
	{"F11 Average above 0", cis(statisticIs("Average"), comparison(above, 0)), Series{1, def(0)}, 1, []Code{StatisticDiluted}},
	{"F11 Minimum", cis(statisticIs("Minimum")), Series{1, def(0)}, 0, []Code{StatisticDiluted}},
	{"F11 Maximum", cis(statisticIs("Maximum")), Series{1, def(0)}, 1, nil},
	{"F11 p99", cis(extendedIs("p99")), Series{1, def(0)}, 0, []Code{StatisticDiluted}},
	{"F11 tm90", cis(extendedIs("tm90")), Series{1, def(0)}, 0, []Code{StatisticDiluted}},
	{"F11 IQM", cis(extendedIs("IQM"), comparison(above, 0)), Series{1, def(0)}, 0, []Code{StatisticDiluted}},
	{"F11 p100", cis(extendedIs("p100")), Series{1, def(0)}, 1, nil},
	{"F11 SampleCount", cis(statisticIs("SampleCount")), Series{1, def(0)}, 0, []Code{PermanentlyAlarm, SampleCountDefault}},
	{"F11 Sum of default 1", cis(comparison(atLeast, 10)), Series{1, def(1)}, 0, []Code{PermanentlyAlarm, SumFlooded}},
	{"F11 Sum of default -1", cis(), Series{1, def(-1)}, 0, []Code{StatisticDiluted}},
	{"F11 Maximum of default 1", cis(statisticIs("Maximum")), Series{1, def(1)}, 0, []Code{PermanentlyAlarm, DefaultBreaches}},

	{"A08 evaluated", cis(extendedIs("p99")), Series{Value: 1}, 1, nil},
	{"A08 p99 ignored", cis(extendedIs("p99"), lowSamplesIgnored), Series{Value: 1}, 1000, []Code{PercentileLowSamples}},
	{"A08 p90 ignored", cis(extendedIs("p90"), lowSamplesIgnored), Series{Value: 1}, 100, []Code{PercentileLowSamples}},
	{"A08 p10 ignored", cis(extendedIs("p10"), lowSamplesIgnored), Series{Value: 1}, 100, []Code{PercentileLowSamples}},
	{"A08 p100 ignored", cis(extendedIs("p100"), lowSamplesIgnored), Series{Value: 1}, 1, nil},
	{"A08 p99.99999 ignored", cis(extendedIs("p99.99999"), lowSamplesIgnored), Series{Value: 1}, 0, []Code{PercentileLowSamples}},
	{"A08 Sum does not care", cis(lowSamplesIgnored), Series{Value: 1}, 1, nil},
	{"percentile rank", cis(extendedIs("PR(0:)"), comparison(atLeast, 50)), Series{Value: 1}, 1, nil},
	{"percentile rank outside", cis(extendedIs("PR(1:5)"), comparison(atLeast, 50)), Series{Value: 1}, 0, []Code{ThresholdUnreachable}},
	{"percentile rank diluted", cis(extendedIs("PR(0:5)"), comparison(atLeast, 50)), Series{1, def(0)}, 0, []Code{StatisticDiluted}},

	{"A10 3 of 3", cis(mOutOfN(0, 3)), Series{Value: 1}, 1, []Code{NeedsSeveralPeriods}},
	{"A10 3 of 3 notBreaching", cis(mOutOfN(0, 3), missing("notBreaching")), Series{Value: 1}, 0, []Code{NeedsSeveralPeriods}},
	{"A10 2 of 3 ignore", cis(mOutOfN(2, 3), missing("ignore")), Series{Value: 1}, 0, []Code{NeedsSeveralPeriods}},
	{"A10 2 of 3 default 0", cis(mOutOfN(2, 3)), Series{1, def(0)}, 0, []Code{NeedsSeveralPeriods}},
	{"A10 1 of 3", cis(mOutOfN(1, 3), missing("notBreaching")), Series{1, def(0)}, 1, nil},
	{"A12", cis(func(s *Settings) { s.Period = 10 }), Series{Value: 1}, 1, []Code{HighResolution}},
	{"A14", cis(missing("breaching")), Series{Value: 1}, 0, []Code{PermanentlyAlarm, MissingDataBreaching}},
	{"A14 default 0", cis(missing("breaching")), Series{1, def(0)}, 1, []Code{MissingDataBreaching}},
	{"A15", cis(missing("ignore")), Series{Value: 1}, 1, []Code{IgnoreKeepsAlarm}},
	{"A15 default 0", cis(missing("ignore")), Series{1, def(0)}, 1, nil},
	{"A16", cis(missing("missing")), Series{Value: 1}, 1, nil},
}

func TestVerdicts(t *testing.T) {
	for _, c := range verdicts {
		t.Run(c.name, func(t *testing.T) {
			v := Evaluate(c.settings, c.series)
			if v.Events != c.events || v.Fires != (c.events > 0) || v.Unknown != "" || len(v.Invalid) > 0 {
				t.Fatalf("%+v, want %d events", v, c.events)
			}
			got := v.Reasons
			if v.Fires {
				got = v.Warnings
			}
			if !sameCodes(got, c.codes) {
				t.Errorf("%v, want %v", got, c.codes)
			}
			if v.AlwaysAlarm != (len(got) > 0 && hasCode(got, PermanentlyAlarm)) {
				t.Errorf("always in ALARM: %t, but %v", v.AlwaysAlarm, got)
			}
			if v.Fires && v.Returns == hasCode(got, IgnoreKeepsAlarm) {
				t.Errorf("returns: %t, but %v", v.Returns, got)
			}
			if v.Fires && len(v.Reasons) > 0 || !v.Fires && (v.Delay != 0 || v.Returns || len(v.Reasons) == 0) {
				t.Errorf("%+v", v)
			}
		})
	}
}

func sameCodes(reasons []Reason, codes []Code) bool {
	if len(reasons) != len(codes) {
		return false
	}
	for i, r := range reasons {
		if r.Code != codes[i] || r.Text == "" {
			return false
		}
	}
	return true
}

func hasCode(reasons []Reason, code Code) bool {
	for _, r := range reasons {
		if r.Code == code {
			return true
		}
	}
	return false
}

func TestDelay(t *testing.T) {
	period := func(seconds int) func(*Settings) { return func(s *Settings) { s.Period = seconds } }
	for _, c := range []struct {
		name        string
		settings    Settings
		worst, best time.Duration
	}{
		{"five minutes", cis(), 5 * time.Minute, time.Minute},
		{"A13 an hour", cis(period(3600)), time.Hour, time.Minute},
		{"A13 six hours", cis(period(21600)), 6 * time.Hour, time.Minute},
		{"A10 late", cis(mOutOfN(0, 3)), 15 * time.Minute, 11 * time.Minute},
		{"more than a day", cis(period(86400), mOutOfN(1, 3)), 25 * time.Hour, time.Minute},
		{"high resolution", cis(period(10)), time.Minute, 10 * time.Second},
	} {
		v := Evaluate(c.settings, Series{Value: 1})
		if v.Delay != c.worst || v.Soonest != c.best {
			t.Errorf("%s: %s, %s at best; want %s, %s", c.name, v.Delay, v.Soonest, c.worst, c.best)
		}
	}
}

func TestInvalid(t *testing.T) {
	change := func(f func(*Settings)) Settings { return cis(f) }
	for _, c := range []struct {
		name     string
		settings Settings
		want     []Code
	}{
		{"A11 datapoints", cis(mOutOfN(4, 3)), []Code{DatapointsExceedPeriods}},
		{"no periods", cis(mOutOfN(0, 0)), []Code{PeriodsNotPositive}},
		{"negative datapoints", cis(mOutOfN(-1, 3)), []Code{DatapointsNegative}},
		{"A11 period 90", change(func(s *Settings) { s.Period = 90 }), []Code{PeriodNotAllowed}},
		{"A11 period 0", change(func(s *Settings) { s.Period = 0 }), []Code{PeriodNotAllowed}},
		{"A11 a day and more", change(func(s *Settings) { s.Period, s.EvaluationPeriods = 1800, 49 }), []Code{WindowTooLong}},
		{"a day", change(func(s *Settings) { s.Period, s.EvaluationPeriods, s.DatapointsToAlarm = 1800, 48, 1 }), nil},
		{"seven days", change(func(s *Settings) { s.Period, s.EvaluationPeriods, s.DatapointsToAlarm = 3600, 168, 1 }), nil},
		{"A11 more than seven days", change(func(s *Settings) { s.Period, s.EvaluationPeriods = 3600, 169 }), []Code{WindowTooLong}},
		{"A11 a period of more than seven days", change(func(s *Settings) { s.Period = 604_860 }), []Code{WindowTooLong}},
		{"overflow", change(func(s *Settings) { s.Period, s.EvaluationPeriods = 1<<62/60*60, 1<<62 }), []Code{WindowTooLong}},
		{"operator", change(func(s *Settings) { s.Operator = ">=" }), []Code{OperatorNotAllowed}},
		{"missing data", cis(missing("nonBreaching")), []Code{MissingDataNotAllowed}},
		{"low samples", change(func(s *Settings) { s.LowSamples = "skip" }), []Code{LowSamplesNotAllowed}},
		{"statistic", cis(statisticIs("sum")), []Code{StatisticNotAllowed}},
		{"no statistic", cis(statisticIs("")), []Code{StatisticMissing}},
		{"two statistics", change(func(s *Settings) { s.Extended = "p99" }), []Code{StatisticTwice}},
	} {
		v := Evaluate(c.settings, Series{Value: 1})
		if !sameCodes(v.Invalid, c.want) || v.Fires != (len(c.want) == 0) {
			t.Errorf("%s: %+v, want %v", c.name, v, c.want)
		}
	}
}

func TestUnknown(t *testing.T) {
	for _, c := range []struct {
		settings Settings
		series   Series
		want     string
	}{
		{cis(comparison("LessThanLowerOrGreaterThanUpper", 1)), Series{Value: 1}, "band"},
		{cis(comparison("GreaterThanUpper", 1)), Series{Value: 1}, "band"},
		{cis(extendedIs("tc90")), Series{Value: 1}, "tc90"},
		{cis(extendedIs("TS(10%:90%)")), Series{Value: 1}, "does not document"},
		{cis(extendedIs("TM(150:1000)")), Series{Value: 1}, "not supported"},
		{cis(extendedIs("p101")), Series{Value: 1}, "not supported"},
		{cis(extendedIs("pNaN")), Series{Value: 1}, "not supported"},
		{cis(extendedIs("PR(5:1)")), Series{Value: 1}, "not supported"},
		{cis(extendedIs("pr90")), Series{Value: 1}, "not supported"},
		{cis(extendedIs("TM(10%:90%")), Series{Value: 1}, "not supported"},
		{cis(extendedIs("median")), Series{Value: 1}, "not supported"},
		{cis(comparison(above, math.NaN())), Series{Value: 1}, "threshold NaN"},
		{cis(comparison(above, math.Inf(1))), Series{Value: 1}, "threshold +Inf"},
		{cis(), Series{Value: math.NaN()}, "metric value NaN"},
		{cis(), Series{1, def(math.Inf(-1))}, "default value -Inf"},
	} {
		v := Evaluate(c.settings, c.series)
		if !strings.Contains(v.Unknown, c.want) || v.Fires || v.AlwaysAlarm || len(v.Reasons) > 0 {
			t.Errorf("%s %s: %+v, want unknown: %s", c.settings.Extended, c.settings.Operator, v, c.want)
		}
	}
}
