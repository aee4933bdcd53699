package gate_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/verdict"
)

// alarming is a chain without its role, topic and policies.
const alarming = `
provider "aws" { region = "us-east-1" }
data "aws_caller_identity" "c" {}
data "aws_region" "r" {}
data "aws_partition" "p" {}
variable "unset" {}
variable "more" { type = list(string) }
resource "aws_cloudwatch_log_group" "t" { name = "/trail" }
resource "aws_cloudtrail" "t" {
  name                       = "t"
  s3_bucket_name             = "b"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.t.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.t.arn
}
resource "aws_cloudwatch_log_metric_filter" "d" {
  name           = "d"
  log_group_name = aws_cloudwatch_log_group.t.name
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
  metric_transformation {
    name      = "D"
    namespace = "S"
    value     = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "d" {
  alarm_name          = "denied"
  metric_name         = "D"
  namespace           = "S"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.s.arn]
}
resource "aws_sns_topic_subscription" "o" {
  topic_arn = aws_sns_topic.s.arn
  protocol  = "email"
  endpoint  = "o@corp.example.net"
}
`

const (
	aTopic = `resource "aws_sns_topic" "s" { name = "alerts" }
`
	trusts = `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "sts:AssumeRole" }] })`
	aRole  = `resource "aws_iam_role" "t" {
  name               = "ct"
  assume_role_policy = ` + trusts + `
}
`
	writing = `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.t.arn}:*" }] })`
	reading = `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "logs:Get*", Resource = "*" }] })`
	denying = `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "logs:*", Resource = "*" }] })`
)

// inlinePolicy gives the role an inline policy.
func inlinePolicy(name, policy string) string {
	return "resource \"aws_iam_role_policy\" \"" + name + "\" {\n name = \"" + name + "\"\n role = aws_iam_role.t.id\n policy = " + policy + "\n}\n"
}

func managedPolicy(policy string) string {
	return "resource \"aws_iam_policy\" \"m\" {\n name = \"m\"\n policy = " + policy + "\n}\n"
}

func attaches(arn string) string {
	return "resource \"aws_iam_role_policy_attachment\" \"a\" {\n role = aws_iam_role.t.name\n policy_arn = " + arn + "\n}\n"
}

func attachesTo(roles, arn string) string {
	return "resource \"aws_iam_policy_attachment\" \"a\" {\n name = \"a\"\n roles = " + roles + "\n policy_arn = " + arn + "\n}\n"
}

func keepsInline(names string) string {
	return "resource \"aws_iam_role_policies_exclusive\" \"e\" {\n role_name = aws_iam_role.t.name\n policy_names = " + names + "\n}\n"
}

func keepsAttached(arns string) string {
	return "resource \"aws_iam_role_policy_attachments_exclusive\" \"e\" {\n role_name = aws_iam_role.t.name\n policy_arns = " + arns + "\n}\n"
}

// roleWith returns the role with one argument more.
func roleWith(argument string) string {
	return strings.Replace(aRole, "{\n", "{\n "+argument+"\n", 1)
}

// withTopicPolicy returns the topic and a policy of it.
func withTopicPolicy(policy string) string {
	return aTopic + "resource \"aws_sns_topic_policy\" \"p\" {\n arn = aws_sns_topic.s.arn\n policy = " + policy + "\n}\n"
}

// withKeyPolicies returns a topic that is encrypted, and policies of its key in resources
// of their own.
func withKeyPolicies(principals ...string) string {
	code := "resource \"aws_sns_topic\" \"s\" {\n name = \"alerts\"\n kms_master_key_id = aws_kms_key.k.arn\n}\nresource \"aws_kms_key\" \"k\" {}\n"
	for i, principal := range principals {
		code += fmt.Sprintf("resource \"aws_kms_key_policy\" \"p%d\" {\n key_id = aws_kms_key.k.id\n policy = ", i) +
			strings.ReplaceAll(publishing(principal, `"*"`, ""), "sns:Publish", "kms:*") + "\n}\n"
	}
	return code
}

// publishing returns a policy that lets a principal publish to a resource, under what else is said.
func publishing(principal, resource, more string) string {
	return `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = ` + principal + `, Action = "sns:Publish", Resource = ` + resource + more + ` }] })`
}

