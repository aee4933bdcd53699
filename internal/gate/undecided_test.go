package gate_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestUndecided: what a variable without a value decides is open, wherever it
// is in the chain. The oracle is the same code with the condition settled
// either way: one passes, one fails, and what may be both is neither.
func TestUndecided(t *testing.T) {
	const composite = `
resource "aws_cloudwatch_composite_alarm" "c" {
  alarm_name      = "c"
  alarm_rule      = "ALARM(denied)"
  actions_enabled = true
  alarm_actions   = [aws_sns_topic.s.arn]
}
`
	quiet := strings.Replace(alarming, "alarm_actions       = [aws_sns_topic.s.arn]", "", 1)
	inline := inlinePolicy("i", writing)
	whole := alarming + aTopic + aRole + inline
	over := quiet + composite + aTopic + aRole + inline
	admitting := alarming + aRole + inline + withTopicPolicy(publishing(`{ Service = "cloudwatch.amazonaws.com" }`, "aws_sns_topic.s.arn", ""))
	for name, c := range map[string]struct {
		code, argument, from, good, bad string
	}{
		"regions of the trail":         {whole, "is_multi_region_trail", "true", "true", "false"},
		"the trail's group":            {whole, "cloud_watch_logs_group_arn", `"${aws_cloudwatch_log_group.t.arn}:*"`, "", "null"},
		"the trail's role":             {whole, "cloud_watch_logs_role_arn", "aws_iam_role.t.arn", "", "null"},
		"whom the role trusts":         {whole, "assume_role_policy", trusts, "", strings.Replace(trusts, "cloudtrail", "lambda", 1)},
		"what the role may":            {whole, "policy", writing, "", reading},
		"an effect for the role":       {whole, `Effect`, `"Allow", Action = [`, `"Allow"`, `"Deny"`},
		"the group of the filter":      {whole, "log_group_name", "aws_cloudwatch_log_group.t.name", "", `"/other"`},
		"the pattern":                  {whole, "pattern", `"{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"`, "", `"{ $.errorCode = \"x\" }"`},
		"the value":                    {whole, "value", `"1"`, "", `"0"`},
		"the namespace of the alarm":   {whole, "namespace           ", `"S"`, "", `"T"`},
		"the metric of the alarm":      {whole, "metric_name", `"D"`, "", `"E"`},
		"the threshold":                {whole, "threshold", "1", "", "1000"},
		"the operator":                 {whole, "comparison_operator", `"GreaterThanOrEqualToThreshold"`, "", `"LessThanThreshold"`},
		"the actions":                  {whole, "alarm_actions", "[aws_sns_topic.s.arn]", "", "[]"},
		"the topic of a subscription":  {whole, "topic_arn", "aws_sns_topic.s.arn", "", `"arn:aws:sns:us-east-1:111122223333:other"`},
		"the protocol":                 {whole, "protocol", `"email"`, "", `"application"`},
		"the rule of a composite":      {over, "alarm_rule", `"ALARM(denied)"`, "", `"ALARM(other)"`},
		"the actions of a composite":   {over, "alarm_actions", "[aws_sns_topic.s.arn]", "", "[]"},
		"whether a composite acts":     {over, "actions_enabled", "true", "", "false"},
		"whom the topic admits":        {admitting, "Service", `"cloudwatch.amazonaws.com"`, "", `"events.amazonaws.com"`},
		"for what the topic admits":    {admitting, "Resource", "aws_sns_topic.s.arn", "", `"arn:aws:sns:us-east-1:111122223333:other"`},
		"what the topic lets it do":    {admitting, "Action", `"sns:Publish"`, "", `"sns:Subscribe"`},
		"the policy of the topic":      {admitting, "policy", publishing(`{ Service = "cloudwatch.amazonaws.com" }`, "aws_sns_topic.s.arn", ""), "", publishing(`{ Service = "events.amazonaws.com" }`, "aws_sns_topic.s.arn", "")},
		"an alarm_name that is listed": {over, "alarm_name         ", `"denied"`, "", `"other"`},
	} {
		t.Run(name, func(t *testing.T) {
			good := c.good
			if good == "" {
				good = c.from
			}
			written := occurrence(t, c.code, c.argument, c.from)
			for condition, want := range map[string]verdict.Verdict{"true": verdict.Pass, "false": verdict.Fail, "var.unset": verdict.Unknown} {
				rest := strings.TrimPrefix(c.from, good)
				expr := c.argument + " = (" + condition + " ? " + good + " : " + c.bad + ")" + rest
				got := judgeText(t, strings.Replace(c.code, written, expr, 1))
				if got.Verdict != want {
					t.Errorf("%s = %s ? %s : %s: %s, want %s\n%s", c.argument, condition, good, c.bad, got.Verdict, want, pretty(got))
				}
			}
		})
	}
}

