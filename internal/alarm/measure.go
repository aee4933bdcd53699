package alarm

import (
	"fmt"
	"math"
)

// A Sample is a value that was published Count times.
type Sample struct {
	Value float64
	Count int64
}

// A Measure makes data points of samples and compares them with thresholds.
type Measure struct {
	question question
	// SamplesNeeded is how many samples an evaluation needs to change the state: 0 unless low sample counts are ignored.
	SamplesNeeded float64
}

// NewMeasure returns the measure of an alarm. The string says why there is none.
func NewMeasure(s Settings) (Measure, string) {
	if invalid := s.invalid(); len(invalid) > 0 {
		return Measure{}, invalid[0].Text
	}
	st, unclear := parseStatistic(s)
	switch {
	case anomalyOperators[s.Operator]:
		return Measure{}, fmt.Sprintf("%s compares with an anomaly detection band that CloudWatch learns from past data", s.Operator)
	case unclear != "":
		return Measure{}, unclear
	case !finite(s.Threshold):
		return Measure{}, fmt.Sprintf("threshold %s is not a finite number", number(s.Threshold))
	}
	q := question{Settings: s, statistic: st, operator: operators[s.Operator]}
	return Measure{question: q, SamplesNeeded: q.samplesNeeded()}, ""
}

// Point returns the data point of a period. The samples are in rising order of their values.
func (m Measure) Point(samples []Sample) MathPoint {
	point := MathPoint{Missing: true}
	if len(samples) > 0 {
		point = number64(m.question.statistic.of(samples))
	}
	if m.question.Math != nil {
		point = m.question.Math(point)
	}
	return point
}

// Breaches compares a data point with a threshold.
func (m Measure) Breaches(value, threshold float64) bool {
	return m.question.operator.breaches(value, threshold)
}

// of computes the statistic of sorted samples.
//
// AWS does not say how it interpolates between samples. Here a percentile is the nearest rank: the smallest sample that
// is not exceeded by so many percent of all. The bounds of trimmed and winsorized means are such ranks, and belong to
// what is kept.
func (st statistic) of(samples []Sample) float64 {
	switch st.kind {
	case sum:
		return totalOf(samples)
	case sampleCount:
		return float64(countOf(samples))
	case minimum:
		return samples[0].Value
	case maximum:
		return samples[len(samples)-1].Value
	case percentile:
		return valueAt(samples, upperRank(st.upper, countOf(samples)))
	case rank:
		return st.share(samples)
	}
	return st.meanOf(samples)
}

func totalOf(samples []Sample) (total float64) {
	for _, s := range samples {
		total += s.Value * float64(s.Count)
	}
	return total
}

func countOf(samples []Sample) (count int64) {
	for _, s := range samples {
		count += s.Count
	}
	return count
}

// valueAt returns the sample of a rank; the smallest has rank 1.
func valueAt(samples []Sample, rank int64) float64 {
	for _, s := range samples {
		if rank -= s.Count; rank <= 0 {
			return s.Value
		}
	}
	return samples[len(samples)-1].Value
}

// roundoff is a larger share than floating point loses: 99.9 percent of 1,000 is rank 999.
const roundoff = 1e-12

// upperRank returns the rank of the last sample within percent of count, never none.
func upperRank(percent float64, count int64) int64 {
	return max(1, int64(math.Ceil(percent/100*float64(count)*(1-roundoff))))
}

// lowerRank returns the rank of the first sample beyond percent of count.
func lowerRank(percent float64, count int64) int64 {
	return 1 + int64(math.Floor(percent/100*float64(count)*(1+roundoff)))
}

// share returns the percentage of samples within the bounds.
func (st statistic) share(samples []Sample) float64 {
	var within int64
	for _, s := range samples {
		if s.Value > st.lower && s.Value <= st.upper {
			within += s.Count
		}
	}
	return 100 * float64(within) / float64(countOf(samples))
}

// meanOf averages what lies between the bounds.
func (st statistic) meanOf(samples []Sample) float64 {
	count := countOf(samples)
	first, last := lowerRank(st.lower, count), max(lowerRank(st.lower, count), upperRank(st.upper, count))
	var total float64
	var before int64 // samples below the present value
	for _, s := range samples {
		kept := min(before+s.Count, last) - max(before, first-1)
		total += s.Value * float64(max(0, kept))
		before += s.Count
	}
	if !st.winsorized {
		return total / float64(last-first+1)
	}
	total += valueAt(samples, first)*float64(first-1) + valueAt(samples, last)*float64(count-last)
	return total / float64(count)
}
