package plan

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

// keepData keeps the resources of the plans that are made with nothing but
// Terraform's own provider.
func keepData(_ resource.Mode, typ string) bool { return strings.HasPrefix(typ, "terraform_") }

func readKeeping(t testing.TB, path string, keep func(resource.Mode, string) bool) *resource.Document {
	t.Helper()
	doc, err := Read(open(t, path), Options{Keep: keep})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return doc
}

// origin is an Origin as the tests write it.
type origin struct {
	cause resource.Cause
	refs  string // separated by blanks
	sure  bool
	via   string
}

func originOf(t *testing.T, r *resource.Resource, path ...any) origin {
	t.Helper()
	v := r.Attr(path...)
	o, ok := v.Origin()
	if !v.IsUnknown() || !ok {
		t.Fatalf("%s %v is not unknown", r.Address, path)
	}
	refs := make([]string, len(o.Refs))
	for i, ref := range o.Refs {
		refs[i] = ref.String()
	}
	return origin{o.Cause, strings.Join(refs, " "), o.Certain, strings.Join(o.Via, " ")}
}

func TestTrace(t *testing.T) {
	const (
		one = "terraform_data.one.id"
		two = "terraform_data.two.id"
		ref = resource.Referenced
	)
	tests := []struct {
		address string
		path    []any
		want    origin
	}{
		{"terraform_data.one", []any{"id"}, origin{resource.Computed, one, true, ""}},
		{"terraform_data.direct", nil, origin{ref, one, true, ""}},
		{"terraform_data.text", nil, origin{ref, one, true, ""}},
		{"terraform_data.json", nil, origin{ref, one + " " + two, true, ""}},
		{"terraform_data.partly", []any{"input", 0}, origin{ref, one, true, ""}},
		// One element is one of them, and the plan does not say which.
		{"terraform_data.list", []any{"input", 0}, origin{ref, one + " " + two, false, ""}},
		{"terraform_data.indexed", nil, origin{ref, "terraform_data.counted[1].id", true, ""}},
		{"terraform_data.keyed", nil, origin{ref, `terraform_data.many["b"].id`, true, ""}},
		{"terraform_data.odd_key", []any{"input", 2}, origin{ref,
			`terraform_data.odd["$${e}"].id terraform_data.odd["a.b"].id terraform_data.odd["c]\"d"].id`, false, ""}},
		{"terraform_data.splat", []any{"input", 0}, origin{ref, "terraform_data.counted[0] terraform_data.counted[1]", false, ""}},
		{"terraform_data.for_expression", []any{"input", 0}, origin{ref, `terraform_data.many["a"] terraform_data.many["b"]`, false, ""}},
		{"terraform_data.splat_or_index", []any{"input", 0}, origin{ref,
			`terraform_data.counted[0] terraform_data.counted[1] terraform_data.many["a"].id`, false, ""}},
		{`terraform_data.each_key["b"]`, nil, origin{ref, `terraform_data.many["b"]`, true, ""}},
		{`terraform_data.each_resource["a"]`, nil, origin{ref, `terraform_data.many["a"].id`, true, ""}},
		{`terraform_data.each_object["a"]`, nil, origin{ref, one + " " + two, false, ""}},
		{`terraform_data.count_index[1]`, nil, origin{ref, "terraform_data.counted[1]", true, ""}},
		{"terraform_data.index_by_variable", nil, origin{ref, `terraform_data.many["a"] terraform_data.many["b"]`, false, ""}},
		{"terraform_data.toggled_off", nil, origin{ref, one, true, ""}},
		{"terraform_data.conditional", nil, origin{ref, one, true, ""}},
		{"terraform_data.conditional_two", nil, origin{ref, one + " " + two, false, ""}},
		{"terraform_data.module_output", nil, origin{ref, "module.topic.terraform_data.t.id", true, "module.topic.id"}},
		{"terraform_data.module_object", nil, origin{ref,
			`module.topic.terraform_data.pair["b"].id module.topic.terraform_data.t.id`, false, "module.topic.both"}},
		{"terraform_data.module_map", nil, origin{ref, `module.topic.terraform_data.pair["b"]`, true, "module.topic.map"}},
		{"terraform_data.module_keyed", nil, origin{ref, `module.each["x.y"].terraform_data.t.id`, true, `module.each["x.y"].id`}},
		{"terraform_data.module_counted", nil, origin{ref, "module.counted[0].terraform_data.t.id", true, "module.counted[0].id"}},
		{"terraform_data.module_off", nil, origin{ref, two, true, ""}},
		{"terraform_data.through_hub", nil, origin{ref, "module.topic.terraform_data.t.id", true,
			"module.hub.alerts var.first module.topic.id"}},
		{"module.alarm.terraform_data.member", nil, origin{ref, one, true, "var.object"}},
		{`module.alarms["z"].terraform_data.member`, nil, origin{ref, "module.topic.terraform_data.t.id", true,
			"var.object module.hub.alerts var.first module.topic.id"}},
		{"module.alarm.terraform_data.input", []any{"input", 1}, origin{ref,
			"module.topic.terraform_data.t.id " + two, false, "var.topics module.topic.id"}},
	}
	doc := readKeeping(t, "testdata/trace/plan.json", keepData)
	for _, tt := range tests {
		path := tt.path
		if path == nil {
			path = []any{"input"}
		}
		t.Run(tt.address, func(t *testing.T) {
			got := originOf(t, find(t, doc.Resources, tt.address), path...)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(origin{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A dynamic index into a module hides the name of the output.
func TestTraceModuleByKey(t *testing.T) {
	doc := readKeeping(t, "testdata/trace/plan.json", keepData)
	got := originOf(t, find(t, doc.Resources, `terraform_data.module_by_each["z"]`), "input")
	if got.sure || !strings.Contains(got.refs, `module.each["z"].terraform_data.t.id`) || strings.Contains(got.refs, `["x.y"]`) {
		t.Errorf("%+v", got)
	}
}

// Resources of other types are traced to, though they are not decoded.
func TestTraceToSkippedTypes(t *testing.T) {
	all := readKeeping(t, "testdata/trace/plan.json", keepData)
	doc := readCase(t, "complete")
	if len(all.Resources) != 75 || len(doc.Resources) != 8 {
		t.Fatalf("%d, %d resources", len(all.Resources), len(doc.Resources))
	}
	onlyAlarms := readKeeping(t, plans+"complete/plan.json", func(_ resource.Mode, typ string) bool {
		return typ == "aws_cloudwatch_metric_alarm"
	})
	got := originOf(t, find(t, onlyAlarms.Resources, "aws_cloudwatch_metric_alarm.denied"), "alarm_actions")
	want := origin{resource.Referenced, "aws_sns_topic.security.arn", true, ""}
	if got != want {
		t.Errorf("%+v", got)
	}
}

func TestTraceCorpus(t *testing.T) {
	tests := []struct {
		plan, address, attribute string
		want                     origin
	}{
		{"complete", "aws_cloudtrail.main", "cloud_watch_logs_group_arn",
			origin{resource.Referenced, "aws_cloudwatch_log_group.trail.arn", true, ""}},
		{"complete", "aws_sns_topic.security", "policy",
			origin{resource.Computed, "aws_sns_topic.security.policy", true, ""}},
		{"complete", "aws_cloudwatch_log_group.trail", "log_group_class",
			origin{resource.Computed, "aws_cloudwatch_log_group.trail.log_group_class", true, ""}},
		{"modules", "module.monitoring.aws_cloudwatch_metric_alarm.denied", "alarm_actions",
			origin{resource.Referenced, "module.alerts.aws_sns_topic.security.arn", true, "var.alarm_topics module.alerts.topic_arn"}},
		{"modules", `module.alerts.aws_sns_topic_subscription.email["soc@example.com"]`, "topic_arn",
			origin{resource.Referenced, "module.alerts.aws_sns_topic.security.arn", true, ""}},
		{"local-indirection", "aws_cloudwatch_metric_alarm.denied", "alarm_actions",
			origin{resource.Local, "aws_cloudwatch_log_group.trail.arn aws_iam_role.trail.arn aws_iam_role.trail.id aws_sns_topic.security.arn",
				false, "local.on_alarm"}},
		{"replaces-the-topic", "aws_cloudwatch_metric_alarm.denied", "alarm_actions",
			origin{resource.Referenced, "aws_sns_topic.security.arn", true, ""}},
		{"all-controls", `aws_cloudwatch_metric_alarm.control["vpc_changes"]`, "alarm_actions",
			origin{resource.Referenced, "aws_sns_topic.security.arn", true, ""}},
		{"composite-alarm", "aws_cloudwatch_composite_alarm.security", "alarm_actions",
			origin{resource.Referenced, "aws_sns_topic.security.arn", true, ""}},
	}
	for _, tt := range tests {
		t.Run(tt.plan+"/"+tt.address, func(t *testing.T) {
			got := originOf(t, find(t, readCase(t, tt.plan).Resources, tt.address), tt.attribute)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(origin{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What a local in a module can hold is in the module or comes in through its
// inputs.
func TestLocalReach(t *testing.T) {
	doc := readKeeping(t, "testdata/trace/plan.json", keepData)
	got := originOf(t, find(t, doc.Resources, "module.alarm.terraform_data.local"), "input", 0)
	want := origin{resource.Local, strings.Join([]string{
		"module.alarm.terraform_data.input.id", "module.topic.terraform_data.t.id", "terraform_data.one.id", "terraform_data.two.id",
	}, " "), false, "local.actions"}
	if got != want {
		t.Errorf("%+v", got)
	}
	root := originOf(t, find(t, doc.Resources, "terraform_data.local"), "input")
	if root.cause != resource.Local || !slices.Contains(strings.Fields(root.refs), "terraform_data.one.id") {
		t.Errorf("%+v", root)
	}
}

// A local beside a reference is an alternative only if it could hold such a
// thing.
func TestLocalBesideReference(t *testing.T) {
	const config = `"alarm": {"expressions": {"alarm_actions": {"references": ["local.topics", "aws_sns_topic.a.arn", "aws_sns_topic.a"]}}}`
	alone := alarmPlan(t, config, `{"resource": "aws_sns_topic.a", "attribute": ["arn"]}, {"resource": "aws_sqs_queue.q", "attribute": ["arn"]}`)
	if want := (origin{resource.Referenced, "aws_sns_topic.a.arn", true, "local.topics"}); alone != want {
		t.Errorf("alone: %+v", alone)
	}
	rival := alarmPlan(t, config, `{"resource": "aws_sns_topic.a", "attribute": ["arn"]}, {"resource": "aws_sns_topic.b", "attribute": ["arn"]}`)
	if want := (origin{resource.Referenced, "aws_sns_topic.a.arn aws_sns_topic.b.arn", false, "local.topics"}); rival != want {
		t.Errorf("rival: %+v", rival)
	}
}

// Relevant attributes come with keys and without, and may be of types that are
// not decoded.
func TestLocalCandidates(t *testing.T) {
	const config = `"alarm": {"expressions": {"alarm_actions": {"references": ["local.topics"]}}}`
	got := alarmPlan(t, config, `{"resource": "aws_sns_topic.many", "attribute": []},
		{"resource": "aws_sns_topic.many[\"x\"]", "attribute": ["arn"]},
		{"resource": "aws_sqs_queue.q", "attribute": ["arn"]}, {"resource": "aws_sqs_queue.q", "attribute": ["name"]},
		{"resource": "aws_sns_topic.a", "attribute": ["name"]}, {"resource": "aws_sns_topic.gone", "attribute": ["arn"]}`)
	want := origin{resource.Local, `aws_sns_topic.many["x"] aws_sns_topic.many["x"].arn aws_sns_topic.many["y"] aws_sqs_queue.q.arn`, false, "local.topics"}
	if got != want {
		t.Errorf("%+v", got)
	}
}

func TestUnsetVariable(t *testing.T) {
	got := alarmPlan(t, `"alarm": {"expressions": {"alarm_actions": {"references": ["var.unset"]}}}`, ``)
	if want := (origin{resource.Variable, "", false, "var.unset"}); got != want {
		t.Errorf("%+v", got)
	}
}

// Data sources: one that is read during apply and decoded is a resource of the
// plan like any other; one of another type is another system's.
func TestDataSources(t *testing.T) {
	doc := alarmPlan(t, `"alarm": {"expressions": {"alarm_actions": {"references": ["data.aws_sns_topic.later.arn", "data.aws_sns_topic.later"]}}}`, ``)
	if want := (origin{resource.Referenced, "data.aws_sns_topic.later.arn", true, ""}); doc != want {
		t.Errorf("%+v", doc)
	}
	outside := alarmPlan(t, `"alarm": {"expressions": {"alarm_actions": {"references": ["data.http.x.body", "data.http.x"]}}}`, ``)
	if want := (origin{resource.Outside, "data.http.x.body", true, ""}); outside != want {
		t.Errorf("%+v", outside)
	}
}

// An argument without an unknown source is null, and the provider's default.
func TestNullArgumentIsComputed(t *testing.T) {
	got := alarmPlan(t, `"alarm": {"expressions": {"alarm_actions": {"references": ["var.set"]}}}`, ``)
	if want := (origin{resource.Computed, "aws_cloudwatch_metric_alarm.alarm.alarm_actions", true, ""}); got != want {
		t.Errorf("%+v", got)
	}
}

// A function of nothing, such as uuid(), leaves no trace.
func TestOpaqueExpression(t *testing.T) {
	got := alarmPlan(t, `"alarm": {"expressions": {"alarm_actions": {}}}`, ``)
	if want := (origin{resource.Opaque, "", false, ""}); got != want {
		t.Errorf("%+v", got)
	}
}

// each.value is known where another argument that is made of all of it is, so a
// local that for_each refers to is not a source then.
func TestEachKnown(t *testing.T) {
	const config = `"alarm": {"for_each_expression": {"references": ["local.table"]}, "expressions": {
		"threshold": {"references": ["each.value"]},
		"alarm_actions": {"references": ["each.value", "aws_sns_topic.a.arn", "aws_sns_topic.a"]}}}`
	relevant := `{"resource": "aws_sns_topic.a", "attribute": ["arn"]}, {"resource": "aws_sns_topic.b", "attribute": ["arn"]}`
	got := alarmPlan(t, config, relevant)
	if want := (origin{resource.Referenced, "aws_sns_topic.a.arn", true, ""}); got != want {
		t.Errorf("%+v", got)
	}
}

// Where nothing else can have made the value unknown, each.value is the source
// after all.
func TestEachKnownButNothingElse(t *testing.T) {
	const config = `"alarm": {"for_each_expression": {"references": ["local.table"]}, "expressions": {
		"threshold": {"references": ["each.value"]}, "alarm_actions": {"references": ["each.value"]}}}`
	got := alarmPlan(t, config, `{"resource": "aws_sns_topic.a", "attribute": ["arn"]}`)
	if want := (origin{resource.Local, "aws_sns_topic.a.arn", false, "local.table"}); got != want {
		t.Errorf("%+v", got)
	}
}

// A few attributes have nothing but fixed values, and a default for null.
func TestNullable(t *testing.T) {
	doc := readText(t, strings.ReplaceAll(`{"format_version": "1.2", "resource_changes": [
		{"address": "T.g", "mode": "managed", "type": "T", "name": "g", "change": {"actions": ["create"],
		 "after": {}, "after_unknown": {"log_group_class": true, "arn": true}}}],
		"relevant_attributes": [{"resource": "T.g", "attribute": ["arn"]}],
		"configuration": {"root_module": {"resources": [{"address": "T.g", "mode": "managed", "type": "T", "name": "g",
		 "expressions": {"log_group_class": {"references": ["local.class"]}}}]}}}`, "T", "aws_cloudwatch_log_group"))
	got := originOf(t, doc.Resources[0], "log_group_class")
	if want := (origin{resource.Computed, "aws_cloudwatch_log_group.g.log_group_class", false, ""}); got != want {
		t.Errorf("%+v", got)
	}
}

// Modules that refer to each other in a circle, which Terraform refuses, end.
func TestCycle(t *testing.T) {
	got := alarmPlan(t, `"alarm": {"expressions": {"alarm_actions": {"references": ["module.m.out", "module.m"]}}}`, ``)
	if got.cause != resource.Computed && got.cause != resource.Opaque {
		t.Errorf("%+v", got)
	}
}

// alarmPlan reads a plan with an alarm whose actions are unknown, and returns
// where they come from. The plan is ours, in the shape that Terraform writes;
// config is the alarm's block, relevant the relevant attributes.
func alarmPlan(t *testing.T, config, relevant string) origin {
	t.Helper()
	create := func(address, mode, typ, name, index, after, unknown string) string {
		action := "create"
		if mode == "data" {
			action = "read"
		}
		return `{"address": ` + address + `, "mode": "` + mode + `", "type": "` + typ + `", "name": "` + name + `"` + index +
			`, "change": {"actions": ["` + action + `"], "before": null, "after": {` + after + `}, "after_unknown": {` + unknown + `}}}`
	}
	changes := strings.Join([]string{
		create(`"aws_sns_topic.a"`, "managed", "aws_sns_topic", "a", "", `"name": "a"`, `"arn": true, "id": true`),
		create(`"aws_sns_topic.b"`, "managed", "aws_sns_topic", "b", "", `"name": "b"`, `"arn": true, "id": true`),
		create(`"aws_sns_topic.many[\"x\"]"`, "managed", "aws_sns_topic", "many", `, "index": "x"`, ``, `"arn": true`),
		create(`"aws_sns_topic.many[\"y\"]"`, "managed", "aws_sns_topic", "many", `, "index": "y"`, ``, `"arn": true`),
		create(`"aws_sqs_queue.q"`, "managed", "aws_sqs_queue", "q", "", `"name": "q"`, `"arn": true`),
		create(`"data.aws_sns_topic.later"`, "data", "aws_sns_topic", "later", "", ``, `"arn": true`),
		create(`"data.http.x"`, "data", "http", "x", "", ``, `"body": true`),
		create(`"aws_cloudwatch_metric_alarm.alarm"`, "managed", "aws_cloudwatch_metric_alarm", "alarm", "",
			`"threshold": 1`, `"alarm_actions": true`),
	}, ",")
	block := strings.Replace(config, `"alarm": {`,
		`{"address": "aws_cloudwatch_metric_alarm.alarm", "mode": "managed", "type": "aws_cloudwatch_metric_alarm", "name": "alarm", `, 1)
	doc := readText(t, `{"format_version": "1.2", "terraform_version": "1.11.4", "variables": {"set": {"value": null}},
		"resource_changes": [`+changes+`], "relevant_attributes": [`+relevant+`],
		"configuration": {"root_module": {"resources": [`+block+`], "module_calls": {"m": {
			"expressions": {"in": {"references": ["module.m.out", "module.m"]}},
			"module": {"outputs": {"out": {"expression": {"references": ["var.in"]}}}}}}}}}`)
	return originOf(t, find(t, doc.Resources, "aws_cloudwatch_metric_alarm.alarm"), "alarm_actions")
}
