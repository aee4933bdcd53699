package plan

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// The plan is ours, in the shape that the provider's plans have: nested
// attributes are attributes, and what is optional is unknown unless set.
const awsccPlan = `{"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
	{"address": "awscc_sns_topic.t", "mode": "managed", "type": "awscc_sns_topic", "name": "t", "change": {"actions": ["create"],
	 "after": {"topic_name": "alerts", "subscription": [{"endpoint": "a@example.com", "protocol": "email"}]},
	 "after_unknown": {"topic_arn": true, "id": true, "kms_master_key_id": true, "subscription": [{}]}}},
	{"address": "awscc_logs_metric_filter.f", "mode": "managed", "type": "awscc_logs_metric_filter", "name": "f", "change": {"actions": ["create"],
	 "after": {"filter_pattern": "{ $.errorCode = \"AccessDenied*\" }", "log_group_name": "trail",
	  "metric_transformations": [{"metric_name": "Denied", "metric_namespace": "Security", "metric_value": "1"}]},
	 "after_unknown": {"id": true, "metric_transformations": [{"unit": true, "default_value": true, "dimensions": true}]}}},
	{"address": "awscc_cloudwatch_alarm.a", "mode": "managed", "type": "awscc_cloudwatch_alarm", "name": "a", "change": {"actions": ["create"],
	 "after": {"alarm_actions": ["arn:aws:sns:us-east-1:111122223333:known", null], "metric_name": "Denied", "from_the_future": "x"},
	 "after_unknown": {"arn": true, "alarm_actions": [false, true], "namespace": true}}}],
	"configuration": {"root_module": {"resources": [
	{"address": "awscc_sns_topic.t", "mode": "managed", "type": "awscc_sns_topic", "name": "t", "expressions": {"topic_name": {"constant_value": "alerts"}}},
	{"address": "awscc_logs_metric_filter.f", "mode": "managed", "type": "awscc_logs_metric_filter", "name": "f", "expressions": {
	 "metric_transformations": {"constant_value": [{"metric_name": "Denied"}]}}},
	{"address": "awscc_cloudwatch_alarm.a", "mode": "managed", "type": "awscc_cloudwatch_alarm", "name": "a", "expressions": {
	 "alarm_actions": {"references": ["awscc_sns_topic.t.topic_arn", "awscc_sns_topic.t"]},
	 "namespace": {"references": ["awscc_logs_metric_filter.f.metric_transformations[0].metric_namespace", "awscc_logs_metric_filter.f.metric_transformations[0]", "awscc_logs_metric_filter.f.metric_transformations", "awscc_logs_metric_filter.f"]}}}]}}}`

func TestAWSCC(t *testing.T) {
	doc := readText(t, awsccPlan)
	alarm := find(t, doc.Resources, "awscc_cloudwatch_alarm.a")
	if alarm.Type != "aws_cloudwatch_metric_alarm" {
		t.Errorf("type %s", alarm.Type)
	}
	if got, want := originOf(t, alarm, "alarm_actions", 1), (origin{resource.Referenced, "awscc_sns_topic.t.arn", true, ""}); got != want {
		t.Errorf("%+v", got)
	}
	if got, want := originOf(t, alarm, "namespace"), (origin{resource.Referenced, "awscc_logs_metric_filter.f.metric_transformation.0.namespace", true, ""}); got != want {
		t.Errorf("%+v", got)
	}
	filter := find(t, doc.Resources, "awscc_logs_metric_filter.f")
	if name, _ := filter.Attr("metric_transformation", 0, "name").Text(); name != "Denied" {
		t.Errorf("name = %q", name)
	}
	topic := find(t, doc.Resources, "awscc_sns_topic.t")
	if got, want := originOf(t, topic, "arn"), (origin{resource.Computed, "awscc_sns_topic.t.arn", true, ""}); got != want {
		t.Errorf("%+v", got)
	}
	sub := find(t, doc.Resources, "awscc_sns_topic.t.subscription[0]")
	if endpoint, _ := sub.Attr("endpoint").Text(); endpoint != "a@example.com" || sub.Type != "aws_sns_topic_subscription" {
		t.Errorf("%+v", sub)
	}
	if len(doc.Notes) != 1 || doc.Notes[0] != "awscc_cloudwatch_alarm.a: from_the_future is not read" {
		t.Errorf("notes %q", doc.Notes)
	}
}
