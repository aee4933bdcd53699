package alarm

import (
	"strconv"
	"time"
)

// obstacles says why no burst is noticed, the most telling reason first; nothing if one is.
// n is the smallest burst whose period breaches, 0 for none.
func (q question) obstacles(n int, always bool) []Reason {
	var out []Reason
	if q.operator.below && q.Math == nil {
		out = append(out, reason(OperatorInverted, "%s %s %s: few events raise it and many clear it",
			q.statistic.name, q.operator.sign, number(q.Threshold)))
	}
	if q.series.Value == 0 {
		out = append(out, reason(ValueZero, "every match publishes 0"))
	}
	if always {
		return append(out, q.always()...)
	}
	if len(out) > 0 {
		return out
	}
	switch {
	case q.Math == nil && q.statistic.kind == sum && q.series.Value < 0:
		return append(out, reason(OperatorInverted, "Sum falls by %s with every match, the alarm waits for it to be %s %s",
			number(-q.series.Value), q.operator.sign, number(q.Threshold)))
	case n == 0:
		return append(out, q.unreachable())
	case q.alarmingAge() == 0:
		return append(out, q.several())
	}
	return nil
}

// always says why the alarm is in ALARM without any burst.
func (q question) always() []Reason {
	out := []Reason{reason(PermanentlyAlarm,
		"the alarm is in ALARM without any match, so a burst does not change its state and no one is notified")}
	if silence := q.silence(); q.series.Default == nil && !silence.Missing {
		return append(out, reason(MathBreaches, "when nothing matches, its metric math comes to %s, which is %s %s",
			number(silence.Value), q.operator.sign, number(q.Threshold)))
	}
	if q.series.Default == nil {
		return append(out, reason(MissingDataBreaching, "missing data counts as breaching, and without a match there is no data"))
	}
	base := number(*q.series.Default)
	switch {
	case q.statistic.kind == sampleCount:
		out = append(out, reason(SampleCountDefault,
			"SampleCount counts the default value %s of every event that does not match", base))
	case q.statistic.kind == sum && *q.series.Default != 0:
		out = append(out, reason(SumFlooded, "Sum adds the default value %s for every event that does not match", base))
	default:
		out = append(out, reason(DefaultBreaches, "the default value %s, published for every event that does not match, is enough for %s %s %s",
			base, q.statistic.name, q.operator.sign, number(q.Threshold)))
	}
	return out
}

// unreachable says why no burst of up to MaxEvents breaches.
func (q question) unreachable() Reason {
	threshold := q.operator.sign + " " + number(q.Threshold)
	switch {
	case q.Math != nil:
		return reason(ThresholdUnreachable, "its metric math is never %s, however many match", threshold)
	case q.aloneBreaches(MaxEvents):
		return reason(StatisticDiluted, "every event that does not match publishes the default value %s: however many match, %s of all is not %s under enough ordinary traffic",
			number(*q.series.Default), q.statistic.name, threshold)
	case !q.enoughSamples(MaxEvents):
		return reason(PercentileLowSamples, "%s is never evaluated: low sample counts are ignored, and it never has enough samples", q.statistic.name)
	case q.statistic.kind == sum || q.statistic.kind == sampleCount:
		return reason(ThresholdUnreachable, "%s of %d matches is %s, never %s",
			q.statistic.name, MaxEvents, number(q.alone(MaxEvents)), threshold)
	}
	return reason(ThresholdUnreachable, "every match publishes %s: %s is %s however many there are, never %s",
		number(q.series.Value), q.statistic.name, number(q.alone(1)), threshold)
}

func (q question) several() Reason {
	rest := "missing data counts as not breaching"
	switch {
	case q.series.Default != nil:
		rest = "ordinary traffic fills the others with the default value"
	case q.treatment() == "ignore":
		rest = "missing data leaves the state unchanged"
	}
	return reason(NeedsSeveralPeriods, "%d of %d periods must breach, but one burst breaches only one, and %s",
		q.datapoints(), q.EvaluationPeriods, rest)
}

// doubts are warnings about an alarm that fires.
func (q question) doubts(v Verdict) []Reason {
	var out []Reason
	if !v.Returns {
		out = append(out, reason(IgnoreKeepsAlarm,
			"missing data is ignored, and without a match there is no data: the alarm stays in ALARM, and the next burst notifies no one"))
	}
	if q.series.Default != nil && q.treatment() == "breaching" {
		out = append(out, reason(MissingDataBreaching,
			"missing data counts as breaching: the alarm is in ALARM whenever no logs arrive, and a burst then notifies no one"))
	}
	if q.series.Default != nil && q.statistic.kind == mean {
		out = append(out, reason(StatisticDiluted,
			"every event that does not match publishes the default value %s: ordinary traffic pulls %s towards it, and the alarm still works only because of its operator",
			number(*q.series.Default), q.statistic.name))
	}
	if q.datapoints() > 1 {
		out = append(out, reason(NeedsSeveralPeriods,
			"%d of %d periods must breach, so a single burst can take %s to raise the alarm",
			q.datapoints(), q.EvaluationPeriods, durationText(v.Soonest)))
	}
	if v.Events > 1 && float64(v.Events-1) < q.samplesNeeded() {
		out = append(out, reason(PercentileLowSamples,
			"low sample counts are ignored: %s is not evaluated with fewer than %s samples", q.statistic.name, number(q.samplesNeeded())))
	}
	return out
}

// durationText returns a duration in words: 1 minute, 90 seconds, 2 hours.
func durationText(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		switch n := d / unit.size; {
		case d%unit.size != 0 || n == 0:
		case n == 1:
			return "1 " + unit.name
		default:
			return strconv.Itoa(int(n)) + " " + unit.name + "s"
		}
	}
	return d.String()
}
