package alarm

import "testing"

// TestBreaches: at the threshold the two halves of an operator's name differ.
func TestBreaches(t *testing.T) {
	for name, want := range map[string][3]bool{ // below, at, above
		"GreaterThanThreshold":          {false, false, true},
		"GreaterThanOrEqualToThreshold": {false, true, true},
		"LessThanThreshold":             {true, false, false},
		"LessThanOrEqualToThreshold":    {true, true, false},
	} {
		for i, value := range []float64{0, 1, 2} {
			if got := operators[name].breaches(value, 1); got != want[i] {
				t.Errorf("%g %s 1: %t", value, name, got)
			}
		}
		for i, above := range []bool{false, true} { // values that come near the threshold
			if got := operators[name].breachesNear(1, above, 1); got != want[2*i] {
				t.Errorf("near 1, above %t, %s: %t", above, name, got)
			}
			for value, side := range map[float64]bool{0: want[0], 2: want[2]} {
				if got := operators[name].breachesNear(value, above, 1); got != side {
					t.Errorf("near %g, above %t, %s 1: %t", value, above, name, got)
				}
			}
		}
	}
}

// TestImage: a percentile rank counts the samples between its bounds, the upper one with
// them. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
func TestImage(t *testing.T) {
	rank, problem := parseExtended("PR(1:3)")
	if problem != "" {
		t.Fatal(problem)
	}
	for value, want := range map[float64]float64{0: 0, 1: 0, 2: 100, 3: 100, 4: 0} {
		if got := (question{statistic: rank}).image(value); got != want {
			t.Errorf("%g: %g, want %g", value, got, want)
		}
	}
}

// TestTrimsBurst: a mean cuts off the end of a burst only where a bound is inside.
func TestTrimsBurst(t *testing.T) {
	for text, want := range map[string][2]bool{ // the burst is low, high
		"tm99": {false, true}, "TM(1%:100%)": {true, false}, "TM(1%:99%)": {true, true}, "TM(0%:100%)": {false, false}, "p99": {false, false},
	} {
		s, problem := parseExtended(text)
		if problem != "" {
			t.Fatalf("%s: %s", text, problem)
		}
		for i, top := range []bool{false, true} {
			if got := (question{statistic: s}).trimsBurst(top); got != want[i] {
				t.Errorf("%s, top %t: %t", text, top, got)
			}
		}
	}
}

// TestSamplesNeeded: the published formula, from both sides of the median.
func TestSamplesNeeded(t *testing.T) {
	for text, want := range map[string]float64{"p90": 100, "p99": 1000, "p50": 20, "p10": 100, "p49": 20.408163} {
		s, problem := parseExtended(text)
		if problem != "" {
			t.Fatal(problem)
		}
		q := question{statistic: s}
		if q.LowSamples = "ignore"; q.samplesNeeded() != want {
			t.Errorf("%s: %g, want %g", text, q.samplesNeeded(), want)
		}
		if q.LowSamples = ""; q.samplesNeeded() != 0 {
			t.Errorf("%s: samples are needed where low counts are evaluated", text)
		}
	}
}
