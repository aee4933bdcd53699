package gate_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// goodPolicies are the policies of a whole chain.
var goodPolicies = aTopic + aRole + inlinePolicy("w", writing)

// changed returns a whole chain with texts replaced, each of which it contains.
func changed(t *testing.T, pairs ...string) string {
	t.Helper()
	code := alarming + goodPolicies
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] != "" && !strings.Contains(code, pairs[i]) {
			t.Fatalf("%q is not in the chain", pairs[i])
		}
		if pairs[i] == "" {
			code += pairs[i+1]
			continue
		}
		code = strings.Replace(code, pairs[i], pairs[i+1], 1)
	}
	return code
}

const (
	noLess    = "  threshold           = 1\n"
	actions   = "alarm_actions       = [aws_sns_topic.s.arn]"
	address   = `"o@corp.example.net"`
	byMail    = `"email"`
	bareTopic = `{ name = "alerts" }`
)

const openQueue = "resource \"aws_sqs_queue\" \"q\" {\n name = \"q\"\n policy = jsonencode({ Statement = [{ Effect = \"Allow\", Principal = \"*\", Action = \"sqs:SendMessage\", Resource = \"*\" }] })\n}\n"

// oneQuery returns an alarm's metric as a query.
func oneQuery(returns string) string {
	return "  metric_query {\n    id = \"m\"\n    return_data = " + returns + "\n    metric {\n      metric_name = \"D\"\n      namespace = \"S\"\n      stat = \"Sum\"\n      period = 300\n    }\n  }\n"
}

