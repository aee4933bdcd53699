package fix

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
	"github.com/iacgate/iacgate/internal/verdict"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const world = `
aws_cloudtrail "trail" {
  name = "trail"
}
aws_cloudtrail "advanced" {
  name                      = "advanced"
  cloud_watch_logs_role_arn = "arn:aws:iam::111122223333:role/r"
  advanced_event_selector { name = "data" }
}
aws_cloudtrail "data" {
  name = "data"
  event_selector {
    read_write_type = "ReadOnly"
    data_resource { type = "AWS::S3::Object" }
  }
}
aws_iam_role "trail" { name = "trail" }
aws_cloudwatch_log_group "trail" { name = "trail" }
aws_cloudwatch_log_group "other" { name = "other" }
aws_cloudwatch_log_metric_filter "filter" {
  name                     = "filter"
  log_group_name           = aws_cloudwatch_log_group.other.name
  field_selection_criteria = "x"
  apply_on_transformed_logs = true
  metric_transformation {
    name          = "Metric"
    namespace     = "NS"
    value         = "0"
    default_value = "0"
    dimensions    = { a = "b" }
  }
}
aws_cloudwatch_metric_alarm "alarm" {
  alarm_name          = "alarm"
  metric_name         = "Other"
  statistic           = "Sum"
  threshold           = "5"
  evaluation_periods  = "1"
  comparison_operator = "LessThanThreshold"
  unit                = "Bytes"
  datapoints_to_alarm = "1"
  alarm_actions       = ["arn:aws:swf:us-east-1:111122223333:action/x", aws_sns_topic.topic.arn, secret("s")]
}
aws_cloudwatch_metric_alarm "quiet" {
  alarm_name = "quiet"
}
aws_cloudwatch_metric_alarm "query" {
  alarm_name = "query"
  metric_query { id = "m" }
}
aws_cloudwatch_composite_alarm "composite" {
  alarm_name = "composite"
  actions_suppressor { alarm = "x" }
}
aws_sns_topic "topic" { name = "topic" }
aws_sns_topic_policy "literal" { policy = "{}" }
aws_sns_topic_policy "document" { policy = data.aws_iam_policy_document.topic.json }
aws_sns_topic_policy "hidden" { policy = hidden() }
data "aws_iam_policy_document" "topic" {}
aws_sns_topic_subscription "subscription" {
  protocol      = "https"
  filter_policy = "{}"
}
aws_kms_key "key" { policy = "{}" }
aws_sqs_queue "queue" { name = "queue" }
aws_sqs_queue "written" { policy = "{}" }
aws_sqs_queue_policy "queue" { policy = "{}" }
aws_lambda_function "function" { function_name = "f" }
aws_lambda_alias "alias" { name = "live" }
aws_kinesis_firehose_delivery_stream "stream" { name = "s" }
`

// chainIn is the world in a file of Terraform or of a template.
func chainIn(t *testing.T, file string) []*resource.Resource {
	t.Helper()
	all := resourcetest.World(t, world)
	for _, r := range all {
		r.Position.File = file
		r.Address = addressIn(file, r.Address)
		if !strings.Contains(file, ".tf") {
			r.Name = r.Address
		}
	}
	return all
}

// addressIn is an address as a file has it: templates have one name for type and name.
func addressIn(file, address string) string {
	if strings.Contains(file, ".tf") {
		return address
	}
	return strings.NewReplacer(".", "-").Replace(address)
}

// A fixCase is a fault of the world.
type fixCase struct{ code, resource, attribute string }

func (c fixCase) fault(file string) Fault {
	at := func(address string) string { return addressIn(file, address) }
	return Fault{
		Code: c.code, Resource: at(c.resource), Attribute: c.attribute, Control: "root-account-usage", Pattern: "{ $.a = b }",
		Trail: at("aws_cloudtrail.trail"), LogGroup: at("aws_cloudwatch_log_group.trail"), Filter: at("aws_cloudwatch_log_metric_filter.filter"),
		Alarm: at("aws_cloudwatch_metric_alarm.alarm"), Topic: at("aws_sns_topic.topic"), TrailGroup: at("aws_cloudwatch_log_group.trail"),
		Namespace: "NS", Metric: "Metric",
	}
}

