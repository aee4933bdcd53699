package fix

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

type values = map[string]resource.Value

func text(s string) resource.Value { return resource.StringValue(s) }

// written is a resource in a file.
func written(file, module, typ, name string, with values) *resource.Resource {
	address := strings.TrimPrefix(module+"."+typ+"."+name, ".")
	return &resource.Resource{
		Address: address, Type: typ, Name: name, Module: module, Attributes: resource.MapValue(with), Position: &resource.Position{File: file, Line: 1},
	}
}

// logical is a resource of a template.
func logical(file, name, typ string, with values) *resource.Resource {
	r := written(file, "", typ, name, with)
	r.Address = name
	return r
}

func positioned(r *resource.Resource) string {
	if r.Position == nil {
		return ""
	}
	return r.Position.File
}

func fixed(t *testing.T, f Fault, resources ...*resource.Resource) verdict.Change {
	t.Helper()
	c, ok := For(f, resources, positioned)
	if !ok {
		t.Fatalf("no change for %s", f.Code)
	}
	return c
}

const group = "aws_cloudwatch_log_group.trail"

func noFilter() Fault {
	return Fault{Code: "no-metric-filter", Control: "root-account-usage", Pattern: `{ $.a = "${b}" && $.c = "%{d}" }`, LogGroup: group}
}

// TestNewNamesAreFree: nothing of the input has the name of what is added, in
// the module or stack that it is added to.
func TestNewNamesAreFree(t *testing.T) {
	const typ, name = "aws_cloudwatch_log_metric_filter", "root_account_usage"
	trail := written("main.tf", "", "aws_cloudwatch_log_group", "trail", values{"name": text("g")})
	keyed := written("main.tf", "", typ, name, nil)
	keyed.Address += `["a"]`
	for want, beside := range map[string][]*resource.Resource{
		name:        {written("main.tf", "module.m", typ, name, nil), written("main.tf", "", "aws_sns_topic", name, nil)},
		name + "_2": {written("main.tf", "", typ, name, nil)},
		name + "_3": {keyed, written("main.tf", "", typ, name+"_2", nil)},
	} {
		c := fixed(t, noFilter(), append(beside, trail)...)
		if !strings.HasPrefix(c.Add, `resource "`+typ+`" "`+want+`" {`) {
			t.Errorf("want %s:\n%s", want, c.Add)
		}
	}
	in := noFilter()
	in.LogGroup = "Group"
	c := fixed(t, in, logical("t.yaml", "Group", "aws_cloudwatch_log_group", values{"name": text("g")}), logical("t.yaml", "RootAccountUsageFilter", "aws_sns_topic", nil))
	if !strings.HasPrefix(c.Add, "Resources:\n  RootAccountUsageFilter2:\n") {
		t.Errorf("a name that is taken:\n%s", c.Add)
	}
}

// TestNotations: one fault in each notation, parsed by its reader's parser, with
// the pattern as it is.
func TestNotations(t *testing.T) {
	for file, language := range map[string]string{"main.tf": HCL, "main.tofu": HCL, "main.tf.json": JSON, "main.tofu.json": JSON, "": HCL} {
		trail := written(file, "", "aws_cloudwatch_log_group", "trail", values{"name": text("g")})
		c := fixed(t, noFilter(), trail)
		if c.Language != language || c.File != file {
			t.Errorf("%s: %s in %q", file, c.Language, c.File)
		}
		if got := patternIn(t, c); got != noFilter().Pattern {
			t.Errorf("%s: %s in\n%s", file, got, c.Add)
		}
	}
	f := noFilter()
	f.LogGroup = "Group"
	for file, language := range map[string]string{"t.yaml": YAML, "t.yml": YAML, "t.template": YAML, "t.json": JSON, "t.template.json": JSON} {
		c := fixed(t, f, logical(file, "Group", "aws_cloudwatch_log_group", values{"name": text("g")}))
		if c.Language != language || c.File != file || strings.Contains(c.Add, "aws_") {
			t.Errorf("%s: %s in %q\n%s", file, c.Language, c.File, c.Add)
		}
	}
}

// patternIn is the pattern of the filter that a change of Terraform adds.
func patternIn(t *testing.T, c verdict.Change) string {
	t.Helper()
	if c.Language == HCL {
		f, diags := hclsyntax.ParseConfig([]byte(c.Add), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatalf("%v in\n%s", diags, c.Add)
		}
		v, _ := f.Body.(*hclsyntax.Body).Blocks[0].Body.Attributes["pattern"].Expr.Value(nil)
		return v.AsString()
	}
	var top struct {
		Resource map[string]map[string]struct {
			Pattern string
			Group   string                                  `json:"log_group_name"`
			Metric  struct{ Name, Namespace, Value string } `json:"metric_transformation"`
		}
	}
	if err := json.Unmarshal([]byte("{"+c.Add+"}"), &top); err != nil {
		t.Fatalf("%v in\n%s", err, c.Add)
	}
	got := top.Resource["aws_cloudwatch_log_metric_filter"]["root_account_usage"]
	if got.Group != "${"+group+".name}" || got.Metric.Value != "1" {
		t.Errorf("%+v", got)
	}
	return evaluated(t, `"`+strings.ReplaceAll(got.Pattern, `"`, `\"`)+`"`).AsString()
}

