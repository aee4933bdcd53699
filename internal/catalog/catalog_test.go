package catalog

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// The names are those of the provider's documentation.
func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"CloudWatchLogsLogGroupArn":        "cloudwatch_logs_log_group_arn",
		"S3BucketName":                     "s3_bucket_name",
		"KMSKeyId":                         "kms_key_id",
		"OKActions":                        "ok_actions",
		"IsMultiRegionTrail":               "is_multi_region_trail",
		"PromQLCriteria":                   "prom_ql_criteria",
		"ScheduledQueryRoleARN":            "scheduled_query_role_arn",
		"AssumeRolePolicyDocument":         "assume_role_policy_document",
		"AdvancedEventSelectors":           "advanced_event_selectors",
		"EvaluateLowSampleCountPercentile": "evaluate_low_sample_count_percentile",
	} {
		if got := snake(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestRelevant(t *testing.T) {
	tests := []struct {
		mode resource.Mode
		typ  string
		want bool
	}{
		{resource.Managed, "aws_cloudtrail", true},
		{resource.Data, "aws_cloudwatch_log_group", true},
		{resource.Data, "aws_iam_policy_document", true},
		{resource.Managed, "aws_iam_policy_document", false},
		{resource.Managed, "aws_instance", false},
		{resource.Managed, "awscc_cloudtrail_trail", true},
		{resource.Managed, "awscc_logs_metric_filter", true},
		{resource.Managed, "awscc_cloudwatch_alarm", true},
		{resource.Managed, "awscc_cloudwatch_alarm_mute_rule", true},
		{resource.Managed, "awscc_sns_topic_inline_policy", true},
		{resource.Managed, "awscc_ec2_instance", false},
	}
	for _, tt := range tests {
		if got := Relevant(tt.mode, tt.typ); got != tt.want {
			t.Errorf("%v %s: %v", tt.mode, tt.typ, got)
		}
	}
}

func words(s string) resource.Value { return resource.StringValue(s) }

func object(pairs ...any) resource.Value {
	m := map[string]resource.Value{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1].(resource.Value)
	}
	return resource.MapValue(m)
}

func list(vs ...resource.Value) resource.Value { return resource.ListValue(vs...) }

func computed() resource.Value {
	return resource.UnknownValue(resource.Origin{Cause: resource.Computed})
}

func text(t *testing.T, v resource.Value, path ...any) string {
	t.Helper()
	got, ok := v.Get(path...).Text()
	if !ok {
		t.Errorf("%v: no text", path)
	}
	return got
}

func TestMetricFilterFromAWSCC(t *testing.T) {
	origin := resource.Origin{Cause: resource.Referenced, Refs: []resource.Ref{{Address: "x.y", Attribute: "name"}}}
	typ, got, notes := FromAWSCC("awscc_logs_metric_filter", object(
		"filter_name", words("denied"),
		"filter_pattern", words("{ $.errorCode = \"AccessDenied*\" }"),
		"log_group_name", resource.UnknownValue(origin),
		"id", computed(),
		"apply_on_transformed_logs", computed(),
		"something_new", computed(),
		"metric_transformations", list(object(
			"metric_name", words("Denied"), "metric_namespace", words("Security"), "metric_value", words("1"),
			"default_value", resource.NumberValue("0"), "unit", resource.NullValue(),
			"dimensions", list(object("key", words("User"), "value", words("$.user"))),
		)),
	))
	if typ != "aws_cloudwatch_log_metric_filter" || len(notes) != 0 {
		t.Errorf("%s, notes %q", typ, notes)
	}
	if text(t, got, "pattern") == "" || text(t, got, "name") != "denied" {
		t.Error("names are not translated")
	}
	if o, _ := got.Get("log_group_name").Origin(); len(o.Refs) != 1 || !got.Get("log_group_name").IsUnknown() {
		t.Errorf("log_group_name: %+v", o)
	}
	transformation := got.Get("metric_transformation", 0)
	if text(t, transformation, "name") != "Denied" || text(t, transformation, "dimensions", "User") != "$.user" {
		t.Errorf("%+v", transformation)
	}
	if v := transformation.Get("default_value"); v.Kind() != resource.String {
		t.Errorf("default_value is not a text: %v", v.Kind())
	}
}

func TestAlarmFromAWSCC(t *testing.T) {
	_, got, notes := FromAWSCC("awscc_cloudwatch_alarm", object(
		"alarm_actions", list(computed(), words("arn:aws:sns:us-east-1:111122223333:x")),
		"dimensions", list(object("name", words("a"), "value", words("b"))),
		"evaluate_low_sample_count_percentile", words("ignore"),
		"arn", words("arn:aws:cloudwatch:us-east-1:111122223333:alarm:x"),
		"metrics", list(object("id", words("m"), "return_data", resource.BoolValue(true), "metric_stat", object(
			"metric", object("metric_name", words("n"), "namespace", words("s"), "dimensions", list(object("name", words("c"), "value", words("d")))),
			"period", resource.NumberValue("60"), "stat", words("Sum"),
		))),
		"novel", words("x"),
	))
	if len(notes) != 1 || notes[0] != "novel is not read" {
		t.Errorf("notes %q", notes)
	}
	metric := got.Get("metric_query", 0, "metric", 0)
	if text(t, metric, "metric_name") != "n" || text(t, metric, "dimensions", "c") != "d" || text(t, metric, "period") != "60" {
		t.Errorf("%+v", metric)
	}
	if text(t, got, "arn") == "" || text(t, got, "dimensions", "a") != "b" || len(got.Get("alarm_actions").List()) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestCompositeAlarmSuppressor(t *testing.T) {
	_, got, _ := FromAWSCC("awscc_cloudwatch_composite_alarm", object(
		"actions_suppressor", words("quiet"), "actions_suppressor_wait_period", resource.NumberValue("60"),
	))
	if text(t, got, "actions_suppressor", 0, "alarm") != "quiet" || text(t, got, "actions_suppressor", 0, "wait_period") != "60" {
		t.Errorf("%+v", got)
	}
}

func TestAttribute(t *testing.T) {
	for _, tt := range []struct{ typ, path, want string }{
		{"awscc_sns_topic", "topic_arn", "arn"},
		{"awscc_sns_topic", "topic_name", "name"},
		{"awscc_sns_topic", "id", "id"},
		{"awscc_logs_metric_filter", "metric_transformations.0.metric_name", "metric_transformation.0.name"},
		{"awscc_cloudwatch_alarm", "metrics.1.metric_stat.metric.namespace", "metric_query.1.metric.0.namespace"},
		{"awscc_cloudtrail_trail", "cloudwatch_logs_role_arn", "cloud_watch_logs_role_arn"},
		{"awscc_iam_role", "arn", "arn"},
		{"awscc_logs_log_group", "", ""},
		{"aws_sns_topic", "topic_arn", "topic_arn"},
	} {
		if got := Attribute(tt.typ, tt.path); got != tt.want {
			t.Errorf("%s %s: %s, want %s", tt.typ, tt.path, got, tt.want)
		}
	}
}

func TestPolicyBecomesText(t *testing.T) {
	entry := ByTemplate("AWS::SNS::TopicPolicy")
	got, notes, _ := entry.FromCloudFormation(object(
		"PolicyDocument", object("Version", words("2012-10-17"), "Statement", list(object("Effect", words("Allow"), "Sid", words("a\"b")))),
		"Topics", list(words("one"), words("two")),
	))
	want := `{"Statement":[{"Effect":"Allow","Sid":"a\"b"}],"Version":"2012-10-17"}`
	if text(t, got, "policy") != want || len(notes) != 0 {
		t.Errorf("%s, notes %q", text(t, got, "policy"), notes)
	}
	all := Expand(&resource.Resource{Address: "P", Type: entry.Type.Name, Attributes: got})
	if len(all) != 2 || text(t, all[0].Attributes, "arn") != "one" || text(t, all[1].Attributes, "arn") != "two" {
		t.Errorf("%+v", all)
	}
	if all[0].Address != "P" || all[1].Address != "P.arn[1]" {
		t.Errorf("%s, %s", all[0].Address, all[1].Address)
	}
}

func TestExpandInlineSubscription(t *testing.T) {
	_, attrs, _ := FromAWSCC("awscc_sns_topic", object(
		"topic_name", words("alerts"), "topic_arn", computed(),
		"subscription", list(object("endpoint", words("a@example.com"), "protocol", words("email"))),
	))
	all := Expand(&resource.Resource{Address: "awscc_sns_topic.t", Type: "aws_sns_topic", Attributes: attrs})
	if len(all) != 2 {
		t.Fatalf("%d resources", len(all))
	}
	sub := all[1]
	o, _ := sub.Attr("topic_arn").Origin()
	if sub.Type != "aws_sns_topic_subscription" || text(t, sub.Attributes, "protocol") != "email" || o.Text() != "awscc_sns_topic.t.arn" {
		t.Errorf("%+v %+v", sub, o)
	}
	unset := Expand(&resource.Resource{Type: "aws_sns_topic", Attributes: object("subscription", computed())})
	if len(unset) != 1 {
		t.Errorf("a subscription that nobody sets: %d resources", len(unset))
	}
}

func TestExpandManagedPolicy(t *testing.T) {
	entry := ByTemplate("AWS::IAM::ManagedPolicy")
	attrs, _, _ := entry.FromCloudFormation(object("PolicyDocument", words("{}"), "Roles", list(words("a"), words("b"))))
	all := Expand(&resource.Resource{Address: "M", Type: entry.Type.Name, Attributes: attrs})
	if len(all) != 3 || all[2].Type != "aws_iam_role_policy_attachment" || text(t, all[2].Attributes, "role") != "b" {
		t.Errorf("%+v", all)
	}
}

func TestSensitiveStays(t *testing.T) {
	_, got, _ := FromAWSCC("awscc_sns_subscription", object("endpoint", words("https://x/secret").AsSensitive()))
	if !got.Get("endpoint").IsSensitive() {
		t.Error("the mark is lost")
	}
}

func TestUnknownTypeLeavesANote(t *testing.T) {
	typ, _, notes := FromAWSCC("awscc_s3_bucket", object())
	if typ != "awscc_s3_bucket" || len(notes) != 1 {
		t.Errorf("%s %q", typ, notes)
	}
}

func TestFillIn(t *testing.T) {
	values := map[string]string{"region": "{name}", "name": "a", "empty": ""}
	for text, want := range map[string]string{
		"":                         "",
		"arn:{region}:{name}":      "arn:{name}:a", // what is filled in is not filled in again
		"{name}{empty}{name}":      "aa",
		"{unknown}:{name}":         "{unknown}:a",
		"{name":                    "{name",
		"a{":                       "a{",
		"{{name}}":                 "{a}",
		"arn:{partition}:x:{name}": "arn:{partition}:x:a",
	} {
		if got := FillIn(text, values); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
