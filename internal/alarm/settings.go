package alarm

// The longest an alarm may look back, in seconds: a day, or seven days with periods of an hour and more.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
const (
	day  = 86_400
	week = 604_800
	hour = 3_600
)

// invalid lists what PutMetricAlarm refuses.
func (s Settings) invalid() []Reason {
	var out []Reason
	out = append(out, s.invalidWindow()...)
	out = append(out, s.invalidWords()...)
	return out
}

func (s Settings) invalidWindow() []Reason {
	var out []Reason
	if s.EvaluationPeriods < 1 {
		out = append(out, reason(PeriodsNotPositive, "evaluation periods must be at least 1, got %d", s.EvaluationPeriods))
	}
	if s.DatapointsToAlarm < 0 {
		out = append(out, reason(DatapointsNegative, "datapoints to alarm must be at least 1, got %d", s.DatapointsToAlarm))
	}
	if s.EvaluationPeriods >= 1 && s.DatapointsToAlarm > s.EvaluationPeriods {
		out = append(out, reason(DatapointsExceedPeriods, "datapoints to alarm (%d) is more than evaluation periods (%d)",
			s.DatapointsToAlarm, s.EvaluationPeriods))
	}
	if !s.periodAllowed() {
		return append(out, reason(PeriodNotAllowed, "period must be 10, 20, 30 or a multiple of 60 seconds, got %d", s.Period))
	}
	limit := day
	if s.Period >= hour {
		limit = week
	}
	// Divided, not multiplied: the product of hostile numbers overflows.
	if s.EvaluationPeriods > limit/s.Period {
		out = append(out, reason(WindowTooLong, "%d periods of %d seconds are longer than %d seconds",
			s.EvaluationPeriods, s.Period, limit))
	}
	return out
}

func (s Settings) periodAllowed() bool {
	return s.highResolution() || s.Period > 0 && s.Period%60 == 0
}

func (s Settings) highResolution() bool {
	return s.Period == 10 || s.Period == 20 || s.Period == 30
}

func (s Settings) invalidWords() []Reason {
	var out []Reason
	if _, known := operators[s.Operator]; !known && !anomalyOperators[s.Operator] {
		out = append(out, reason(OperatorNotAllowed, "comparison operator %q does not exist", s.Operator))
	}
	switch s.MissingData {
	case "", "missing", "ignore", "breaching", "notBreaching":
	default:
		out = append(out, reason(MissingDataNotAllowed, "missing data treatment %q does not exist", s.MissingData))
	}
	switch s.LowSamples {
	case "", "evaluate", "ignore":
	default:
		out = append(out, reason(LowSamplesNotAllowed, "low sample treatment %q does not exist", s.LowSamples))
	}
	switch {
	case s.Statistic != "" && s.Extended != "":
		out = append(out, reason(StatisticTwice, "both statistic %q and extended statistic %q are set", s.Statistic, s.Extended))
	case s.Statistic == "" && s.Extended == "":
		out = append(out, reason(StatisticMissing, "neither a statistic nor an extended statistic is set"))
	}
	return out
}
