// Package replay evaluates an alarm minute by minute over samples that were recorded, as CloudWatch would have: which
// state it was in when, and how often it went to ALARM. Composite alarms follow from the alarms that they name.
//
// It does not know where samples come from, nor when they arrived: every sample is there when its minute ends. It does
// not know the state before the first sample, so that the first periods are a warm-up. It does not choose thresholds,
// it only tries them. Actions, their suppression and the warm-up period of new alarms are left out.
//
// Sources, read 2026-11, apart from those of package alarm:
//
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
//
// What is assumed if they are silent:
//
//   - How many data points CloudWatch looks at beyond the evaluation periods: the caller tries several numbers, with
//     windows of the clock, too.
//   - An alarm that looks back for more than a day is evaluated once an hour: here on the hour in UTC.
//   - Low sample counts: the samples of all data points that decide are counted together.
//   - A composite alarm is evaluated in the minute in which an alarm that it names changes.
package replay

import (
	"github.com/iacgate/iacgate/internal/alarm"
)

// A Replay is one metric alarm over one series. It does not change and may be used by several goroutines.
type Replay struct {
	settings alarm.Settings
	measure  alarm.Measure
	points   points
}

// New computes the data points of an alarm. An error says why it cannot be replayed.
func New(s alarm.Settings, w Window, series Series) (*Replay, error) {
	return new(Memory).New(s, w, series)
}

// A Memory is what replays are made in, one after the other: those of one alarm take about as
// much each.
type Memory struct{ points points }

// New is New in the memory. The replay, and its timelines, are valid until the next one.
func (m *Memory) New(s alarm.Settings, w Window, series Series) (*Replay, error) {
	measure, problem := alarm.NewMeasure(s)
	if problem == "" {
		problem = w.problem(s)
	}
	if problem == "" {
		problem = series.problem()
	}
	if problem != "" {
		return nil, replayError(problem)
	}
	m.points = w.points(s, measure, series, m.points)
	return &Replay{settings: s, measure: measure, points: m.points}, nil
}

// replayError says in words for users why an alarm cannot be replayed.
type replayError string

func (e replayError) Error() string { return string(e) }

// Run evaluates the alarm with the threshold that it has. It looks at extra data points more than the evaluation
// periods, in case some are missing.
func (r *Replay) Run(extra int) Timeline { return r.RunAt(r.settings.Threshold, extra) }

// RunAt is Run with another threshold.
func (r *Replay) RunAt(threshold float64, extra int) Timeline {
	length := r.settings.EvaluationPeriods + max(0, extra)
	e := evaluation{settings: r.settings, measure: r.measure, points: &r.points}
	e.start(threshold, length)
	line := Timeline{From: r.points.from, WarmUp: r.points.warmUp(length), minutes: r.points.minutes(), points: &r.points}
	for minute, newest := 0, -1; minute < line.minutes; minute++ {
		if r.points.ended(newest+1, minute) {
			newest++
			e.see(newest)
		}
		if r.points.evaluated(minute) {
			e.decide(newest)
		}
		line.add(minute, e.state)
		skipped := e.skip(newest)
		minute, newest = minute+skipped, newest+skipped
	}
	return line
}
