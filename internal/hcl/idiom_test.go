package hcl

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// check compares attributes: address, attribute, value as describe writes it.
func check(t *testing.T, doc *resource.Document, want [][3]string) {
	t.Helper()
	for _, w := range want {
		r := find(t, doc, w[0])
		if got := describe(r.Attr(steps(w[1])...)); got != w[2] {
			t.Errorf("%s.%s\n got %s\nwant %s", w[0], w[1], got, w[2])
		}
	}
	if len(doc.Notes)+len(doc.Incomplete) > 0 {
		t.Errorf("notes %q, incomplete %q", doc.Notes, doc.Incomplete)
	}
}

func TestControlsByID(t *testing.T) {
	doc := readDir(t, "testdata/controls-by-id")
	if len(doc.Resources) != 6 || doc.Total != 6 {
		t.Errorf("%q", addresses(doc))
	}
	const alarm = `aws_cloudwatch_metric_alarm.this["RootUsage"]`
	check(t, doc, [][3]string{
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
	if want := []string{`aws_cloudwatch_log_metric_filter.this["VPCChanges"]`, `aws_cloudwatch_metric_alarm.this["VPCChanges"]`}; !slices.Equal(addresses(doc), want) {
		t.Errorf("%q", addresses(doc))
	}
}

func TestCatalogues(t *testing.T) {
	doc, err := Read(t.Context(), Options{Dir: "testdata/yaml-catalogue", Workspace: "default"})
	if err != nil {
		t.Fatal(err)
	}
	const alarm = `module.alarms.aws_cloudwatch_metric_alarm.this["denied"]`
	check(t, doc, [][3]string{
		{`module.alarms.aws_cloudwatch_log_metric_filter.this["denied"]`, "pattern", `"{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"`},
		{`module.alarms.aws_cloudwatch_log_metric_filter.this["denied"]`, "metric_transformation.0.name", `"Denied"`},
		{alarm, "metric_name", `"Denied"`},
		{alarm, "alarm_name", `"denied"`},
		{alarm, "period", `60`},
		{alarm, "alarm_actions", `[module.topic.aws_sns_topic.this.arn]`},
		{`module.topic.aws_sns_topic.this`, "name", `"alerts-default"`},
	})
	if len(doc.Resources) != 4 {
		t.Errorf("%q", addresses(doc))
	}
	o, _ := find(t, doc, alarm).Attr("alarm_actions", 0).Origin()
	if want := []string{"var.topic_arns", "module.topic.arns"}; !slices.Equal(o.Via, want) {
		t.Errorf("via %q, want %q", o.Via, want)
	}
	doc = readDir(t, "testdata/csv-catalogue")
	check(t, doc, [][3]string{
		{`aws_cloudwatch_log_metric_filter.this["root"]`, "pattern", `"{ $.userIdentity.type = \"Root\" }"`},
	})
}

func TestToggles(t *testing.T) {
	doc := readDir(t, "testdata/count-toggles")
	check(t, doc, [][3]string{
		{"aws_cloudwatch_metric_alarm.this[0]", "alarm_actions", `[this[0].arn]`},
		{"aws_cloudwatch_metric_alarm.this[0]", "metric_name", `"Denied"`},
		{"aws_cloudwatch_metric_alarm.this[0]", "namespace", `"Security"`},
		{"aws_cloudwatch_log_metric_filter.this[0]", "log_group_name", `"existing"`},
	})
	doc = readDir(t, "testdata/count-toggles", "create=false", "create_log_group=true")
	if want := []string{"aws_cloudwatch_log_group.this[0]", "aws_sns_topic.this[0]"}; !slices.Equal(addresses(doc), want) {
		t.Errorf("%q", addresses(doc))
	}
	doc = readDir(t, "testdata/count-toggles", "create_log_group=true", "topic_arn=arn:aws:sns:us-east-1:111122223333:t")
	check(t, doc, [][3]string{
		{"aws_cloudwatch_metric_alarm.this[0]", "alarm_actions", `["arn:aws:sns:us-east-1:111122223333:t"]`},
		{"aws_cloudwatch_log_metric_filter.this[0]", "log_group_name", `"trail"`},
	})
	if doc = readDir(t, "testdata/count-toggles", "create_topic=false"); len(doc.Resources) != 0 {
		t.Errorf("%q", addresses(doc))
	}
}
