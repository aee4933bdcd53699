package catalog_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/catalog"
)

// TestInCloudFormation: names of Terraform become CloudFormation's, and nothing else does.
func TestInCloudFormation(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		"no name at all":                      "no name at all",
		"aws_sns_topic has kms_master_key_id": "AWS::SNS::Topic has KmsMasterKeyId",
		"set alarm_actions, and metric_name":  "set AlarmActions, and MetricName",
		`the name "alarm_actions" is its own`: `the name "alarm_actions" is its own`,
		`"never closed: alarm_actions`:        `"never closed: AlarmActions`,
		"a_name_of_nobody":                    "a_name_of_nobody",
		"é alarm_actions":                     "é AlarmActions",
	} {
		if got := catalog.InCloudFormation(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestPaths: from a property to the attribute and back.
func TestPaths(t *testing.T) {
	for _, c := range []struct{ typ, attribute, property string }{
		{"aws_sns_topic", "kms_master_key_id", "KmsMasterKeyId"},
		{"aws_cloudwatch_log_metric_filter", "metric_transformation.0.name", "MetricTransformations.0.MetricName"},
		{"aws_cloudwatch_metric_alarm", "metric_query.1.metric.0.metric_name", "Metrics.1.MetricStat.Metric.MetricName"},
		{"aws_cloudwatch_metric_alarm", "of_nobody", "of_nobody"},
		{"aws_of_nobody", "name", "name"},
	} {
		got := catalog.PropertyOf(c.typ, c.attribute)
		if got != c.property {
			t.Errorf("%s.%s is %s, want %s", c.typ, c.attribute, got, c.property)
		}
		if tpl := catalog.ByName(c.typ).FirstTemplate(); tpl != nil {
			if back := tpl.Attribute(got); back != c.attribute {
				t.Errorf("%s.%s is %s, want %s", c.typ, got, back, c.attribute)
			}
		}
	}
}

func TestARNOf(t *testing.T) {
	topic, function := catalog.ByName("aws_sns_topic"), catalog.ByName("aws_lambda_function")
	for _, c := range []struct {
		typ             *catalog.Type
		attribute, want string
	}{
		{topic, "arn", topic.ARN},
		{topic, "id", topic.ARN}, // the id of a topic is its ARN
		{topic, "", topic.ARN},   // a plan leaves .id out where an index comes before it
		{topic, "name", ""},
		{function, "qualified_arn", function.ARN},
		{function, "id", ""}, // its name
	} {
		if got := c.typ.ARNOf(c.attribute); got != c.want || topic.ARN == "" {
			t.Errorf("%s.%s: %q, want %q", c.typ.Name, c.attribute, got, c.want)
		}
	}
}

// TestDefaults: what a member is if nobody sets it.
func TestDefaults(t *testing.T) {
	for _, c := range []struct {
		typ, member, want string
		known             bool
	}{
		{"aws_cloudtrail", "enable_logging", "true", true},
		{"aws_cloudwatch_log_group", "log_group_class", "STANDARD", true},
		{"aws_sns_topic", "policy", "", true},
		{"aws_sns_topic", "arn", "", false},
	} {
		m, _ := catalog.ByName(c.typ).Members.Find(c.member)
		v, known := m.Unset()
		if text, _ := v.Text(); text != c.want || known != c.known {
			t.Errorf("%s.%s: %q, %v", c.typ, c.member, text, known)
		}
	}
	inTemplates := 0
	for _, typ := range catalog.Types() {
		for _, m := range typ.Members {
			if v, differs := m.InTemplate(); differs {
				inTemplates++
				if v.IsUnknown() {
					t.Errorf("%s.%s: %v", typ.Name, m.Name, v)
				}
			}
		}
	}
	if inTemplates == 0 {
		t.Error("no default of a template differs")
	}
}

func TestQuestions(t *testing.T) {
	for name, got := range map[string]bool{
		"a name decides the account":   catalog.MayDecideAccount("alias"),
		"tags are read":                !catalog.IsIrrelevant("aws_sns_topic", "tags"),
		"a type of nobody is judged":   catalog.IsIrrelevant("aws_of_nobody", "tags"),
		"actions are irrelevant":       catalog.IsIrrelevant("aws_cloudwatch_metric_alarm", "alarm_actions"),
		"a profile decides no account": !catalog.MayDecideAccount("profile"),
		"nobody looks at an id":        !catalog.ByName("aws_sns_topic").Reads("id"),
	} {
		if got {
			t.Error(name)
		}
	}
	if m, ok := catalog.MakerOf("aws_cloudformation_stack"); !ok || m.Body != "template_body" {
		t.Errorf("%+v, %v", m, ok)
	}
	if _, ok := catalog.MakerOf("aws_sns_topic"); ok {
		t.Error("a topic makes resources")
	}
}

// The name of a member in awscc is that of its property, or of what GetAtt returns.
func TestArgument(t *testing.T) {
	for typ, want := range map[string][2]string{
		"awscc_logs_log_group":   {"log_group_name", "arn"},
		"awscc_sns_topic":        {"topic_name", "topic_arn"},
		"awscc_cloudwatch_alarm": {"alarm_name", "arn"},
	} {
		tpl := catalog.ByAWSCC(typ)
		if got := [2]string{tpl.Argument(tpl.Type.Named), tpl.Argument("arn")}; got != want {
			t.Errorf("%s: %q, want %q", typ, got, want)
		}
	}
	if got := catalog.ByAWSCC("awscc_logs_log_group").Argument("none"); got != "" {
		t.Error(got)
	}
}
