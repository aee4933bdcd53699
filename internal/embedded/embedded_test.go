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
