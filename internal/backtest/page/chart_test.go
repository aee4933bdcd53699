package page

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	cloudwatch "github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/backtest"
)

// TestBars compares bars and bands with the points and states of every minute.
func TestBars(t *testing.T) {
	for _, c := range []struct {
		settings cloudwatch.Settings
		lowest   bool
	}{
		{usual, false},
		{cloudwatch.Settings{Statistic: "Sum", Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 2, MissingData: "breaching", Operator: "LessThanThreshold"}, true},
		{cloudwatch.Settings{Statistic: "Sum", Period: 3600, EvaluationPeriods: 1, Threshold: 5, Operator: "GreaterThanThreshold"}, false},
	} {
		a := theWeek(t, c.settings, backtest.Options{}).Alarms[0]
		p := newPlotter(a, nil)
		period := int64(c.settings.Period / 60)
		for _, span := range [][3]int64{{p.from, p.to, p.bucket}, {p.from, p.from + minutesPerDay, p.period}, {p.to - minutesPerDay, p.to, p.period}} {
			from, to, bucket := span[0], span[1], span[2]
			if bucket%period != 0 || (to-from)/bucket > 1440 {
				t.Errorf("bars of %d minutes for a period of %d", bucket, period)
			}
			for i, got := range p.bars(from, to, bucket) {
				want := math.NaN()
				for at := from + int64(i)*bucket; at < from+int64(i+1)*bucket; at++ {
					if v, ok := a.Timeline.Point(at); ok && (math.IsNaN(want) || c.lowest && v < want || !c.lowest && v > want) {
						want = v
					}
				}
				if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
					t.Fatalf("%s: bar %d of %d minutes is %g, want %g", a.Settings, i, bucket, got, want)
				}
			}
		}
		day := p.to - 2*minutesPerDay
		if got, want := covered(t, p.inAlarm(day, day+minutesPerDay, p.period)), alarmMinutes(a.Timeline, day); got != want {
			t.Errorf("%s: %d minutes are shaded, want %d", a.Settings, got, want)
		}
	}
}

func alarmMinutes(tl replay.Timeline, day int64) (n int) {
	for at, state := range tl.States() {
		if at >= day && at < day+minutesPerDay && state == replay.Alarm {
			n++
		}
	}
	return n
}

// covered sums the widths of the rectangles of a path.
func covered(t *testing.T, path string) (n int) {
	t.Helper()
	for _, m := range regexp.MustCompile(`M\d+ 0h(\d+)V1000h-(\d+)z`).FindAllStringSubmatch(path, -1) {
		width, err := strconv.Atoi(m[1])
		if err != nil || m[1] != m[2] {
			t.Fatal(path)
		}
		n += width
	}
	return n
}

func TestBucketFor(t *testing.T) {
	for _, c := range []struct{ days, period, want int64 }{
		{1, 5, 5}, {7, 5, 15}, {7, 1, 15}, {31, 5, 60}, {31, 60, 60}, {92, 5, 180}, {365, 5, 720}, {3653, 5, 5 * minutesPerDay}, {1, 7, 7}, {31, 7, 63}, {31, 450, 450}, {3, minutesPerDay, minutesPerDay}, {700, 1, minutesPerDay},
	} {
		if got := bucketFor(c.days*minutesPerDay, c.period); got != c.want || c.days*minutesPerDay/got > maxBars {
			t.Errorf("%d days of periods of %d minutes: %d minutes, want %d", c.days, c.period, got, c.want)
		}
	}
}

