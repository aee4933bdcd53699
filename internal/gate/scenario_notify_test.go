package gate_test

import "github.com/iacgate/iacgate/internal/verdict"

const (
	secondTopic = "aws_sns_topic.second"
	secondSub   = "aws_sns_topic_subscription.second"
	topicPolicy = "aws_sns_topic_policy.security"
)

var actionScenarios = []scenario{
	{name: "actions off", of: "A01 2.4", edits: []edit{sets("actions_enabled", false)},
		want: verdict.Fail, at: "action", says: []said{{"actions-disabled", alarm, "actions_enabled"}}},
	{name: "whether actions are on cannot be seen", of: "A01", edits: []edit{later(alarm, "actions_enabled")},
		want: verdict.Unknown, at: "action", says: []said{{"value-unknown", alarm, "actions_enabled"}}},
	{name: "no action", of: "A02 2.4", edits: []edit{unset(alarm, "alarm_actions")},
		want: verdict.Fail, at: "action", in: verdict.Missing, says: []said{{"no-action", alarm, "alarm_actions"}}},
	{name: "an action for OK alone", of: "A02", edits: []edit{unset(alarm, "alarm_actions"), refers(alarm, "ok_actions", topic+".arn")},
		want: verdict.Fail, at: "action", in: verdict.Missing, says: []said{{"no-action", alarm, "alarm_actions"}}},
	{name: "a conditional action that is known to be none", of: "2", edits: []edit{known(alarm, "alarm_actions", nil)},
		want: verdict.Fail, at: "action", in: verdict.Missing, says: []said{{"no-action", alarm, "alarm_actions"}}},
	{name: "an action on instances", of: "A03 2.4", edits: []edit{sets("alarm_actions", []any{"arn:aws:automate:us-east-1:ec2:reboot"})},
		want: verdict.Fail, at: "action", says: []said{{"action-not-sns", alarm, "alarm_actions"}}},
	{name: "a function by reference", of: "A03", edits: []edit{
		adds("aws_lambda_function.ticket", block{"function_name": "ticket"}, "arn"), refers(alarm, "alarm_actions", "aws_lambda_function.ticket.arn")},
		want: verdict.Fail, at: "action", says: []said{{"action-not-sns", alarm, "alarm_actions"}}},
	{name: "a function beside a topic", of: "A03 2.1", edits: []edit{
		adds("aws_lambda_function.ticket", block{"function_name": "ticket"}, "arn"), refers(alarm, "alarm_actions", topic+".arn", "aws_lambda_function.ticket.arn")},
		want: verdict.Pass},
	{name: "actions from another configuration", of: "A02 D04", edits: []edit{borrows(alarm, "alarm_actions")},
		want: verdict.Unknown, at: "action", says: []said{{"action-elsewhere", alarm, "alarm_actions"},
			{"topic-outside", "data.terraform_remote_state.shared.outputs.it", ""}, {"subscription-elsewhere", "data.terraform_remote_state.shared.outputs.it", ""}}},
}

// setTopicPolicy gives the topic a policy of its own.
func setTopicPolicy(policy string) edit {
	return together(adds(topicPolicy, block{"policy": policy, "region": "us-east-1"}, "id", "owner"), refers(topicPolicy, "arn", topic+".arn"))
}

func publishes(principal, condition string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + principal + `,"Action":"sns:Publish","Resource":"*"` + condition + `}]}`
}

const (
	cloudWatch  = `{"Service":"cloudwatch.amazonaws.com"}`
	events      = `{"Service":"events.amazonaws.com"}`
	anyAccount  = `{"AWS":"*"}`
	elsewhereIn = `,"Condition":{"StringEquals":{"aws:SourceAccount":"444455556666"}}`
	forAlarms   = `,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:us-east-1:*:alarm:*"}}`
	forRoot     = `,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:us-east-1:*:alarm:root-*"}}`
	forWest     = `,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:us-west-2:*:alarm:*"}}`
	denyAll     = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + cloudWatch + `,"Action":"sns:Publish","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"sns:Publish","Resource":"*"}]}`
)

