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
	return s.Decide(look(window, s.EvaluationPeriods), current)
}

// Sight holds the data points that an evaluation uses: the newest ones that are there, not more than evaluation
// periods.
type Sight struct {
	Real, Breaching int
	Oldest          int // age of the oldest breaching point, if all breach; the newest point of the range is 1 old
}

// Decide is State where the data points are counted already.
func (s Settings) Decide(seen Sight, current StateValue) StateValue {
	switch {
	case seen.Real == 0 && s.treatment() == "missing":
		return InsufficientData
	case seen.Real == 0 && s.treatment() == "ignore":
		return current
	case seen.Breaching+s.filled(seen) >= s.datapoints():
		return Alarm
	case seen.Real > seen.Breaching || s.treatment() == "breaching" || s.treatment() == "notBreaching":
		return OK
	case s.treatment() == "ignore":
		return current
	case seen.Oldest >= s.datapoints():
		return Alarm
	}
	return InsufficientData
}

// look walks from the newest point back until it has seen as many real points as periods.
func look(window []Point, periods int) Sight {
	var seen Sight
	for age := 1; age <= len(window) && seen.Real < periods; age++ {
		switch window[len(window)-age] {
		case Calm:
			seen.Real++
		case Breaching:
			seen.Real++
			seen.Breaching++
			seen.Oldest = age
		}
	}
	return seen
}

// filled returns how many missing points count as breaching.
func (s Settings) filled(seen Sight) int {
	if s.treatment() != "breaching" {
		return 0
	}
	return max(0, s.EvaluationPeriods-seen.Real)
}

// treatment is MissingData with its default.
func (s Settings) treatment() string {
	if s.MissingData == "" {
		return "missing"
	}
	return s.MissingData
}
