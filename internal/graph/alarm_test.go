package graph

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestActionsOfAlarm(t *testing.T) {
	const topics = "aws_sns_topic \"t\" {}\naws_sns_topic \"u\" {}\n"
	checkJoins(t, []joinCase{
		{"none", `
aws_cloudwatch_metric_alarm "a" {}
aws_cloudwatch_composite_alarm "c" { alarm_actions = [] }`, ``},
		{"two", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = [aws_sns_topic.u.arn, aws_sns_topic.t.arn] }`, `
aws_cloudwatch_metric_alarm.a action known aws_sns_topic.u
aws_cloudwatch_metric_alarm.a action known aws_sns_topic.t`},
		{"of a composite alarm", topics + `
aws_cloudwatch_composite_alarm "c" { alarm_actions = [aws_sns_topic.t.id] }`, `
aws_cloudwatch_composite_alarm.c action known aws_sns_topic.t`},
		{"what is set to nothing", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = [null, "", unset(), aws_sns_topic.t.arn] }`, `
aws_cloudwatch_metric_alarm.a action known aws_sns_topic.t`},
		{"a list that a variable decides", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = var.actions }`, `
aws_cloudwatch_metric_alarm.a action external`},
		{"a list that nobody sees", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = hidden() }`, `
aws_cloudwatch_metric_alarm.a action unknown`},
		{"a list that is unset", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = unset() }`, ``},
		{"one text where a list is wanted", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = aws_sns_topic.t.arn }`, `
aws_cloudwatch_metric_alarm.a action known aws_sns_topic.t`},
		{"one of two", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = [one(aws_sns_topic.t.arn, aws_sns_topic.u.arn)] }`, `
aws_cloudwatch_metric_alarm.a action inferred one of aws_sns_topic.t aws_sns_topic.u`},
		{"a function", topics + `
aws_cloudwatch_metric_alarm "a" { alarm_actions = [aws_lambda_function.f.arn] }`, `
aws_cloudwatch_metric_alarm.a action unknown foreign aws_lambda_function`},
		{"an action on an instance", `
aws_cloudwatch_metric_alarm "a" { alarm_actions = ["arn:aws:automate:us-east-1:ec2:stop"] }`, `
aws_cloudwatch_metric_alarm.a action external foreign automate`},
		{"those of another state", topics + `
aws_cloudwatch_metric_alarm "a" { ok_actions = [aws_sns_topic.t.arn] }`, ``},
	})
}

func TestActor(t *testing.T) {
	g := built(t, `
aws_cloudwatch_metric_alarm "a" { actions_enabled = false }
aws_cloudwatch_composite_alarm "c" { alarm_actions = hidden() }
`)
	for _, c := range []struct {
		what string
		got  resource.Value
		want string
	}{
		{"an alarm's actions are disabled", g.Alarms[0].ActionsEnabled, "false"},
		{"and it has none", g.Alarms[0].HasActions, "null"},
		{"a composite alarm's are enabled", g.Composites[0].ActionsEnabled, "true"},
		{"and nobody sees them", g.Composites[0].HasActions, "unknown"},
	} {
		if got := shown(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestAlarmArguments(t *testing.T) {
	a := built(t, `
aws_cloudwatch_metric_alarm "a" {
  alarm_name          = "denied"
  metric_name         = "Denied"
  namespace           = "Audit"
  unit                = "Count"
  dimensions          = { Region = "us-east-1" }
  extended_statistic  = "p99"
  period              = 300
  evaluation_periods  = 2
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
}`).Alarm("aws_cloudwatch_metric_alarm.a")
	for _, c := range []struct {
		what string
		got  resource.Value
		want string
	}{
		{"name", a.Name, "denied"},
		{"metric", a.Series.Name, "Denied"},
		{"namespace", a.Series.Namespace, "Audit"},
		{"unit", a.Series.Unit, "Count"},
		{"dimension", a.Series.Dimensions["Region"], "us-east-1"},
		{"statistic", a.Statistic, "null"},
		{"extended statistic", a.Extended, "p99"},
		{"period", a.Period, "300"},
		{"evaluation periods", a.Evaluation, "2"},
		{"datapoints", a.Datapoints, "1"},
		{"operator", a.Operator, "GreaterThanThreshold"},
		{"threshold", a.Threshold, "5"},
		{"missing data", a.MissingData, "missing"},
		{"low samples", a.LowSamples, "null"},
	} {
		if got := shown(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestQuery(t *testing.T) {
	a := built(t, `
