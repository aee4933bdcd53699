package alarm

import "testing"

// The vendor's tables, row by row; columns are missing, ignore, breaching, notBreaching.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html and, for the rows marked
// "2019", the page as kept in awsdocs/amazon-cloudwatch-user-guide at 05fd32f6.
var vendorRows = []struct {
	window     string
	datapoints int // of 3
	want       [4]string
}{
	{"0-X-X", 3, [4]string{"OK", "OK", "OK", "OK"}},
	{"0----", 3, [4]string{"OK", "OK", "OK", "OK"}},
	{"-----", 3, [4]string{"INSUFFICIENT_DATA", "keep", "ALARM", "OK"}},
	{"0XX-X", 3, [4]string{"ALARM", "ALARM", "ALARM", "ALARM"}},
	{"--X--", 3, [4]string{"ALARM", "keep", "ALARM", "OK"}},
	{"----X", 3, [4]string{"INSUFFICIENT_DATA", "keep", "ALARM", "OK"}}, // 2019
	{"X----", 3, [4]string{"ALARM", "keep", "ALARM", "OK"}},             // 2019
	{"0-X-X", 2, [4]string{"ALARM", "ALARM", "ALARM", "ALARM"}},
	{"00X0X", 2, [4]string{"ALARM", "ALARM", "ALARM", "ALARM"}},
	{"0-X--", 2, [4]string{"OK", "OK", "ALARM", "OK"}},
	{"----0", 2, [4]string{"OK", "OK", "ALARM", "OK"}},
	{"---X-", 2, [4]string{"ALARM", "keep", "ALARM", "OK"}},
	{"----X", 2, [4]string{"INSUFFICIENT_DATA", "keep", "ALARM", "OK"}}, // 2019
}

var treatments = [4]string{"missing", "ignore", "breaching", "notBreaching"}

func TestStateFollowsVendorTables(t *testing.T) {
	for _, row := range vendorRows {
		for i, treatment := range treatments {
			s := Settings{EvaluationPeriods: 3, DatapointsToAlarm: row.datapoints, MissingData: treatment}
			for _, current := range []StateValue{OK, Alarm, InsufficientData} {
				want := StateValue(row.want[i])
				if want == "keep" {
					want = current
				}
				if got := State([]Point(row.window), s, current); got != want {
					t.Errorf("%s, %d of 3, %s, from %s: %s, want %s", row.window, row.datapoints, treatment, current, got, want)
				}
			}
		}
	}
}

// "the alarm does not go immediately into ALARM state when the data is either - - - - X or - - - X - and Datapoints to
// Alarm is 3", nor when the next data point is not breaching.
func TestStateAvoidsPrematureAlarm(t *testing.T) {
	s := Settings{EvaluationPeriods: 3, DatapointsToAlarm: 3}
	for _, window := range []string{"----X", "---X-", "---X0", "--X-0"} {
		if got := State([]Point(window), s, OK); got == Alarm {
			t.Errorf("%s: ALARM too early", window)
		}
	}
}

func TestStateDefaults(t *testing.T) {
	if got := State([]Point("-----"), Settings{EvaluationPeriods: 3}, OK); got != InsufficientData {
		t.Errorf("missing data treatment defaults to %s, want that of \"missing\"", got)
	}
	if got := State([]Point("00XX0"), Settings{EvaluationPeriods: 3}, OK); got != OK {
		t.Errorf("datapoints to alarm does not default to evaluation periods: %s", got)
	}
}
