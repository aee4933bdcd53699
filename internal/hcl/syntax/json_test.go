package syntax_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestJSONSyntax(t *testing.T) {
	doc := hcltest.ReadText(t, `
-- main.tf.json --
{
  "//": "a comment",
  "variable": {"names": {"type": "list(string)", "default": ["a", "b"]}},
  "locals": {"prefix": "x-${var.names[0]}"},
  "provider": {"aws": [{"region": "us-east-1"}, {"alias": "eu", "region": "eu-west-1"}]},
  "resource": {
    "aws_sns_topic": {"t": {"for_each": "${toset(var.names)}", "name": "${local.prefix}-${each.key}", "provider": "aws.eu"}},
    "aws_cloudwatch_log_metric_filter": {"f": {
      "name": "f", "pattern": "{ $.errorCode = \"AccessDenied*\" }", "log_group_name": "g",
      "metric_transformation": {"name": "N", "namespace": "S", "value": "1"}
    }},
    "aws_cloudwatch_metric_alarm": [{"a": {
      "alarm_name": "a", "threshold": 1, "actions_enabled": true,
      "alarm_actions": ["${aws_sns_topic.t[\"a\"].arn}", "${[for t in aws_sns_topic.t : t.arn][1]}"],
      "dynamic": {"metric_query": {"for_each": "${var.names}", "content": {"id": "${metric_query.value}", "metric": [{"metric_name": "N", "period": 60}]}}}
    }}, {"b": {
      "alarm_name": "b",
      "dynamic": [{"metric_query": [{"for_each": "${var.names}", "content": [{"id": "${metric_query.value}"}]}, {"for_each": ["c"], "content": {"id": "${metric_query.value}"}}]}]
    }}]
  },
  "output": {"o": {"value": "${aws_sns_topic.t}"}}
}
`)
	hcltest.Check(t, doc, [][3]string{
		{`aws_sns_topic.t["b"]`, "name", `"x-a-b"`},
		{"aws_cloudwatch_log_metric_filter.f", "metric_transformation.0.name", `"N"`},
		{"aws_cloudwatch_log_metric_filter.f", "pattern", `"{ $.errorCode = \"AccessDenied*\" }"`},
		{"aws_cloudwatch_metric_alarm.a", "alarm_actions", `[t["a"].arn t["b"].arn]`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.1.id", `"b"`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.1.metric.0.period", `60`},
		{"aws_cloudwatch_metric_alarm.a", "threshold", `1`},
		{"aws_cloudwatch_metric_alarm.b", "metric_query.1.id", `"b"`},
		{"aws_cloudwatch_metric_alarm.b", "metric_query.2.id", `"c"`},
	})
	if s := hcltest.Find(t, doc, `aws_sns_topic.t["a"]`).Scope; s.Provider != "aws.eu" || s.Region != "eu-west-1" {
		t.Errorf("%+v", s)
	}
	r := hcltest.Find(t, doc, "aws_cloudwatch_log_metric_filter.f")
	if p := r.Positions["pattern"]; p.Line != 9 || p.Column != 20 {
		t.Errorf("%+v", r.Positions)
	}
}
