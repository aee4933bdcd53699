package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// mayPublish says whether the topic's policy lets CloudWatch publish for an
// alarm. Without a policy of its own a topic has the default one, which lets the
// alarms of its account.
func (b *builder) mayPublish(t *graph.Topic, from source) Check {
	if t.External && t.Policy.IsNull() && len(t.Policies) == 0 {
		return Check{State: "unknown", Code: "topic-outside", Resource: t.ID}
	}
	request := iampolicy.PublishAlarm([]iampolicy.Text{topicARN(t)}, from.arn(), from.account())
	policies := topicPolicies(t)
	perhaps := b.perhapsOn(t)
	if len(policies) == 0 && from.node.Scope().SameAccount(t.Place) == resource.No {
		return Check{
			State: "broken", Code: "topic-policy-denies", Resource: t.ID, Attribute: "policy",
			Reason: "the default policy admits the account of the topic alone, and the alarm is in another",
		}
	}
	check := Check{State: "ok"}
	for _, p := range append(policies, perhaps...) {
		one := b.allows(p, t.ID, request)
		if p.elsewhere && one.State == "broken" {
			one.State, one.Denies, one.Reason = "unknown", false, "whether it is for this topic is not known"
		}
		one.Code, one.Resource, one.Attribute = policyCodes[one.State], p.resource, "policy"
		check = check.and(one)
	}
	return check
}

// policyCodes and keyCodes name what the state of a check comes to.
var (
	policyCodes = map[string]string{"broken": "topic-policy-denies", "unknown": "topic-policy-undecided", "inferred": "link-inferred"}
	keyCodes    = map[string]string{"broken": "topic-key-denies", "unknown": "topic-key-undecided", "inferred": "link-inferred"}
)

// and returns the worse of two checks; what either denies, both do together.
func (c Check) and(d Check) Check {
	c.Denies = c.Denies || d.Denies
	d.Denies = c.Denies
	for _, state := range []string{"broken", "unknown", "inferred"} {
		switch state {
		case c.State:
			return c
		case d.State:
			return d
		}
	}
	return c
}

// written is a policy text and the resource that holds it.
type written struct {
	resource  string
	value     resource.Value
	elsewhere bool // it may be for something else
}

// topicPolicies returns what sets a topic's policy. A policy resource replaces
// the topic's own argument, which after an apply repeats it.
func topicPolicies(t *graph.Topic) []written {
	var out []written
	for _, p := range t.Policies {
		out = append(out, written{resource: p.ID, value: p.Policy, elsewhere: len(p.Topic.To) > 1 || p.Topic.State == graph.Inferred})
	}
	if len(out) == 0 && !t.Policy.IsNull() {
		out = append(out, written{resource: t.ID, value: t.Policy})
	}
	return out
}

// perhapsOn returns the policies that may be the topic's or another's.
func (b *builder) perhapsOn(t *graph.Topic) (out []written) {
	for _, p := range b.graph.TopicPolicies {
		if isOpen(p.Topic) && p.Scope().Same(t.Place) != resource.No {
			out = append(out, written{resource: p.ID, value: p.Policy, elsewhere: true})
		}
	}
	return out
}

func topicARN(t *graph.Topic) iampolicy.Text {
	symbol := t.ID + ".arn"
	if text, ok := t.ARN.Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	name, ok := t.Name.Symbolic()
	if !ok {
		name = iampolicy.Hole
	}
	return iampolicy.Text{
		Text:   "arn:" + partition(t.Place) + ":sns:" + region(t.Place) + ":" + account(t.Place) + ":" + name,
		Symbol: symbol,
	}
}

// mayEncrypt says whether CloudWatch may use the key that the topic is
// encrypted with.
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
func (b *builder) mayEncrypt(t *graph.Topic, from source) Check {
	text, _ := t.KMS.Text()
	switch {
	case t.KMS.IsNull() || !t.KMS.IsUnknown() && text == "":
		return Check{State: "none"}
	case isManagedKey(text):
		return Check{State: "broken", Code: "topic-key-aws-managed", Resource: t.ID, Attribute: "kms_master_key_id", Reason: text}
	}
	for _, attribute := range []string{"key_id", "arn"} {
		if gone := b.gone("aws_kms_key", attribute, text); gone != nil {
			return Check{State: "broken", Code: "topic-key-disabled", Resource: gone.Address, Reason: "this plan deletes it"}
		}
	}
	target := b.graph.KeyOf(t.Key)
	if len(target.To) != 1 || b.graph.Key(target.To[0]) == nil {
		return Check{State: "unknown", Code: "topic-key-outside", Resource: t.ID, Attribute: "kms_master_key_id", Reason: t.KMS.Display()}
	}
	return b.keyAllows(b.graph.Key(target.To[0]), from)
}

