// Package alarm knows how CloudWatch evaluates a metric alarm. From the state that follows from a window of data
// points it computes whether a burst of matching log events takes the alarm to ALARM, how large the burst must be,
// how long it takes, and whether the alarm returns.
//
// It does not find the alarm of a metric (names, dimensions, units, regions), knows nothing of anomaly bands or
// composite rules, and does not decide whether a burst is small enough: that is policy.
//
// Sources, read 2026-11:
//
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
//
// What is assumed if they are silent:
//
//   - A burst is events within one minute, the grain of metric-filter data. So every data point, wherever its window
//     lies, holds all of the burst or none of it, and one burst never makes two data points of one evaluation breach.
//   - The evaluation range is [Extra] data points longer than the evaluation periods: 5 for 3, as in AWS's tables.
//     No answer of [Evaluate] depends on the exact length.
//   - The default value of a metric filter is emitted once per non-matching event, and nothing while no logs arrive.
//     An alarm on a metric with a default value has to work under any amount of ordinary traffic: the verdict holds for
//     none at all and in the limit of ever more.
package alarm

import "time"

// Series is the metric that the metric filters publish.
type Series struct {
	Value   float64  // per matching event
	Default *float64 // per non-matching event; nil: nothing
}

// Settings are those of one metric alarm. Empty strings and zero DatapointsToAlarm take CloudWatch's defaults.
type Settings struct {
	Statistic string // Sum, SampleCount, Average, Minimum, Maximum; empty with Extended set
	Extended  string // p99.9, tm90, wm98, IQM, TM(10%:90%), PR(1:), ...

	Period            int // seconds
	EvaluationPeriods int
	DatapointsToAlarm int // 0: as EvaluationPeriods

	Operator    string // GreaterThanOrEqualToThreshold, GreaterThanThreshold, ...
	Threshold   float64
	MissingData string // missing (default), ignore, breaching, notBreaching
	LowSamples  string // evaluate (default), ignore: percentiles of few samples

	// Math is what metric math makes of a point of the metric while all others are
	// silent; nil if the alarm looks at the metric itself.
	Math func(MathPoint) MathPoint
}

// datapoints is M of "M out of N".
func (s Settings) datapoints() int {
	if s.DatapointsToAlarm > 0 {
		return s.DatapointsToAlarm
	}
	return s.EvaluationPeriods
}

// Verdict says what a burst of matching events does to the alarm.
type Verdict struct {
	// Fires: some burst inside one period, with silence before and after, takes the alarm to ALARM.
	// Every larger burst does so too.
	Fires bool
	// Events is the smallest such burst; 0 unless Fires.
	Events int
	// Delay is the time from the burst to ALARM in the worst alignment: the window follows the clock, so that the
	// burst's period has to end first. Soonest is the best one: a sliding window, evaluated every minute.
	// Both leave out how long CloudTrail takes to deliver (some five minutes).
	Delay, Soonest time.Duration
	// Returns: after the burst the alarm leaves ALARM by itself. Otherwise it notifies once and never again.
	Returns bool
	// AlwaysAlarm: it is in ALARM without any burst, so a burst causes no transition and no notification.
	AlwaysAlarm bool
	// Reasons say why it does not fire; empty when Fires.
	Reasons []Reason
	// Invalid lists what PutMetricAlarm rejects; such an alarm never fires.
	Invalid []Reason
	// Warnings are weaknesses of an alarm that does fire.
	Warnings []Reason
	// Unknown says why the question cannot be decided; Fires is then false, and no Reasons are given.
	Unknown string
}
