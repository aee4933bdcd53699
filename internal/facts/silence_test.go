package facts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
)

const theRule = "aws_cloudwatch_alarm_mute_rule.night"

// muting returns a mute rule for the alarms of some names.
func muting(names, schedule, more string) string {
	return "\naws_cloudwatch_alarm_mute_rule \"night\" {\n mute_targets {\n alarm_names = [" + names + "]\n }\n rule {\n schedule {\n" + schedule + "\n }\n }\n" + more + "\n}\n"
}

// TestMuteRules: which of them name an alarm, and which of these never end.
func TestMuteRules(t *testing.T) {
	const (
		byName  = `"other", "denied-calls"`
		nightly = "expression = \"cron(0 22 * * *)\"\n duration = \"PT8H\""
		daily   = "expression = \"cron(0 0 * * *)\"\n duration = \"P1D\""
	)
	for name, c := range map[string]struct {
		rule            string
		muted, silenced bool
	}{
		"by name":                      {muting(byName, nightly, ""), true, false},
		"by reference":                 {muting(chaintest.TheAlarm+".alarm_name", nightly, ""), true, false},
		"another one":                  {muting(`"other"`, daily, ""), false, false},
		"another one by reference":     {muting("aws_cloudwatch_metric_alarm.other.alarm_name", daily, ""), false, false},
		"what nobody sees":             {muting("hidden()", daily, ""), false, false},
		"for good":                     {muting(byName, daily, ""), true, true},
		"until some day":               {muting(byName, daily, "expire_date = \"2030-01-01T00:00\""), true, false},
		"until a day to be seen later": {muting(byName, daily, "expire_date = var.end"), true, false},
		"in another region":            {muting(byName, daily, "at = \"eu-west-1 111122223333\""), false, false},
		"in a region to be seen later": {muting(byName, daily, ""), true, false},
		"for good, perhaps":            {muting(byName, daily, "uncertain = \"the count is not known\""), true, false},
		"from a time to be seen later": {muting(byName, "expression = var.when\n duration = \"P1D\"", ""), true, false},
		"for a time to be seen later":  {muting(byName, "expression = \"cron(0 0 * * *)\"\n duration = var.long", ""), true, false},
		"at times nobody understands":  {muting(byName, "expression = \"daily\"\n duration = \"P1D\"", ""), true, false},
	} {
		t.Run(name, func(t *testing.T) {
			options := []chaintest.Option{}
			if name == "in a region to be seen later" {
				options = append(options, chaintest.WithoutPlace(theRule))
			}
			got := chaintest.Build(t, chaintest.Complete+c.rule, options...).Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm]
			if slices.Contains(got.Muted, theRule) != c.muted || slices.Contains(got.Silenced, theRule) != c.silenced || got.Muted == nil || got.Silenced == nil {
				t.Errorf("muted by %v, for good by %v", got.Muted, got.Silenced)
			}
		})
	}
	t.Run("of an alarm without a name", func(t *testing.T) {
		d := chaintest.Build(t, chaintest.Edits{`alarm_name          = "denied-calls"`, ""}.Of(t, chaintest.Complete)+muting("null", daily, ""))
		if got := d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Muted; len(got) != 0 {
			t.Errorf("muted by %v", got)
		}
	})
	t.Run("of a composite alarm", func(t *testing.T) {
		actors := chaintest.Build(t, chaintest.Complete+chaintest.Over("any", `"ALARM(denied-calls)"`)+muting(`"any"`, nightly, "")).Alarms[chaintest.TheAlarm].Notifiers
		if len(actors[chaintest.TheAlarm].Muted) != 0 || !slices.Equal(actors[chaintest.ThroughAny].Muted, []string{theRule}) {
			t.Errorf("muted by %v, and %v", actors[chaintest.TheAlarm].Muted, actors[chaintest.ThroughAny].Muted)
		}
	})
}

// TestSuppressors: one that is in ALARM whenever the composite alarm goes off keeps it
// silent.
func TestSuppressors(t *testing.T) {
	const byRule = "aws_cloudwatch_composite_alarm.suppressor.alarm_name"
	for name, c := range map[string]struct {
		suppressor, rule string // the rule of a second composite alarm
		want             bool
	}{
		"the alarm itself":                        {`"denied-calls"`, "", true},
		"the alarm by its ARN":                    {`"arn:aws:cloudwatch:us-east-1:111122223333:alarm:denied-calls"`, "", true},
		"the alarm by reference":                  {chaintest.TheAlarm + ".arn", "", true},
		"the alarm of another region":             {`"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:denied-calls"`, "", false},
		"another alarm by reference":              {"aws_cloudwatch_metric_alarm.other.arn", "", false},
		"another alarm":                           {`"maintenance"`, "", false},
		"what nobody sees":                        {"hidden()", "", false},
		"one that goes off with it":               {`"suppressor"`, `"ALARM(denied-calls) OR ALARM(maintenance)"`, true},
		"one that goes off with it, by reference": {byRule, `"ALARM(denied-calls)"`, true},
		"one that is on for good":                 {`"suppressor"`, `"TRUE"`, true},
		"one that may go off with it":             {`"suppressor"`, `"ALARM(denied-calls) AND ALARM(maintenance)"`, false},
		"one that goes off with another":          {`"suppressor"`, `"ALARM(maintenance)"`, false},
		"one that is quiet then":                  {`"suppressor"`, `"NOT ALARM(denied-calls)"`, false},
		"one of a rule to be seen later":          {`"suppressor"`, `hidden()`, false},
		"one of a rule that is none":              {`"suppressor"`, `"ALARM(denied-calls"`, false},
		"one that is not meant":                   {`"maintenance"`, `"TRUE"`, false},
	} {
		t.Run(name, func(t *testing.T) {
			suppressed := strings.Replace(chaintest.Over("any", `"ALARM(denied-calls)"`), "alarm_actions", "actions_suppressor {\n alarm = "+c.suppressor+"\n }\n alarm_actions", 1)
			if c.rule != "" {
				suppressed += "\naws_cloudwatch_composite_alarm \"suppressor\" {\n alarm_name = \"suppressor\"\n alarm_rule = " + c.rule + "\n}\n"
			}
			actors := chaintest.Build(t, chaintest.Complete+suppressed).Alarms[chaintest.TheAlarm].Notifiers
			if got := actors[chaintest.ThroughAny]; got.Suppressed != c.want || got.Suppressor == "" {
				t.Errorf("by %q: %v", got.Suppressor, got.Suppressed)
			}
			if actors[chaintest.TheAlarm].Suppressed {
				t.Error("the alarm itself is suppressed")
			}
		})
	}
}
