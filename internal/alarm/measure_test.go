package alarm

import (
	"math"
	"strings"
	"testing"
)

// TestMeasure: 100 samples of 0, 60 of 1, 39 of 5, 1 of 1000.
func TestMeasure(t *testing.T) {
	samples := []Sample{{0, 100}, {1, 60}, {5, 39}, {1000, 1}}
	for statistic, want := range map[string]float64{
		"Sum": 1255, "SampleCount": 200, "Average": 6.275, "Minimum": 0, "Maximum": 1000,
		"p0": 0, "p50": 0, "p50.1": 1, "p80": 1, "p80.5": 5, "p99.5": 5, "p99.6": 1000, "p100": 1000,
		"tm99.5": 255.0 / 199, "tm100": 6.275, "TM(50%:100%)": 12.55, "TM(50%:80%)": 1, "TM(:80%)": 60.0 / 160,
		"IQM": 50.0 / 100, "TM(99.9%:100%)": 1000, "TM(10.1%:10.2%)": 0, "TM(49.9999999999999%:50%)": 1,
		"wm99.5": 260.0 / 200, "WM(50%:80%)": 1, "WM(80%:)": (161*5.0 + 38*5 + 1000) / 200,
		"PR(0:5)": 49.5, "PR(:0)": 50, "PR(5:)": 0.5,
	} {
		s := cis(statisticIs(statistic))
		if strings.ContainsAny(statistic[:1], "ptwTIWP") {
			s = cis(extendedIs(statistic))
		}
		m, problem := NewMeasure(s)
		if problem != "" {
			t.Errorf("%s: %s", statistic, problem)
			continue
		}
		if got := m.Point(samples); got.Missing || math.Abs(got.Value-want) > 1e-12 {
			t.Errorf("%s: %+v, want %g", statistic, got, want)
		}
		if got := m.Point(nil); !got.Missing {
			t.Errorf("%s of nothing: %+v", statistic, got)
		}
	}
}

// TestMeasureRanks: shares that floating point cannot hold.
func TestMeasureRanks(t *testing.T) {
	for _, c := range []struct {
		percent      float64
		count        int64
		lower, upper int64
	}{
		{99.9, 1000, 1000, 999}, {90, 10, 10, 9}, {90, 11, 10, 10}, {70, 10, 8, 7}, {55, 100, 56, 55}, {0, 5, 1, 1}, {100, 5, 6, 5}, {0.1, 5, 1, 1}, {29, 100, 30, 29},
	} {
		if lower, upper := lowerRank(c.percent, c.count), upperRank(c.percent, c.count); lower != c.lower || upper != c.upper {
			t.Errorf("%g of %d: ranks %d and %d, want %d and %d", c.percent, c.count, lower, upper, c.lower, c.upper)
		}
	}
}

func TestMeasureMath(t *testing.T) {
	m, _ := NewMeasure(cis(func(s *Settings) {
		s.Math = func(p MathPoint) MathPoint {
			if p.Missing {
				return at(0)
			}
			return at(2 * p.Value)
		}
	}))
	if got := m.Point([]Sample{{3, 2}}); got != at(12) {
		t.Errorf("twice: %+v", got)
	}
	if got := m.Point(nil); got != at(0) {
		t.Errorf("filled: %+v", got)
	}
}

func TestMeasureCompares(t *testing.T) {
	m, _ := NewMeasure(cis(comparison("LessThan", 7), extendedIs("p99"), func(s *Settings) { s.LowSamples = "ignore" }))
	if !m.Breaches(2, 3) || m.Breaches(3, 3) {
		t.Error("the threshold of the call does not hold")
	}
	if m.SamplesNeeded != 1000 {
		t.Errorf("%g samples needed", m.SamplesNeeded)
	}
}

func TestMeasureRefuses(t *testing.T) {
	for want, change := range map[string]func(*Settings){
		"at least 1":        func(s *Settings) { s.EvaluationPeriods = 0 },
		"anomaly detection": comparison("LessThanLower", 1),
		"does not document": extendedIs("tc90"),
		`"Median"`:          statisticIs("Median"),
		"threshold NaN":     comparison("GreaterThan", math.NaN()),
	} {
		if _, problem := NewMeasure(cis(change)); !strings.Contains(problem, want) {
			t.Errorf("%q, want %q", problem, want)
		}
	}
}