var topicScenarios = []scenario{
	{name: "a topic policy for CloudWatch", of: "S04", edits: []edit{setTopicPolicy(publishes(cloudWatch, ""))}, want: verdict.Pass},
	{name: "a topic policy for alarms of the region", of: "S05", edits: []edit{setTopicPolicy(publishes(cloudWatch, forAlarms))}, want: verdict.Pass},
	{name: "a topic policy for another service", of: "S04 S05 2.4", edits: []edit{setTopicPolicy(publishes(events, ""))},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topicPolicy, "policy"}}},
	{name: "a topic policy for other alarms", of: "S05", edits: []edit{setTopicPolicy(publishes(cloudWatch, forRoot))},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topicPolicy, "policy"}}},
	{name: "a topic policy for another region", of: "S05", edits: []edit{setTopicPolicy(publishes(cloudWatch, forWest))},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topicPolicy, "policy"}}},
	{name: "a topic policy for an account, and the alarm's is not known", of: "S05", edits: []edit{setTopicPolicy(publishes(anyAccount, elsewhereIn))},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-policy-undecided", topicPolicy, "policy"}}},
	{name: "a topic policy for another account", of: "S05", base: "existing-unchanged", edits: []edit{setTopicPolicy(publishes(anyAccount, elsewhereIn))},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topicPolicy, "policy"}, {"email-unconfirmed", oncall, ""}}},
	{name: "a topic policy that denies everybody", of: "S06", edits: []edit{setTopicPolicy(denyAll)},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topicPolicy, "policy"}}},
	{name: "a topic policy that cannot be seen", of: "S11", edits: []edit{setTopicPolicy("{}"), borrows(topicPolicy, "policy")},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-policy-undecided", topicPolicy, "policy"}}},
	{name: "a topic policy of the topic itself", of: "S04", edits: []edit{setAttribute(topic, "policy", publishes(events, ""))},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topic, "policy"}}},
	{name: "two policies for one topic", of: "S07", edits: []edit{
		setTopicPolicy(publishes(cloudWatch, "")), setAttribute(topic, "policy", publishes(cloudWatch, ""))},
		want: verdict.Pass, says: []said{{"topic-policy-twice", topic, "policy"}}},
	{name: "two policy resources for one topic, one of which denies", of: "S07", edits: []edit{
		setTopicPolicy(publishes(cloudWatch, "")), copies(topicPolicy, "aws_sns_topic_policy.zweite", setAttribute("aws_sns_topic_policy.zweite", "policy", publishes(events, "")))},
		want: verdict.Fail, at: "topic",
		says: []said{{"topic-policy-twice", topic, "policy"}, {"topic-policy-denies", "aws_sns_topic_policy.zweite", "policy"}}},
	{name: "a topic policy that is made in another region", of: "D05", edits: []edit{
		setTopicPolicy(publishes(events, "")), provider("aws.west", "us-west-2"), through("aws.west", "us-west-2", topicPolicy)},
		want: verdict.Pass, says: []said{{"topic-policy-other-region", topicPolicy, "arn"}}},
	{name: "a key policy that is made in another region", of: "D05 S02", base: withKey, edits: []edit{
		computed(key, "policy"), adds("aws_kms_key_policy.p", block{"policy": uses(cloudWatch, encrypting, "")}, "key_id", "id"), refers("aws_kms_key_policy.p", "key_id", key+".id"),
		provider("aws.west", "us-west-2"), through("aws.west", "us-west-2", "aws_kms_key_policy.p")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-denies", key, "policy"}}},
	{name: "a FIFO topic", of: "S08", edits: []edit{setAttribute(topic, "fifo_topic", true), setAttribute(oncall, "protocol", "sqs"), setAttribute(oncall, "endpoint", "arn:aws:sqs:us-east-1:111122223333:alerts.fifo")},
		want: verdict.Pass, says: []said{{"receiver-outside", oncall, ""}, {"topic-fifo", topic, "fifo_topic"}}},
	{name: "a FIFO topic with mail alone", of: "S08", edits: []edit{setAttribute(topic, "fifo_topic", true)},
		want: verdict.Fail, at: "subscription", says: []said{{"topic-fifo", topic, "fifo_topic"}, {"subscription-endpoint", oncall, "protocol"}}},
	{name: "a topic of another stack", of: "S10 D04", base: "external-topic", want: verdict.Unknown, at: "topic",
		says: []said{{"topic-outside", topicARN, ""}, {"subscription-elsewhere", topicARN, ""}}},
	{name: "a topic by name", of: "A05", edits: []edit{sets("alarm_actions", []any{topicARN})}, want: verdict.Pass,
		says: []said{{"link-inferred", alarm, "alarm_actions"}}},
	{name: "a topic with a slip in its name", of: "A05 S10", edits: []edit{sets("alarm_actions", []any{"arn:aws:sns:us-east-1:111122223333:security-alert"})},
		want: verdict.Unknown, at: "topic",
		says: []said{{"topic-outside", "arn:aws:sns:us-east-1:111122223333:security-alert", ""}, {"subscription-elsewhere", "arn:aws:sns:us-east-1:111122223333:security-alert", ""}}},
	{name: "a topic from a data source", of: "S10 D04", base: "external-topic", edits: []edit{
		reads("data.aws_sns_topic.shared", block{"name": "security-alerts", "arn": topicARN, "id": topicARN, "region": "us-east-1"})},
		want: verdict.Unknown, at: "topic",
		says: []said{{"topic-outside", "data.aws_sns_topic.shared", ""}, {"subscription-elsewhere", "data.aws_sns_topic.shared", ""}}},
	{name: "a topic from a data source with a subscription here", of: "S10", base: "external-topic", edits: []edit{
		adds(oncall, block{"topic_arn": topicARN, "protocol": "email", "endpoint": "oncall@example.com"}, "arn", "id", "pending_confirmation", "filter_policy_scope")},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-outside", topicARN, ""}}},
	{name: "a topic in another region", of: "A04 D05 2.4", edits: []edit{provider("aws.west", "us-west-2"), through("aws.west", "us-west-2", topic, oncall)},
		want: verdict.Fail, at: "topic", says: []said{{"topic-other-region", topic, ""}, {"topic-policy-undecided", topic, "policy"}}},
	{name: "a topic that other credentials make", of: "A04 D05", edits: []edit{provider("aws.other", "us-east-1"), through("aws.other", "", topic, oncall)},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-policy-undecided", topic, "policy"}}},
	{name: "a topic of another region by ARN", of: "A04 D05", edits: []edit{sets("alarm_actions", []any{"arn:aws:sns:us-west-2:111122223333:alerts"})},
		want: verdict.Fail, at: "topic",
		says: []said{{"topic-other-region", "arn:aws:sns:us-west-2:111122223333:alerts", ""}, {"topic-outside", "arn:aws:sns:us-west-2:111122223333:alerts", ""}, {"subscription-elsewhere", "arn:aws:sns:us-west-2:111122223333:alerts", ""}}},
}

// encrypts puts the topic's key to use in a plan that has one.
const withKey = "topic-with-usable-key"

func uses(principal, actions, condition string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + principal + `,"Action":` + actions + `,"Resource":"*"` + condition + `}]}`
}

const encrypting = `["kms:Decrypt","kms:GenerateDataKey*"]`

var keyScenarios = []scenario{
	{name: "a key that admits CloudWatch", of: "S02", base: withKey, want: verdict.Pass},
	{name: "the AWS managed key", of: "S01 2.4", edits: []edit{setAttribute(topic, "kms_master_key_id", "alias/aws/sns")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-aws-managed", topic, "kms_master_key_id"}}},
	{name: "the AWS managed key by ARN", of: "S01", edits: []edit{setAttribute(topic, "kms_master_key_id", "arn:aws:kms:us-east-1:111122223333:alias/aws/sns")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-aws-managed", topic, "kms_master_key_id"}}},
	{name: "a key for the account alone", of: "S02", base: "topic-with-unusable-key", want: verdict.Fail, at: "topic",
		says: []said{{"topic-key-denies", key, "policy"}}},
	{name: "a key without a policy of its own", of: "S02", base: withKey, edits: []edit{computed(key, "policy")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-denies", key, "policy"}}},
	{name: "a key to decrypt with alone", of: "S02", base: withKey, edits: []edit{setAttribute(key, "policy", uses(cloudWatch, `["kms:Decrypt"]`, ""))},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-denies", key, "policy"}}},
	{name: "a key by way of another service", of: "S03", base: withKey, edits: []edit{setAttribute(key, "policy", uses(cloudWatch, encrypting, `,"Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}`))},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-key-undecided", key, "policy"}}},
	{name: "a key for another account's alarms", of: "S03", base: withKey, edits: []edit{setAttribute(key, "policy", uses(cloudWatch, encrypting, elsewhereIn))},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-key-undecided", key, "policy"}}},
	{name: "a key whose policy cannot be seen", of: "S02", base: withKey, edits: []edit{borrows(key, "policy")},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-key-undecided", key, "policy"}}},
	{name: "a key in its own policy resource", of: "S02", base: withKey, edits: []edit{
		computed(key, "policy"), adds("aws_kms_key_policy.topic", block{"policy": uses(cloudWatch, encrypting, "")}, "id"),
		refers("aws_kms_key_policy.topic", "key_id", key+".id")}, want: verdict.Pass},
	{name: "a key by alias", of: "S02", base: withKey, edits: []edit{
		adds("aws_kms_alias.topic", block{"name": "alias/topic"}, "arn", "id"), refers("aws_kms_alias.topic", "target_key_id", key+".key_id"),
		setAttribute(topic, "kms_master_key_id", "alias/topic")}, want: verdict.Pass},
	{name: "a key of another stack", of: "S02 D04", edits: []edit{setAttribute(topic, "kms_master_key_id", "alias/shared")},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-key-outside", topic, "kms_master_key_id"}}},
	{name: "a key to sign with", of: "S02", base: withKey, edits: []edit{setAttribute(key, "key_usage", "SIGN_VERIFY"), setAttribute(key, "customer_master_key_spec", "RSA_2048")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-unfit", key, "key_usage"}}},
	{name: "an asymmetric key", of: "S02", base: withKey, edits: []edit{setAttribute(key, "customer_master_key_spec", "RSA_2048")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-unfit", key, "key_usage"}}},
	{name: "a topic of small messages", of: "S12", edits: []edit{setAttribute(topic, "maximum_message_size", 1024)}, want: verdict.Pass, says: []said{{"topic-small-messages", topic, "maximum_message_size"}}},
	{name: "a topic of large messages", of: "S12", edits: []edit{setAttribute(topic, "maximum_message_size", 1048576)},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-endpoint", oncall, "protocol"}}},
	{name: "a disabled key", of: "S02", base: withKey, edits: []edit{setAttribute(key, "is_enabled", false)},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-disabled", key, "is_enabled"}}},
	{name: "a broken policy and a key that cannot be seen", of: "2 2.1", edits: []edit{setAttribute(topic, "kms_master_key_id", "alias/shared"), setTopicPolicy(publishes(events, ""))},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topicPolicy, "policy"}, {"topic-key-outside", topic, "kms_master_key_id"}}},
}

const (
	queue       = "aws_sqs_queue.alarms"
	queuePolicy = "aws_sqs_queue_policy.alarms"
)

func sends(principal string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + principal + `,"Action":"sqs:SendMessage","Resource":"*"}]}`
}

// queues makes the subscription one of a queue of the plan.
func queues(more ...edit) []edit {
	return append([]edit{
		setAttribute(oncall, "protocol", "sqs"), refers(oncall, "endpoint", queue+".arn"), adds(queue, block{"name": "alarms"}, "arn", "url", "id", "policy"),
	}, more...)
}

func queueSays(policy string) edit {
	return together(adds(queuePolicy, block{"policy": policy}, "id"), refers(queuePolicy, "queue_url", queue+".id"))
}

var receiverScenarios = []scenario{
	{name: "a queue that lets SNS in", of: "N05", edits: queues(queueSays(sends(`{"Service":"sns.amazonaws.com"}`))), want: verdict.Pass},
	{name: "a queue without a policy", of: "N05", edits: queues(), want: verdict.Fail, at: "subscription", says: []said{{"receiver-denies", queue, "policy"}}},
	{name: "a queue for another service", of: "N05", edits: queues(queueSays(sends(events))), want: verdict.Fail, at: "subscription",
		says: []said{{"receiver-denies", queuePolicy, "policy"}}},
	{name: "a queue whose policy cannot be seen", of: "N05", edits: queues(queueSays(sends(events)), borrows(queuePolicy, "policy")), want: verdict.Unknown, at: "subscription",
		says: []said{{"receiver-undecided", queuePolicy, "policy"}}},
	{name: "a queue with the key of AWS", of: "N05", edits: queues(queueSays(sends(`"*"`)), setAttribute(queue, "kms_master_key_id", "alias/aws/sqs")), want: verdict.Fail, at: "subscription",
		says: []said{{"receiver-key-denies", queue, "kms_master_key_id"}}},
	{name: "a queue of elsewhere", of: "N05", edits: []edit{hears("sqs", "arn:aws:sqs:us-east-1:111122223333:alarms")}, want: verdict.Pass,
		says: []said{{"receiver-outside", oncall, ""}}},
}

// hears makes the subscription one of another kind.
func hears(protocol, endpoint string) edit {
	return together(setAttribute(oncall, "protocol", protocol), setAttribute(oncall, "endpoint", endpoint))
}

func filtered(policy, scope string) edit {
	edits := []edit{setAttribute(oncall, "filter_policy", policy)}
	if scope != "" {
		edits = append(edits, setAttribute(oncall, "filter_policy_scope", scope))
	}
	return together(edits...)
}

var subscriptionScenarios = []scenario{
	{name: "mail", of: "N03", want: verdict.Pass, says: []said{{confirm, oncall, ""}}},
	{name: "mail that nobody has confirmed", of: "N03 2", base: "existing-unchanged", want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "mail that somebody has confirmed", of: "N03", base: "existing-unchanged", edits: []edit{
		known(oncall, "pending_confirmation", false), was(oncall, "pending_confirmation", false)}, want: verdict.Pass},
	{name: "nobody", of: "N01 2.4", edits: []edit{without(oncall)},
		want: verdict.Fail, at: "subscription", says: []said{{"no-subscription", topic, ""}}, in: verdict.Missing},
	{name: "another topic", of: "N02 2.4", edits: []edit{hears("application", "arn:aws:sns:us-east-1:111122223333:others")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-to-topic", oncall, "endpoint"}}},
	{name: "a subscription in another region than the topic", of: "D05 2.4", edits: []edit{provider("aws.west", "us-west-2"), through("aws.west", "us-west-2", oncall)},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-other-region", oncall, "topic_arn"}}},
	{name: "a subscription through another provider of the topic's region", of: "D05", edits: []edit{provider("aws.west", "us-east-1"), through("aws.west", "us-east-1", oncall)},
		want: verdict.Pass, says: []said{{confirm, oncall, ""}}},
	{name: "HTTPS", of: "N04", edits: []edit{hears("https", "https://events.pagerduty.com/integration/x/enqueue")},
		want: verdict.Pass, says: []said{{"endpoint-needs-confirmation", oncall, ""}}},
	{name: "HTTPS that confirms itself", of: "N04", edits: []edit{hears("https", "https://events.pagerduty.com/integration/x/enqueue"), setAttribute(oncall, "endpoint_auto_confirms", true)}, want: verdict.Pass},
	{name: "text messages", of: "N10", edits: []edit{hears("sms", "+491701234567")}, want: verdict.Pass, says: []said{{"sms-limits", oncall, ""}}},
	{name: "a queue", of: "N02", edits: []edit{hears("sqs", "arn:aws:sqs:us-east-1:111122223333:alerts")}, want: verdict.Pass, says: []said{{"receiver-outside", oncall, ""}}},
	{name: "a queue of another account", of: "N06", base: "existing-unchanged", edits: []edit{hears("sqs", "arn:aws:sqs:us-east-1:444455556666:alerts"), does(oncall, "update")},
		want: verdict.Pass, says: []said{{"subscription-other-account", oncall, ""}}},
	{name: "a filter on attributes", of: "N07 2.4", edits: []edit{filtered(`{"severity":["high"]}`, "")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-filtered", oncall, "filter_policy"}}},
	// Amazon SNS: a message without any attribute fits no filter policy on attributes.
	{name: "a filter that accepts messages without this attribute", of: "N07", edits: []edit{filtered(`{"severity":["high",{"exists":false}]}`, "")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-filtered", oncall, "filter_policy"}}},
	{name: "a filter on the body for ALARM", of: "N08", edits: []edit{filtered(`{"NewStateValue":["ALARM"]}`, "MessageBody")}, want: verdict.Pass},
	{name: "a filter on the body for OK", of: "N08", edits: []edit{filtered(`{"NewStateValue":["OK"]}`, "MessageBody")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-filtered", oncall, "filter_policy"}}},
	{name: "a filter on the body for the alarm's name", of: "N08", edits: []edit{filtered(`{"AlarmName":["denied-api-calls"]}`, "MessageBody")},
		want: verdict.Pass},
	{name: "a filter on the body for another alarm's name", of: "N08", edits: []edit{filtered(`{"AlarmName":["other",{"prefix":"root-"}]}`, "MessageBody")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-filtered", oncall, "filter_policy"}}},
	{name: "a filter on the body for all but another alarm's name", of: "N08", edits: []edit{filtered(`{"AlarmName":[{"anything-but":["other"]}]}`, "MessageBody")},
		want: verdict.Pass},
	{name: "a filter on the body for what is not decided", of: "N08", edits: []edit{filtered(`{"AlarmName":[{"wildcard":"den*"}]}`, "MessageBody")},
		want: verdict.Unknown, at: "subscription", says: []said{{"subscription-filter-undecided", oncall, "filter_policy"}}},
	{name: "a filter that cannot be seen", of: "N08", edits: []edit{borrows(oncall, "filter_policy")},
		want: verdict.Unknown, at: "subscription", says: []said{{"subscription-filter-undecided", oncall, "filter_policy"}}},
	{name: "an address that is none", of: "N11 2.4", edits: []edit{setAttribute(oncall, "endpoint", "oncall")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-endpoint", oncall, "endpoint"}}},
	{name: "an empty address", of: "N11", edits: []edit{setAttribute(oncall, "endpoint", "")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-endpoint", oncall, "endpoint"}}},
	{name: "a broken subscription beside a good one", of: "2.1", edits: []edit{copies(oncall, secondSub, setAttribute(secondSub, "endpoint", "oncall"))},
		want: verdict.Pass, says: []said{{confirm, oncall, ""}}},
	{name: "two broken subscriptions", of: "2.1", edits: []edit{setAttribute(oncall, "endpoint", "oncall"), copies(oncall, secondSub, setAttribute(secondSub, "filter_policy", `{"severity":["high"]}`), setAttribute(secondSub, "endpoint", "a@example.com"))},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-endpoint", oncall, "endpoint"}, {"subscription-filtered", secondSub, "filter_policy"}}},
	{name: "a broken subscription beside one that cannot be seen", of: "2.1", edits: []edit{setAttribute(oncall, "endpoint", "oncall"), copies(oncall, secondSub,
		setAttribute(secondSub, "endpoint", "a@example.com"), borrows(secondSub, "filter_policy"))},
		want: verdict.Unknown, at: "subscription", says: []said{{"subscription-filter-undecided", secondSub, "filter_policy"}}},
	{name: "a chat channel", of: "N02", edits: []edit{without(oncall), adds("aws_chatbot_slack_channel_configuration.oncall", block{"configuration_name": "oncall", "iam_role_arn": "arn:aws:iam::111122223333:role/chat", "slack_team_id": "T0", "slack_channel_id": "C0"}),
		refers("aws_chatbot_slack_channel_configuration.oncall", "sns_topic_arns", topic+".arn")}, want: verdict.Pass},
}
