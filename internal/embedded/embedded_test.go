package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/resource"
)

const inside = `
Parameters:
  Topic: {Type: String}
  Email: {Type: String, Default: ""}
Conditions:
  HasEmail: !Not [!Equals [!Ref Email, ""]]
Resources:
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic]}}
  Subscription: {Type: AWS::SNS::Subscription, Condition: HasEmail, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: !Ref Email}}
`

// readCode reads the code of one directory, with what templates in it make.
func readCode(t *testing.T, code string) *resource.Document {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"main.tf": code, "inside.yaml": inside} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	docs, err := hcl.Reader{}.Read(t.Context(), format.Input{Path: dir, IsDir: true}, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := Expand(t.Context(), docs[0], false); err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

// A template in an argument is read with its parameters, references too, and its place
// is the argument.
func TestTemplatesInArguments(t *testing.T) {
	doc := readCode(t, `
resource "aws_sns_topic" "t" {}
resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = file("inside.yaml")
  parameters = {
    Topic = aws_sns_topic.t.arn
    Email = "a@example.com"
  }
}
`)
	var addresses []string
	for _, r := range doc.Resources {
		addresses = append(addresses, r.Address)
	}
	if got := strings.Join(addresses, " "); got != "aws_cloudformation_stack.s.Alarm aws_cloudformation_stack.s.Subscription aws_sns_topic.t" {
		t.Fatal(got)
	}
	alarm := doc.Resources[0]
	o, _ := alarm.Attr("alarm_actions", 0).Origin()
	if len(o.Refs) != 1 || o.Refs[0].Address != "aws_sns_topic.t" {
		t.Errorf("%+v", o)
	}
	if alarm.Within != "aws_cloudformation_stack.s" || alarm.Position == nil || alarm.Position.Line != 5 {
		t.Errorf("%q, %+v", alarm.Within, alarm.Position)
	}
	if len(doc.Gaps)+len(doc.Incomplete) > 0 {
		t.Errorf("%v %v", doc.Gaps, doc.Incomplete)
	}
}

// What is not in the code is a gap with what it may hold and what closes it.
func TestTemplatesElsewhere(t *testing.T) {
	for name, tt := range map[string]struct {
		code, want string
		types      int
	}{
		"by URL":             {`resource "aws_cloudformation_stack" "s" { template_url = "https://example.com/t" }`, "template_body instead of template_url", 0},
		"not known":          {"variable \"body\" {}\nresource \"aws_cloudformation_stack_set\" \"s\" { template_body = var.body }", "--var body=VALUE", 0},
		"a set of elsewhere": {`resource "aws_cloudformation_stack_set_instance" "s" { stack_set_name = "baseline" }`, "aws_cloudformation_stack_set_instance.s", 0},
		"no YAML":            {`resource "aws_cloudformation_stack" "s" { template_body = "{" }`, "cannot be read", 0},
		"a state that is not known": {"variable \"state\" {}\n" + `resource "aws_cloudcontrolapi_resource" "s" {
			type_name     = "AWS::CloudWatch::Alarm"
			desired_state = var.state
		}`, "--var state=VALUE", 1},
	} {
		doc := readCode(t, tt.code)
		if len(doc.Gaps) != 1 || !strings.Contains(doc.Gaps[0].Text, tt.want) || len(doc.Gaps[0].Types) != tt.types || len(doc.Resources) > 0 {
			t.Errorf("%s: %+v", name, doc.Gaps)
		}
	}
	if doc := readCode(t, `resource "aws_cloudcontrolapi_resource" "r" { type_name = "AWS::ECR::Repository" }`); len(doc.Gaps) > 0 {
		t.Errorf("another type: %+v", doc.Gaps)
	}
}

// A parameter without a value decides whether a resource of the stack is made.
func TestTemplatesWithOpenParameters(t *testing.T) {
	doc := readCode(t, `
variable "email" {}
resource "aws_cloudformation_stack" "s" {
  template_body = file("inside.yaml")
  parameters    = { Topic = "arn:aws:sns:us-east-1:111122223333:t", Email = var.email }
}
`)
	for _, c := range append(doc.Cases, resource.Case{Resources: doc.Resources}) {
		for _, r := range c.Resources {
			if r.Type == "aws_sns_topic_subscription" && len(doc.Cases) == 0 && r.Uncertain == "" {
				t.Errorf("%s exists for certain", r.Address)
			}
		}
	}
}

// Where AWS has returned an output, its text is the value that the template gives it.
func TestReturnedOutputs(t *testing.T) {
	const topic = "arn:aws:sns:us-east-1:111122223333:s-Topic-1ABC"
	text := func(s string) resource.Value { return resource.StringValue(s) }
	doc := &resource.Document{Resources: []*resource.Resource{
		{Address: "aws_cloudwatch_metric_alarm.a", Type: "aws_cloudwatch_metric_alarm", Attributes: resource.MapValue(map[string]resource.Value{
			"alarm_actions": resource.ListValue(text(topic), text("arn:aws:sns:us-east-1:111122223333:other")),
		})},
		{Address: "aws_cloudformation_stack.s", Type: "aws_cloudformation_stack", Attributes: resource.MapValue(map[string]resource.Value{
			"name":          text("s"),
			"template_body": text("Resources: {Topic: {Type: AWS::SNS::Topic}}\nOutputs: {Arn: {Value: !Ref Topic}, Name: {Value: x}}\n"),
			"outputs":       resource.MapValue(map[string]resource.Value{"Arn": text(topic), "Name": text("x")}),
		})},
	}}
	if err := Expand(t.Context(), doc, false); err != nil {
		t.Fatal(err)
	}
	actions, made := doc.Resources[1].Attr("alarm_actions").List(), doc.Resources[0]
	want, _ := made.Attr("arn").Symbolic()
	if got, _ := actions[0].Symbolic(); got != want || want == "" {
		t.Errorf("%q, want %q", got, want)
	}
	if other, _ := actions[1].Text(); !strings.HasSuffix(other, ":other") {
		t.Errorf("another topic: %q", other)
	}
}

// A stack set is deployed by resources of its own, or by groups in its arguments.
func TestDeploymentsOfStackSets(t *testing.T) {
	const set = `
variable "n" {}
resource "aws_cloudformation_stack_set" "s" {
  name          = "baseline"
  template_body = "Parameters: {N: {Type: String}}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref N}}}"
  parameters    = { N = "base" }
}
`
	instance := func(label, more string) string {
		return "resource \"aws_cloudformation_stack_set_instance\" \"" + label + "\" {\n stack_set_name = aws_cloudformation_stack_set.s.name\n" + more + "\n}\n"
	}
	for name, tt := range map[string]struct{ code, region, value, doubt string }{
		"none":             {set, "", "base", "nothing in the input deploys it"},
		"one":              {set + instance("i", `region = "eu-west-1"`), "eu-west-1", "base", ""},
		"two regions":      {set + instance("i", `region = "eu-west-1"`) + instance("j", `region = "us-east-1"`), "", "base", ""},
		"by name":          {set + strings.ReplaceAll(instance("i", ""), "aws_cloudformation_stack_set.s.name", `"baseline"`), "", "base", ""},
		"an override":      {set + instance("i", `parameter_overrides = { N = "other" }`), "", "other", ""},
		"overrides differ": {set + instance("i", `parameter_overrides = { N = "other" }`) + instance("j", ""), "", "", ""},
		"not counted":      {set + instance("i", "count = var.n"), "", "base", "instances"},
		"several":          {set + strings.ReplaceAll(instance("i", `regions = ["us-west-2"]`), "set_instance", "instances"), "us-west-2", "base", ""},
	} {
		doc := readCode(t, tt.code)
		if len(doc.Resources) != 1 || len(doc.Gaps) > 0 {
			t.Errorf("%s: %d resources, gaps %v", name, len(doc.Resources), doc.Gaps)
			continue
		}
		topic := doc.Resources[0]
		value, _ := topic.Attr("display_name").Text()
		if topic.Scope.Region != tt.region || value != tt.value || !strings.Contains(topic.Uncertain, tt.doubt) || (topic.Uncertain == "") != (tt.doubt == "") {
			t.Errorf("%s: region %q, value %q, doubt %q", name, topic.Scope.Region, value, topic.Uncertain)
		}
	}
}
