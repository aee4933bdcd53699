package plan

import (
	"fmt"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// blockPlan reads a plan with one alarm; config is its expressions. The plan is
// ours, in the shape that Terraform writes.
func blockPlan(t *testing.T, typ, config, after, unknown string) *resource.Resource {
	t.Helper()
	doc := readText(t, fmt.Sprintf(`{"format_version": "1.2", "resource_changes": [
		{"address": "%[1]s.x", "mode": "managed", "type": "%[1]s", "name": "x",
		 "change": {"actions": ["create"], "after": {%[3]s}, "after_unknown": {%[4]s}}},
		{"address": "aws_sns_topic.a", "mode": "managed", "type": "aws_sns_topic", "name": "a", "change": {"actions": ["create"], "after": {}, "after_unknown": {"name": true}}},
		{"address": "aws_sns_topic.b", "mode": "managed", "type": "aws_sns_topic", "name": "b", "change": {"actions": ["create"], "after": {}, "after_unknown": {"name": true}}}],
		"configuration": {"root_module": {"resources": [
		{"address": "%[1]s.x", "mode": "managed", "type": "%[1]s", "name": "x", "expressions": {%[2]s}}]}}}`,
		typ, config, after, unknown))
	return find(t, doc.Resources, typ+".x")
}

const (
	nameOfA = `{"references": ["aws_sns_topic.a.name", "aws_sns_topic.a"]}`
	nameOfB = `{"references": ["aws_sns_topic.b.name", "aws_sns_topic.b"]}`
)

func TestBlocks(t *testing.T) {
	const filter, alarm = "aws_cloudwatch_log_metric_filter", "aws_cloudwatch_metric_alarm"
	a := origin{resource.Referenced, "aws_sns_topic.a.name", true, ""}
	b := origin{resource.Referenced, "aws_sns_topic.b.name", true, ""}
	tests := []struct {
		name, typ, config, after, unknown string
		path                              []any
		want                              origin
	}{
		{"block", filter, `"metric_transformation": [{"name": ` + nameOfA + `, "value": {"constant_value": "1"}}]`,
			`"metric_transformation": [{"value": "1"}]`, `"metric_transformation": [{"name": true}]`,
			[]any{"metric_transformation", 0, "name"}, a},
		{"block without the attribute", filter, `"metric_transformation": [{"value": {"constant_value": "1"}}]`,
			`"metric_transformation": [{"value": "1"}]`, `"metric_transformation": [{"unit": true}]`,
			[]any{"metric_transformation", 0, "unit"},
			origin{resource.Computed, filter + ".x.metric_transformation.0.unit", true, ""}},
		{"single object", filter, `"metric_transformation": {"name": ` + nameOfA + `}`,
			`"metric_transformation": {}`, `"metric_transformation": {"name": true}`,
			[]any{"metric_transformation", "name"}, a},
		{"map of blocks", filter, `"metric_transformation": {"k": {"name": ` + nameOfB + `}}`,
			`"metric_transformation": {"k": {}}`, `"metric_transformation": {"k": {"name": true}}`,
			[]any{"metric_transformation", "k", "name"}, b},
		{"dynamic block", filter, ``, `"metric_transformation": [{"value": "1"}]`, `"metric_transformation": [{"name": true}]`,
			[]any{"metric_transformation", 0, "name"},
			origin{resource.Local, "", false, `dynamic "metric_transformation"`}},
		{"dynamic block of unknown length", alarm, ``, ``, `"metric_query": true`, []any{"metric_query"},
			origin{resource.Local, "", false, `dynamic "metric_query"`}},
		{"unset block that the provider fills in", "aws_iam_role", ``, ``, `"inline_policy": true`, []any{"inline_policy"},
			origin{resource.Computed, "aws_iam_role.x.inline_policy", true, ""}},
		{"set in another order", alarm,
			`"metric_query": [{"id": {"constant_value": "m1"}, "expression": ` + nameOfA + `}, {"id": {"constant_value": "e1"}, "expression": ` + nameOfB + `}]`,
			`"metric_query": [{"id": "e1"}, {"id": "m1"}]`, `"metric_query": [{"expression": true}, {"expression": true}]`,
			[]any{"metric_query", 0, "expression"}, b},
		{"set that constants do not tell apart", alarm,
			`"metric_query": [{"expression": ` + nameOfA + `}, {"expression": ` + nameOfB + `}]`,
			`"metric_query": [{}, {}]`, `"metric_query": [{"expression": true}, {"expression": true}]`,
			[]any{"metric_query", 1, "expression"}, origin{resource.Referenced, "aws_sns_topic.a.name aws_sns_topic.b.name", false, ""}},
		{"nested block", alarm,
			`"metric_query": [{"id": {"constant_value": "m1"}, "metric": [{"metric_name": ` + nameOfA + `, "period": {"constant_value": 60}}]}]`,
			`"metric_query": [{"id": "m1", "metric": [{"period": 60}]}]`, `"metric_query": [{"metric": [{"metric_name": true}]}]`,
			[]any{"metric_query", 0, "metric", 0, "metric_name"}, a},
		{"block as a whole", alarm,
			`"metric_query": [{"id": {"constant_value": "m1"}, "expression": ` + nameOfA + `}]`,
			`"metric_query": [null]`, `"metric_query": [true]`, []any{"metric_query", 0}, a},
		{"map attribute", alarm, `"dimensions": ` + nameOfA, `"dimensions": {"k": "v"}`, `"dimensions": {"x": true}`,
			[]any{"dimensions", "x"}, a},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := blockPlan(t, tt.typ, tt.config, tt.after, tt.unknown)
			if got := originOf(t, r, tt.path...); got != tt.want {
				t.Errorf("%+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// Known values beside unknown ones stay known.
func TestMergeKeepsKnown(t *testing.T) {
	r := blockPlan(t, "aws_cloudwatch_metric_alarm", ``,
		`"alarm_actions": ["arn:aws:sns:us-east-1:111122223333:known", null], "period": 300, "ok_actions": null, "tags": {}`,
		`"alarm_actions": [false, true], "tags_all": {"a": true}, "metric_query": [], "dimensions": {}`)
	actions := r.Attr("alarm_actions").List()
	if text, ok := actions[0].Text(); !ok || text == "" || !actions[1].IsUnknown() || len(actions) != 2 {
		t.Errorf("%+v", actions)
	}
	for name, want := range map[string]resource.Kind{
		"period": resource.Number, "ok_actions": resource.Null, "tags": resource.Map, "tags_all": resource.Map,
		"metric_query": resource.Null, "dimensions": resource.Null, "absent": resource.Null,
	} {
		if got := r.Attr(name).Kind(); got != want {
			t.Errorf("%s: kind %d, want %d", name, got, want)
		}
	}
}

// Shapes that no Terraform writes are read without a panic.
func TestOddShapes(t *testing.T) {
	for _, tt := range []struct{ config, after, unknown string }{
		{`"metric_query": [{}]`, ``, `"metric_query": {"-5": true}`},
		{`"metric_query": []`, ``, `"metric_query": [{"id": true}]`},
		{`"metric_query": [null, 1]`, `"metric_query": [1]`, `"metric_query": [{"id": true}, {"id": true}]`},
		{`"metric_query": 1`, ``, `"metric_query": true`},
		{`"metric_query": {"references": [1, null]}`, ``, `"metric_query": true`},
		{`"": {"references": ["", "each", "var", "local", "module", "module.", "aws_x", "[", "data.x"]}`, ``, `"": true`},
	} {
		blockPlan(t, "aws_cloudwatch_metric_alarm", tt.config, tt.after, tt.unknown)
	}
	doc := readText(t, `{"format_version": "1.2", "resource_changes": [
		{"address": "aws_sns_topic.a", "mode": "managed", "type": "aws_sns_topic", "name": "a", "change": {"actions": ["create"], "after_unknown": true}},
		{"address": "aws_sns_topic.b", "mode": "managed", "type": "aws_sns_topic", "name": "b", "change": {"actions": ["create"], "after": "text"}}],
		"configuration": {"root_module": {"resources": [{"address": "aws_sns_topic.a", "mode": "managed", "type": "aws_sns_topic", "name": "a"}]}}}`)
	if !find(t, doc.Resources, "aws_sns_topic.a").Attr("arn").IsUnknown() || find(t, doc.Resources, "aws_sns_topic.b").Attributes.Kind() != resource.Map {
		t.Error("a resource without attributes")
	}
}
