package alarm

// Point compares one data point with the threshold.
type Point byte

const (
	Missing   Point = '-'
	Calm      Point = '0' // real, not breaching
	Breaching Point = 'X'
)

// StateValue is an alarm's state, as the API spells it.
type StateValue string

const (
	OK               StateValue = "OK"
	Alarm            StateValue = "ALARM"
	InsufficientData StateValue = "INSUFFICIENT_DATA"
)

// Extra is how many data points more than the evaluation periods CloudWatch looks at, in case some are missing.
// AWS says that the number depends on period and resolution, and shows 5 points for 3 periods.
const Extra = 2

// State is one evaluation: the state that follows from the data points of the evaluation range, newest last.
//
// If there are as many real points as evaluation periods, the newest of them decide. Otherwise all real points count,
// and missing ones are filled in "only as few times as possible", as MissingData says. Under "missing" and "ignore"
// nothing is filled in; there, breaching points alone (none calm beside them) that are fewer than datapoints to alarm
// are a premature alarm: ALARM under "missing" once the oldest of them is as old as datapoints to alarm, else
// INSUFFICIENT_DATA; and no change under "ignore".
//
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
func State(window []Point, s Settings, current StateValue) StateValue {
	seen := look(window, s.EvaluationPeriods)
	switch {
	case seen.real == 0 && s.treatment() == "missing":
		return InsufficientData
	case seen.real == 0 && s.treatment() == "ignore":
		return current
	case seen.breaching+s.filled(seen) >= s.datapoints():
		return Alarm
	case seen.real > seen.breaching || s.treatment() == "breaching" || s.treatment() == "notBreaching":
		return OK
	case s.treatment() == "ignore":
		return current
	case seen.oldest >= s.datapoints():
		return Alarm
	}
	return InsufficientData
}

// sight holds the data points that an evaluation uses.
type sight struct {
	real, breaching int
	oldest          int // age of the oldest breaching point; the newest point of the range is 1 old
}

// look walks from the newest point back until it has seen as many real points as periods.
func look(window []Point, periods int) sight {
	var seen sight
	for age := 1; age <= len(window) && seen.real < periods; age++ {
		switch window[len(window)-age] {
		case Calm:
			seen.real++
		case Breaching:
			seen.real++
			seen.breaching++
			seen.oldest = age
		}
	}
	return seen
}

// filled returns how many missing points count as breaching.
func (s Settings) filled(seen sight) int {
	if s.treatment() != "breaching" {
		return 0
	}
	return max(0, s.EvaluationPeriods-seen.real)
}

// treatment is MissingData with its default.
func (s Settings) treatment() string {
	if s.MissingData == "" {
		return "missing"
	}
	return s.MissingData
}
