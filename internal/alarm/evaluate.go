package alarm

import (
	"fmt"
	"math"
	"sort"
	"time"
)

// MaxEvents is the largest burst that is tried; an alarm that needs more counts as one that cannot fire.
const MaxEvents = 1_000_000

// Evaluate decides whether a burst of matching events, in one period and with silence before and after, takes the alarm
// to ALARM. It returns quickly for any input.
//
// An alarm with a LessThan operator never fires here: few events raise it, many clear it.
func Evaluate(s Settings, series Series) Verdict {
	var v Verdict
	if v.Invalid = s.invalid(); len(v.Invalid) > 0 {
		return v
	}
	st, unclear := parseStatistic(s)
	if s.Statistic != "" && unclear != "" {
		v.Invalid = append(v.Invalid, reason(StatisticNotAllowed, "%s", unclear))
		return v
	}
	if s.highResolution() {
		v.Warnings = append(v.Warnings, reason(HighResolution,
			"period is %d seconds, but metric filters publish per minute", s.Period))
	}
	if v.Unknown = undecidable(s, series, unclear); v.Unknown != "" {
		return v
	}
	q := question{Settings: s, series: series, statistic: st, operator: operators[s.Operator]}
	if v.Unknown = q.unclearMath(); v.Unknown == "" {
		q.answer(&v)
	}
	return v
}

// undecidable says why no verdict can be given.
func undecidable(s Settings, series Series, statistic string) string {
	switch {
	case anomalyOperators[s.Operator]:
		return fmt.Sprintf("%s compares with an anomaly detection band that CloudWatch learns from past data", s.Operator)
	case statistic != "":
		return statistic
	case !finite(s.Threshold):
		return fmt.Sprintf("threshold %s is not a finite number", number(s.Threshold))
	case !finite(series.Value):
		return fmt.Sprintf("metric value %s is not a finite number", number(series.Value))
	case series.Default != nil && !finite(*series.Default):
		return fmt.Sprintf("default value %s is not a finite number", number(*series.Default))
	}
	return ""
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// answer fills in everything but Invalid and Unknown.
func (q question) answer(v *Verdict) {
	v.AlwaysAlarm = q.alwaysAlarm()
	n := q.smallestBurst()
	v.Reasons = q.obstacles(n, v.AlwaysAlarm)
	if len(v.Reasons) > 0 {
		return
	}
	v.Fires, v.Events, v.Returns = true, n, q.returns()
	v.Delay, v.Soonest = q.delays()
	v.Warnings = append(v.Warnings, q.doubts(*v)...)
}

// alwaysAlarm: silence settles in ALARM. With a default value silence is ordinary traffic; that missing data breach
// while not even that arrives is a doubt, not an obstacle.
func (q question) alwaysAlarm() bool {
	silence := q.silence()
	switch {
	case q.series.Default == nil && !silence.Missing:
		return q.operator.breaches(silence.Value, q.Threshold)
	case q.series.Default == nil:
		return State(nil, q.Settings, InsufficientData) == Alarm
	}
	return q.quietBreaches()
}

// breaches reports whether the period of a burst of n breaches, whatever else happens in it.
func (q question) breaches(n int) bool {
	return q.aloneBreaches(n) && (q.series.Default == nil || q.busyBreaches(n))
}

// smallestBurst returns the least n that breaches, or 0. If n breaches, so does n+1, except for sums of negative values,
// which obstacles rejects.
func (q question) smallestBurst() int {
	n := 1 + sort.Search(MaxEvents, func(i int) bool { return q.breaches(i + 1) })
	if n > MaxEvents {
		return 0
	}
	return n
}

// alarmingAge says at which age the only breaching point raises the alarm: at once, or, when more than one datapoint has to
// breach, not before it is as old as that, and only while nothing else is seen. 0 is never.
func (q question) alarmingAge() int {
	if q.datapoints() == 1 {
		return 1
	}
	window := []Point{Breaching}
	for len(window) < q.datapoints() {
		window = append(window, Missing)
	}
	if q.series.Default == nil && q.silence().Missing && State(window, q.Settings, InsufficientData) == Alarm {
		return q.datapoints()
	}
	return 0
}

// returns: silence after the burst leads out of ALARM.
func (q question) returns() bool {
	if q.series.Default != nil || !q.silence().Missing {
		return true // calm points of ordinary traffic
	}
	return State(nil, q.Settings, Alarm) != Alarm
}

// delays returns the worst and the best time from burst to ALARM.
//
// "For any period of one minute or longer, an alarm is evaluated every minute": the window slides, and a burst is seen
// at the end of its minute. That is the best case, and the usual one. The worst is a window that follows the clock
// (EvaluationWindow: WallClockWindow), where a burst at the beginning of a period waits for its end. Alarms that look
// back for more than a day are evaluated once an hour, those of 10, 20 and 30 seconds every 10 seconds.
//
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
func (q question) delays() (worst, best time.Duration) {
	period := time.Duration(q.Period) * time.Second
	later := time.Duration(q.alarmingAge()-1) * period
	switch {
	case q.highResolution():
		return later + time.Minute, later + 10*time.Second
	case q.EvaluationPeriods > day/q.Period:
		return later + period + time.Hour, later + time.Minute
	}
	return later + period, later + time.Minute
}

// unclearMath says why metric math cannot be decided.
func (q question) unclearMath() string {
	switch {
	case q.Math == nil:
		return ""
	case q.series.Default != nil && q.statistic.kind == mean:
		return "metric math over " + q.statistic.name + " of default values is not supported"
	case q.isErratic():
		return "its metric math breaches for some numbers of events but not for larger ones"
	}
	return ""
}
