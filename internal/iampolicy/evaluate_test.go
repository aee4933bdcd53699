package iampolicy

import (
	"strings"
	"testing"
)

const (
	account  = "111122223333"
	topicARN = "arn:aws:sns:us-east-1:111122223333:alerts"
	alarmARN = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:denied"
	keyARN   = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

func mustParse(t *testing.T, doc string) Document {
	t.Helper()
	d, err := Parse(doc)
	if err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	return d
}

func publish() Request { return PublishAlarm(Texts(topicARN), Known(alarmARN), Known(account)) }

// What SNS gives to a topic without a policy of its own.
const defaultTopicPolicy = `{
  "Version": "2008-10-17",
  "Id": "__default_policy_ID",
  "Statement": [{
    "Sid": "__default_statement_ID",
    "Effect": "Allow",
    "Principal": {"AWS": "*"},
    "Action": ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:RemovePermission",
      "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish", "SNS:Receive"],
    "Resource": "arn:aws:sns:us-east-1:111122223333:alerts",
    "Condition": {"StringEquals": {"AWS:SourceOwner": "111122223333"}}
  }]
}`

func statements(list ...string) string {
	return `{"Version": "2012-10-17", "Statement": [` + strings.Join(list, ",") + `]}`
}

const allowCloudWatch = `{"Sid": "AllowPublish", "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"},
	"Action": "sns:Publish", "Resource": "*"}`

// allowWith returns an Allow for a principal under a condition.
func allowWith(principal, condition string) string {
	return `{"Sid": "S", "Effect": "Allow", "Principal": ` + principal + `, "Action": "sns:Publish", "Resource": "` + topicARN + `", "Condition": ` + condition + `}`
}

func denyWith(principal, condition string) string {
	return strings.Replace(allowWith(principal, condition), `"Allow"`, `"Deny"`, 1)
}

const cloudWatch = `{"Service": "cloudwatch.amazonaws.com"}`

var topicPolicies = []struct {
	name, policy string
	want         Decision
	reason       string
}{
	{"default policy", defaultTopicPolicy, Allowed, "__default_statement_ID"},
	{"default policy of another account", strings.ReplaceAll(defaultTopicPolicy, account, "999999999999"), NotAllowed, ""},
	{"plain service principal", statements(allowCloudWatch), Allowed, `statement "AllowPublish" allows sns:Publish for cloudwatch.amazonaws.com`},
	// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/US_SetupSNS.html
	{"CloudWatch guide", `{"Version": "2008-10-17", "Id": "example", "Statement": [{"Sid": "example-statement-ID", "Effect": "Allow",
		"Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "SNS:Publish", "Resource": "` + topicARN + `",
		"Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"},
		"StringEquals": {"aws:SourceAccount": "111122223333"}}}]}`, Allowed, ""},
	{"one statement, no list", `{"Statement": ` + allowCloudWatch + `}`, Allowed, ""},
	{"S04 root alone", statements(allowWith(`{"AWS": "arn:aws:iam::111122223333:root"}`, `{}`)), NotAllowed, "is for AWS arn:aws:iam::111122223333:root"},
	{"S04 everybody, source arn", statements(allowWith(`{"AWS": "*"}`, `{"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"}}`)), Allowed, ""},
	{"S04 star", statements(allowWith(`"*"`, `{"StringEquals": {"aws:SourceAccount": "111122223333"}}`)), Allowed, ""},
	{"S05 other account", statements(allowWith(cloudWatch, `{"StringEquals": {"aws:SourceAccount": "444455556666"}}`)), NotAllowed,
		`asks for aws:SourceAccount StringEquals 444455556666; in the request it is 111122223333`},
	{"S05 other region", statements(allowWith(cloudWatch, `{"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*"}}`)), NotAllowed, ""},
	{"S05 other prefix", statements(allowWith(cloudWatch, `{"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:prod-*"}}`)), NotAllowed, ""},
	{"S05 EventBridge", statements(allowWith(`{"Service": "events.amazonaws.com"}`, `{}`)), NotAllowed, "events.amazonaws.com"},
	{"S05 CloudTrail", statements(allowWith(`{"Service": ["cloudtrail.amazonaws.com", "s3.amazonaws.com"]}`, `{}`)), NotAllowed, ""},
	{"several services", statements(allowWith(`{"Service": ["events.amazonaws.com", "cloudwatch.amazonaws.com"]}`, `{}`)), Allowed, ""},
	{"S06 deny without TLS", statements(allowCloudWatch, denyWith(`"*"`, `{"Bool": {"aws:SecureTransport": "false"}}`)), Allowed, ""},
	{"S06 deny everybody", statements(allowCloudWatch, denyWith(`"*"`, `{}`)), Denied, `statement "S" denies`},
	{"S06 organization", statements(allowWith(`"*"`, `{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`)), Unknown, "whether the request has it is not known"},
	{"S06 organization beside a good one", statements(allowWith(`"*"`, `{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`), allowCloudWatch), Allowed, ""},
	{"deny outside of the organization", statements(allowCloudWatch, denyWith(`"*"`, `{"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}`)), Unknown, "may deny"},
	{"deny outside of the organization but services", statements(allowCloudWatch,
		denyWith(`"*"`, `{"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}`)), Allowed, ""},
	{"deny to all but CloudWatch", statements(allowCloudWatch, `{"Effect": "Deny", "NotPrincipal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "*", "Resource": "*"}`), Allowed, ""},
	{"deny to all but EventBridge", statements(allowCloudWatch, `{"Effect": "Deny", "NotPrincipal": {"Service": "events.amazonaws.com"}, "Action": "*", "Resource": "*"}`), Denied, ""},
	{"other action", statements(strings.Replace(allowCloudWatch, "sns:Publish", "sns:Subscribe", 1)), NotAllowed, "is for sns:Subscribe"},
	{"action in capitals", statements(strings.Replace(allowCloudWatch, "sns:Publish", "SNS:PUB*", 1)), Allowed, ""},
	{"NotAction", statements(strings.Replace(allowCloudWatch, `"Action": "sns:Publish"`, `"NotAction": "sns:Delete*"`, 1)), Allowed, ""},
	{"NotAction hits", statements(strings.Replace(allowCloudWatch, `"Action": "sns:Publish"`, `"NotAction": "sns:*"`, 1)), NotAllowed, ""},
	{"other topic", statements(strings.Replace(allowCloudWatch, `"*"`, `"arn:aws:sns:us-east-1:111122223333:others"`, 1)), NotAllowed, ""},
	{"NotResource", statements(strings.Replace(allowCloudWatch, `"Resource": "*"`, `"NotResource": "arn:aws:sns:*:*:others"`, 1)), Allowed, ""},
	{"unknown operator", statements(allowWith(cloudWatch, `{"StringSounds": {"aws:SourceAccount": "1"}}`)), Unknown, "StringSounds"},
	{"policy variable", statements(allowWith(cloudWatch, `{"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:*:${aws:SourceAccount}:alarm:*"}}`)), Allowed, ""},
	{"policy variable of unknown value", statements(allowWith(cloudWatch, `{"StringEquals": {"aws:SourceAccount": "${aws:PrincipalTag/account}"}}`)), Unknown, ""},
	{"no variables in the old version", `{"Version": "2008-10-17", "Statement": ` + allowWith(cloudWatch, `{"StringEquals": {"aws:SourceAccount": "${aws:SourceAccount}"}}`) + `}`, NotAllowed, ""},
	{"no statements", statements(), NotAllowed, "no statement"},
}

func TestTopicPolicies(t *testing.T) {
	for _, c := range topicPolicies {
		t.Run(c.name, func(t *testing.T) {
			got := Evaluate([]Document{mustParse(t, c.policy)}, publish())
			if got.Decision != c.want || !strings.Contains(got.Reason, c.reason) {
				t.Errorf("%s: %s\nwant %s: …%s…", got.Decision, got.Reason, c.want, c.reason)
			}
		})
	}
}

// Two documents are one policy.
func TestUnionOfDocuments(t *testing.T) {
	allow := mustParse(t, statements(allowCloudWatch))
	deny := mustParse(t, statements(denyWith(`"*"`, `{}`)))
	got := Evaluate([]Document{allow, deny}, publish())
	if got.Decision != Denied || got.Document != 1 || got.Statement != 0 {
		t.Errorf("%+v", got)
	}
	if got := Evaluate([]Document{deny, allow}, publish()); got.Decision != Denied || got.Document != 0 {
		t.Errorf("%+v", got)
	}
	unseen := publish()
	unseen.Resources = Texts("arn:aws:sns:" + UnknownMark + ":111122223333:alerts")
	got = Evaluate([]Document{mustParse(t, defaultTopicPolicy)}, unseen)
	if want := "is for the resource " + topicARN + "; whether that covers arn:aws:sns:…:111122223333:alerts cannot be seen"; got.Decision != Unknown || !strings.HasSuffix(got.Reason, want) {
		t.Errorf("%+v, want …%s", got, want)
	}
	if got := Evaluate(nil, publish()); got.Decision != NotAllowed || got.Document != -1 || got.Statement != -1 {
		t.Errorf("%+v", got)
	}
}

func TestKeyPolicies(t *testing.T) {
	root := `{"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}`
	// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
	forCloudWatch := `{"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": ["kms:GenerateDataKey*", "kms:Decrypt"], "Resource": "*"}`
	viaService := strings.Replace(forCloudWatch, `"Resource": "*"`, `"Resource": "*", "Condition": {"StringEquals": {"kms:ViaService": "sns.us-east-1.amazonaws.com"}}`, 1)
	for _, c := range []struct {
		name, policy      string
		decrypt, generate Decision
	}{
		{"default key policy", statements(root), NotAllowed, NotAllowed},
		{"with CloudWatch", statements(root, forCloudWatch), Allowed, Allowed},
		{"decrypt alone", statements(root, strings.Replace(forCloudWatch, `"kms:GenerateDataKey*", `, "", 1)), Allowed, NotAllowed},
		{"everything", statements(strings.Replace(root, `{"AWS": "arn:aws:iam::111122223333:root"}`, `"*"`, 1)), Allowed, Allowed},
		{"SNS alone", statements(root, strings.Replace(forCloudWatch, "cloudwatch.", "sns.", 1)), NotAllowed, NotAllowed},
		{"through SNS", statements(root, viaService), Unknown, Unknown},
	} {
		docs := []Document{mustParse(t, c.policy)}
		for action, want := range map[string]Decision{"kms:Decrypt": c.decrypt, "kms:GenerateDataKey": c.generate} {
			got := Evaluate(docs, UseKeyForAlarm(action, Texts(keyARN), Known(alarmARN), Known(account)))
			if got.Decision != want {
				t.Errorf("%s, %s: %s (%s), want %s", c.name, action, got.Decision, got.Reason, want)
			}
		}
	}
}

func TestTrustPolicies(t *testing.T) {
	trail := Known("arn:aws:cloudtrail:us-east-1:111122223333:trail/main")
	for _, c := range []struct {
		policy string
		want   Decision
	}{
		{`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole"}]}`, Allowed},
		{`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}`, NotAllowed},
		{`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole",
			"Condition": {"StringEquals": {"aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/main"}}}]}`, Allowed},
		{`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole",
			"Condition": {"StringEquals": {"sts:ExternalId": "x"}}}]}`, NotAllowed},
	} {
		got := Evaluate([]Document{mustParse(t, c.policy)}, AssumeByCloudTrail(nil, trail, Known(account)))
		if got.Decision != c.want {
			t.Errorf("%s (%s), want %s\n%s", got.Decision, got.Reason, c.want, c.policy)
		}
	}
}

func TestRolePolicies(t *testing.T) {
	// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
	guide := `{"Version": "2012-10-17", "Statement": [
		{"Sid": "AWSCloudTrailCreateLogStream2014110", "Effect": "Allow", "Action": ["logs:CreateLogStream"],
		 "Resource": ["arn:aws:logs:us-east-2:111122223333:log-group:trail:log-stream:111122223333_CloudTrail_us-east-2*"]},
		{"Sid": "AWSCloudTrailPutLogEvents20141101", "Effect": "Allow", "Action": ["logs:PutLogEvents"],
		 "Resource": ["arn:aws:logs:us-east-2:111122223333:log-group:trail:log-stream:111122223333_CloudTrail_us-east-2*"]}]}`
	stream := "arn:aws:logs:us-east-2:111122223333:log-group:trail:log-stream:111122223333_CloudTrail_us-east-2" + UnknownMark
	for _, c := range []struct {
		name, policy, stream string
		create, put          Decision
	}{
		{"the guide's", guide, stream, Allowed, Allowed},
		{"all streams", strings.ReplaceAll(guide, "111122223333_CloudTrail_us-east-2*", "*"), stream, Allowed, Allowed},
		{"group arn with star", strings.ReplaceAll(guide, "log-stream:111122223333_CloudTrail_us-east-2*", "*"), stream, Allowed, Allowed},
		{"group arn without star", strings.ReplaceAll(guide, ":log-stream:111122223333_CloudTrail_us-east-2*", ""), stream, NotAllowed, NotAllowed},
		{"any stream is asked", guide, "arn:aws:logs:us-east-2:111122223333:log-group:trail:log-stream:" + UnknownMark, Unknown, Unknown},
		{"region not known", guide, strings.ReplaceAll(stream, "us-east-2", UnknownMark), Unknown, Unknown},
		{"other group", guide, strings.ReplaceAll(stream, "group:trail", "group:audit"), NotAllowed, NotAllowed},
		{"no PutLogEvents", strings.Replace(guide, "logs:PutLogEvents", "logs:GetLogEvents", 1), stream, Allowed, NotAllowed},
		{"wide", `{"Statement": {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}}`, stream, Allowed, Allowed},
	} {
		docs := []Document{mustParse(t, c.policy)}
		for action, want := range map[string]Decision{"logs:CreateLogStream": c.create, "logs:PutLogEvents": c.put} {
			if got := Evaluate(docs, WriteLogs(action, Texts(c.stream))); got.Decision != want {
				t.Errorf("%s, %s: %s (%s), want %s", c.name, action, got.Decision, got.Reason, want)
			}
		}
	}
}

// On a first plan the topic's ARN is known by its origin alone, and the alarm's in part.
func TestSymbols(t *testing.T) {
	const origin = "aws_sns_topic.alerts.arn"
	alarm := "arn:aws:cloudwatch:" + UnknownMark + ":111122223333:alarm:denied"
	ask := func(resource Text, condition ...Condition) Decision {
		doc := Document{Version: VersionWithVariables, Statements: []Statement{{
			Effect: Known(Allow), Principals: []Principal{{Type: "Service", IDs: Texts(CloudWatch)}},
			Actions: Texts("sns:Publish"), Resources: []Text{resource}, Conditions: condition,
		}}}
		return Evaluate([]Document{doc}, PublishAlarm([]Text{Symbolic(origin), Known("arn:aws:sns:" + UnknownMark + ":111122223333:alerts")},
			Known(alarm), Symbolic("data.aws_caller_identity.current.account_id"))).Decision
	}
	for _, c := range []struct {
		got, want Decision
		name      string
	}{
		{ask(Symbolic(origin)), Allowed, "same symbol"},
		{ask(Symbolic("aws_sns_topic.other.arn")), Unknown, "other symbol"},
		{ask(Known("*")), Allowed, "star"},
		{ask(Known(topicARN)), Unknown, "a region that may be it"},
		{ask(Known("arn:aws:sns:us-east-1:111122223333:others")), NotAllowed, "another name"},
		{ask(Symbolic(origin), Condition{"StringEquals", "aws:SourceAccount", []Text{Symbolic("data.aws_caller_identity.current.account_id")}}), Allowed, "account by symbol"},
		{ask(Symbolic(origin), Condition{"StringEquals", "aws:SourceAccount", Texts(account)}), Unknown, "account may be it"},
		{ask(Symbolic(origin), Condition{"ArnLike", "aws:SourceArn", Texts("arn:aws:cloudwatch:*:111122223333:alarm:*")}), Allowed, "alarm in any region"},
		{ask(Symbolic(origin), Condition{"ArnLike", "aws:SourceArn", Texts("arn:aws:cloudwatch:*:999999999999:alarm:*")}), NotAllowed, "alarm in another account"},
		{ask(Symbolic(origin), Condition{"ArnLike", "aws:SourceArn", []Text{{Unknown: true}}}), Unknown, "unknown condition"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestIncomplete(t *testing.T) {
	allow, deny := mustParse(t, statements(allowCloudWatch)), mustParse(t, statements(denyWith(`"*"`, `{}`)))
	hidden := Document{Incomplete: true}
	if got := Evaluate([]Document{allow, hidden}, publish()); got.Decision != Unknown {
		t.Errorf("an Allow beside what cannot be seen: %s", got.Decision)
	}
	if got := Evaluate([]Document{deny, hidden}, publish()); got.Decision != Denied {
		t.Errorf("a Deny beside what cannot be seen: %s", got.Decision)
	}
	half := mustParse(t, statements(allowCloudWatch))
	half.Statements[0].Incomplete = true
	if got := Evaluate([]Document{half}, publish()); got.Decision != Unknown {
		t.Errorf("an Allow that is seen in part: %s", got.Decision)
	}
	if got := Evaluate([]Document{half, allow}, publish()); got.Decision != Allowed {
		t.Errorf("a sure Allow beside it: %s", got.Decision)
	}
	half.Statements[0].Incomplete, half.Statements[0].Effect = false, Text{Unknown: true}
	if got := Evaluate([]Document{half, allow}, publish()); got.Decision != Unknown || !strings.Contains(got.Reason, "effect") {
		t.Errorf("an Allow beside an unknown effect: %s %s", got.Decision, got.Reason)
	}
}