// TestCaption: it says how long a period is, and how many of them a bar stands for.
func TestCaption(t *testing.T) {
	for _, c := range []struct {
		period, bucket int64
		want           string
	}{
		{5, 5, "Each bar is the largest data point of a period of 5 minutes. "},
		{7, 63, "Each bar is the largest data point of 63 minutes, which are 9 periods; the days below have a bar for each period. "},
		{7 * minutesPerDay, minutesPerDay, "Each bar is the largest data point of 24.0 hours; a period is 7.0 days. "},
	} {
		p := &plotter{alarm: backtest.Alarm{Period: int(c.period)}, period: min(c.period, minutesPerDay), bucket: c.bucket}
		if got := p.caption(); !strings.HasPrefix(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestScale: all values have room, levels are round and few, labels do not overlap.
func TestScale(t *testing.T) {
	line := func(f float64) *float64 { return &f }
	for _, c := range []struct {
		bars                []float64
		threshold, proposed *float64
		top, step           float64
	}{
		{nil, nil, nil, 1, 1}, {[]float64{math.NaN(), 1}, line(1), nil, 1, 1}, {[]float64{3}, line(1), line(4), 4, 1}, {[]float64{70}, line(1), line(13), 80, 20},
		{[]float64{0.3}, line(0.5), nil, 0.6, 0.2}, {[]float64{12345}, line(25), line(26), 15000, 5000}, {[]float64{-4}, line(-1), nil, 1, 1}, {[]float64{1e300}, nil, nil, 1e300, 5e299},
		{[]float64{math.Inf(1), 2}, line(2), line(2), 2, 1}, {[]float64{5e-324}, nil, nil, 5e-324, 5e-324}, {[]float64{math.MaxFloat64}, nil, nil, math.MaxFloat64, math.MaxFloat64},
	} {
		s := newScale(c.bars, c.threshold, c.proposed)
		if math.Abs(s.top-c.top) > c.top*1e-9 || math.Abs(s.step-c.step) > c.step*1e-9 {
			t.Errorf("%v: up to %g by %g, want %g by %g", c.bars, s.top, s.step, c.top, c.step)
		}
		var labels []float64
		for _, l := range s.levels(20, 100, c.threshold, c.proposed) {
			y, err := strconv.ParseFloat(l.Y, 64)
			if err != nil || y < 20 || y > 120 {
				t.Errorf("%v: a level at %s", c.bars, l.Y)
			}
			if at, err := strconv.ParseFloat(l.Label, 64); err == nil && l.Right {
				labels = append(labels, at)
			}
		}
		if len(labels) == 2 && labels[0]-labels[1] < 13 {
			t.Errorf("%v: labels at %v", c.bars, labels)
		}
	}
	if got := (scale{1000, 500}).path([]float64{math.NaN(), 0, 1, 500}, 5); got != "M10 1000v-12h4v12zM15 1000v-500h4v500z" {
		t.Error(got)
	}
}

func TestShort(t *testing.T) {
	for f, want := range map[float64]string{0: "0", 0.25: "0.25", 7500: "7500", 15000: "15k", 2_500_000: "2.5M", 3e9: "3G", 1e300: "1e+291G"} {
		if got := short(f); got != want {
			t.Errorf("%g: %s, want %s", f, got, want)
		}
	}
}

// TestGapsAreJoined: gaps that could not be told apart in a chart are one band.
func TestGapsAreJoined(t *testing.T) {
	a := theWeek(t, usual, backtest.Options{}).Alarms[0]
	var gaps []backtest.Gap
	for h := range 10 {
		gaps = append(gaps, backtest.Gap{From: fmt.Sprintf("2026-11-03T%02d:00:00Z", h*2), To: fmt.Sprintf("2026-11-03T%02d:00:00Z", h*2+1), Hours: 1, Proven: h%2 == 1})
	}
	c := newPlotter(a, gaps).day("x", newPlotter(a, nil).from+minutesPerDay, "a day")
	if len(c.Gaps) != 10 || c.Gaps[0].X != "0%" || c.Gaps[0].Width != "4.167%" || c.Gaps[4].Proven || !c.Gaps[5].Proven {
		t.Errorf("%+v", c.Gaps)
	}
	far := newPlotter(a, gaps)
	var wide chart
	far.from, far.to = far.from-400*minutesPerDay, far.to+400*minutesPerDay
	wide.addBands(far, far.from, far.to)
	if len(wide.Gaps) != 2 {
		t.Errorf("%d bands, want one of each kind", len(wide.Gaps))
	}
	if !strings.HasSuffix(string(c.Title), "a day") {
		t.Error(c.Title)
	}
}
