package fix

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

var topicFixes = map[string]func(*draft){
	"topic-policy-denies":   (*draft).allowPublish,
	"topic-key-denies":      (*draft).allowKeyUse,
	"topic-key-disabled":    set("is_enabled", rawLiteral("true")),
	"topic-key-aws-managed": (*draft).useNewKey,
}

// topicToNotify is the topic of the chain or the only one that the scope has, else a
// new one.
func (d *draft) topicToNotify() string {
	if d.Another {
		return d.newTopic()
	}
	if d.reaches(d.Topic) {
		return d.Topic
	}
	if topic := d.onlyOf("aws_sns_topic"); topic != "" {
		return topic
	}
	return d.newTopic()
}

// newTopic adds a topic with a subscription.
func (d *draft) newTopic() string {
	topic := d.newAddress("aws_sns_topic", "security_alarms", "SecurityAlarmsTopic")
	d.add(topic, append(d.placed(d.beside), argument{"name", literal(d.unusedName("aws_sns_topic", "name", "security-alarms"))})...)
	d.newSubscription(topic)
	return topic
}

// allowPublish lets CloudWatch publish, for the account's own alarms alone.
func (d *draft) allowPublish() {
	if d.target.Type == "aws_sns_topic" && (!d.terraform || d.target.Attr("policy").IsNull() || isComputed(d.target.Attr("policy"))) {
		d.newTopicPolicy()
		return
	}
	d.allow(d.publishStatement())
}

// newTopicPolicy adds the policy of a topic that has the default one.
func (d *draft) newTopicPolicy() {
	p := d.newAddress("aws_sns_topic_policy", "alarms", "AlarmsTopicPolicy")
	topic := d.refer(d.Topic, "arn")
	if !d.terraform {
		topic = list{topic}
	}
	d.add(p, argument{"arn", topic}, argument{"policy", d.newPolicy("alarms", d.publishStatement())})
}

func (d *draft) publishStatement() object {
	return object{
		{"Sid", literal("CloudWatchAlarms")},
		{"Effect", literal("Allow")},
		{"Principal", object{{"Service", literal("cloudwatch.amazonaws.com")}}},
		{"Action", literal("sns:Publish")},
		{"Resource", d.refer(d.Topic, "arn")},
		{"Condition", object{{"StringEquals", object{{"aws:SourceAccount", d.alarmAccount()}}}}},
	}
}

func (d *draft) alarmAccount() value {
	if a := d.find(d.Alarm); a != nil && a.Scope.Account != "" && !strings.Contains(a.Scope.Account, resource.Symbol("")[:3]) {
		return literal(a.Scope.Account)
	}
	d.needsAccount = true
	return expression{"${data.aws_caller_identity.current.account_id}", tagged("!Ref", "AWS::AccountId")}
}

// allowKeyUse lets CloudWatch use the key, which it needs to publish:
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
func (d *draft) allowKeyUse() { d.allow(useKeyStatement) }

var useKeyStatement = object{
	{"Sid", literal("CloudWatchAlarms")},
	{"Effect", literal("Allow")},
	{"Principal", object{{"Service", literal("cloudwatch.amazonaws.com")}}},
	{"Action", list{literal("kms:Decrypt"), literal("kms:GenerateDataKey*")}},
	{"Resource", literal("*")},
}

// useNewKey gives the topic a key whose policy can be written.
func (d *draft) useNewKey() {
	d.retarget(d.Topic)
	key := d.newAddress("aws_kms_key", "alarms", "AlarmsKey")
	d.needsAccount = true
	d.add(key, argument{"description", literal("alarms")}, argument{"policy", policyDocument{
		object{
			{"Sid", literal("Account")},
			{"Effect", literal("Allow")},
			{"Principal", object{{"AWS", accountRoot}}},
			{"Action", literal("kms:*")},
			{"Resource", literal("*")},
		},
		useKeyStatement,
	}})
	d.assign("kms_master_key_id", ref{key, "arn"})
}

var accountRoot = expression{
	"arn:aws:iam::${data.aws_caller_identity.current.account_id}:root",
	tagged("!Sub", "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"),
}
