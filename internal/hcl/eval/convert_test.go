package eval_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

// TestConvert holds that a conversion leaves each element its source.
func TestConvert(t *testing.T) {
	doc := hcltest.ReadText(t, `
resource "aws_sns_topic" "a" {}
resource "aws_sns_topic" "b" {}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_actions     = convert([aws_sns_topic.a.arn, aws_sns_topic.b.arn], set(string))
  ok_actions        = convert(toset(["x", "y"]), list(string))
  threshold         = convert("1", number)
  period            = core::convert(60, number)
  alarm_description = convert({ a = 1, b = [aws_sns_topic.a.arn] }, object({ a = string, b = set(string) })).a
  alarm_name        = convert({ b = [aws_sns_topic.a.arn] }, map(set(string)))["b"][0]
}
`)
	hcltest.Check(t, doc, [][3]string{
		{"aws_cloudwatch_metric_alarm.a", "alarm_actions", `[a.arn b.arn]`},
		{"aws_cloudwatch_metric_alarm.a", "ok_actions", `["x" "y"]`},
		{"aws_cloudwatch_metric_alarm.a", "threshold", `1`},
		{"aws_cloudwatch_metric_alarm.a", "period", `60`},
		{"aws_cloudwatch_metric_alarm.a", "alarm_description", `"1"`},
		{"aws_cloudwatch_metric_alarm.a", "alarm_name", `a.arn`},
	})
}
