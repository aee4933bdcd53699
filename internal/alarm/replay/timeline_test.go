package replay

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/alarm"
)

// timeline makes one of letters: - insufficient data, 0 OK, X ALARM.
func timeline(from int64, warmUp int, letters string) Timeline {
	var states []State
	for _, letter := range letters {
		states = append(states, State(slices.Index([]rune("-0X"), letter)))
	}
	return NewTimeline(from, warmUp, states)
}

func TestEpisodes(t *testing.T) {
	for _, c := range []struct {
		letters string
		warmUp  int
		want    []Episode
		minutes int
	}{
		{"-00000", 2, nil, 0},
		{"-00XX0", 2, []Episode{{Start: 103, End: 105}}, 2},
		{"-00X0X", 2, []Episode{{Start: 103, End: 104}, {Start: 105, End: 106, Open: true}}, 2},
		{"-0XXX0", 2, []Episode{{Start: 102, End: 105}}, 3},
		{"-XXXX0", 2, []Episode{{Start: 102, End: 105, Before: true}}, 3},
		{"-X00X0", 2, []Episode{{Start: 104, End: 105}}, 1},
		{"XX0000", 2, nil, 0},
		{"XXXXXX", 2, []Episode{{Start: 102, End: 106, Before: true, Open: true}}, 4},
		{"XXXXXX", 0, []Episode{{Start: 100, End: 106, Open: true}}, 6},
		{"XXXXXX", 6, nil, 0},
		{"0X-X0-", 0, []Episode{{Start: 101, End: 102}, {Start: 103, End: 104}}, 2},
	} {
		line := timeline(100, c.warmUp, c.letters)
		if got := line.Episodes(); !slices.Equal(got, c.want) {
			t.Errorf("%s after %d: %+v, want %+v", c.letters, c.warmUp, got, c.want)
		}
		if got := line.MinutesInAlarm(); got != c.minutes {
			t.Errorf("%s after %d: %d minutes in ALARM, want %d", c.letters, c.warmUp, got, c.minutes)
		}
		if got := line.Judged(); got != 6-c.warmUp {
			t.Errorf("%s after %d: %d minutes judged", c.letters, c.warmUp, got)
		}
	}
}

func TestBetween(t *testing.T) {
	whole := timeline(100, 2, "-0XXX0X00")
	for _, c := range []struct {
		from, to int64
		judged   int
		want     []Episode
	}{
		{0, 1000, 7, []Episode{{Start: 102, End: 105}, {Start: 106, End: 107}}},
		{102, 104, 2, []Episode{{Start: 102, End: 104, Open: true}}},
		{103, 106, 3, []Episode{{Start: 103, End: 105, Before: true}}},
		{105, 109, 4, []Episode{{Start: 106, End: 107}}},
		{106, 107, 1, []Episode{{Start: 106, End: 107, Open: true}}},
		{104, 104, 0, nil}, {104, 90, 0, nil}, {200, 300, 0, nil},
	} {
		got := whole.Between(c.from, c.to)
		if got.Judged() != c.judged || !slices.Equal(got.Episodes(), c.want) {
			t.Errorf("%d to %d: %+v in %d minutes, want %+v in %d", c.from, c.to, got.Episodes(), got.Judged(), c.want, c.judged)
		}
	}
	if got := timeline(100, 0, "XX").Between(100, 101); got.Judged() != 1 || got.From != 100 {
		t.Errorf("%+v of what has no warm-up", got)
	}
	line := replay(t, one(), Window{}, minutes(600, "......2....")).Run(0).Between(607, 609)
	if value, ok := line.Point(607); !ok || value != 2 {
		t.Errorf("data point %g in a part", value)
	}
	if _, ok := line.Point(609); ok {
		t.Error("a part has a data point after its end")
	}
}

// TestWarmUp: until all data points that an evaluation looks at lie within the data.
func TestWarmUp(t *testing.T) {
	const monday = 28_008_000 - 28_008_000%week + 4*day // the first of January 1970 was a Thursday
	for _, c := range []struct {
		name            string
		from            int64
		minutes         int64
		period, periods int
		clock           bool
		want            int
	}{
		{"sliding", monday + 3, 100, 5, 2, false, 15},
		{"sliding, few data", monday + 3, 14, 5, 2, false, 14},
		{"sliding, evaluated once an hour", monday + 3, 10_000, hour, 30, false, 31*hour + 57},
		{"clock", monday, 100, 5, 2, true, 15},
		{"clock, in the middle of a period", monday + 3, 100, 5, 2, true, 17},
		{"clock, few data", monday + 3, 16, 5, 2, true, 16},
		{"weeks", monday - 60, 30_000, week, 1, true, 60 + 2*week},
	} {
		s := one(func(s *alarm.Settings) { s.Period, s.EvaluationPeriods = 60*c.period, c.periods })
		got := replay(t, s, Window{WallClock: c.clock}, Series{From: c.from, To: c.from + c.minutes}).Run(1).WarmUp
		if got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestPoint(t *testing.T) {
	const noon = 28_000_800
	series := minutes(noon, "..2...3........")
	for _, c := range []struct {
		window Window
		want   string // digits; dots where there is none
	}{
		{Window{}, "..222253333...."},
		{Window{WallClock: true}, "....2222233333."},
	} {
		got := ""
		line := replay(t, one(), c.window, series).Run(0)
		for minute := line.From; minute < line.To(); minute++ {
			if value, ok := line.Point(minute); ok {
				got += string(rune('0' + int(value)))
			} else {
				got += "."
			}
		}
		if got != c.want {
			t.Errorf("%+v: %s, want %s", c.window, got, c.want)
		}
		for _, minute := range []int64{line.From - 1, line.To()} {
			if _, ok := line.Point(minute); ok {
				t.Errorf("a data point at minute %d", minute)
			}
		}
	}
	if _, ok := timeline(0, 0, "00").Point(1); ok {
		t.Error("a timeline without data points has one")
	}
}

func TestStateString(t *testing.T) {
	for state, want := range map[State]string{OK: "OK", Alarm: "ALARM", InsufficientData: "INSUFFICIENT_DATA"} {
		if state.String() != want {
			t.Errorf("%s, want %s", state, want)
		}
	}
}
