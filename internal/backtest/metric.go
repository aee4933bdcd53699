package backtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/tally"
)

// maxMetric bounds a file of data points in bytes: a year of minutes has some 30 MB.
const maxMetric = 256 << 20

// A metricFile is what aws cloudwatch get-metric-data or get-metric-statistics prints.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
type metricFile struct {
	Results []struct {
		ID         string `json:"Id"`
		Label      string
		Timestamps []time.Time
		Values     []float64
		StatusCode string
	} `json:"MetricDataResults"`
	NextToken  string
	Datapoints []struct {
		Timestamp        time.Time
		Sum, SampleCount *float64
	}
}

// RunMetric replays data points of the alarms' metric, which CloudWatch has counted
// itself: sums or sample counts, a minute each.
func RunMetric(watches []Watch, file string, in io.Reader, o Options) (*Report, error) {
	raw, err := intake.All(in, maxMetric)
	if err != nil {
		return nil, diag.At(file, err)
	}
	points, err := readPoints(raw)
	if err != nil {
		return nil, diag.At(file, err)
	}
	points = slices.DeleteFunc(points, func(d replay.Datum) bool {
		return !o.Since.IsZero() && d.Minute < o.Since.Unix()/60 || !o.Until.IsZero() && d.Minute >= o.Until.Unix()/60
	})
	if len(points) == 0 {
		return nil, diag.At(file, errors.New("no data point in it"))
	}
	return replayPoints(watches, points, o)
}

// readPoints reads data points as minutes and their sums, in order.
func readPoints(raw []byte) ([]replay.Datum, error) {
	var f metricFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, fmt.Errorf("not the output of get-metric-data or get-metric-statistics: %w", err)
	}
	if f.NextToken != "" {
		return nil, errors.New("it is one page of several: the answer has a token for the next one")
	}
	var out []replay.Datum
	switch {
	case len(f.Results) > 1:
		return nil, fmt.Errorf("it has %d metrics; ask for the one that the alarm watches", len(f.Results))
	case len(f.Results) == 1:
		one := f.Results[0]
		if one.StatusCode != "" && one.StatusCode != "Complete" {
			return nil, fmt.Errorf("its status is %s, so that data points are missing", one.StatusCode)
		}
		if len(one.Timestamps) != len(one.Values) {
			return nil, errors.New("it has another number of Timestamps than of Values")
		}
		for i, at := range one.Timestamps {
			out = append(out, replay.Datum{Minute: at.Unix() / 60, Value: one.Values[i], Count: 1})
		}
	case f.Datapoints != nil:
		for _, d := range f.Datapoints {
			switch {
			case d.Sum != nil:
				out = append(out, replay.Datum{Minute: d.Timestamp.Unix() / 60, Value: *d.Sum, Count: 1})
			case d.SampleCount != nil:
				out = append(out, replay.Datum{Minute: d.Timestamp.Unix() / 60, Value: *d.SampleCount, Count: 1})
			default:
				return nil, errors.New("its data points have no Sum; ask for --statistics Sum --period 60")
			}
		}
	default:
		return nil, errors.New("not the output of get-metric-data or get-metric-statistics")
	}
	slices.SortFunc(out, func(a, b replay.Datum) int { return int(a.Minute - b.Minute) })
	return out, checkStep(out)
}

// checkStep refuses data points of longer periods than a minute: the alarm's window slides
// by the minute. Those of five minutes and more begin at multiples of five.
func checkStep(points []replay.Datum) error {
	aligned := true
	for i, p := range points {
		if i > 0 && p.Minute == points[i-1].Minute {
			return fmt.Errorf("two data points at %s", clock(p.Minute))
		}
		aligned = aligned && p.Minute%5 == 0
	}
	const several = 4 // fewer may be so by chance
	if aligned && len(points) >= several {
		return errors.New("all its data points are at multiples of five minutes; ask for --period 60, which CloudWatch keeps for 15 days")
	}
	return nil
}

// replayPoints replays the alarms over data points.
func replayPoints(watches []Watch, points []replay.Datum, o Options) (*Report, error) {
	from, to := points[0].Minute, points[len(points)-1].Minute+1
	if !o.Since.IsZero() {
		from = o.Since.Unix() / 60
	}
	if !o.Until.IsZero() {
		to = o.Until.Unix() / 60
	}
	r := newRun(o, tally.OfMetric(from, to))
	series := replay.Series{Data: points, From: from, To: to}
	for i := range watches {
		w := &watches[i]
		for j := range w.Monitors {
			m := &w.Monitors[j]
			if controls := controlsOf(w, m.Alarm); len(controls) > 0 && w.State != Before {
				r.report.Alarms = append(r.report.Alarms, r.metricAlarm(w, m, controls, series))
			}
		}
	}
	if n := len(r.report.Alarms); n != 1 {
		return nil, fmt.Errorf("data points are of one metric, and %d alarms are to be replayed; name one control, or the settings of the alarm", n)
	}
	r.judge()
	return r.report, nil
}

func (r *run) metricAlarm(w *Watch, m *facts.Monitor, controls []string, series replay.Series) Alarm {
	a := Alarm{Input: w.Input, When: w.When, State: w.State, Controls: controls, Address: m.Alarm, Name: m.Name, Patterns: []string{}, Settings: settingsText(m), Unknown: m.Unknown}
	for _, f := range m.Filters {
		a.Patterns = append(a.Patterns, f.Pattern.String())
	}
	if a.Unknown == "" && m.Settings.Statistic != "Sum" {
		a.Unknown = "data points of a minute decide sums, and its statistic is " + m.Settings.Statistic + m.Settings.Extended
	}
	var done replayed
	if a.Unknown == "" {
		done = r.replaySeries(m, []reading{{clock: "metric", extra: replayExtra}, {clock: "metric"}}, func(bool) replay.Series { return series })
		a.Unknown = done.unknown
	}
	a.settings(m)
	var matches tally.Series
	for _, d := range series.Data {
		matches = append(matches, tally.Minute{At: d.Minute, Count: int64(d.Value)})
		a.Matches += int64(d.Value)
	}
	r.addFigures(&a, done, matches, nil)
	return a
}