// TestMixedRoot: code is in the notation of the file that it is for, where a
// module has both.
func TestMixedRoot(t *testing.T) {
	topic := written("topic.tf.json", "", "aws_sns_topic", "alarms", values{"name": text("a")})
	alarm := written("alarm.tf", "", "aws_cloudwatch_metric_alarm", "denied", values{"actions_enabled": resource.BoolValue(false)})
	chain := Fault{Alarm: alarm.Address, Topic: topic.Address}

	chain.Code, chain.Resource = "actions-disabled", alarm.Address
	if c := fixed(t, chain, topic, alarm); c.Language != HCL || c.File != "alarm.tf" || c.Set != "actions_enabled = true" {
		t.Errorf("%+v", c)
	}
	chain.Code, chain.Resource = "topic-policy-denies", topic.Address
	if c := fixed(t, chain, topic, alarm); c.Language != JSON || c.File != "topic.tf.json" || !strings.Contains(c.Add, `"aws_sns_topic_policy": {`) {
		t.Errorf("%+v", c)
	}
	topic.Position.File, alarm.Position.File = "topic.tf", "alarm.tf.json"
	chain.Code, chain.Resource = "no-action", alarm.Address
	if c := fixed(t, chain, topic, alarm); c.Language != JSON || c.File != "alarm.tf.json" || c.Set != "\"alarm_actions\": [\n  \"${aws_sns_topic.alarms.arn}\"\n]" {
		t.Errorf("%+v", c)
	}
	chain.Code, chain.Resource = "no-subscription", ""
	if c := fixed(t, chain, topic, alarm); c.Language != HCL || c.File != "topic.tf" || !strings.HasPrefix(c.Add, `variable "alarm_reader_email" {`) {
		t.Errorf("%+v", c)
	}
}

// TestAddedInTheModule: what is added for a fault in one module goes into a file
// of it, though the chain goes on in another one.
func TestAddedInTheModule(t *testing.T) {
	trail := written("logs/main.tf", "module.logs", "aws_cloudwatch_log_group", "trail", values{"name": text("g")})
	topic := written("topics/main.tf.json", "module.topics", "aws_sns_topic", "alarms", nil)
	f := noFilter()
	f.LogGroup, f.Topic, f.Resource = trail.Address, topic.Address, trail.Address
	c := fixed(t, f, topic, trail)
	if c.File != "logs/main.tf" || c.Language != HCL || !strings.Contains(c.Add, "= "+group+".name\n") {
		t.Errorf("%+v", c)
	}
}

// TestTwoModules: what one module cannot refer to in another one, no code says.
func TestTwoModules(t *testing.T) {
	trail := written("logs/main.tf", "module.logs", "aws_cloudwatch_log_group", "trail", values{"name": text("g")})
	filter := written("alarms/main.tf", "module.alarms", "aws_cloudwatch_log_metric_filter", "f", values{"log_group_name": text("x")})
	other := written("alarms/main.tf", "module.alarms", "aws_cloudwatch_log_group", "other", values{"name": text("x")})
	f := Fault{Code: "log-group-mismatch", Resource: filter.Address, Filter: filter.Address, LogGroup: other.Address, TrailGroup: trail.Address}
	if c, ok := For(f, []*resource.Resource{trail, filter, other}, positioned); ok {
		t.Errorf("%+v", c)
	}
	other.Module, other.Address = "module.logs", "module.logs."+group
	filter.Module, filter.Address = "module.logs", "module.logs.aws_cloudwatch_log_metric_filter.f"
	f.Resource, f.Filter = filter.Address, filter.Address
	if c := fixed(t, f, trail, filter); c.Set != "log_group_name = "+group+".name" {
		t.Errorf("%+v", c)
	}
}

// TestNothingSensitiveOrSymbolic: a series that is secret, or known to the stack
// alone, is in no code.
func TestNothingSensitiveOrSymbolic(t *testing.T) {
	alarm := logical("t.yaml", "Alarm", "aws_cloudwatch_metric_alarm", values{"metric_name": text("x")})
	for _, name := range []resource.Value{text("Denied").AsSensitive(), text(resource.Symbol("stack"))} {
		filter := logical("t.yaml", "Filter", "aws_cloudwatch_log_metric_filter", values{
			"metric_transformation": resource.ListValue(resource.MapValue(values{"name": name})),
		})
		said, _ := name.Symbolic()
		f := Fault{Code: "metric-name-differs", Resource: "Alarm", Alarm: "Alarm", Filter: "Filter", Metric: said}
		if c, ok := For(f, []*resource.Resource{alarm, filter}, positioned); ok {
			t.Errorf("%+v", c)
		}
	}
}

// TestRemoved: what is taken out is named as the finding names it, and only
// where it is set.
func TestRemoved(t *testing.T) {
	f := Fault{Code: "metric-filter-refused", Attribute: "metric_transformation.default_value"}
	for _, file := range []string{"main.tf", "main.tf.json"} {
		filter := written(file, "", "aws_cloudwatch_log_metric_filter", "f", values{
			"metric_transformation": resource.ListValue(resource.MapValue(values{"default_value": resource.NumberValue("0")})),
		})
		f.Resource = filter.Address
		if c := fixed(t, f, filter); len(c.Remove) != 1 || c.Remove[0] != f.Attribute {
			t.Errorf("%s: %q", file, c.Remove)
		}
		filter.Attributes = resource.MapValue(nil)
		if c, ok := For(f, []*resource.Resource{filter}, positioned); ok {
			t.Errorf("nothing to take out: %+v", c)
		}
	}
}