func isManagedKey(id string) bool {
	arn, ok := graph.ParseARN(id)
	return id == "alias/aws/sns" || ok && arn.Service == "kms" && arn.Resource == "alias/aws/sns"
}

func (b *builder) keyAllows(k *graph.Key, from source) Check {
	if enabled, ok := k.Enabled.Truth(); ok && !enabled {
		return Check{State: "broken", Code: "topic-key-disabled", Resource: k.ID, Attribute: "is_enabled"}
	}
	if k.Enabled.IsUnknown() {
		return Check{State: "unknown", Code: "topic-key-undecided", Resource: k.ID, Attribute: "is_enabled", Reason: why(k.Enabled)}
	}
	if k.External && k.Policy.IsNull() && len(k.Policies) == 0 {
		return Check{State: "unknown", Code: "topic-key-outside", Resource: k.ID}
	}
	at := keyPolicy(k)
	if at.value.IsNull() && b.mayHavePolicy(k) {
		return Check{State: "unknown", Code: "topic-key-undecided", Resource: k.ID, Attribute: "policy", Reason: "whether a key policy of the input is for this key is not known"}
	}
	if at.value.IsNull() {
		return Check{State: "broken", Code: "topic-key-denies", Resource: k.ID, Attribute: "policy", Reason: "the default key policy admits the account's own identities, not a service"}
	}
	check := Check{State: "ok"}
	for _, action := range []string{"kms:Decrypt", "kms:GenerateDataKey"} {
		request := iampolicy.UseKeyForAlarm(action, []iampolicy.Text{keyARN(k)}, from.arn(), from.account())
		one := b.allows(at, k.ID, request)
		one.Code, one.Resource, one.Attribute = keyCodes[one.State], at.resource, "policy"
		check = check.and(one)
	}
	return check
}

// mayHavePolicy says whether a key policy may be the key's or another's.
func (b *builder) mayHavePolicy(k *graph.Key) bool {
	return slices.ContainsFunc(b.graph.KeyPolicies, func(p *graph.KeyPolicy) bool {
		return isOpen(p.Key) && p.Scope().Same(k.Scope()) != resource.No
	})
}

// keyPolicy is what sets a key's policy. A policy resource replaces the key's own
// argument.
func keyPolicy(k *graph.Key) written {
	if len(k.Policies) > 0 {
		return written{resource: k.Policies[0].ID, value: k.Policies[0].Policy}
	}
	return written{resource: k.ID, value: k.Policy}
}

func keyARN(k *graph.Key) iampolicy.Text {
	symbol := k.ID + ".arn"
	if text, ok := k.Resource.Attr("arn").Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	return iampolicy.Text{
		Text:   "arn:" + partition(k.Scope()) + ":kms:" + region(k.Scope()) + ":" + account(k.Scope()) + ":key/" + iampolicy.Hole,
		Symbol: symbol,
	}
}

// logGroupKey says whether the log service may use the group's key; CloudWatch
// Logs asks for it when the key is associated.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
func (b *builder) logGroupKey(l *graph.LogGroup) Check {
	if len(l.Key.To) != 1 || l.KMS.IsNull() {
		return Check{State: "none"}
	}
	k := b.graph.Key(b.first(b.graph.KeyOf(l.Key)))
	if k == nil {
		return Check{State: "none"}
	}
	at := keyPolicy(k)
	if at.value.IsNull() {
		return Check{State: "none"}
	}
	check := b.allows(at, k.ID, iampolicy.Request{
		Principal: iampolicy.Caller{Service: "logs." + region(l.Place) + ".amazonaws.com"}, Action: "kms:GenerateDataKey",
		Resources:   []iampolicy.Text{keyARN(k)},
		UnknownKeys: []string{"aws:SourceArn", "aws:SourceAccount", "kms:EncryptionContext:aws:logs:arn", "kms:ViaService", "kms:CallerAccount"},
	})
	if check.State == "broken" && l.Place.Region == "" {
		check.State = "unknown"
	}
	check.Resource, check.Attribute = at.resource, "policy"
	return check
}

func (b *builder) first(t graph.Target) string {
	if len(t.To) == 0 {
		return ""
	}
	return t.To[0]
}
