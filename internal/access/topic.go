package access

import (
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// checkTopicPolicy reports whether the topic's policy lets CloudWatch publish for an
// alarm. Without a policy of its own a topic has the default one, which allows the
// alarms of its account.
func (w *World) checkTopicPolicy(t *graph.Topic, from Source) document.Check {
	if t.External && t.Policy.IsNull() && len(t.Policies) == 0 {
		return document.Check{State: document.Undecided, Code: "topic-outside", Resource: t.ID}
	}
	request := iampolicy.PublishAlarm([]iampolicy.Text{topicARN(t)}, from.ARN(), from.account())
	policies := policiesOn(t.ID, t.Policy, t.Policies)
	perhaps := policiesPerhapsOn(t.ID, t.Place, w.graph.TopicPolicies)
	if len(policies) == 0 {
		if check := checkDefaultTopicPolicy(t, from, perhaps); check.Code != "" {
			return check
		}
	}
	return w.checkPolicies(append(policies, perhaps...), t.ID, policyCodes, request)
}

// checkDefaultTopicPolicy reports whether the policy that a topic has without one of its
// own lets CloudWatch publish for an alarm, where others may apply to it.
// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
func checkDefaultTopicPolicy(t *graph.Topic, from Source, perhaps []policyText) document.Check {
	check := document.Check{Resource: t.ID, Attribute: "policy"}
	switch same := from.Node.Scope().SameAccount(t.Place); {
	case same == truth.No && len(perhaps) > 0:
		check.State, check.Resource, check.Reason = document.Undecided, perhaps[0].resource, "whether it applies to "+t.ID+" is not known"
	case same == truth.No:
		check.State, check.Reason = document.Broken, "the default policy allows only the topic's account, and the alarm is in another"
	case same == truth.Unknown:
		check.State, check.Reason = document.Undecided, "the default policy allows only the topic's account, and whether the alarm is in it is not known"
	default:
		return document.Check{}
	}
	check.Code = policyCodes[check.State]
	return check
}

// policyCodes are the finding codes for the states of a check.
var policyCodes = map[document.CheckState]string{document.Broken: "topic-policy-denies", document.Undecided: "topic-policy-undecided", document.Guessed: codeInferred}

// checkTopicKey reports whether CloudWatch may use the key that the topic is
// encrypted with.
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
func (w *World) checkTopicKey(t *graph.Topic, from Source) document.Check {
	check := w.checkKey(keyUse{
		of: t.Node, argument: masterKey, id: t.KMS, key: t.Key, managed: "alias/aws/sns", actions: bothWays,
		ask: func(action string, key []iampolicy.Text) iampolicy.Request {
			return iampolicy.UseKeyForAlarm(action, key, from.ARN(), from.account())
		},
	})
	if check.Code != "" && check.Code != codeInferred {
		check.Code = "topic-" + check.Code
	}
	return check
}

// TopicPolicies returns the addresses of the resources that set a topic's policy.
func TopicPolicies(t *graph.Topic) []string {
	out := []string{}
	for _, p := range policiesOn(t.ID, t.Policy, t.Policies) {
		out = append(out, p.resource)
	}
	if len(t.Policies) > 0 && setsPolicy(t) {
		out = append(out, t.ID)
	}
	return out
}

// setsPolicy reports whether a topic has a policy of its own beside the resources
// that set it. After an apply the argument repeats theirs; before, only the
// code can have set it.
func setsPolicy(t *graph.Topic) bool {
	return !t.External && t.Resource.Change.Action == resource.Create && !t.Policy.IsNull()
}
