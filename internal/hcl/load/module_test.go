package load_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestOverrides(t *testing.T) {
	doc := hcltest.ReadText(t, `
-- main.tf --
variable "period" { default = 300 }
locals { name = "a" }
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name = local.name
  period     = var.period
  metric_query { id = "one" }
  metric_query { id = "two" }
  lifecycle { ignore_changes = [period] }
}
module "m" {
  source = "./old"
  name   = "m"
}
-- a_override.tf --
variable "period" { default = 60 }
locals { name = "b" }
resource "aws_cloudwatch_metric_alarm" "a" {
  statistic = "Sum"
  metric_query { id = "three" }
}
module "m" { source = "./new" }
-- old/m.tf --
variable "name" {}
-- new/m.tf --
variable "name" {}
resource "aws_sns_topic" "t" { name = var.name }
`)
	hcltest.Check(t, doc, [][3]string{
		{"aws_cloudwatch_metric_alarm.a", "alarm_name", `"b"`},
		{"aws_cloudwatch_metric_alarm.a", "period", `60`},
		{"aws_cloudwatch_metric_alarm.a", "statistic", `"Sum"`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.0.id", `"three"`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.1", `null`},
		{"module.m.aws_sns_topic.t", "name", `"m"`},
	})
}

func TestModules(t *testing.T) {
	doc := hcltest.ReadOptions(t, `
-- live/prod/main.tf --
module "alarms" {
  for_each = toset(["a"])
  source   = "../../modules/alarms"
  topic    = "arn"
}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws//modules/x"
  version = "1.0"
}
module "git" {
  source = "git::https://example.com/m.git"
}
module "elsewhere" {
  source = "../../../outside"
}
module "none" {
  count  = 0
  source = "../../modules/alarms"
  topic  = "arn"
}
resource "aws_sns_topic" "t" {
  name = module.vpc.name
}
-- live/prod/.terraform/modules/modules.json --
{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"vpc","Source":"registry.terraform.io/terraform-aws-modules/vpc/aws//modules/x","Version":"1.0","Dir":".terraform/modules/vpc/modules/x"}]}
-- live/prod/.terraform/modules/vpc/modules/x/main.tf --
module "deep" { source = "./deep" }
output "name" { value = module.deep.name }
-- live/prod/.terraform/modules/vpc/modules/x/deep/main.tf --
resource "aws_cloudwatch_log_group" "g" { name = "deep" }
output "name" { value = aws_cloudwatch_log_group.g.name }
-- modules/alarms/main.tf --
variable "topic" {}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name    = "a"
  alarm_actions = [var.topic]
}
`, hcl.Options{Dir: "live/prod"})
	want := []string{`aws_sns_topic.t`, `module.alarms["a"].aws_cloudwatch_metric_alarm.a`, `module.vpc.module.deep.aws_cloudwatch_log_group.g`}
	if !slices.Equal(hcltest.Addresses(doc), want) {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
	if len(doc.Gaps) != 2 || !strings.Contains(doc.Gaps[0].Text, "git::https://example.com/m.git is not installed. Run terraform init") ||
		!strings.Contains(doc.Gaps[1].Text, "module.elsewhere") || !strings.Contains(doc.Gaps[1].Text, "outside the directories that iacgate reads") {
		t.Errorf("gaps %q", doc.Gaps)
	}
	if got := hcltest.Describe(hcltest.Find(t, doc, "aws_sns_topic.t").Attr("name")); got != `"deep"` {
		t.Error(got)
	}
	r := hcltest.Find(t, doc, want[1])
	if !strings.HasSuffix(r.Position.File, "modules/alarms/main.tf") || r.Position.Line != 2 || r.Positions["alarm_actions.0"].Column != 20 {
		t.Errorf("%+v %+v", r.Position, r.Positions)
	}
	if p := r.Positions[`module.alarms["a"]`]; !strings.HasSuffix(p.File, "live/prod/main.tf") || p.Line != 1 {
		t.Errorf("call %+v", p)
	}
}

func TestMissingModule(t *testing.T) {
	doc := hcltest.ReadText(t, `
module "topic" { source = "terraform-aws-modules/sns/aws" }
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_actions = [module.topic.topic_arn]
}
`)
	if got := hcltest.Describe(hcltest.Find(t, doc, "aws_cloudwatch_metric_alarm.a").Attr("alarm_actions", 0)); got != "opaque(module.topic.topic_arn)" {
		t.Error(got)
	}
	if len(doc.Gaps) != 1 || !strings.Contains(doc.Gaps[0].Text, "Run terraform init") {
		t.Errorf("%q", doc.Gaps)
	}
}
