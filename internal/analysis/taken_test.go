package analysis

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestTaken: AWS keeps resources of one name as one.
func TestTaken(t *testing.T) {
	const (
		other     = "aws_cloudwatch_metric_alarm.other"
		composite = "aws_cloudwatch_composite_alarm.denied-calls"
		filter    = "aws_cloudwatch_log_metric_filter.other"
		far       = "\n at = \"eu-west-1 111122223333\""
		account   = "\n at = \"us-east-1 444455556666\""
		perhaps   = "\n uncertain = \"the count is not known\""
		apart     = "region or account are not known to be the same"
		why       = ": the count is not known"
	)
	alarm := func(name string) string {
		return "\naws_cloudwatch_metric_alarm \"other\" {\n alarm_name = " + name + "\n}\n"
	}
	filtered := func(name, group string) string {
		return "\naws_cloudwatch_log_metric_filter \"other\" {\n name = " + name + "\n log_group_name = " + group + "\n pattern = \"x\"\n}\n"
	}
	alarms := func(state TakenState, reason string, resources ...string) []Taken {
		return []Taken{{"alarm", "alarm_name", resources, state, reason}}
	}
	filters := func(state TakenState, reason string, resources ...string) []Taken {
		return []Taken{{"metric_filter", "name", resources, state, reason}}
	}
	own := edits{`alarm_name          = "denied-calls"`, "alarm_name = var.name"}.of(t, complete)
	for name, c := range map[string]struct {
		world   string
		options []option
		want    []Taken
	}{
		"none":                           {complete, nil, nil},
		"two alarms":                     {complete + alarm(`"denied-calls"`), nil, alarms(TakenSure, "", theAlarm, other)},
		"two alarms of two names":        {complete + alarm(`"other"`), nil, nil},
		"two alarms of two regions":      {complete + alarm(`"denied-calls"`+far), nil, nil},
		"two alarms of two accounts":     {complete + alarm(`"denied-calls"`+account), nil, nil},
		"an alarm that may exist":        {complete + alarm(`"denied-calls"`+perhaps), nil, alarms(TakenUndecided, other+why, theAlarm, other)},
		"an alarm of some place":         {complete + alarm(`"denied-calls"`), []option{placeless(other)}, alarms(TakenApart, apart, theAlarm, other)},
		"two alarms of one variable":     {own + alarm("var.name"), nil, alarms(TakenSure, "", theAlarm, other)},
		"two alarms of two variables":    {own + alarm("var.other"), nil, nil},
		"two alarms that nobody names":   {edits{`alarm_name          = "denied-calls"`, ""}.of(t, complete) + alarm("null"), nil, nil},
		"two alarms of empty names":      {edits{`"denied-calls"`, `""`}.of(t, complete) + alarm(`""`), nil, nil},
		"an alarm and a composite alarm": {complete + over("denied-calls", `"ALARM(x)"`), nil, alarms(TakenSure, "", theAlarm, composite)},
		"an alarm that is read":          {complete + "data " + alarm(`"denied-calls"`)[1:], nil, nil},

		"two filters on one group":    {complete + filtered(`"denied"`, groupOfFilter), nil, filters(TakenSure, "", theFilter, filter)},
		"two filters on two groups":   {complete + filtered(`"denied"`, `"app"`), nil, nil},
		"two filters on some group":   {meeting("", "var.group").of(t, complete) + filtered(`"denied"`, "var.group"), nil, nil},
		"two filters of two names":    {complete + filtered(`"other"`, groupOfFilter), nil, nil},
		"a filter of an alarm's name": {complete + filtered(`"denied-calls"`, groupOfFilter), nil, nil},
		"a filter that may exist":     {complete + filtered(`"denied"`+perhaps, groupOfFilter), nil, filters(TakenUndecided, filter+why, theFilter, filter)},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, facts(t, c.world, c.options...).Taken, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	t.Run("two that are sure and one that may be", func(t *testing.T) {
		want := append(alarms(TakenSure, "", theAlarm, composite), alarms(TakenUndecided, other+why, theAlarm, other, composite)...)
		if diff := cmp.Diff(want, facts(t, complete+over("denied-calls", `"ALARM(x)"`)+alarm(`"denied-calls"`+perhaps)).Taken, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}

// TestTakenIsNotAlike: what shares its name is not as good as what has it for itself.
func TestTakenIsNotAlike(t *testing.T) {
	twin := func(name string) string {
		return edits{`"denied" {`, `"another" {`, `"denied-calls"`, name}.of(t, textOf(theAlarm))
	}
	world := edits{`"denied-calls"`, `"a"`}.of(t, complete)
	compareCandidates(t, facts(t, world+twin(`"b"`)), []string{"main trail denied another security 9"})
	compareCandidates(t, facts(t, world+twin(`"a"`)), []string{"main trail denied another security 9", "main trail denied denied security 9"})
}
