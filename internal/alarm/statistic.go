package alarm

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// statistic is one way to make a data point out of samples. All matching samples have one value and all default
// samples another, so that a data point is a function of two values and two counts.
//
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
type statistic struct {
	kind         kind
	name         string
	lower, upper float64 // percentile: upper; mean: percentages kept; rank: bounds, lower exclusive, upper inclusive
	winsorized   bool    // mean: what lies outside counts as the nearest value inside, instead of not at all
}

type kind int

const (
	sum kind = iota
	sampleCount
	mean // average, trimmed or winsorised: the middle of what is between lower and upper percent
	minimum
	maximum
	percentile // 0 < upper < 100
	rank       // percentage of samples within the bounds
)

// parseStatistic reads Statistic or Extended. The string says why it is no answerable statistic.
func parseStatistic(s Settings) (statistic, string) {
	if s.Extended != "" {
		return parseExtended(s.Extended)
	}
	switch s.Statistic {
	case "Sum":
		return statistic{kind: sum, name: "Sum"}, ""
	case "SampleCount":
		return statistic{kind: sampleCount, name: "SampleCount"}, ""
	case "Average":
		return statistic{kind: mean, name: "Average", upper: 100}, ""
	case "Minimum":
		return statistic{kind: minimum, name: "Minimum"}, ""
	case "Maximum":
		return statistic{kind: maximum, name: "Maximum"}, ""
	}
	return statistic{}, fmt.Sprintf("statistic %q does not exist", s.Statistic)
}

// parseExtended reads the short forms (p99, tm90, wm98), IQM and the forms with two bounds.
func parseExtended(text string) (statistic, string) {
	lower := strings.ToLower(strings.TrimSpace(text))
	if lower == "iqm" {
		return statistic{kind: mean, name: text, lower: 25, upper: 75}, ""
	}
	for _, head := range []string{"pr", "tm", "wm", "tc", "ts", "p"} {
		rest, found := strings.CutPrefix(lower, head)
		if !found {
			continue
		}
		st, ok := extended(head, rest)
		st.name = text
		if head == "tc" || head == "ts" {
			return st, fmt.Sprintf("AWS does not document what %s is for a few equal samples", text)
		}
		if ok {
			return st, ""
		}
		return st, fmt.Sprintf("extended statistic %q is not supported", text)
	}
	return statistic{}, fmt.Sprintf("extended statistic %q is not supported", text)
}

func extended(head, rest string) (statistic, bool) {
	if inner, found := strings.CutPrefix(rest, "("); found {
		inner, closed := strings.CutSuffix(inner, ")")
		return bounded(head, inner, closed)
	}
	percent, ok := parsePercent(rest)
	if !ok || head == "pr" {
		return statistic{}, false
	}
	if head != "p" {
		return statistic{kind: mean, upper: percent, winsorized: head == "wm"}, true
	}
	switch percent {
	case 0:
		return statistic{kind: minimum}, true
	case 100:
		return statistic{kind: maximum}, true
	}
	return statistic{kind: percentile, upper: percent}, true
}

// bounded reads the inside of TM(10%:90%), WM(:95%), PR(100:2000), PR(:300).
// Bounds in units of the metric for TM and WM are left undecided: a range without samples has no documented value.
func bounded(head, inner string, closed bool) (statistic, bool) {
	low, high, two := strings.Cut(inner, ":")
	if !closed || !two || head == "p" {
		return statistic{}, false
	}
	if head == "pr" {
		st := statistic{kind: rank, lower: math.Inf(-1), upper: math.Inf(1)}
		ok := parseBound(low, "", &st.lower) && parseBound(high, "", &st.upper)
		return st, ok && st.lower < st.upper
	}
	st := statistic{kind: mean, lower: 0, upper: 100, winsorized: head == "wm"}
	ok := parseBound(low, "%", &st.lower) && parseBound(high, "%", &st.upper)
	return st, ok && 0 <= st.lower && st.lower < st.upper && st.upper <= 100
}

// parseBound reads a number that ends in unit; an empty bound leaves into as it is.
func parseBound(text, unit string, into *float64) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return true
	}
	text, found := strings.CutSuffix(text, unit)
	if !found {
		return false
	}
	value, err := strconv.ParseFloat(text, 64)
	*into = value
	return err == nil && !math.IsNaN(value)
}

func parsePercent(text string) (float64, bool) {
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil && value >= 0 && value <= 100
}
