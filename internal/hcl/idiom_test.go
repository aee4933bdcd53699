package hcl_test

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestControlsByID(t *testing.T) {
	doc := readDir(t, "testdata/controls-by-id")
	if len(doc.Resources) != 6 || doc.Total != 6 {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
	const alarm = `aws_cloudwatch_metric_alarm.this["RootUsage"]`
	hcltest.Check(t, doc, [][3]string{
		{`aws_cloudwatch_log_metric_filter.this["NoMFA"]`, "pattern", `"{($.eventName=\"ConsoleLogin\") && ($.additionalEventData.MFAUsed !=\"Yes\")}"`},
		{`aws_cloudwatch_log_metric_filter.this["NoMFA"]`, "metric_transformation.0.value", `"1"`},
		{alarm, "metric_name", `"RootUsage"`},
		{alarm, "alarm_actions", `["arn:aws:sns:eu-central-1:111122223333:security-alerts"]`},
		{alarm, "alarm_name", `"cis-rootusage"`},
		{alarm, "period", `60`},
		{alarm, "threshold", `1`},
		{alarm, "evaluation_periods", `1`},
		{`aws_cloudwatch_metric_alarm.this["NoMFA"]`, "period", `300`},
	})
	doc = readDir(t, "testdata/controls-by-id", `disabled_controls=["UnauthorizedAPICalls", "RootUsage", "NoMFA"]`)
	if want := []string{`aws_cloudwatch_log_metric_filter.this["VPCChanges"]`, `aws_cloudwatch_metric_alarm.this["VPCChanges"]`}; !slices.Equal(hcltest.Addresses(doc), want) {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
}

func TestCatalogues(t *testing.T) {
	doc, err := hcl.Read(t.Context(), hcl.Options{Dir: "testdata/yaml-catalogue", Workspace: "default"})
	if err != nil {
		t.Fatal(err)
	}
	const alarm = `module.alarms.aws_cloudwatch_metric_alarm.this["denied"]`
	hcltest.Check(t, doc, [][3]string{
		{`module.alarms.aws_cloudwatch_log_metric_filter.this["denied"]`, "pattern", `"{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"`},
		{`module.alarms.aws_cloudwatch_log_metric_filter.this["denied"]`, "metric_transformation.0.name", `"Denied"`},
		{alarm, "metric_name", `"Denied"`},
		{alarm, "alarm_name", `"denied"`},
		{alarm, "period", `60`},
		{alarm, "alarm_actions", `[module.topic.aws_sns_topic.this.arn]`},
		{`module.topic.aws_sns_topic.this`, "name", `"alerts-default"`},
	})
	if len(doc.Resources) != 4 {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
	o, _ := hcltest.Find(t, doc, alarm).Attr("alarm_actions", 0).Origin()
	if want := []string{"var.topic_arns", "module.topic.arns"}; !slices.Equal(o.Via, want) {
		t.Errorf("via %q, want %q", o.Via, want)
	}
	doc = readDir(t, "testdata/csv-catalogue")
	hcltest.Check(t, doc, [][3]string{
		{`aws_cloudwatch_log_metric_filter.this["root"]`, "pattern", `"{ $.userIdentity.type = \"Root\" }"`},
	})
}

func TestToggles(t *testing.T) {
	doc := readDir(t, "testdata/count-toggles")
	hcltest.Check(t, doc, [][3]string{
		{"aws_cloudwatch_metric_alarm.this[0]", "alarm_actions", `[this[0].arn]`},
		{"aws_cloudwatch_metric_alarm.this[0]", "metric_name", `"Denied"`},
		{"aws_cloudwatch_metric_alarm.this[0]", "namespace", `"Security"`},
		{"aws_cloudwatch_log_metric_filter.this[0]", "log_group_name", `"existing"`},
	})
	doc = readDir(t, "testdata/count-toggles", "create=false", "create_log_group=true")
	if want := []string{"aws_cloudwatch_log_group.this[0]", "aws_sns_topic.this[0]"}; !slices.Equal(hcltest.Addresses(doc), want) {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
	doc = readDir(t, "testdata/count-toggles", "create_log_group=true", "topic_arn=arn:aws:sns:us-east-1:111122223333:t")
	hcltest.Check(t, doc, [][3]string{
		{"aws_cloudwatch_metric_alarm.this[0]", "alarm_actions", `["arn:aws:sns:us-east-1:111122223333:t"]`},
		{"aws_cloudwatch_log_metric_filter.this[0]", "log_group_name", `"trail"`},
	})
	if doc = readDir(t, "testdata/count-toggles", "create_topic=false"); len(doc.Resources) != 0 {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
}

// TestReferencesThroughFunctions: what a function returns as it is stays a reference,
// also where nothing of its text is known.
func TestReferencesThroughFunctions(t *testing.T) {
	for expr, exact := range map[string]bool{
		`aws_sqs_queue.q[0].id`:                         true,
		`join("", aws_sqs_queue.q[*].id)`:               true,
		`format("%s", aws_sqs_queue.q[0].id)`:           true,
		`jsondecode(jsonencode(aws_sqs_queue.q[0].id))`: true,
		`trimsuffix(aws_sqs_queue.q[0].arn, ":*")`:      true,
		`trimspace(aws_sqs_queue.q[0].arn)`:             true,
		`join("/", [aws_sqs_queue.q[0].id, "x"])`:       false,
		`join("", [aws_sqs_queue.q[0].id, var.end])`:    false,
		`trimspace(aws_sqs_queue.q[0].id)`:              true,
	} {
		dir := hcltest.Unpack(t, `
variable "end" {}
resource "aws_sqs_queue" "q" {
  count = 1
}
resource "aws_sqs_queue_policy" "q" {
  queue_url = `+expr+`
  policy    = "{}"
}
`)
		o, _ := hcltest.Find(t, readDir(t, dir), "aws_sqs_queue_policy.q").Attr("queue_url").Origin()
		if o.Exact != exact {
			t.Errorf("%s: exact %v, want %v: %+v", expr, o.Exact, exact, o)
		}
	}
}
