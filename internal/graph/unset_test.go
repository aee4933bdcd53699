package graph

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
)

// What a member is if nobody sets it, in each way in which inputs say so.
func TestUnset(t *testing.T) {
	r := resourcetest.World(t, `
aws_cloudwatch_metric_alarm "a" {
  actions_enabled    = unset()
  treat_missing_data = null
  statistic          = ""
  unit               = var.unit
  alarm_name         = ""
  metric_query {
    id          = ""
    expression  = ""
    return_data = false
  }
}`)[0]
	args := argumentsOf(r)
	for _, c := range []struct {
		name string
		got  resource.Value
		want string
	}{
		{"the provider chooses", args.get("actions_enabled"), "true"},
		{"null", args.get("treat_missing_data"), "missing"},
		{"absent", args.get("evaluate_low_sample_count_percentiles"), "null"},
		{"empty", args.get("statistic"), "null"},
		{"a variable", args.get("unit"), "unknown"},
		{"empty, and required", args.get("alarm_name"), ""},
		{"empty and required in a block", args.block("metric_query").get("id"), ""},
		{"empty in a block", args.block("metric_query").get("expression"), "null"},
		{"false is set", args.block("metric_query").get("return_data"), "false"},
		{"no member of the catalog", args.get("nobody_knows"), "null"},
		{"in a block that is not there", args.block("evaluation_criteria").get("query"), "null"},
	} {
		if got := shown(c.got); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// shown returns the text of a value, and its kind if it has none.
func shown(v resource.Value) string {
	switch {
	case v.IsNull():
		return "null"
	case v.IsUnknown():
		return "unknown"
	}
	text, _ := v.Text()
	return text
}

// What AWS makes up has no default: it stays as it is.
func TestUnsetAndMadeUp(t *testing.T) {
	r := resourcetest.World(t, `aws_sns_topic "t" { name = unset() }`)[0]
	if got := argumentsOf(r).get("name"); !got.IsUnknown() {
		t.Errorf("the name of a topic: %v", got)
	}
	if got := argumentsOf(&resource.Resource{Type: "aws_s3_bucket", Attributes: r.Attributes}).get("name"); !got.IsUnknown() {
		t.Errorf("a type that is not in the catalog: %v", got)
	}
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		name, arguments string
		count           int
		hidden, has     bool
	}{
		{"none", ``, 0, false, false},
		{"two", "metric_query {}\nmetric_query {}", 2, false, true},
		{"an object", `metric_query = { id = "m1" }`, 0, false, true},
		{"an empty list", `metric_query = []`, 0, false, false},
		{"unset", `metric_query = unset()`, 0, false, false},
		{"hidden", `metric_query = hidden()`, 0, true, false},
	} {
		args := argumentsOf(resourcetest.World(t, "aws_cloudwatch_metric_alarm \"a\" {\n"+c.arguments+"\n}")[0])
		list, hidden := args.blocks("metric_query")
		if len(list) != c.count || hidden != c.hidden || args.has("metric_query") != c.has {
			t.Errorf("%s: %d blocks, hidden %v, has %v", c.name, len(list), hidden, args.has("metric_query"))
		}
	}
}