// TestWholeChains judges code that AWS takes otherwise than it looks.
func TestWholeChains(t *testing.T) {
	six := strings.Replace(actions, "aws_sns_topic.s.arn", strings.Repeat("aws_sns_topic.s.arn, ", 5)+"aws_sns_topic.s.arn", 1)
	for name, c := range map[string]struct {
		pairs []string
		want  verdict.Verdict
		says  string
	}{
		"as it is":                         {nil, verdict.Pass, ""},
		"no threshold":                     {[]string{noLess, ""}, verdict.Fail, "refused"},
		"six actions":                      {[]string{actions, six}, verdict.Fail, "refused"},
		"a colon in the namespace":         {[]string{`namespace = "S"`, `namespace = "S:1"`, `namespace           = "S"`, `namespace           = "S:1"`}, verdict.Fail, "refused"},
		"a blank in the group's name":      {[]string{`"/trail"`, `"/my trail"`}, verdict.Fail, "refused"},
		"a blank in the topic's name":      {[]string{`"alerts"`, `"my alerts"`}, verdict.Fail, "refused"},
		"a protocol that does not exist":   {[]string{byMail, `"mail"`}, verdict.Fail, "subscription-endpoint"},
		"a queue by its URL":               {[]string{byMail, `"sqs"`, address, `"https://sqs.us-east-1.amazonaws.com/111122223333/q"`}, verdict.Fail, "subscription-endpoint"},
		"an endpoint of another partition": {[]string{byMail, `"lambda"`, address, `"arn:aws-cn:lambda:cn-north-1:111122223333:function:f"`}, verdict.Fail, "subscription-endpoint"},
		"an action of another partition":   {[]string{actions, `alarm_actions = ["arn:aws-us-gov:sns:us-gov-west-1:111122223333:x"]`}, verdict.Fail, "action-not-sns"},
		"a webhook of Slack":               {[]string{byMail, `"https"`, address, `"https://hooks.slack.com/services/T0/B0/xyz"`}, verdict.Fail, "subscription-endpoint"},
		"a webhook of Teams":               {[]string{byMail, `"https"`, address, `"https://corp.webhook.office.com/webhookb2/x"`}, verdict.Fail, "subscription-endpoint"},
		"a webhook that confirms":          {[]string{byMail, `"https"`, address, `"https://events.pagerduty.com/integration/0123/enqueue"`}, verdict.Pass, "endpoint-needs-confirmation"},
		"a FIFO queue":                     {[]string{byMail, `"sqs"`, address, "aws_sqs_queue.q.arn", "", "resource \"aws_sqs_queue\" \"q\" {\n name = \"q.fifo\"\n fifo_queue = true\n}\n"}, verdict.Fail, "subscription-endpoint"},
		"the key of AWS by data": {[]string{bareTopic, `{
  name              = "alerts"
  kms_master_key_id = data.aws_kms_alias.a.target_key_arn
}
data "aws_kms_alias" "a" { name = "alias/aws/sns" }`}, verdict.Fail, "topic-key-aws-managed"},
		"a topic of a region that nobody states":     {[]string{bareTopic, "{\n  name   = \"alerts\"\n  region = var.unset\n}"}, verdict.Unknown, "value-unknown"},
		"a queue by its id":                          {[]string{byMail, `"sqs"`, address, "aws_sqs_queue.q.id", "", openQueue}, verdict.Fail, "subscription-endpoint"},
		"a text around a queue's ARN":                {[]string{byMail, `"sqs"`, address, `"${aws_sqs_queue.q.arn}-old"`, "", openQueue}, verdict.Unknown, "receiver-undecided"},
		"a function by what a gateway invokes":       {[]string{byMail, `"lambda"`, address, "aws_lambda_function.f.invoke_arn", "", aFunction}, verdict.Fail, "subscription-endpoint"},
		"a function by the ARN of a queue":           {[]string{byMail, `"lambda"`, address, "aws_sqs_queue.q.arn", "", openQueue}, verdict.Fail, "subscription-endpoint"},
		"mail to a queue":                            {[]string{address, "aws_sqs_queue.q.arn", "", openQueue}, verdict.Fail, "subscription-endpoint"},
		"mail to a topic":                            {[]string{address, "aws_sns_topic.s.arn"}, verdict.Fail, "subscription-to-topic"},
		"no protocol":                                {[]string{"  protocol  = \"email\"\n", ""}, verdict.Fail, "refused"},
		"a role by its unique id":                    {[]string{"aws_iam_role.t.arn", "aws_iam_role.t.unique_id"}, verdict.Fail, "trail-role-cannot-write"},
		"a text around a role's ARN":                 {[]string{"aws_iam_role.t.arn", `"${aws_iam_role.t.arn}-old"`}, verdict.Unknown, "value-unknown"},
		"no bucket":                                  {[]string{"  s3_bucket_name             = \"b\"\n", ""}, verdict.Fail, "refused"},
		"selectors of both kinds":                    {[]string{"is_multi_region_trail      = true\n", "is_multi_region_trail      = true\n  event_selector {\n    read_write_type = \"All\"\n  }\n  advanced_event_selector {\n    field_selector {\n      field  = \"eventCategory\"\n      equals = [\"Management\"]\n    }\n  }\n"}, verdict.Fail, "refused"},
		"no value to publish":                        {[]string{"    value     = \"1\"\n", ""}, verdict.Fail, "refused"},
		"a unit that does not exist":                 {[]string{"    value     = \"1\"\n", "    value     = \"1\"\n    unit      = \"Requests\"\n"}, verdict.Fail, "refused"},
		"a default that is not a number":             {[]string{"    value     = \"1\"\n", "    value     = \"1\"\n    default_value = \"none\"\n"}, verdict.Fail, "refused"},
		"two kinds of statistic":                     {[]string{"statistic           = \"Sum\"\n", "statistic           = \"Sum\"\n  extended_statistic = \"p99\"\n"}, verdict.Fail, "refused"},
		"a metric and queries":                       {[]string{"threshold           = 1\n", "threshold           = 1\n" + oneQuery("true")}, verdict.Fail, "refused"},
		"a query that returns no data":               {[]string{"  metric_name         = \"D\"\n  namespace           = \"S\"\n  statistic           = \"Sum\"\n  period              = 300\n", oneQuery("false")}, verdict.Fail, "refused"},
		"a query that returns data":                  {[]string{"  metric_name         = \"D\"\n  namespace           = \"S\"\n  statistic           = \"Sum\"\n  period              = 300\n", oneQuery("true")}, verdict.Pass, ""},
		"a body filter on the state":                 {byBody(`{ NewStateValue = ["ALARM"] }`), verdict.Pass, ""},
		"a body filter on another state":             {byBody(`{ NewStateValue = ["OK"] }`), verdict.Fail, "subscription-filtered"},
		"a body filter on no member":                 {byBody(`{ severity = ["high"] }`), verdict.Fail, "subscription-filtered"},
		"a body filter on an absent member":          {byBody(`{ severity = [{ exists = false }] }`), verdict.Pass, ""},
		"a body filter on any name":                  {byBody(`{ AlarmName = [{ exists = true }] }`), verdict.Pass, ""},
		"a body filter on the metric":                {byBody(`{ Trigger = { MetricName = ["D"] } }`), verdict.Pass, ""},
		"a body filter on another metric":            {byBody(`{ Trigger = { MetricName = ["CPU"] } }`), verdict.Fail, "subscription-filtered"},
		"a body filter inside no object":             {byBody(`{ detail = { state = ["ALARM"] } }`), verdict.Fail, "subscription-filtered"},
		"a body filter of alternatives":              {byBody(`{ "$or" = [{ AlarmName = ["x"] }, { NewStateValue = ["ALARM"] }] }`), verdict.Pass, ""},
		"a body filter of wrong ones":                {byBody(`{ "$or" = [{ AlarmName = ["x"] }, { severity = ["high"] }] }`), verdict.Fail, "subscription-filtered"},
		"a body filter on a time":                    {byBody(`{ StateChangeTime = [{ prefix = "2026" }] }`), verdict.Unknown, "subscription-filter-undecided"},
		"a filter on no attribute":                   {[]string{"  endpoint  = " + address + "\n", "  endpoint  = " + address + "\n  filter_policy = jsonencode({ team = [{ exists = false }] })\n"}, verdict.Fail, "subscription-filtered"},
		"an excluded source that nobody knows":       {[]string{"is_multi_region_trail      = true\n", "is_multi_region_trail      = true\n  event_selector {\n    exclude_management_event_sources = [var.unset]\n  }\n"}, verdict.Unknown, "value-unknown"},
		"one of two queues, and neither lets SNS in": {[]string{byMail, `"sqs"`, address, "var.unset == \"a\" ? aws_sqs_queue.q.arn : aws_sqs_queue.r.arn", "", "resource \"aws_sqs_queue\" \"q\" { name = \"q\" }\nresource \"aws_sqs_queue\" \"r\" { name = \"r\" }\n"}, verdict.Unknown, ""},
		"a disabled replica": {[]string{bareTopic, `{
  name              = "alerts"
  kms_master_key_id = aws_kms_replica_key.k.arn
}
resource "aws_kms_replica_key" "k" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1"
  enabled         = false
}`}, verdict.Fail, "topic-key-disabled"},
		"a policy of a topic that is not there": {[]string{"", "resource \"aws_sns_topic_policy\" \"p\" {\n arn = \"arn:aws:sns:us-east-1:111122223333:gone\"\n policy = \"{}\"\n}\n"}, verdict.Pass, ""},
		"a group by its name":                   {[]string{`"${aws_cloudwatch_log_group.t.arn}:*"`, "aws_cloudwatch_log_group.t.name"}, verdict.Fail, "trail-without-log-group"},
		"the metric of another account": {[]string{"  metric_name         = \"D\"\n", "", "  namespace           = \"S\"\n", "", "  statistic           = \"Sum\"\n", "", "  period              = 300\n", `  metric_query {
    id          = "m"
    account_id  = "999988887777"
    return_data = true
    metric {
      metric_name = "D"
      namespace   = "S"
      stat        = "Sum"
      period      = 300
    }
  }
`, `{ region = "us-east-1" }`, "{\n region = \"us-east-1\"\n allowed_account_ids = [\"111122223333\"]\n}"}, verdict.Fail, "metric-account-differs"},
		"the metric of the account that is watched": {[]string{"resource \"aws_cloudwatch_metric_alarm\" \"d\" {\n", "resource \"aws_cloudwatch_metric_alarm\" \"d\" {\n  provider = aws.watching\n", bareTopic, "{\n  name     = \"alerts\"\n  provider = aws.watching\n}",
			"  metric_name         = \"D\"\n", "", "  namespace           = \"S\"\n", "", "  statistic           = \"Sum\"\n", "", "  period              = 300\n", `  metric_query {
    id          = "m"
    account_id  = "111122223333"
    return_data = true
    metric {
      metric_name = "D"
      namespace   = "S"
      stat        = "Sum"
      period      = 300
    }
  }
`, `provider "aws" { region = "us-east-1" }`, `provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["111122223333"]
}
provider "aws" {
  alias               = "watching"
  region              = "us-east-1"
  allowed_account_ids = ["999988887777"]
}`}, verdict.Pass, "metric-of-other-account"},
	} {
		t.Run(name, func(t *testing.T) {
			got := judgeText(t, changed(t, c.pairs...))
			var codes []string
			for _, f := range got.Findings {
				codes = append(codes, f.Code)
			}
			if got.Verdict != c.want || !strings.Contains(strings.Join(codes, " "), c.says) {
				t.Errorf("%s: %v, want %s: %s", got.Verdict, codes, c.want, c.says)
			}
		})
	}
}

// byBody gives the subscription a filter policy on the body.
func byBody(policy string) []string {
	return []string{"  endpoint  = " + address + "\n", "  endpoint  = " + address + "\n  filter_policy_scope = \"MessageBody\"\n  filter_policy = jsonencode(" + policy + ")\n"}
}
