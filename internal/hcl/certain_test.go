package hcl_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

const anAlarm = "resource \"aws_cloudwatch_metric_alarm\" \"a\" {\n  "

// TestRefusedArguments holds what Terraform 1.11 and the provider aws refuse of
// the values of arguments.
func TestRefusedArguments(t *testing.T) {
	for _, tt := range []struct{ argument, want string }{
		{`alarm_actions = [[aws_sns_topic.t.arn]]`, `2:19: aws_cloudwatch_metric_alarm.a.alarm_actions: element 0: string required, but have tuple (alarm_actions takes a list of string)`},
		{`alarm_actions = [["x"]]`, `2:19: aws_cloudwatch_metric_alarm.a.alarm_actions: element 0: string required, but have tuple (alarm_actions takes a list of string)`},
		{`alarm_actions = [[var.unset]]`, `2:19: aws_cloudwatch_metric_alarm.a.alarm_actions: element 0: string required, but have tuple (alarm_actions takes a list of string)`},
		{`alarm_actions = aws_sns_topic.t.arn`, `2:19: aws_cloudwatch_metric_alarm.a.alarm_actions: list of string required, but have string (alarm_actions takes a list of string)`},
		{`alarm_actions = [aws_sns_topic.c[7].arn]`, `2:20: aws_cloudwatch_metric_alarm.a.alarm_actions: aws_sns_topic.c has no instance 7`},
		{`alarm_actions = [aws_sns_topic.f["z"].arn]`, `2:20: aws_cloudwatch_metric_alarm.a.alarm_actions: aws_sns_topic.f has no instance z`},
		{`alarm_actions = [local.names[3]]`, `2:31: aws_cloudwatch_metric_alarm.a.alarm_actions: invalid index (The given key does not identify an element in this collection value.)`},
		{`alarm_actions = [{ a = "b" }.c]`, `2:31: aws_cloudwatch_metric_alarm.a.alarm_actions: unsupported attribute (This object does not have an attribute named "c".)`},
		{`alarm_actions = module.mc[*].nope`, `2:31: aws_cloudwatch_metric_alarm.a.alarm_actions: unsupported attribute (This object does not have an attribute named "nope".)`},
		{`alarm_description = ["a"]`, `2:23: aws_cloudwatch_metric_alarm.a.alarm_description: string required, but have tuple (alarm_description takes a string)`},
		{`alarm_description = upper(["a"])`, `2:23: aws_cloudwatch_metric_alarm.a.alarm_description: upper: string required, but have tuple`},
		{`alarm_description = "a${null}"`, `2:27: aws_cloudwatch_metric_alarm.a.alarm_description: a null value in a template`},
		{`threshold = "x"`, `2:15: aws_cloudwatch_metric_alarm.a.threshold: a number is required (threshold takes a number)`},
		{`threshold = true`, `2:15: aws_cloudwatch_metric_alarm.a.threshold: number required, but have bool (threshold takes a number)`},
		{`threshold = "a" + 1`, `2:15: aws_cloudwatch_metric_alarm.a.threshold: invalid operand (Unsuitable value for left operand: a number is required.)`},
		{`threshold = 1 / 0`, `2:15: aws_cloudwatch_metric_alarm.a.threshold: a number that is infinite (something is divided by 0)`},
		{`threshold = convert("x", number)`, `2:23: aws_cloudwatch_metric_alarm.a.threshold: convert: a number is required`},
		{`threshold = convert("x", strng)`, `2:28: aws_cloudwatch_metric_alarm.a.threshold: invalid type specification (The keyword "strng" is not a valid type specification.)`},
		{`threshold = convert("x")`, `2:15: aws_cloudwatch_metric_alarm.a.threshold: convert: not a value and a type`},
		{`dimensions = { a = ["x"] }`, `2:16: aws_cloudwatch_metric_alarm.a.dimensions: element "a": string required, but have tuple (dimensions takes a map of string)`},
		{"metric_query {\n    id = [\"x\"]\n  }", `3:10: aws_cloudwatch_metric_alarm.a.metric_query: id: string required, but have tuple (id takes a string)`},
		{"dynamic \"metric_query\" {\n    for_each = [[1]]\n    content {\n      id = metric_query.value\n    }\n  }", `5:12: aws_cloudwatch_metric_alarm.a.metric_query: id: string required, but have tuple (id takes a string)`},

		{`alarm_actions = [aws_sns_topic.t.arn, "x", 1, null]`, ``},
		{`alarm_actions = null`, ``},
		{`alarm_actions = var.unset == "x" ? [aws_sns_topic.t.arn] : []`, ``},
		{`alarm_actions = [element([aws_sns_topic.t.arn], 5)]`, ``},
		{`alarm_actions = [module.gone.arns]`, ``},
		{`alarm_actions = [data.aws_region.here.whatever[3]]`, ``},
		{`alarm_actions = [try([][0], "x")]`, ``},
		{`alarm_description = file("absent.txt")`, ``},
		{`alarm_description = jsondecode(file("absent.json")).a`, ``},
		{`alarm_description = 5`, ``},
		{`alarm_description = tostring(true)`, ``},
		{`threshold = "1"`, ``},
		{`threshold = tonumber(var.unset)`, ``},
		{`threshold = split("-", data.aws_region.here.name)[5]`, ``},
		{`threshold = terraform.workspace`, ``},
		{`threshold = convert("1", number)`, ``},
		{`actions_enabled = "false"`, ``},
		{`dimensions = { a = 1, b = true }`, ``},
		{`of_a_newer_provider = [[1]]`, ``},
		{"metric_query {\n    id = 5\n  }", ``},
	} {
		got := strings.Join(hcltest.Refused(t, hcltest.Declarations+anAlarm+tt.argument+"\n}\n"), "; ")
		if got = strings.TrimPrefix(got, "main.tf:"); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.argument, got, tt.want)
		}
	}
}

