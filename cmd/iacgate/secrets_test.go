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
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(webhook), 0o644); err != nil {
		t.Fatal(err)
	}
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
	} {
		t.Run(in.name, func(t *testing.T) {
			baseline := filepath.Join(t.TempDir(), "baseline.json")
			for _, f := range report.Names() {
				says(t, in.secret, append([]string{"check", "--control", "all", "--candidates", "-o", f}, in.args...)...)
			}
			for _, f := range graphNames() {
				says(t, in.secret, append([]string{"graph", "-o", f}, in.args...)...)
			}
			says(t, in.secret, append([]string{"check", "--baseline", baseline, "--update-baseline"}, in.args...)...)
			if raw, err := os.ReadFile(baseline); err != nil || bytes.Contains(raw, []byte(in.secret)) {
				t.Errorf("%s %v", raw, err)
			}
		})
	}
}

// says runs iacgate, which has to say something that does not hold the secret.
func says(t *testing.T, secret string, args ...string) {
	t.Helper()
	t.Setenv("IACGATE_DEBUG", "1")
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
	if code == 2 || stdout.Len() == 0 {
		t.Errorf("%q: exit status %d: %s", args, code, stderr.String())
	}
	for name, b := range map[string]*bytes.Buffer{"stdout": &stdout, "stderr": &stderr} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("%q: the secret stands in %s", args, name)
		}
	}
}
