package alarm

import (
	"fmt"
	"strconv"
)

// Code names a kind of reason; stable, kebab-case.
type Code string

// Why an alarm does not fire. Some of them come as warnings too, where the alarm fires in spite of them.
const (
	OperatorInverted        Code = "operator-inverted"            // few events raise it and many clear it
	ThresholdUnreachable    Code = "threshold-unreachable"        // no burst of up to MaxEvents reaches it
	ValueZero               Code = "value-zero"                   // matches leave no trace in the metric
	StatisticDiluted        Code = "statistic-diluted-by-default" // ordinary traffic drowns the burst
	SampleCountDefault      Code = "samplecount-counts-default"   // ordinary traffic is counted like matches
	SumFlooded              Code = "sum-flooded-by-default"       // ordinary traffic adds up to the threshold
	DefaultBreaches         Code = "default-breaches"             // one default value is enough
	MissingDataBreaching    Code = "missing-data-breaching"       // silence counts as breaching
	MathBreaches            Code = "math-breaches-in-silence"     // metric math breaches where nothing matches
	PermanentlyAlarm        Code = "permanently-alarm"            // never a transition
	NeedsSeveralPeriods     Code = "needs-several-periods"        // one burst is one data point
	PercentileLowSamples    Code = "percentile-low-samples"       // too few samples are not evaluated
	IgnoreKeepsAlarm        Code = "ignore-keeps-alarm"           // fires once, stays in ALARM
	HighResolution          Code = "high-resolution-period"       // metric filters publish per minute
	DatapointsExceedPeriods Code = "datapoints-exceed-periods"    // M > N
	PeriodsNotPositive      Code = "evaluation-periods-not-positive"
	DatapointsNegative      Code = "datapoints-not-positive"
	PeriodNotAllowed        Code = "period-not-allowed"
	WindowTooLong           Code = "evaluation-window-too-long"
	OperatorNotAllowed      Code = "operator-not-allowed"
	StatisticNotAllowed     Code = "statistic-not-allowed"
	StatisticMissing        Code = "statistic-missing"
	StatisticTwice          Code = "statistic-and-extended"
	MissingDataNotAllowed   Code = "missing-data-not-allowed"
	LowSamplesNotAllowed    Code = "low-samples-not-allowed"
)

// Reason is one typed cause with its numbers in plain words.
type Reason struct {
	Code Code
	Text string
}

func reason(code Code, format string, args ...any) Reason {
	return Reason{Code: code, Text: fmt.Sprintf(format, args...)}
}

// number prints a float as people write it: 1, 0.5, 1e+308.
func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