// documented returns a data source with one statement, and arguments beside it.
func documented(name, service, sid, more string) string {
	return "data \"aws_iam_policy_document\" \"" + name + "\" {\n" + more + "\nstatement {\n sid = \"" + sid + "\"\n actions = [\"sns:Publish\"]\n resources = [aws_sns_topic.s.arn]\n" +
		"principals {\n type = \"Service\"\n identifiers = [\"" + service + ".amazonaws.com\"]\n}\n}\n}\n"
}

const (
	cloudwatch     = `{ Service = "cloudwatch.amazonaws.com" }`
	madeTopic      = `"arn:${data.aws_partition.p.partition}:sns:${data.aws_region.r.name}:${data.aws_caller_identity.c.account_id}:alerts"`
	madeAlarms     = `"arn:${data.aws_partition.p.partition}:cloudwatch:${data.aws_region.r.name}:${data.aws_caller_identity.c.account_id}:alarm:*"`
	another        = `{ Service = "events.amazonaws.com" }`
	fullAccess     = `"arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"`
	policyDocument = "data.aws_iam_policy_document.p.json"
)

func onlyIf(operator, key, value string) string {
	return `, Condition = { ` + operator + ` = { "` + key + `" = ` + value + ` } }`
}

// TestPoliciesOfCode: policies of every form are judged, and an ARN of the same
// code is what it is. code is what is said of it, "" for nothing but the usual notes.
func TestPoliciesOfCode(t *testing.T) {
	const cannot, hidden, denies, undecided = "trail-role-cannot-write", "trail-role-not-visible", "topic-policy-denies", "topic-policy-undecided"
	inline := inlinePolicy("w", writing)
	for name, c := range map[string]struct {
		code string
		want verdict.Verdict
		says string
	}{
		"an inline policy":                      {aTopic + aRole + inline, verdict.Pass, ""},
		"no policy":                             {aTopic + aRole, verdict.Fail, cannot},
		"a log group's ARN without a star":      {aTopic + aRole + inlinePolicy("w", strings.Replace(writing, ":*\"", "\"", 1)), verdict.Fail, cannot},
		"a policy that denies beside":           {aTopic + aRole + inline + inlinePolicy("d", denying), verdict.Fail, cannot},
		"an attached policy":                    {aTopic + aRole + managedPolicy(writing) + attaches("aws_iam_policy.m.arn"), verdict.Pass, ""},
		"an attached policy that reads":         {aTopic + aRole + managedPolicy(reading) + attaches("aws_iam_policy.m.arn"), verdict.Fail, cannot},
		"one of AWS's":                          {aTopic + aRole + attaches(fullAccess), verdict.Pass, ""},
		"one of AWS's by data source":           {aTopic + aRole + "data \"aws_iam_policy\" \"x\" { name = \"CloudWatchLogsFullAccess\" }\n" + attaches("data.aws_iam_policy.x.arn"), verdict.Pass, ""},
		"one of AWS's that reads":               {aTopic + aRole + attaches(`"arn:aws:iam::aws:policy/ReadOnlyAccess"`), verdict.Fail, cannot},
		"one of AWS's that is not known":        {aTopic + aRole + attaches(`"arn:aws:iam::aws:policy/Other"`), verdict.Pass, hidden},
		"one of AWS's beside one that denies":   {aTopic + aRole + attaches(fullAccess) + inlinePolicy("d", denying), verdict.Fail, cannot},
		"one of the customer's":                 {aTopic + aRole + attaches(`"arn:aws:iam::111122223333:policy/x"`), verdict.Pass, hidden},
		"a policy by a variable":                {aTopic + aRole + attaches("var.unset"), verdict.Pass, hidden},
		"a role by a variable":                  {aTopic + aRole + strings.Replace(attaches(fullAccess), "aws_iam_role.t.name", "var.unset", 1), verdict.Pass, hidden},
		"aws_iam_policy_attachment":             {aTopic + aRole + managedPolicy(writing) + attachesTo("[aws_iam_role.t.name]", "aws_iam_policy.m.arn"), verdict.Pass, ""},
		"aws_iam_policy_attachment, no role":    {aTopic + aRole + managedPolicy(writing) + attachesTo("[]", "aws_iam_policy.m.arn"), verdict.Fail, cannot},
		"aws_iam_policy_attachment, any roles":  {aTopic + aRole + managedPolicy(writing) + attachesTo("var.more", "aws_iam_policy.m.arn"), verdict.Pass, hidden},
		"managed_policy_arns":                   {aTopic + managedPolicy(writing) + roleWith("managed_policy_arns = [aws_iam_policy.m.arn]"), verdict.Pass, ""},
		"managed_policy_arns that read":         {aTopic + managedPolicy(reading) + roleWith("managed_policy_arns = [aws_iam_policy.m.arn]"), verdict.Fail, cannot},
		"an inline block":                       {aTopic + roleWith("inline_policy {\n name = \"w\"\n policy = "+writing+"\n}"), verdict.Pass, ""},
		"an empty inline block":                 {aTopic + roleWith("inline_policy {}"), verdict.Fail, cannot},
		"a boundary":                            {aTopic + roleWith(`permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"`) + inline, verdict.Pass, ""},
		"a boundary that does not allow":        {aTopic + managedPolicy(reading) + roleWith("permissions_boundary = aws_iam_policy.m.arn") + inline, verdict.Fail, cannot},
		"a boundary that is elsewhere":          {aTopic + roleWith(`permissions_boundary = "arn:aws:iam::111122223333:policy/b"`) + inline, verdict.Pass, hidden},
		"a boundary and no policy":              {aTopic + roleWith(`permissions_boundary = "arn:aws:iam::aws:policy/AdministratorAccess"`), verdict.Fail, cannot},
		"all inline policies removed":           {aTopic + aRole + inline + keepsInline("[]"), verdict.Fail, cannot},
		"another inline policy kept":            {aTopic + aRole + inline + inlinePolicy("r", reading) + keepsInline(`["r"]`), verdict.Fail, cannot},
		"the inline policy kept":                {aTopic + aRole + inline + keepsInline("[aws_iam_role_policy.w.name]"), verdict.Pass, ""},
		"the one that denies removed":           {aTopic + aRole + inline + inlinePolicy("d", denying) + keepsInline(`["w"]`), verdict.Pass, ""},
		"who knows which kept":                  {aTopic + aRole + inline + keepsInline("var.more"), verdict.Pass, hidden},
		"attachments stay with inline removed":  {aTopic + aRole + attaches(fullAccess) + keepsInline("[]"), verdict.Pass, ""},
		"all attachments removed":               {aTopic + aRole + attaches(fullAccess) + keepsAttached("[]"), verdict.Fail, cannot},
		"an attachment kept":                    {aTopic + aRole + managedPolicy(writing) + attaches("aws_iam_policy.m.arn") + keepsAttached("[aws_iam_policy.m.arn]"), verdict.Pass, ""},
		"an attachment that the list makes":     {aTopic + aRole + keepsAttached("["+fullAccess+"]"), verdict.Pass, ""},
		"a trust for another trail":             {aTopic + strings.Replace(aRole, `Action = "sts:AssumeRole"`, `Action = "sts:AssumeRole"`+onlyIf("StringEquals", "aws:SourceArn", `"arn:aws:cloudtrail:us-east-1:${data.aws_caller_identity.c.account_id}:trail/x"`), 1) + inline, verdict.Fail, cannot},
		"a trust for an account nothing states": {aTopic + strings.Replace(aRole, `Action = "sts:AssumeRole"`, `Action = "sts:AssumeRole"`+onlyIf("StringEquals", "aws:SourceAccount", `"111122223333"`), 1) + inline, verdict.Unknown, "value-unknown"},

		"the topic by reference":          {withTopicPolicy(publishing(cloudwatch, "aws_sns_topic.s.arn", "")) + aRole + inline, verdict.Pass, ""},
		"the topic by a made ARN":         {withTopicPolicy(publishing(cloudwatch, madeTopic, "")) + aRole + inline, verdict.Pass, ""},
		"an account that none states":     {withTopicPolicy(publishing(cloudwatch, `"arn:aws:sns:us-east-1:111122223333:alerts"`, "")) + aRole + inline, verdict.Unknown, undecided},
		"eleven digits":                   {withTopicPolicy(publishing(cloudwatch, `"arn:aws:sns:us-east-1:11112222333:alerts"`, "")) + aRole + inline, verdict.Fail, denies},
		"another service":                 {withTopicPolicy(publishing(another, "aws_sns_topic.s.arn", "")) + aRole + inline, verdict.Fail, denies},
		"the root of the account":         {withTopicPolicy(publishing(`{ AWS = "arn:aws:iam::${data.aws_caller_identity.c.account_id}:root" }`, "aws_sns_topic.s.arn", "")) + aRole + inline, verdict.Fail, denies},
		"alarms of the account":           {withTopicPolicy(publishing(cloudwatch, "aws_sns_topic.s.arn", onlyIf("ArnLike", "aws:SourceArn", madeAlarms))) + aRole + inline, verdict.Pass, ""},
		"alarms by StringEquals":          {withTopicPolicy(publishing(cloudwatch, "aws_sns_topic.s.arn", onlyIf("StringEquals", "aws:SourceArn", madeAlarms))) + aRole + inline, verdict.Fail, denies},
		"this alarm":                      {withTopicPolicy(publishing(cloudwatch, "aws_sns_topic.s.arn", onlyIf("ArnEquals", "aws:SourceArn", "aws_cloudwatch_metric_alarm.d.arn"))) + aRole + inline, verdict.Pass, ""},
		"the owner":                       {withTopicPolicy(publishing(`{ AWS = "*" }`, "aws_sns_topic.s.arn", onlyIf("StringEquals", "AWS:SourceOwner", "data.aws_caller_identity.c.account_id"))) + aRole + inline, verdict.Pass, ""},
		"an owner of no account":          {withTopicPolicy(publishing(`{ AWS = "*" }`, "aws_sns_topic.s.arn", onlyIf("StringEquals", "AWS:SourceOwner", `"ACCOUNT"`))) + aRole + inline, verdict.Fail, denies},
		"an owner by a variable":          {withTopicPolicy(publishing(`{ AWS = "*" }`, "aws_sns_topic.s.arn", onlyIf("StringEquals", "AWS:SourceOwner", "var.unset"))) + aRole + inline, verdict.Unknown, undecided},
		"through jsondecode":              {withTopicPolicy("jsonencode(jsondecode("+publishing(cloudwatch, "aws_sns_topic.s.arn", "")+"))") + aRole + inline, verdict.Pass, ""},
		"trimmed":                         {withTopicPolicy("trimspace("+publishing(cloudwatch, "aws_sns_topic.s.arn", "")+")") + aRole + inline, verdict.Pass, ""},
		"around which something is":       {withTopicPolicy("replace("+publishing(cloudwatch, "aws_sns_topic.s.arn", "")+`, "1", "-")`) + aRole + inline, verdict.Unknown, undecided},
		"a document":                      {withTopicPolicy(policyDocument) + documented("p", "cloudwatch", "", "") + aRole + inline, verdict.Pass, ""},
		"a document for another":          {withTopicPolicy(policyDocument) + documented("p", "events", "", "") + aRole + inline, verdict.Fail, denies},
		"a document with a source":        {withTopicPolicy(policyDocument) + documented("p", "events", "", "source_policy_documents = [data.aws_iam_policy_document.q.json]") + documented("q", "cloudwatch", "", "") + aRole + inline, verdict.Pass, ""},
		"a document that is overridden":   {withTopicPolicy(policyDocument) + documented("p", "cloudwatch", "a", "override_policy_documents = [data.aws_iam_policy_document.q.json]") + documented("q", "events", "a", "") + aRole + inline, verdict.Fail, denies},
		"a key policy":                    {withKeyPolicies(cloudwatch) + aRole + inline, verdict.Pass, ""},
		"two key policies":                {withKeyPolicies(cloudwatch, cloudwatch) + aRole + inline, verdict.Pass, ""},
		"a second key policy for another": {withKeyPolicies(cloudwatch, another) + aRole + inline, verdict.Fail, "topic-key-denies"},
		"a first key policy for another":  {withKeyPolicies(another, cloudwatch) + aRole + inline, verdict.Fail, "topic-key-denies"},
		"no key policy":                   {withKeyPolicies() + aRole + inline, verdict.Fail, "topic-key-denies"},

		"a document with open sources": {withTopicPolicy(policyDocument) + documented("p", "events", "", "source_policy_documents = var.more") + aRole + inline, verdict.Unknown, undecided},
	} {
		t.Run(name, func(t *testing.T) {
			got := judgeText(t, alarming+c.code)
			if got.Verdict != c.want {
				t.Errorf("%s, want %s\n%s", got.Verdict, c.want, pretty(got))
			}
			var says string
			for _, f := range got.Findings {
				if f.Code != "email-needs-confirmation" {
					says += f.Code
				}
			}
			if says != c.says {
				t.Errorf("says %q, want %q\n%s", says, c.says, pretty(got))
			}
		})
	}
}

// judgeText judges code.
func judgeText(t *testing.T, code string) verdict.Result {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, err := hcl.Read(context.Background(), hcl.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	j, err := newGate(t).Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j.Results[0]
}
