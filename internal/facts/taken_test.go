package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
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
		apart     = "their regions or accounts are not known to be the same"
		why       = ": the count is not known"
	)
	alarm := func(name string) string {
		return "\naws_cloudwatch_metric_alarm \"other\" {\n alarm_name = " + name + "\n}\n"
	}
	filtered := func(name, group string) string {
		return "\naws_cloudwatch_log_metric_filter \"other\" {\n name = " + name + "\n log_group_name = " + group + "\n pattern = \"x\"\n}\n"
	}
	alarms := func(state document.TakenState, reason string, resources ...string) []document.Taken {
		return []document.Taken{{Link: "alarm", Attribute: "alarm_name", Resources: resources, State: state, Reason: reason}}
	}
	filters := func(state document.TakenState, reason string, resources ...string) []document.Taken {
		return []document.Taken{{Link: "metric_filter", Attribute: "name", Resources: resources, State: state, Reason: reason}}
	}
	own := chaintest.Edits{`alarm_name          = "denied-calls"`, "alarm_name = var.name"}.Of(t, chaintest.Complete)
	for name, c := range map[string]struct {
		world   string
		options []chaintest.Option
		want    []document.Taken
	}{
		"none":                           {chaintest.Complete, nil, nil},
		"two alarms":                     {chaintest.Complete + alarm(`"denied-calls"`), nil, alarms(document.TakenSure, "", chaintest.TheAlarm, other)},
		"two alarms of two names":        {chaintest.Complete + alarm(`"other"`), nil, nil},
		"two alarms of two regions":      {chaintest.Complete + alarm(`"denied-calls"`+far), nil, nil},
		"two alarms of two accounts":     {chaintest.Complete + alarm(`"denied-calls"`+account), nil, nil},
		"an alarm that may exist":        {chaintest.Complete + alarm(`"denied-calls"`+perhaps), nil, alarms(document.TakenUndecided, other+why, chaintest.TheAlarm, other)},
		"an alarm of some place":         {chaintest.Complete + alarm(`"denied-calls"`), []chaintest.Option{chaintest.WithoutPlace(other)}, alarms(document.TakenApart, apart, chaintest.TheAlarm, other)},
		"the one alarm, of some place":   {chaintest.Complete, []chaintest.Option{chaintest.WithoutPlace(chaintest.TheAlarm)}, nil},
		"two alarms of one variable":     {own + alarm("var.name"), nil, alarms(document.TakenSure, "", chaintest.TheAlarm, other)},
		"two alarms of two variables":    {own + alarm("var.other"), nil, nil},
		"two alarms that nobody names":   {chaintest.Edits{`alarm_name          = "denied-calls"`, ""}.Of(t, chaintest.Complete) + alarm("null"), nil, nil},
		"two alarms of empty names":      {chaintest.Edits{`"denied-calls"`, `""`}.Of(t, chaintest.Complete) + alarm(`""`), nil, nil},
		"an alarm and a composite alarm": {chaintest.Complete + chaintest.Over("denied-calls", `"ALARM(x)"`), nil, alarms(document.TakenSure, "", chaintest.TheAlarm, composite)},
		"an alarm that is read":          {chaintest.Complete + "data " + alarm(`"denied-calls"`)[1:], nil, nil},

		"two filters on one group":    {chaintest.Complete + filtered(`"denied"`, chaintest.GroupOfFilter), nil, filters(document.TakenSure, "", chaintest.TheFilter, filter)},
		"two filters on two groups":   {chaintest.Complete + filtered(`"denied"`, `"app"`), nil, nil},
		"two filters on some group":   {chaintest.Meeting("", "var.group").Of(t, chaintest.Complete) + filtered(`"denied"`, "var.group"), nil, nil},
		"two filters of two names":    {chaintest.Complete + filtered(`"other"`, chaintest.GroupOfFilter), nil, nil},
		"a filter of an alarm's name": {chaintest.Complete + filtered(`"denied-calls"`, chaintest.GroupOfFilter), nil, nil},
		"a filter that may exist":     {chaintest.Complete + filtered(`"denied"`+perhaps, chaintest.GroupOfFilter), nil, filters(document.TakenUndecided, filter+why, chaintest.TheFilter, filter)},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, chaintest.Build(t, c.world, c.options...).Taken, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	t.Run("two that are sure and one that may be", func(t *testing.T) {
		want := append(alarms(document.TakenSure, "", chaintest.TheAlarm, composite), alarms(document.TakenUndecided, other+why, chaintest.TheAlarm, other, composite)...)
		if diff := cmp.Diff(want, chaintest.Build(t, chaintest.Complete+chaintest.Over("denied-calls", `"ALARM(x)"`)+alarm(`"denied-calls"`+perhaps)).Taken, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}
