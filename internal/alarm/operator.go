package alarm

// operator compares a data point with the threshold.
type operator struct {
	below  bool // the data point has to be below the threshold
	equals bool // or equal to it
	sign   string
}

// operators are those with a static threshold.
var operators = map[string]operator{
	"GreaterThanThreshold":          {sign: ">"},
	"GreaterThanOrEqualToThreshold": {equals: true, sign: ">="},
	"LessThanThreshold":             {below: true, sign: "<"},
	"LessThanOrEqualToThreshold":    {below: true, equals: true, sign: "<="},
}

// anomalyOperators compare with a band that CloudWatch learns from the metric's past.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
var anomalyOperators = map[string]bool{
	"LessThanLowerOrGreaterThanUpperThreshold": true,
	"LessThanLowerThreshold":                   true,
	"GreaterThanUpperThreshold":                true,
}

// breaches compares one value. Comparisons with NaN are false.
func (o operator) breaches(value, threshold float64) bool {
	switch {
	case o.equals && value == threshold:
		return true
	case o.below:
		return value < threshold
	}
	return value > threshold
}

// breachesNear compares values that come ever nearer to limit without reaching it, from above or from below, and asks
// whether the comparison holds all the way.
func (o operator) breachesNear(limit float64, above bool, threshold float64) bool {
	if limit != threshold {
		return o.breaches(limit, threshold)
	}
	return above != o.below
}
