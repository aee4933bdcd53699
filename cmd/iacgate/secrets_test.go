package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/report"
)

// webhook is a chain whose topic tells a URL that holds a token.
const webhook = `
provider "aws" { region = "eu-west-1" }

resource "aws_cloudwatch_log_metric_filter" "denied" {
  name           = "denied"
  log_group_name = "/cloudtrail"
  pattern        = "{ $.errorCode = \"AccessDenied*\" }"
  metric_transformation {
    name      = "Denied"
    namespace = "Security"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "denied" {
  alarm_name          = "denied"
  metric_name         = "Denied"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [aws_sns_topic.soc.arn]
}

resource "aws_sns_topic" "soc" {}

resource "aws_sns_topic_subscription" "soc" {
  topic_arn     = aws_sns_topic.soc.arn
  protocol      = "https"
  endpoint      = "https://hooks.slack.com/services/T01234567/B01234567/abcdefghijklmnopqrstuvwx"
  filter_policy = jsonencode({ team = ["soc"] })
}
`

// TestSecretsLeaveInNoOutput holds every format of every command to it, whatever
// marks a value as sensitive.
func TestSecretsLeaveInNoOutput(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "main.tf", webhook)
	refused := t.TempDir() // SNS takes no http for https; the reason quotes the endpoint
	put(t, refused, "main.tf", strings.Replace(webhook, "https://", " http://", 1))
	const plan, token = "../../testdata/plans/sensitive-endpoint", "https://hooks.example.com/services/T000/B000/s3cr3t-token"
	const template = "../../testdata/templates/noecho-webhook.yaml"
	for _, in := range []struct {
		name, secret string
		args         []string
	}{
		{"plan", "s3cr3t-token", []string{plan + "/plan.json"}},
		{"code", "s3cr3t-token", []string{"--var", "webhook=" + token, plan}},
		{"plan with its code", "s3cr3t-token", []string{"--source", plan, plan + "/plan.json"}},
		{"NoEcho parameter", "s3cr3t-token", []string{"--parameter", "Webhook=" + token, template}},
		{"default of a NoEcho parameter", "5f0c1d2e3b4a", []string{template}},
		{"token in an endpoint", "abcdefghijklmnopqrstuvwx", []string{dir}},
		{"token in a bad endpoint", "abcdefghijklmnopqrstuvwx", []string{refused}},
	} {
		t.Run(in.name, func(t *testing.T) {
			baseline := filepath.Join(t.TempDir(), "baseline.json")
			for _, f := range report.Names() {
				expectWithoutSecret(t, in.secret, append([]string{"check", "--control", "all", "--candidates", "-o", f}, in.args...)...)
			}
			for _, f := range graphNames() {
				expectWithoutSecret(t, in.secret, append([]string{"graph", "-o", f}, in.args...)...)
			}
			expectWithoutSecret(t, in.secret, append([]string{"check", "--baseline", baseline, "--update-baseline"}, in.args...)...)
			if raw, err := os.ReadFile(baseline); err != nil || bytes.Contains(raw, []byte(in.secret)) {
				t.Errorf("%s %v", raw, err)
			}
		})
	}
}

// expectWithoutSecret runs iacgate, which has to say something that does not hold the secret.
func expectWithoutSecret(t *testing.T, secret string, args ...string) {
	t.Helper()
	t.Setenv("IACGATE_DEBUG", "1")
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
	if code == 2 || stdout.Len() == 0 {
		t.Errorf("%q: exit status %d: %s", args, code, stderr.String())
	}
	for name, b := range map[string]*bytes.Buffer{"stdout": &stdout, "stderr": &stderr} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("%q: the secret appears in %s", args, name)
		}
	}
}

// isSilent runs iacgate, which may refuse what it is given, in words that do not hold
// the secret.
func isSilent(t *testing.T, secret string, args ...string) {
	t.Helper()
	t.Setenv("IACGATE_DEBUG", "1")
	var stdout, stderr bytes.Buffer
	run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
	for name, b := range map[string]*bytes.Buffer{"stdout": &stdout, "stderr": &stderr} {
		if i := strings.Index(b.String(), secret); i >= 0 {
			t.Errorf("%.60q: %s says %s: %.300s", args, name, secret, b.String()[max(0, i-150):])
		}
	}
	if stdout.Len()+stderr.Len() == 0 && args[0] == "graph" {
		t.Errorf("%q: nothing was said", args)
	}
}