var cases = []fixCase{
	{"trail-not-multi-region", "aws_cloudtrail.trail", ""},
	{"trail-misses-events", "aws_cloudtrail.trail", ""},
	{"trail-misses-events", "aws_cloudtrail.advanced", ""},
	{"trail-misses-events", "aws_cloudtrail.data", ""},
	{"trail-without-log-group", "aws_cloudtrail.trail", ""},
	{"trail-without-log-group", "aws_cloudtrail.advanced", ""},
	{"trail-without-role", "aws_cloudtrail.trail", ""},
	{"trail-role-cannot-write", "aws_iam_role.trail", ""},
	{"trail-role-cannot-write", "aws_iam_role.trail", "assume_role_policy"},
	{"trail-role-cannot-write", "aws_cloudtrail.trail", ""},
	{"log-group-mismatch", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"no-metric-filter", "aws_cloudwatch_log_group.trail", ""},
	{"metric-filter-refused", "aws_cloudwatch_log_metric_filter.filter", "metric_transformation.value"},
	{"metric-filter-refused", "aws_cloudwatch_log_metric_filter.filter", "metric_transformation.default_value"},
	{"metric-filter-narrowed", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"pattern-invalid", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"metric-name-differs", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"metric-namespace-differs", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"metric-name-differs", "aws_cloudwatch_metric_alarm.query", ""},
	{"metric-dimensions-differ", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"metric-unit-differs", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"no-alarm", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"alarm-cannot-fire", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-cannot-fire", "aws_cloudwatch_metric_alarm.query", ""},
	{"alarm-needs-burst", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-needs-burst", "aws_cloudwatch_metric_alarm.quiet", ""},
	{"composite-suppresses", "aws_cloudwatch_composite_alarm.composite", ""},
	{"alarm-has-suppressor", "aws_cloudwatch_composite_alarm.composite", ""},
	{"no-action", "aws_cloudwatch_metric_alarm.quiet", ""},
	{"action-not-sns", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"topic-policy-denies", "aws_sns_topic.topic", ""},
	{"topic-policy-denies", "aws_sns_topic_policy.literal", ""},
	{"topic-policy-denies", "aws_sns_topic_policy.document", ""},
	{"topic-policy-denies", "aws_sns_topic_policy.hidden", ""},
	{"topic-key-denies", "aws_kms_key.key", ""},
	{"topic-key-aws-managed", "aws_sns_topic.topic", ""},
	{"no-subscription", "aws_sns_topic.topic", ""},
	{"subscription-filtered", "aws_sns_topic_subscription.subscription", ""},
	{"subscription-endpoint", "aws_sns_topic_subscription.subscription", ""},
	{"receiver-denies", "aws_sqs_queue.queue", ""},
	{"receiver-denies", "aws_sqs_queue.written", ""},
	{"receiver-denies", "aws_sqs_queue_policy.queue", ""},
	{"receiver-denies", "aws_lambda_function.function", ""},
	{"receiver-denies", "aws_lambda_alias.alias", ""},
	{"receiver-denies", "aws_kinesis_firehose_delivery_stream.stream", ""},
	{"trail-logging-off", "aws_cloudtrail.trail", ""},
	{"trail-without-global-events", "aws_cloudtrail.trail", ""},
	{"log-group-class", "aws_cloudwatch_log_group.trail", ""},
	{"metric-value-zero", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"metric-value-absent", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"metric-filter-transformed", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"pattern-misses-events", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"pattern-never-matches", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"pattern-floods", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"pattern-narrower-than-reference", "aws_cloudwatch_log_metric_filter.filter", ""},
	{"metric-name-is-filter-name", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-always-on", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-needs-large-burst", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-refused", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-slow", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-high-resolution", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-one-shot", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"alarm-breaching-when-quiet", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"actions-disabled", "aws_cloudwatch_metric_alarm.alarm", ""},
	{"topic-key-disabled", "aws_kms_key.key", ""},
	{"subscription-to-topic", "aws_sns_topic_subscription.subscription", ""},
	{"subscription-other-region", "aws_sns_topic_subscription.subscription", ""},
}

// TestFixes: every kind of fault, fixed in HCL and in YAML.
func TestFixes(t *testing.T) {
	for _, file := range []string{"main.tf", "template.yaml"} {
		var b strings.Builder
		for _, c := range cases {
			fmt.Fprintf(&b, "# %s: %s %s\n", c.code, c.resource, c.attribute)
			change, ok := For(c.fault(file), chainIn(t, file), positioned)
			if !ok {
				b.WriteString("(no code fixes it)\n\n")
				continue
			}
			if change.File != file {
				t.Errorf("%s: in %q", c.code, change.File)
			}
			b.WriteString(change.Text("") + "\n\n")
		}
		golden(t, "testdata/fixes."+file+".golden", b.String())
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got)\n%s", path, diff)
	}
}

// TestAllCodes: every finding code that has a fix is among the cases.
func TestAllCodes(t *testing.T) {
	for code := range fixes {
		if !slices.ContainsFunc(cases, func(c fixCase) bool { return c.code == code }) {
			t.Errorf("%s has no case", code)
		}
	}
}

// TestParses: what is written in a language is read by its parser.
func TestParses(t *testing.T) {
	for _, file := range []string{"main.tf", "main.tf.json", "template.yaml", "template.json"} {
		for _, c := range cases {
			change, ok := For(c.fault(file), chainIn(t, file), positioned)
			if !ok {
				continue
			}
			for _, code := range []string{change.Set, change.Add, change.Append} {
				if err := parses(change, code); err != nil {
					t.Errorf("%s in %s: %v\n%s", c.code, file, err, code)
				}
			}
		}
	}
}

// parses parses a piece of a change: members of an object, blocks or an element.
func parses(c verdict.Change, code string) error {
	switch c.Language {
	case HCL:
		if strings.HasPrefix(code, "{") { // an element of a list
			code = "x = [" + code + "]"
		}
		if _, diags := hclsyntax.ParseConfig([]byte(code), "", hcl.InitialPos); diags.HasErrors() {
			return diags
		}
		return nil
	case YAML:
		return yaml.Unmarshal([]byte(code), new(any))
	}
	if !strings.HasPrefix(code, "{") {
		code = "{" + code + "}"
	}
	return json.Unmarshal([]byte(code), new(any))
}

// TestExample: an example is in the form of terraform fmt; templates say the same in
// both languages.
func TestExample(t *testing.T) {
	const id, pattern = "root-account-usage", `{ $.userIdentity.type = "Root" }`
	golden(t, "testdata/example.hcl.golden", Example(id, pattern, HCL))
	golden(t, "testdata/example.yaml.golden", Example(id, pattern, YAML))
	if text := Example(id, pattern, HCL); text != format(text)+"\n" {
		t.Errorf("not formatted:\n%s", text)
	}
	var inYAML, inJSON struct {
		Parameters map[string]any `yaml:"Parameters"`
		Resources  map[string]struct {
			Type      string   `yaml:"Type"`
			DependsOn []string `yaml:"DependsOn"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal([]byte(Example(id, pattern, YAML)), &inYAML); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(Example(id, pattern, JSON)), &inJSON); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inYAML, inJSON); diff != "" || len(inJSON.Resources) == 0 {
		t.Errorf("(-YAML +JSON)\n%s", diff)
	}
}
