package alarm

import "math"

// question is one alarm with its statistic and operator understood.
type question struct {
	Settings
	series    Series
	statistic statistic
	operator  operator
}

// alone returns the data point of n matching samples and nothing else.
func (q question) alone(n int) float64 {
	switch q.statistic.kind {
	case sum:
		return float64(n) * q.series.Value
	case sampleCount:
		return float64(n)
	}
	return q.image(q.series.Value)
}

// image returns what the statistic makes of any number of samples of one value.
func (q question) image(value float64) float64 {
	if q.statistic.kind != rank {
		return value
	}
	if value > q.statistic.lower && value <= q.statistic.upper {
		return 100
	}
	return 0
}

// aloneBreaches reports whether a period with n matches and no other event breaches.
func (q question) aloneBreaches(n int) bool {
	return q.enoughSamples(n) && q.reaches(q.alone(n))
}

// busyBreaches reports whether a period with n matches breaches however much ordinary traffic emits the default value.
// Without traffic it is aloneBreaches; in between, every statistic runs monotonously from the one to the other.
func (q question) busyBreaches(n int) bool {
	value, base := q.image(q.series.Value), q.image(*q.series.Default)
	switch q.statistic.kind {
	case sum:
		return q.reaches(q.flood(float64(n) * q.series.Value))
	case sampleCount:
		return q.reaches(math.Inf(1))
	case minimum:
		return q.reaches(min(value, base))
	case maximum:
		return q.reaches(max(value, base))
	case percentile:
		return q.reaches(base)
	}
	if value == base || q.trimsBurst(value > base) {
		return q.reaches(base)
	}
	return q.operator.breachesNear(base, value > base, q.Threshold)
}

// trimsBurst: few samples at one end of very many are cut off (or pulled in) by bounds.
func (q question) trimsBurst(top bool) bool {
	if q.statistic.kind != mean {
		return false
	}
	return top && q.statistic.upper < 100 || !top && q.statistic.lower > 0
}

// flood adds default values without end to a sum.
func (q question) flood(start float64) float64 {
	switch base := *q.series.Default; {
	case base > 0:
		return math.Inf(1)
	case base < 0:
		return math.Inf(-1)
	}
	return start
}

// quietBreaches reports whether ordinary traffic breaches by itself, once there is enough of it.
func (q question) quietBreaches() bool {
	switch q.statistic.kind {
	case sum:
		return q.reaches(q.flood(0))
	case sampleCount:
		return q.reaches(math.Inf(1))
	}
	return q.reaches(q.image(*q.series.Default))
}

// enoughSamples: with LowSamples "ignore", a percentile of fewer than 10/(1-p) samples (10/p below the median) is not
// evaluated and the alarm stays as it is. "Between 0.5 (inclusive) and 1.00 (exclusive)": p100 is always evaluated.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
func (q question) enoughSamples(n int) bool { return float64(n) >= q.samplesNeeded() }

func (q question) samplesNeeded() float64 {
	if q.LowSamples != "ignore" || q.statistic.kind != percentile {
		return 0
	}
	share := q.statistic.upper / 100
	if share >= 0.5 {
		share = 1 - share
	}
	// Rounded: 10/(1-0.9) is 100.00000000000001 in floating point.
	return math.Round(10/share*1e6) / 1e6
}

// enough is larger than any threshold; expressions cannot handle infinity.
const enough = 1e15

// reaches reports whether a value of the statistic makes a data point that breaches.
func (q question) reaches(value float64) bool {
	if q.Math == nil {
		return q.operator.breaches(value, q.Threshold)
	}
	point := q.Math(MathPoint{Value: max(-enough, min(enough, value))})
	return !point.Missing && q.operator.breaches(point.Value, q.Threshold)
}

// silence returns the data point of a period without data.
func (q question) silence() MathPoint {
	if q.Math == nil {
		return MathPoint{Missing: true}
	}
	return q.Math(MathPoint{Missing: true})
}

// isErratic reports whether metric math lets a smaller burst breach and a larger one not, tested with some sizes. The alarm
// is then undecidable.
func (q question) isErratic() bool {
	if q.Math == nil {
		return false
	}
	before := false
	for n := 1; n <= MaxEvents; n += 1 + n/8 {
		now := q.breaches(n)
		if before && !now {
			return true
		}
		before = now
	}
	return false
}