// TestRefusedRepetition holds what Terraform refuses of count and for_each.
func TestRefusedRepetition(t *testing.T) {
	for _, tt := range []struct{ argument, want string }{
		{`count = -1`, `count is -1 (count takes a whole number from 0)`},
		{`count = 1.5`, `count is 1.5 (count takes a whole number from 0)`},
		{`count = "x"`, `count is x (count takes a whole number from 0)`},
		{`count = true`, `count is true (count takes a whole number from 0)`},
		{`count = null`, `count is null (count takes a whole number from 0)`},
		{`count = ["a"]`, `count is tuple (count takes a whole number from 0)`},
		{`count = [var.unset]`, `count is tuple (count takes a whole number from 0)`},
		{`count = local.names[3]`, `invalid index (The given key does not identify an element in this collection value.)`},
		{`for_each = ["a"]`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = local.names`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = [aws_sns_topic.t.arn]`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = [for n in local.names : n]`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = aws_sns_topic.c[*].arn`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = distinct(local.names)`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = aws_sns_topic.c`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = module.mc`, `for_each is a tuple (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = "a"`, `for_each is a string (for_each takes a map or a set of strings: toset(...))`},
		{`for_each = null`, `for_each is null (for_each takes a map or a set of strings)`},
		{`for_each = toset([1])`, `for_each is a set that holds a number (for_each takes a map or a set of strings: toset([for x in ... : tostring(x)]))`},
		{`count = "2"`, ``},
		{`count = length(local.names)`, ``},
		{`count = tonumber(var.unset)`, ``},
		{`count = data.aws_region.here.name == "x" ? 1 : 0`, ``},
		{`count = file("absent.txt")`, ``},
		{`for_each = toset(local.names)`, ``},
		{`for_each = convert(local.names, set(string))`, ``},
		{`for_each = convert([aws_sns_topic.t.name], set(string))`, ``},
		{`for_each = convert([aws_sns_topic.t.arn], set(string))`, ``},
		{`for_each = setunion(["a"], ["b"])`, ``},
		{`for_each = aws_sns_topic.f`, ``},
		{`for_each = module.mf`, ``},
		{`for_each = { for n in local.names : n => n }`, ``},
		{`for_each = toset([aws_sns_topic.t.arn])`, ``},
		{`for_each = module.gone.things`, ``},
	} {
		got := strings.Join(hcltest.Refused(t, hcltest.Declarations+"resource \"aws_sns_topic\" \"x\" {\n  "+tt.argument+"\n}\n"), "; ")
		if _, said, ok := strings.Cut(got, "aws_sns_topic.x: "); ok && strings.HasPrefix(got, "main.tf:2:") {
			got = said
		}
		if got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.argument, got, tt.want)
		}
	}
}