// occurrence finds an argument with its value, however many blanks are between.
func occurrence(t *testing.T, code, argument, value string) string {
	t.Helper()
	for blanks := range 30 {
		if text := argument + strings.Repeat(" ", blanks) + "= " + value; strings.Contains(code, text) {
			return text
		}
	}
	t.Fatalf("no %s = %s in the code", argument, value)
	return ""
}

// TestOpenLists: what a list is sure to hold it holds, whatever else may be in it;
// which element is the first is another question.
func TestOpenLists(t *testing.T) {
	rest := aTopic + aRole + inlinePolicy("i", writing)
	actions := "alarm_actions       = [aws_sns_topic.s.arn]"
	for expr, want := range map[string]verdict.Verdict{
		"concat([aws_sns_topic.s.arn], var.more)":             verdict.Pass,
		"sort(concat(var.more, [aws_sns_topic.s.arn]))":       verdict.Pass,
		"reverse(concat(var.more, [aws_sns_topic.s.arn]))":    verdict.Pass,
		"distinct(concat(var.more, [aws_sns_topic.s.arn]))":   verdict.Pass,
		"setunion(var.more, [aws_sns_topic.s.arn])":           verdict.Pass,
		"[sort([var.unset, aws_sns_topic.s.arn])[0]]":         verdict.Unknown,
		"[sort(concat(var.more, [aws_sns_topic.s.arn]))[0]]":  verdict.Unknown,
		"slice(sort(concat(var.more, [\"a\", \"b\"])), 0, 1)": verdict.Unknown,
		"var.more": verdict.Unknown,
		"[for a in [aws_sns_topic.s.arn] : a if a != var.unset]":  verdict.Unknown,
		"[for a in concat(var.more, [aws_sns_topic.s.arn]) : a ]": verdict.Pass,
	} {
		if got := judgeText(t, strings.Replace(alarming, actions, "alarm_actions = "+expr, 1)+rest); got.Verdict != want {
			t.Errorf("%s: %s, want %s\n%s", expr, got.Verdict, want, pretty(got))
		}
	}
	quiet := strings.Replace(alarming, actions, "", 1)
	for rule, want := range map[string]verdict.Verdict{
		`"ALARM(denied)"`: verdict.Pass, `"ALARM(denied) AND ALARM(${var.unset})"`: verdict.Unknown, `var.unset`: verdict.Unknown,
		`"${var.unset} OR ALARM(denied)"`: verdict.Unknown, `"ALARM(${var.unset})"`: verdict.Unknown,
		`join(" OR ", [for n in concat(["denied"], var.more) : "ALARM(${n})"])`:     verdict.Unknown,
		`join(" OR ", formatlist("ALARM(%s)", ["denied", "other"]))`:                verdict.Pass,
		`join(" AND ", formatlist("ALARM(%s)", concat(["denied"], ["other"])))`:     verdict.Fail,
		`"ALARM(${aws_cloudwatch_metric_alarm.d.arn})"`:                             verdict.Pass,
		`"ALARM(${aws_cloudwatch_metric_alarm.d.arn}-old)"`:                         verdict.Fail,
		`"ALARM(arn:aws:cloudwatch:us-east-1:${var.unset}:alarm:denied)"`:           verdict.Unknown,
		`"ALARM(${data.aws_caller_identity.c.account_id == "1" ? "a" : "denied"})"`: verdict.Pass,
	} {
		composite := "resource \"aws_cloudwatch_composite_alarm\" \"c\" {\n alarm_name = \"c\"\n alarm_rule = " + rule + "\n alarm_actions = [aws_sns_topic.s.arn]\n}\n"
		if got := judgeText(t, quiet+composite+rest); got.Verdict != want {
			t.Errorf("%s: %s, want %s\n%s", rule, got.Verdict, want, pretty(got))
		}
	}
}
