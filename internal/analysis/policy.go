package analysis

import (
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// mayPublish says whether the topic's policy lets CloudWatch publish for an
// alarm. Without a policy of its own a topic has the default one, which lets the
// alarms of its account.
func (b *builder) mayPublish(t *graph.Topic, from source) Check {
	if t.External && t.Policy.IsNull() && len(t.Policies) == 0 {
		return Check{State: Undecided, Code: "topic-outside", Resource: t.ID}
	}
	request := iampolicy.PublishAlarm([]iampolicy.Text{topicARN(t)}, from.arn(), from.account())
	policies := policiesOn(t.ID, t.Policy, t.Policies)
	perhaps := perhapsOn(t.Place, b.graph.TopicPolicies)
	if len(policies) == 0 && from.node.Scope().SameAccount(t.Place) == truth.No {
		return Check{
			State: Broken, Code: "topic-policy-denies", Resource: t.ID, Attribute: "policy",
			Reason: "the default policy admits the account of the topic alone, and the alarm is in another",
		}
	}
	return b.allAllow(append(policies, perhaps...), t.ID, policyCodes, request)
}

// allAllow asks every policy of a topic, queue or key: the one that is applied last
// stands. One that may be another's denies
// nothing for certain.
func (b *builder) allAllow(policies []written, about string, codes map[CheckState]string, request iampolicy.Request) Check {
	check := Check{State: OK}
	for _, p := range policies {
		one := b.allows(p, about, request)
		if p.elsewhere && one.State == Broken {
			one.State, one.Denies, one.Reason = Undecided, false, "whether it is for "+about+" is not known"
		}
		one.Code, one.Resource, one.Attribute = codes[one.State], p.resource, "policy"
		check = check.and(one)
	}
	return check
}

const inferred = "link-inferred"

// policyCodes name what the state of a check comes to.
var policyCodes = map[CheckState]string{Broken: "topic-policy-denies", Undecided: "topic-policy-undecided", Guessed: inferred}

// and returns the worse of two checks; what either denies, both do together.
func (c Check) and(d Check) Check {
	c.Denies = c.Denies || d.Denies
	d.Denies = c.Denies
	for _, state := range []CheckState{Broken, Undecided, Guessed} {
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

// policiesOn are what sets the policy of a topic, queue or key: resources, or its
// own argument, which after an apply repeats them.
func policiesOn(id string, argument resource.Value, resources []*graph.ResourcePolicy) (out []written) {
	for _, p := range resources {
		out = append(out, written{resource: p.ID, value: p.Policy, elsewhere: len(p.Of.To) > 1 || p.Of.State == graph.Inferred})
	}
	if len(out) == 0 && !argument.IsNull() {
		out = append(out, written{resource: id, value: argument})
	}
	return out
}

// perhapsOn are the policies that may be those of something at a place, or
// another's.
func perhapsOn(at resource.Scope, all []*graph.ResourcePolicy) (out []written) {
	for _, p := range all {
		if isOpen(p.Of) && p.Scope().Same(at) != truth.No {
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
	check := b.mayUse(keyUse{
		of: t.Node, id: t.KMS, key: t.Key, managed: "alias/aws/sns",
		ask: func(action string, key []iampolicy.Text) iampolicy.Request {
			return iampolicy.UseKeyForAlarm(action, key, from.arn(), from.account())
		},
	})
	if check.Code != "" && check.Code != inferred {
		check.Code = "topic-" + check.Code
	}
	return check
}

func (b *builder) first(t graph.Target) string {
	if len(t.To) == 0 {
		return ""
	}
	return t.To[0]
}
