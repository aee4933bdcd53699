package gate_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

const (
	aQueue    = "resource \"aws_sqs_queue\" \"q\" { name = \"alarms\" }\n"
	aFunction = "resource \"aws_lambda_function\" \"f\" {\n function_name = \"to-slack\"\n role = \"arn:aws:iam::111122223333:role/x\"\n filename = \"not-built-yet.zip\"\n source_code_hash = filebase64sha256(\"not-built-yet.zip\")\n}\n"
	anAlias   = "resource \"aws_lambda_alias\" \"a\" {\n name = \"live\"\n function_name = aws_lambda_function.f.function_name\n function_version = \"1\"\n}\n"
	aStream   = "resource \"aws_kinesis_firehose_delivery_stream\" \"s\" {\n name = \"alarms\"\n destination = \"extended_s3\"\n}\n"
	aSNSRole  = "resource \"aws_iam_role\" \"sns\" {\n name = \"sns\"\n assume_role_policy = jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Allow\", Principal = { Service = \"sns.amazonaws.com\" }, Action = \"sts:AssumeRole\" }] })\n}\n"

	sns       = `{ Service = "sns.amazonaws.com" }`
	fromTopic = `, Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.s.arn } }`
)

// receiving returns the alarm whose only subscription is not by mail.
func receiving(protocol, endpoint, more string) string {
	code := strings.Replace(alarming, `protocol  = "email"`, "protocol = \""+protocol+"\"", 1)
	code = strings.Replace(code, `"o@corp.example.net"`, endpoint, 1)
	return code + aTopic + aRole + inlinePolicy("w", writing) + more
}

func sending(principal, resource, more string) string {
	return strings.Replace(publishing(principal, resource, more), "sns:Publish", "sqs:SendMessage", 1)
}

func policyOfQueue(policy string) string {
	return "resource \"aws_sqs_queue_policy\" \"p\" {\n queue_url = aws_sqs_queue.q.id\n policy = " + policy + "\n}\n"
}

func queueWith(argument string) string {
	return strings.NewReplacer("{ ", "{\n ", " }\n", "\n "+argument+"\n}\n").Replace(aQueue)
}

func permission(arguments string) string {
	return "resource \"aws_lambda_permission\" \"p\" {\n action = \"lambda:InvokeFunction\"\n" + arguments + "\n}\n"
}

func queueKey(principal string) string {
	return queueWith("kms_master_key_id = aws_kms_key.k.key_id") + "resource \"aws_kms_key\" \"k\" { policy = " +
		strings.Replace(publishing(principal, `"*"`, ""), `"sns:Publish"`, `["kms:Decrypt", "kms:GenerateDataKey*"]`, 1) + " }\n"
}

func writesStream(actions string) string {
	return "resource \"aws_iam_role_policy\" \"sns\" {\n role = aws_iam_role.sns.id\n policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = " + actions + ", Resource = aws_kinesis_firehose_delivery_stream.s.arn }] })\n}\n"
}

