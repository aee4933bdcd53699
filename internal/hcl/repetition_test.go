package hcl_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestUnsettledInstances(t *testing.T) {
	doc := hcltest.ReadText(t, `
variable "create" { type = bool }
variable "names" { type = set(string) }
resource "aws_sns_topic" "c" {
  count = var.create ? 1 : 0
}
resource "aws_sns_topic" "e" {
  for_each = var.names
  name     = each.key
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_actions = concat(aws_sns_topic.c[*].arn, [aws_sns_topic.e["x"].arn])
}
`)
	if want := []string{"aws_cloudwatch_metric_alarm.a", "aws_sns_topic.c[*]", "aws_sns_topic.e[*]"}; !slices.Equal(hcltest.Addresses(doc), want) {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
	if hcltest.Find(t, doc, "aws_cloudwatch_metric_alarm.a").Uncertain != "" || hcltest.Find(t, doc, "aws_sns_topic.e[*]").Uncertain == "" {
		t.Error("what exists is not told from what may")
	}
	if why := hcltest.Find(t, doc, "aws_sns_topic.c[*]").Uncertain; !strings.HasSuffix(why, "main.tf:4) are not known: var.create has no value (--var create=VALUE, --var-file or a default)") {
		t.Errorf("%q", why)
	}
	if got := hcltest.Describe(hcltest.Find(t, doc, "aws_cloudwatch_metric_alarm.a").Attr("alarm_actions")); got != "[c[*].arn e[*].arn]" {
		t.Error(got)
	}
	if got := hcltest.Describe(hcltest.Find(t, doc, "aws_sns_topic.e[*]").Attr("name")); got != "unset(var.names)" {
		t.Error(got)
	}
}