// TestSecretsLeaveInNoPolicy holds policies of one's own to it, which see tokens
// in the raw document.
func TestSecretsLeaveInNoPolicy(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "policy/main.rego", `package main

deny contains {"msg": sprintf("%v", [input]), "all": input, "from": data.iacgate.document}

warn contains "no number" if to_number(input.Resources.Soc.Properties.Endpoint)
`)
	put(t, dir, "template.yaml", `Resources:
  Soc:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: arn:aws:sns:eu-west-1:111122223333:soc
      Protocol: https
      Endpoint: https://hooks.slack.com/services/T01234567/B01234567/abcdefghijklmnopqrstuvwx
`)
	policy, template := filepath.Join(dir, "policy"), filepath.Join(dir, "template.yaml")
	for _, f := range report.Names() {
		for _, input := range []string{"raw", "judged"} {
			expectWithoutSecret(t, "abcdefghijklmnopqrstuvwx", "check", "-p", policy, "--input", input, "-o", f, template)
		}
	}
}

// TestSecretsLeaveInNoError holds the words about values that are not taken to
// it.
func TestSecretsLeaveInNoError(t *testing.T) {
	const secret = "s3cr3t-value"
	dir := t.TempDir()
	put(t, dir, "main.tf", `
variable "count_of" {
  type      = number
  sensitive = true
}

variable "object" {
  type      = object({ a = number })
  sensitive = true
  default   = null
}
`)
	put(t, dir, "bad.values", `count_of = "`+secret+`"`)
	put(t, dir, "broken.values", `count_of = `+secret+`"`)
	put(t, dir, "block.values", secret+` { count_of = "`+secret+`" }`)
	put(t, dir, "broken.values.json", `{"count_of": "`+secret+`" x}`)
	put(t, dir, "template.yaml", `Parameters:
  Choice: {Type: String, NoEcho: true, AllowedValues: [a, b], Default: a}
  Shape: {Type: String, NoEcho: true, AllowedPattern: "^[a-z]$", Default: a}
  Length: {Type: String, NoEcho: true, MaxLength: 3, Default: a}
  Number: {Type: Number, NoEcho: true, Default: 1}
Resources:
  T: {Type: AWS::SNS::Topic}
`)
	put(t, dir, "broken.json", `[{"ParameterKey": "Number", "ParameterValue": "`+secret+`" x}]`)
	template := filepath.Join(dir, "template.yaml")
	for _, args := range [][]string{
		{"--var", "count_of=" + secret, dir},
		{"--var", "count_of=1", "--var", `object={ a = "` + secret + `" }`, dir},
		{"--var", "count_of=1", "--var", `object={ a = "` + secret, dir},
		{"--var-file", filepath.Join(dir, "bad.values"), dir},
		{"--var-file", filepath.Join(dir, "broken.values"), dir},
		{"--var-file", filepath.Join(dir, "block.values"), dir},
		{"--var-file", filepath.Join(dir, "broken.values.json"), dir},
		{"--parameter", "Choice=" + secret, template},
		{"--parameter", "Shape=" + secret, template},
		{"--parameter", "Length=" + secret, template},
		{"--parameter", "Number=" + secret, template},
		{"--parameters-file", filepath.Join(dir, "broken.json"), template},
	} {
		t.Setenv("IACGATE_DEBUG", "1")
		var stdout, stderr bytes.Buffer
		code := run(context.Background(), append([]string{"check"}, args...), strings.NewReader(""), &stdout, &stderr)
		if code != 2 || stdout.Len() != 0 || stderr.Len() == 0 || strings.Contains(stderr.String(), secret) {
			t.Errorf("%q: exit status %d, stdout %q, stderr %q", args, code, stdout.String(), stderr.String())
		}
	}
}

// put writes a file below a directory.
func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