// TestReceivers: a queue, a function or a delivery stream of the input is told only
// where something in it lets SNS in.
func TestReceivers(t *testing.T) {
	const (
		queue, function, alias = "aws_sqs_queue.q.arn", "aws_lambda_function.f.arn", "aws_lambda_alias.a.arn"
		byName                 = "function_name = aws_lambda_function.f.function_name\n"
		invokes                = byName + "principal = \"sns.amazonaws.com\"\n"
		stream                 = "aws_kinesis_firehose_delivery_stream.s.arn\n subscription_role_arn = aws_iam_role.sns.arn"
		put                    = `["firehose:PutRecord", "firehose:PutRecordBatch"]`
		denies, undecided      = "receiver-denies", "receiver-undecided"
		keyDenies, outside     = "receiver-key-denies", "receiver-outside"
	)
	good := sending(sns, queue, fromTopic)
	for name, c := range map[string]struct {
		code string
		want verdict.Verdict
		says string
	}{
		"a queue without a policy":                   {receiving("sqs", queue, aQueue), verdict.Fail, denies},
		"a queue with a policy":                      {receiving("sqs", queue, aQueue+policyOfQueue(good)), verdict.Pass, ""},
		"a queue with a policy by URL":               {receiving("sqs", queue, aQueue+strings.Replace(policyOfQueue(good), ".id", ".url", 1)), verdict.Pass, ""},
		"a queue with a policy inside":               {receiving("sqs", queue, queueWith("policy = "+sending(sns, `"*"`, fromTopic))), verdict.Pass, ""},
		"a policy inside of another service":         {receiving("sqs", queue, queueWith("policy = "+sending(`{ Service = "events.amazonaws.com" }`, `"*"`, ""))), verdict.Fail, denies},
		"a policy for another topic":                 {receiving("sqs", queue, aQueue+policyOfQueue(sending(sns, queue, strings.Replace(fromTopic, "aws_sns_topic.s.arn", `"arn:aws:sns:us-east-1:111122223333:other"`, 1)))), verdict.Fail, denies},
		"a policy of another action":                 {receiving("sqs", queue, aQueue+policyOfQueue(strings.Replace(good, "SendMessage", "ReceiveMessage", 1))), verdict.Fail, denies},
		"a policy for everybody from the topic":      {receiving("sqs", queue, aQueue+policyOfQueue(sending(`"*"`, queue, fromTopic))), verdict.Pass, ""},
		"a policy for another queue":                 {receiving("sqs", queue, aQueue+policyOfQueue(sending(sns, `"arn:aws:sqs:us-east-1:111122223333:other"`, ""))), verdict.Fail, denies},
		"a policy by data source":                    {receiving("sqs", queue, aQueue+policyOfQueue(policyDocument)+strings.NewReplacer("sns:Publish", "sqs:SendMessage", "aws_sns_topic.s.arn", queue).Replace(documented("p", "sns", "", ""))), verdict.Pass, ""},
		"a policy that denies beside":                {receiving("sqs", queue, aQueue+policyOfQueue(strings.Replace(good, "Statement = [", "Statement = [{ Effect = \"Deny\", Principal = \"*\", Action = \"sqs:*\", Resource = \"*\" }, ", 1))), verdict.Fail, denies},
		"a policy with an unset variable":            {receiving("sqs", queue, aQueue+policyOfQueue("var.unset")), verdict.Unknown, undecided},
		"a policy on a queue of an unset variable":   {receiving("sqs", queue, aQueue+strings.Replace(policyOfQueue(good), "aws_sqs_queue.q.id", "var.unset", 1)), verdict.Unknown, undecided},
		"a policy of undecided count":                {receiving("sqs", queue, aQueue+strings.Replace(policyOfQueue(good), "{\n", "{\n count = var.unset ? 1 : 0\n", 1)), verdict.Unknown, "count-undecided"},
		"a policy of a list of undecided account":    {receiving("sqs", queue, aQueue+policyOfQueue(sending(sns, queue, `, Condition = { StringEquals = { "aws:SourceAccount" = var.unset } }`))), verdict.Unknown, undecided},
		"a queue by its ARN":                         {receiving("sqs", `"arn:aws:sqs:us-east-1:111122223333:elsewhere"`, ""), verdict.Pass, outside},
		"a queue with the key of AWS":                {receiving("sqs", queue, queueWith(`kms_master_key_id = "alias/aws/sqs"`)+policyOfQueue(good)), verdict.Fail, keyDenies},
		"a queue with a key that lets SNS":           {receiving("sqs", queue, queueKey(sns)+policyOfQueue(good)), verdict.Pass, ""},
		"a queue with a key that lets CloudWatch":    {receiving("sqs", queue, queueKey(cloudwatch)+policyOfQueue(good)), verdict.Fail, keyDenies},
		"a queue with a key of elsewhere":            {receiving("sqs", queue, queueWith(`kms_master_key_id = "arn:aws:kms:us-east-1:111122223333:key/x"`)+policyOfQueue(good)), verdict.Pass, ""},
		"a function without a permission":            {receiving("lambda", function, aFunction), verdict.Fail, denies},
		"a function with a permission":               {receiving("lambda", function, aFunction+permission(invokes+"source_arn = aws_sns_topic.s.arn")), verdict.Pass, ""},
		"a permission by ARN":                        {receiving("lambda", function, aFunction+permission("function_name = aws_lambda_function.f.arn\nprincipal = \"sns.amazonaws.com\"")), verdict.Pass, ""},
		"a permission by a name that is written":     {receiving("lambda", function, aFunction+permission("function_name = \"to-slack\"\nprincipal = \"sns.amazonaws.com\"")), verdict.Pass, ""},
		"a permission of another function":           {receiving("lambda", function, aFunction+permission("function_name = \"other\"\nprincipal = \"sns.amazonaws.com\"")), verdict.Fail, denies},
		"a permission of another service":            {receiving("lambda", function, aFunction+permission(byName+"principal = \"events.amazonaws.com\"")), verdict.Fail, denies},
		"a permission for another topic":             {receiving("lambda", function, aFunction+permission(invokes+"source_arn = \"arn:aws:sns:us-east-1:111122223333:other\"")), verdict.Fail, denies},
		"a permission for topics of a name":          {receiving("lambda", function, aFunction+permission(invokes+"source_arn = \"arn:aws:sns:us-east-1:*:alerts\"")), verdict.Pass, ""},
		"a permission of another action":             {receiving("lambda", function, aFunction+strings.Replace(permission(invokes), "InvokeFunction", "GetFunction", 1)), verdict.Fail, denies},
		"a permission of all actions":                {receiving("lambda", function, aFunction+strings.Replace(permission(invokes), "InvokeFunction", "*", 1)), verdict.Pass, ""},
		"a permission of an organization":            {receiving("lambda", function, aFunction+permission(byName+"principal = \"*\"\nprincipal_org_id = \"o-1\"")), verdict.Unknown, undecided},
		"a permission of a URL":                      {receiving("lambda", function, aFunction+permission(byName+"principal = \"*\"\nfunction_url_auth_type = \"NONE\"")), verdict.Fail, denies},
		"a permission by way of a URL alone":         {receiving("lambda", function, aFunction+permission(invokes+"invoked_via_function_url = true")), verdict.Fail, denies},
		"a permission not by way of a URL":           {receiving("lambda", function, aFunction+permission(invokes+"invoked_via_function_url = false")), verdict.Pass, ""},
		"a permission with an unset principal":       {receiving("lambda", function, aFunction+permission(byName+"principal = var.unset")), verdict.Unknown, undecided},
		"a permission of an unset function":          {receiving("lambda", function, aFunction+permission("function_name = var.unset\nprincipal = \"sns.amazonaws.com\"")), verdict.Unknown, undecided},
		"an alias without its own":                   {receiving("lambda", alias, aFunction+anAlias+permission(invokes)), verdict.Fail, denies},
		"an alias with its own":                      {receiving("lambda", alias, aFunction+anAlias+permission(invokes+"qualifier = aws_lambda_alias.a.name")), verdict.Pass, ""},
		"an alias with its own, by ARN":              {receiving("lambda", alias, aFunction+anAlias+permission("function_name = aws_lambda_alias.a.arn\nprincipal = \"sns.amazonaws.com\"")), verdict.Pass, ""},
		"a function with its alias's":                {receiving("lambda", function, aFunction+anAlias+permission(invokes+"qualifier = aws_lambda_alias.a.name")), verdict.Fail, denies},
		"a version with its own":                     {receiving("lambda", "aws_lambda_function.f.qualified_arn", aFunction+permission(invokes+"qualifier = aws_lambda_function.f.version")), verdict.Pass, ""},
		"a version with the function's":              {receiving("lambda", "aws_lambda_function.f.qualified_arn", aFunction+permission(invokes)), verdict.Fail, denies},
		"a function by its ARN":                      {receiving("lambda", `"arn:aws:lambda:us-east-1:111122223333:function:elsewhere"`, ""), verdict.Pass, outside},
		"a stream without a role":                    {receiving("firehose", "aws_kinesis_firehose_delivery_stream.s.arn", aStream), verdict.Fail, denies},
		"a stream with a role":                       {receiving("firehose", stream, aStream+aSNSRole+writesStream(put)), verdict.Pass, ""},
		"a stream with a role that may write once":   {receiving("firehose", stream, aStream+aSNSRole+writesStream(`"firehose:PutRecord"`)), verdict.Fail, denies},
		"a stream with a role that may nothing":      {receiving("firehose", stream, aStream+aSNSRole), verdict.Fail, denies},
		"a stream with a role of another":            {receiving("firehose", stream, aStream+strings.Replace(aSNSRole, "sns.amazonaws", "firehose.amazonaws", 1)+writesStream(put)), verdict.Fail, denies},
		"a stream with a role of elsewhere":          {receiving("firehose", "aws_kinesis_firehose_delivery_stream.s.arn\n subscription_role_arn = \"arn:aws:iam::111122223333:role/sns\"", aStream), verdict.Pass, outside},
		"a queue without a policy beside a person":   {receiving("sqs", queue, aQueue) + "resource \"aws_sns_topic_subscription\" \"p\" {\n topic_arn = aws_sns_topic.s.arn\n protocol = \"email\"\n endpoint = \"o@corp.example.net\"\n}\n", verdict.Pass, ""},
		"a queue without a policy beside a module":   {receiving("sqs", queue, aQueue) + "module \"m\" { source = \"corp/m/aws\" }\n", verdict.Unknown, undecided},
		"a queue without a policy of the same URL":   {receiving("sqs", queue, aQueue) + "resource \"aws_sqs_queue\" \"other\" { name = \"other\" }\n" + strings.Replace(policyOfQueue(good), "aws_sqs_queue.q.id", "aws_sqs_queue.other.id", 1), verdict.Fail, denies},
		"a queue with a policy by a URL in one text": {receiving("sqs", queue, aQueue+strings.Replace(policyOfQueue(good), "aws_sqs_queue.q.id", `"https://sqs.us-east-1.amazonaws.com/111122223333/alarms"`, 1)), verdict.Pass, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := judgeText(t, c.code)
			said := false
			for _, f := range r.Findings {
				said = said || f.Code == c.says
				if c.says == "" && strings.HasPrefix(f.Code, "receiver-") {
					t.Errorf("says %s: %s", f.Code, f.Message)
				}
			}
			if r.Verdict != c.want || !said && c.says != "" {
				t.Errorf("%s, want %s and %s: %+v", r.Verdict, c.want, c.says, r.Findings)
			}
		})
	}
}
