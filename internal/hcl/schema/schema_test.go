package schema

import (
	"slices"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestOf(t *testing.T) {
	alarm := Of(resource.Managed, "aws_cloudwatch_metric_alarm")
	if alarm == nil || alarm != Of(resource.Managed, "aws_cloudwatch_metric_alarm") {
		t.Fatal("no schema, or another one each time")
	}
	if a, ok := alarm.Attribute("alarm_actions"); !ok || !a.Type.Equals(cty.List(cty.String)) {
		t.Errorf("alarm_actions: %+v", a)
	}
	if a, _ := alarm.Attribute("id"); !a.Computed {
		t.Error("id is not computed")
	}
	if v, ok := alarm.Default("actions_enabled"); !ok || !v.RawEquals(cty.True) {
		t.Errorf("actions_enabled: %#v", v)
	}
	if _, ok := alarm.Default("arn"); ok {
		t.Error("arn has a default")
	}
	if query, ok := alarm.Block("metric_query"); !ok || !query.Has("expression") || !slices.Contains(slices.Collect(query.Names()), "expression") || alarm.Has("expression") {
		t.Error("metric_query is not a block, or its arguments are the alarm's")
	}
	if v, ok := alarm.Default("metric_query"); !ok || !v.RawEquals(cty.EmptyTupleVal) {
		t.Errorf("metric_query: %#v", v)
	}
	if !alarm.IsComputed("id") || alarm.IsComputed("alarm_name") {
		t.Error("what the provider chooses is mixed up")
	}
	if v := alarm.Convert("threshold", cty.StringVal("1")); !v.RawEquals(cty.NumberIntVal(1)) {
		t.Errorf("threshold: %#v", v)
	}
	if v := alarm.Convert("unknown", cty.StringVal("1")); !v.RawEquals(cty.StringVal("1")) {
		t.Errorf("unknown: %#v", v)
	}
}

// A type that the catalog lacks has a schema that knows nothing.
func TestUnknownType(t *testing.T) {
	none := Of(resource.Managed, "aws_none")
	if _, ok := none.Attribute("a"); ok || none != nil || none.IsComputed("a") || len(slices.Collect(none.Names())) != 0 || none.Has("a") {
		t.Errorf("%+v", none)
	}
	if _, ok := none.Block("b"); ok {
		t.Error("it has blocks")
	}
	if _, ok := none.Default("a"); ok {
		t.Error("it has defaults")
	}
}
