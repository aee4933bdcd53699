package backtest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/tally"
)

func TestReadPoints(t *testing.T) {
	for text, want := range map[string]int{
		`{"MetricDataResults":[{"Id":"m","StatusCode":"Complete","Timestamps":["2026-11-02T00:01:00Z","2026-11-02T00:00:00Z"],"Values":[1,2]}]}`: 2,
		`{"Label":"m","Datapoints":[{"Timestamp":"2026-11-02T00:00:00+00:00","Sum":3.0,"Unit":"None"}]}`:                                         1,
		`{"Label":"m","Datapoints":[{"Timestamp":"2026-11-02T00:00:00Z","SampleCount":3.0}]}`:                                                    1,
		`{"Label":"m","Datapoints":[]}`: 0,
	} {
		points, err := readPoints([]byte(text))
		if err != nil || len(points) != want {
			t.Errorf("%s: %v, %v", text, points, err)
		}
		for i := 1; i < len(points); i++ {
			if points[i].Minute <= points[i-1].Minute {
				t.Errorf("%s: not in order", text)
			}
		}
	}
}

// TestGaps: hours that follow each other are one gap, if they are of one kind.
func TestGaps(t *testing.T) {
	got := gaps(tally.Coverage{Silent: []int64{2, 3, 7, 8}, Proven: []int64{1, 4, 9}})
	want := []Gap{
		{clock(60), clock(120), 1, true}, {clock(120), clock(240), 2, false}, {clock(240), clock(300), 1, true}, {clock(420), clock(540), 2, false}, {clock(540), clock(600), 1, true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if none := gaps(tally.Coverage{}); none == nil || len(none) != 0 {
		t.Errorf("%v: no gaps are an empty list", none)
	}
}

func TestReadPointsRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"hello":                         "not the output",
		`{}`:                            "not the output",
		`{"Records":[]}`:                "not the output",
		`{"MetricDataResults":[{},{}]}`: "it has 2 metrics",
		`{"MetricDataResults":[{"StatusCode":"PartialData"}]}`:                                                  "its status is PartialData",
		`{"MetricDataResults":[{"Timestamps":["2026-11-02T00:00:00Z"]}]}`:                                       "another number of Timestamps",
		`{"MetricDataResults":[],"NextToken":"x"}`:                                                              "one page of several",
		`{"Datapoints":[{"Timestamp":"2026-11-02T00:00:00Z","Maximum":1.0}]}`:                                   "have no Sum",
		`{"MetricDataResults":[{"Timestamps":["2026-11-02T00:00:00Z","2026-11-02T00:00:10Z"],"Values":[1,1]}]}`: "two data points at",
	} {
		if _, err := readPoints([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

func TestReadHistoryRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"hello":                    "not the output",
		`{"AlarmHistoryItems":[]}`: "no change of a state",
		`{"NextToken":"x"}`:        "one page of several",
		`{"AlarmHistoryItems":[{"AlarmName":"a","HistoryItemType":"StateUpdate","HistoryData":"x"}]}`: "HistoryData of a",
	} {
		if _, err := readHistory([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

// TestCompareHistory pairs each transition once, and leaves out what began before the data.
func TestCompareHistory(t *testing.T) {
	states := make([]replay.State, 100)
	for i := range states {
		states[i] = replay.OK
	}
	for _, from := range []int{0, 20, 26, 60} {
		for i := range 3 {
			states[from+i] = replay.Alarm
		}
	}
	a := &Alarm{Timeline: replay.NewTimeline(1000, 1, states)}
	c := compareHistory("a", []int64{1021, 1028, 1090, 5000}, a)
	if c.Recorded != 3 || c.Replayed != 3 || c.Both != 2 || len(c.OnlyRecorded) != 1 || len(c.OnlyReplayed) != 1 || c.OnlyReplayed[0] != clock(1060) {
		t.Errorf("%+v", c)
	}
}

// TestIsWhole: only a sample in every minute leaves no data point missing.
func TestIsWhole(t *testing.T) {
	data := []replay.Datum{{Minute: 5}, {Minute: 5}, {Minute: 6}}
	if !isWhole(replay.Series{From: 5, To: 7, Data: data}) || isWhole(replay.Series{From: 5, To: 8, Data: data}) {
		t.Error("which series are whole")
	}
}

func TestClock(t *testing.T) {
	if got, want := clock(time.Date(2026, 11, 2, 0, 1, 0, 0, time.UTC).Unix()/60), "2026-11-02T00:01:00Z"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func FuzzReadPoints(f *testing.F) {
	f.Add([]byte(`{"MetricDataResults":[{"Timestamps":["2026-11-02T00:00:00Z"],"Values":[1]}]}`))
	f.Add([]byte(`{"Datapoints":[{"Timestamp":"2026-11-02T00:00:00Z","Sum":1}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		points, err := readPoints(raw)
		for i := 1; err == nil && i < len(points); i++ {
			if points[i].Minute <= points[i-1].Minute {
				t.Errorf("%s: minute %d follows %d", raw, points[i].Minute, points[i-1].Minute)
			}
		}
	})
}

func FuzzReadHistory(f *testing.F) {
	f.Add([]byte(`{"AlarmHistoryItems":[{"AlarmName":"a","Timestamp":"2026-11-02T00:00:00Z","HistoryItemType":"StateUpdate","HistoryData":"{\"newState\":{\"stateValue\":\"ALARM\"}}"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if found, err := readHistory(raw); err == nil && len(found) == 0 {
			t.Errorf("%s: no alarm and no error", raw)
		}
	})
}
