package backtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
)

// tolerance is how many minutes a transition may be apart: of the evaluation, and of the
// delivery from S3's clock.
const tolerance = 10

// maxHistory bounds a history in bytes.
const maxHistory = 64 << 20

// CheckHistory compares the replay with what aws cloudwatch describe-alarm-history
// prints.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
func (r *Report) CheckHistory(file string, in io.Reader) error {
	raw, err := intake.All(in, maxHistory)
	if err != nil {
		return diag.At(file, err)
	}
	recorded, err := readHistory(raw)
	if err != nil {
		return diag.At(file, err)
	}
	replayed := slices.DeleteFunc(slices.Clone(r.Alarms), func(a Alarm) bool { return a.State == Before || len(a.Variants) == 0 })
	if len(recorded) == 1 && len(replayed) == 1 {
		for name, at := range recorded {
			r.History = append(r.History, compareHistory(name, at, &replayed[0]))
		}
		return nil
	}
	for i := range replayed {
		a := &replayed[i]
		if at, ok := recorded[a.Name]; ok && a.Name != "" {
			r.History = append(r.History, compareHistory(a.Name, at, a))
		}
	}
	if len(r.History) == 0 {
		return diag.At(file, errors.New("it has no alarm of the name of one that is replayed"))
	}
	return nil
}

// readHistory returns the minutes of the transitions to ALARM, by the names of the alarms.
func readHistory(raw []byte) (map[string][]int64, error) {
	var h struct {
		Items []struct {
			AlarmName, HistoryItemType, HistorySummary, HistoryData string
			Timestamp                                               time.Time
		} `json:"AlarmHistoryItems"`
		NextToken string
	}
	if err := json.Unmarshal(raw, &h); err != nil {
		return nil, fmt.Errorf("not the output of describe-alarm-history: %w", err)
	}
	if h.NextToken != "" {
		return nil, errors.New("it is one page of several: the answer has a token for the next one")
	}
	out := map[string][]int64{}
	for _, item := range h.Items {
		if item.HistoryItemType != "StateUpdate" {
			continue
		}
		var data struct{ NewState struct{ StateValue string } }
		if err := json.Unmarshal([]byte(item.HistoryData), &data); err != nil {
			return nil, fmt.Errorf("HistoryData of %s at %s: %w", item.AlarmName, item.Timestamp.Format(time.RFC3339), err)
		}
		if _, ok := out[item.AlarmName]; !ok {
			out[item.AlarmName] = nil
		}
		if data.NewState.StateValue == "ALARM" {
			out[item.AlarmName] = append(out[item.AlarmName], item.Timestamp.Unix()/60)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("it has no change of a state: ask for --history-item-type StateUpdate")
	}
	return out, nil
}

// compareHistory pairs transitions, each with the first one that is near enough.
func compareHistory(name string, recorded []int64, a *Alarm) Check {
	c := Check{Alarm: name, OnlyRecorded: []string{}, OnlyReplayed: []string{}}
	from, to := a.Timeline.From+int64(a.Timeline.WarmUp), a.Timeline.To()
	recorded = slices.DeleteFunc(slices.Clone(recorded), func(at int64) bool { return at < from || at >= to })
	slices.Sort(recorded)
	c.Recorded = len(recorded)
	taken := make([]bool, len(recorded))
	for _, e := range a.Timeline.Episodes() {
		if e.Before {
			continue
		}
		c.Replayed++
		i := slices.IndexFunc(recorded, func(at int64) bool { return at >= e.Start-tolerance && at <= e.Start+tolerance })
		for i >= 0 && i < len(recorded) && taken[i] {
			i++
		}
		if i < 0 || i >= len(recorded) || recorded[i] > e.Start+tolerance {
			c.OnlyReplayed = append(c.OnlyReplayed, clock(e.Start))
			continue
		}
		taken[i] = true
		c.Both++
	}
	for i, at := range recorded {
		if !taken[i] {
			c.OnlyRecorded = append(c.OnlyRecorded, clock(at))
		}
	}
	return c
}
