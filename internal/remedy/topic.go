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
	if w.at.Type == "aws_sns_topic" && (w.language != HCL || w.at.Attr("policy").IsNull() || w.computed("policy")) {
		w.ownPolicy()
		return
	}
	w.allow(w.publishing())
}

// ownPolicy writes the policy of a topic that has the default one.
func (w *work) ownPolicy() {
	p := w.name("aws_sns_topic_policy", "alarms", "AlarmsTopicPolicy")
	topic := w.point(w.Topic, "arn")
	if w.language != HCL {
		w.make(p, argument{"arn", list{topic}}, argument{"policy", policy{w.publishing()}})
		return
	}
	document := w.vacant(strings.TrimPrefix(w.module+".data.aws_iam_policy_document.alarms", "."), "aws_iam_policy_document")
	w.make(document, w.asBlock(w.publishing())...)
	w.make(p, argument{"arn", topic}, argument{"policy", ref{document, "json"}})
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
	return in{"data.aws_caller_identity.current.account_id", tagged("!Ref", "AWS::AccountId")}
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

// allow adds a statement to the policy of what is edited, or to the policy
// document that it is made of.
func (w *work) allow(statement object) {
	if w.at.Key.Kind != resource.NoKey {
		w.stuck = true
		return
	}
	if o, ok := w.at.Attr("policy").Origin(); ok && w.language == HCL {
		for _, r := range o.Refs {
			if w.typeOf(r.Address) == "aws_iam_policy_document" {
				w.document(r.Address, statement)
				return
			}
		}
		if len(o.Via) > 0 {
			w.stuck = true // the text is somewhere else
			return
		}
	}
	w.into = w.property(w.at.Type, "policy") + ".Statement"
	if w.language == HCL {
		w.more = format(statement.hcl(w.scope))
		return
	}
	w.more = w.item(list{statement}.node(w.scope))
}

// document adds a statement block to a policy document.
func (w *work) document(address string, statement object) {
	r := w.find(address)
	if r == nil || w.moduleOf(r) != w.module || r.Key.Kind != resource.NoKey {
		w.stuck = true
		return
	}
	w.at = r
	w.more = format(body(w.scope, w.asBlock(statement)))
}

// asBlock is a statement for a service as aws_iam_policy_document has it. A plan
// tells its references; those inside jsonencode it does not.
func (w *work) asBlock(statement object) []argument {
	parts := map[string]value{}
	for _, m := range statement {
		parts[m.name] = m.value
	}
	actions, ok := parts["Action"].(list)
	if !ok {
		actions = list{parts["Action"]}
	}
	arguments := []argument{
		{"statement.0.sid", parts["Sid"]},
		{"statement.0.actions", actions},
		{"statement.0.resources", list{parts["Resource"]}},
		{"statement.0.principals.0.type", literal("Service")},
		{"statement.0.principals.0.identifiers", list{literal("cloudwatch.amazonaws.com")}},
	}
	if _, ok := parts["Condition"]; ok {
		arguments = append(arguments, argument{"statement.0.condition.0.test", literal("StringEquals")},
			argument{"statement.0.condition.0.variable", literal("aws:SourceAccount")}, argument{"statement.0.condition.0.values", list{w.account()}})
	}
	return arguments
}

// ownKey gives the topic a key whose policy can be written.
func (w *work) ownKey() {
	w.edit(w.Topic)
	key := w.name("aws_kms_key", "alarms", "AlarmsKey")
	w.data = w.language == HCL
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
		`"arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"`,
		tagged("!Sub", "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"),
	}
}