aws_cloudwatch_metric_alarm "a" {
  metric_query {
    id          = "m1"
    account_id  = "999988887777"
    return_data = true
    metric {
      metric_name = "Denied"
      namespace   = "Audit"
      period      = 60
      stat        = "Sum"
      unit        = ""
      dimensions  = { Region = "us-east-1" }
    }
  }
  metric_query {
    id         = "e1"
    expression = "SUM(METRICS())"
  }
}`).Alarms[0]
	metric, math := a.Queries[0], a.Queries[1]
	for _, c := range []struct {
		what string
		got  resource.Value
		want string
	}{
		{"id", metric.ID, "m1"},
		{"account", metric.Account, "999988887777"},
		{"data", metric.ReturnData, "true"},
		{"metric", metric.Series.Name, "Denied"},
		{"namespace", metric.Series.Namespace, "Audit"},
		{"an empty unit is none", metric.Series.Unit, "null"},
		{"dimension", metric.Series.Dimensions["Region"], "us-east-1"},
		{"period", metric.Period, "60"},
		{"statistic", metric.Stat, "Sum"},
		{"no expression", metric.Expression, "null"},
		{"expression", math.Expression, "SUM(METRICS())"},
		{"no data", math.ReturnData, "false"},
		{"no account", math.Account, "null"},
	} {
		if got := shown(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if !metric.IsMetric || math.IsMetric {
		t.Error("only the first query is a metric")
	}
}

func TestCompositeAlarm(t *testing.T) {
	c := built(t, `
aws_cloudwatch_composite_alarm "c" {
  alarm_name = "any"
  alarm_rule = "ALARM(denied)"
  actions_suppressor {
    alarm = "maintenance"
  }
}`).Composites[0]
	if shown(c.Name) != "any" || shown(c.Rule) != "ALARM(denied)" || shown(c.Suppressor) != "maintenance" {
		t.Errorf("%v %v %v", c.Name, c.Rule, c.Suppressor)
	}
	if c := built(t, `aws_cloudwatch_composite_alarm "c" {}`).Composites[0]; !c.Suppressor.IsNull() {
		t.Errorf("nothing suppresses it: %v", c.Suppressor)
	}
}

func TestMuteRule(t *testing.T) {
	for arguments, want := range map[string]string{
		`mute_targets { alarm_names = ["denied"] }`: "denied",
		`mute_targets { alarm_names = var.names }`:  "unknown",
		`mute_targets {}`:                           "null",
		``:                                          "null",
	} {
		m := built(t, "aws_cloudwatch_alarm_mute_rule \"m\" {\n"+arguments+"\n}").MuteRules[0]
		if got := shown(m.Alarms.Get(0)); got != want {
			t.Errorf("%s: %s, want %s", arguments, got, want)
		}
	}
}

func TestTimesOfMuteRule(t *testing.T) {
	m := built(t, `
aws_cloudwatch_alarm_mute_rule "m" {
  expire_date = "2026-01-01T00:00"
  rule {
    schedule {
      expression = "cron(0 2 * * *)"
      duration   = "PT4H"
    }
  }
}`).MuteRules[0]
	if shown(m.Expression) != "cron(0 2 * * *)" || shown(m.Duration) != "PT4H" || shown(m.Expires) != "2026-01-01T00:00" {
		t.Errorf("%v %v %v", m.Expression, m.Duration, m.Expires)
	}
}

// Alarms over queries are told and not judged.
func TestOtherAlarms(t *testing.T) {
	g := built(t, `
aws_cloudwatch_metric_alarm "a" {}
aws_cloudwatch_metric_alarm "p" {
  evaluation_criteria {
    promql_criteria {
      query = "denied > 1"
    }
  }
}
aws_cloudwatch_log_alarm "l" {
  alarm_name    = "denied"
  alarm_actions = ["`+topicARN+`"]
}
`)
	if got := addresses(g.Other); got != "aws_cloudwatch_log_alarm.l aws_cloudwatch_metric_alarm.p" {
		t.Errorf("other: %q", got)
	}
	for id, want := range map[string]bool{"aws_cloudwatch_log_alarm.l": true, "aws_cloudwatch_metric_alarm.a": false, "aws_cloudwatch_metric_alarm.p": true} {
		if got := g.Alarm(id).OtherKind; (got != "") != want {
			t.Errorf("%s evaluates %q", id, got)
		}
	}
	if l := g.Alarm("aws_cloudwatch_log_alarm.l"); shown(l.Name) != "denied" || l.Actions[0].Only() != topicARN {
		t.Errorf("%+v", l)
	}
}

func TestWarmUpAndWindow(t *testing.T) {
	for _, c := range []struct {
		arguments, warmUp string
		wallClock         bool
	}{
		{"", "null", false},
		{"warm_up_configuration {\nwarm_up_period_duration_in_minutes = 10\n}", "10", false},
		{"evaluation_window {\nwall_clock_window {}\n}", "null", true},
		{"evaluation_window {\nsliding_window {}\n}", "null", false},
	} {
		a := built(t, "aws_cloudwatch_metric_alarm \"a\" {\n"+c.arguments+"\n}").Alarms[0]
		if got := shown(a.WarmUp); got != c.warmUp || a.WallClock != c.wallClock {
			t.Errorf("%s: warm-up %s, wall clock %v", c.arguments, got, a.WallClock)
		}
	}
}
