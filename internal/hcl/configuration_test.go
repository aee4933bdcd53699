package hcl_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

// TestConfiguration holds what a plan of the code would have of it.
func TestConfiguration(t *testing.T) {
	doc := hcltest.ReadText(t, `
-- main.tf --
variable "names" {
  type    = list(string)
  default = ["1", "b"]
}
variable "none" { default = null }
resource "aws_cloudwatch_metric_alarm" "a" {
  count         = 1
  alarm_name    = "a"
  alarm_actions = [for n in var.names : "${n}-${aws_sns_topic.t.arn}"]
  metric_query { id = "m" }
  lifecycle { ignore_changes = [alarm_name] }
}
resource "aws_sns_topic" "t" { name = upper("t") }
module "m" {
  source = "./m"
  in     = true
}
output "o" { value = module.m.out }
-- m/main.tf --
variable "in" {}
output "out" { value = { a = 1 } }
`)
	blocks := map[string]string{}
	for _, b := range doc.Configuration() {
		var told []string
		for _, name := range []string{"count", "alarm_name", "alarm_actions", "name", "in", "value", "default", "lifecycle"} {
			if a, ok := b.Arguments[name]; ok {
				told = append(told, name+"="+a.Constant+strings.Join(a.References, ","))
			}
		}
		if queries, ok := b.Arguments["metric_query"]; ok {
			told = append(told, "metric_query="+queries.Blocks[0]["id"].Constant)
		}
		blocks[b.Address] = strings.Join(told, " ")
	}
	for address, want := range map[string]string{
		"aws_cloudwatch_metric_alarm.a": `count="1" alarm_name="a" alarm_actions=aws_sns_topic.t.arn,var.names metric_query="m"`,
		"aws_sns_topic.t":               `name=`,
		"module.m":                      `in="true"`,
		"module.m.output.out":           `value={"a":"1"}`,
		"output.o":                      `value=module.m.out`,
		"var.names":                     `default=["1","b"]`,
		"var.none":                      ``,
	} {
		if got, ok := blocks[address]; !ok || got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	if json := hcltest.ReadText(t, "-- main.tf.json --\n{\"resource\": {\"aws_sns_topic\": {\"t\": {}}}}\n"); json.Configuration() != nil {
		t.Error("JSON does not tell blocks from arguments")
	}
}

// TestValuesOfPlan: the values that a plan has are those of the variables.
func TestValuesOfPlan(t *testing.T) {
	doc := hcltest.ReadOptions(t, `
variable "name" { default = "code" }
variable "tags" { type = map(string) }
resource "aws_sns_topic" "t" {
  name = "${var.name}-${var.tags.a}"
}
`, hcl.Options{Values: map[string]any{"name": "plan", "tags": map[string]any{"a": "x"}, "other": 1}})
	hcltest.Check(t, doc, [][3]string{{"aws_sns_topic.t", "name", `"plan-x"`}})
}

// TestRemoved: what the code gives up and does not destroy still exists.
func TestRemoved(t *testing.T) {
	for block, gap := range map[string]string{
		"from = aws_sns_topic.old":          "aws_sns_topic.old is removed but not destroyed",
		"from = module.old":                 "module.old is removed but not destroyed",
		"from = module.old.aws_sns_topic.t": "module.old.aws_sns_topic.t is removed",
		"from = aws_instance.old":           "",
		"from = aws_sns_topic.old\n  lifecycle {\n    destroy = true\n  }":  "",
		"from = aws_sns_topic.old\n  lifecycle {\n    destroy = false\n  }": "aws_sns_topic.old is removed",
	} {
		doc := hcltest.ReadText(t, "removed {\n  "+block+"\n}\n")
		if (len(doc.Gaps) > 0) != (gap != "") || gap != "" && !strings.HasPrefix(doc.Gaps[0].Text, gap) {
			t.Errorf("%s: %v", block, doc.Gaps)
		}
	}
}
