package remedy

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

var topicMends = map[string]func(*work){
	"topic-policy-denies":   (*work).mayPublish,
	"topic-key-denies":      (*work).mayEncrypt,
	"topic-key-disabled":    set("is_enabled", bare("true")),
	"topic-key-aws-managed": (*work).ownKey,
}

// mayPublish lets CloudWatch publish, for the account's own alarms alone.
func (w *work) mayPublish() {
	if w.at.Type == "aws_sns_topic" && (!w.terraform || w.at.Attr("policy").IsNull() || w.computed("policy")) {
		w.ownPolicy()
		return
	}
	w.allow(w.publishing())
}

// ownPolicy writes the policy of a topic that has the default one.
func (w *work) ownPolicy() {
	p := w.name("aws_sns_topic_policy", "alarms", "AlarmsTopicPolicy")
	var topic value = w.point(w.Topic, "arn")
	if !w.terraform {
		topic = list{topic}
	}
	w.make(p, argument{"arn", topic}, argument{"policy", w.policy("alarms", w.publishing())})
}

func (w *work) publishing() object {
	return object{
		{"Sid", literal("CloudWatchAlarms")},
		{"Effect", literal("Allow")},
		{"Principal", object{{"Service", literal("cloudwatch.amazonaws.com")}}},
		{"Action", literal("sns:Publish")},
		{"Resource", w.point(w.Topic, "arn")},
		{"Condition", object{{"StringEquals", object{{"aws:SourceAccount", w.account()}}}}},
	}
}

// account is that of the alarm.
func (w *work) account() value {
	if a := w.find(w.Alarm); a != nil && a.Scope.Account != "" && !strings.Contains(a.Scope.Account, resource.Symbol("")[:3]) {
		return literal(a.Scope.Account)
	}
	w.data = true
	return in{"${data.aws_caller_identity.current.account_id}", tagged("!Ref", "AWS::AccountId")}
}

// mayEncrypt lets CloudWatch use the key, which it needs to publish:
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
func (w *work) mayEncrypt() { w.allow(keyUse) }

var keyUse = object{
	{"Sid", literal("CloudWatchAlarms")},
	{"Effect", literal("Allow")},
	{"Principal", object{{"Service", literal("cloudwatch.amazonaws.com")}}},
	{"Action", list{literal("kms:Decrypt"), literal("kms:GenerateDataKey*")}},
	{"Resource", literal("*")},
}

// ownKey gives the topic a key whose policy can be written.
func (w *work) ownKey() {
	w.edit(w.Topic)
	key := w.name("aws_kms_key", "alarms", "AlarmsKey")
	w.data = true
	w.make(key, argument{"description", literal("alarms")}, argument{"policy", policy{
		object{
			{"Sid", literal("Account")},
			{"Effect", literal("Allow")},
			{"Principal", object{{"AWS", w.root()}}},
			{"Action", literal("kms:*")},
			{"Resource", literal("*")},
		},
		keyUse,
	}})
	w.assign("kms_master_key_id", ref{key, "arn"})
}

func (w *work) root() value {
	return in{
		"arn:aws:iam::${data.aws_caller_identity.current.account_id}:root",
		tagged("!Sub", "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"),
	}
}
