package iampolicy

// Services that the chain depends on.
const (
	CloudWatch = "cloudwatch.amazonaws.com"
	CloudTrail = "cloudtrail.amazonaws.com"
	SNS        = "sns.amazonaws.com"
)

// unsureKeys are global condition keys of which it is not documented whether a service's own request carries them
// (aws:PrincipalOrgID above all), or that come and go with the network path.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var unsureKeys = []string{
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalType",
	"aws:SourceOrgID", "aws:SourceOrgPaths", "aws:userid", "aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpc",
	"aws:SourceVpce", "aws:ViaAWSService", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast",
	"aws:PrincipalServiceNamesList", "aws:UserAgent",
}

// PublishAlarm asks whether CloudWatch may publish to a topic on behalf of an alarm in an account. The request carries
// the alarm's ARN and account, the latter also as AWS:SourceOwner, which the default topic policy tests.
// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
func PublishAlarm(topic []Text, alarm, account Text) Request {
	r := byService(CloudWatch, "sns:Publish", topic, alarm, account)
	r.Context["aws:SourceOwner"] = []Text{account}
	return r
}

// UseKeyForAlarm asks whether CloudWatch may use the key of an encrypted topic; the actions that it needs are
// kms:Decrypt and kms:GenerateDataKey.
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
//
// Whether KMS sees the request as one through SNS, and which encryption context it carries, is not documented.
func UseKeyForAlarm(action string, key []Text, alarm, account Text) Request {
	r := byService(CloudWatch, action, key, alarm, account)
	r.UnknownKeys = append(append(r.UnknownKeys, "aws:SourceOwner"), keyContext...)
	return r
}

// AssumeByCloudTrail asks whether CloudTrail may assume a role on behalf of a trail in an account.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
func AssumeByCloudTrail(role []Text, trail, account Text) Request {
	return byService(CloudTrail, "sts:AssumeRole", role, trail, account)
}

// WriteLogs asks whether the policies of a role allow it to write to a log stream; the actions that CloudTrail needs
// are logs:CreateLogStream and logs:PutLogEvents.
func WriteLogs(action string, stream []Text) Request {
	return Request{Action: action, Resources: stream, Context: always(), UnknownKeys: unsure("aws:PrincipalIsAWSService",
		"aws:PrincipalServiceName", "aws:SourceArn", "aws:SourceAccount", "aws:TokenIssueTime")}
}

// Deliver asks whether SNS may deliver from a topic of an account: sqs:SendMessage on a queue, lambda:InvokeFunction on
// a function. The request carries the topic's ARN and account.
// https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
func Deliver(action string, receiver []Text, topic, account Text) Request {
	r := byService(SNS, action, receiver, topic, account)
	r.UnknownKeys = append(r.UnknownKeys, "aws:SourceOwner")
	return r
}

// UseKeyForDelivery asks whether SNS may use the key of an encrypted queue; the actions that it needs are kms:Decrypt
// and kms:GenerateDataKey.
// https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
func UseKeyForDelivery(action string, key []Text, topic, account Text) Request {
	r := Deliver(action, key, topic, account)
	r.UnknownKeys = append(r.UnknownKeys, keyContext...)
	return r
}

// keyContext are keys of a request to KMS of which it is not documented whether one through another service has them.
var keyContext = []string{
	"kms:ViaService", "kms:CallerAccount", "kms:EncryptionContextKeys", "kms:EncryptionContext:aws:sns:topicArn",
	"kms:EncryptionContext:aws:sqs:arn", "kms:EncryptionAlgorithm", "kms:KeyOrigin",
}

// UseKeyForLogs asks whether CloudWatch Logs, which has a name of its own in each region, may use the key of a log group.
// The encryption context of its request is the ARN of the group.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
//
// Whether the request names a source is not documented.
func UseKeyForLogs(service, action string, key []Text, group Text) Request {
	r := byService(service, action, key, Text{}, Text{}).withoutSource()
	r.Context["kms:EncryptionContext:aws:logs:arn"] = []Text{group}
	r.UnknownKeys = append(r.UnknownKeys, keyContext...)
	return r
}

// AssumeBySNS asks whether SNS may assume a role that writes to a delivery stream. Whether the request names the topic is
// not documented.
// https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html
func AssumeBySNS(role []Text) Request {
	return byService(SNS, "sts:AssumeRole", role, Text{}, Text{}).withoutSource()
}

// WriteStream asks whether the policies of a role allow it to write to a delivery stream; the actions that SNS needs are
// firehose:PutRecord and firehose:PutRecordBatch.
func WriteStream(action string, stream []Text) Request { return WriteLogs(action, stream) }

func byService(service, action string, resource []Text, source, account Text) Request {
	r := Request{
		Principal: Caller{Service: service}, Action: action, Resources: resource,
		Context: always(), UnknownKeys: unsure(),
	}
	r.Context["aws:SourceArn"] = []Text{source}
	r.Context["aws:SourceAccount"] = []Text{account}
	r.Context["aws:PrincipalIsAWSService"] = Texts("true")
	r.Context["aws:PrincipalServiceName"] = Texts(service)
	return r
}

// withoutSource leaves open whether the request has a source.
func (r Request) withoutSource() Request {
	for _, key := range []string{"aws:SourceArn", "aws:SourceAccount"} {
		delete(r.Context, key)
		r.UnknownKeys = append(r.UnknownKeys, key)
	}
	return r
}

// always returns the keys that every request has; services speak TLS.
func always() map[string][]Text {
	unknown := func() []Text { return []Text{{Unknown: true}} }
	return map[string][]Text{
		"aws:SecureTransport": Texts("true"),
		"aws:CurrentTime":     unknown(),
		"aws:EpochTime":       unknown(),
		"aws:RequestedRegion": unknown(),
		"aws:ResourceAccount": unknown(),
	}
}

func unsure(more ...string) []string {
	return append(append([]string(nil), unsureKeys...), more...)
}
