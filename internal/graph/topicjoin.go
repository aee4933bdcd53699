package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func (g *Graph) joinTopics() {
	topic := kind{types: []string{"aws_sns_topic"}, attrs: []string{"arn", "id"}, named: g.topicNamed, outside: g.topicOutside}
	key := g.keyKind()
	for _, t := range g.Topics {
		t.Key = g.target(t.Resource, t.KMS, key)
	}
	for _, p := range g.TopicPolicies {
		p.Of = g.target(p.Resource, argumentsOf(p.Resource).get("arn"), topic)
		for _, id := range p.Of.To {
			if t := g.Topic(id); t != nil {
				t.attach(p, t.Place)
			}
		}
	}
	for _, s := range g.Subscriptions {
		for _, target := range g.targets(s.Resource, s.topicArgument, topic) {
			g.subscribe(s, target)
		}
		g.joinReceiver(s)
	}
}

func (g *Graph) subscribe(s *Subscription, target Target) {
	s.Topic = target
	for _, id := range target.To {
		switch t := g.Topic(id); {
		case t == nil:
		case target.OneOf && len(target.To) > 1:
			t.Perhaps = append(t.Perhaps, s)
		default:
			t.Subscriptions = append(t.Subscriptions, s)
		}
	}
}

// topicNamed finds the topic that an ARN means: by equal ARN, or by name,
// region and account where the topic's ARN is known only after apply.
func (g *Graph) topicNamed(text string, _ *resource.Resource) (Target, bool) {
	arn, _ := ParseARN(text)
	return surest(g.Topics, func(t *Topic) (Target, bool) {
		target, ok := t.match(text, arn)
		return target, ok && arn.Service == "sns"
	})
}

// topicOutside makes an external node of the ARN of a topic that the input does
// not have.
func (g *Graph) topicOutside(text string, _ *resource.Resource) Target {
	arn, ok := ParseARN(text)
	switch {
	case !ok && len(resource.Symbols(text)) == 0:
		return Target{State: External, Foreign: "a text that is not an ARN", Reason: "it is not an ARN"}
	case !ok:
		return Target{State: Unknown, Reason: "it is not an ARN"}
	}
	if arn.Service != "sns" {
		return Target{State: External, Foreign: arn.Service, Reason: "it is not an SNS topic"}
	}
	place := arn.Scope()
	ext := &Topic{Node: Node{ID: text, External: true}, Name: resource.StringValue(arn.Resource), ARN: resource.StringValue(text), Place: place}
	g.Topics = append(g.Topics, ext)
	return Target{State: External, To: []string{ext.ID}, Reason: "no resource in the input makes it"}
}

func (t *Topic) match(text string, arn ARN) (Target, bool) {
	state := Known
	if t.External {
		state = External
	}
	if known, ok := t.ARN.Symbolic(); ok {
		switch resource.Text(known).Equal(resource.Text(text)) {
		case truth.Yes:
			return Target{State: state, To: []string{t.ID}}, true
		case truth.No:
			return Target{}, false
		}
	}
	if name, ok := t.Name.Symbolic(); !ok || name != arn.Resource {
		return Target{}, false
	}
	switch arn.lives(t.Place) {
	case truth.Yes:
		return Target{State: state, To: []string{t.ID}}, true
	case truth.Unknown:
		if !resource.Text(text).IsPlaced() { // a variable decides
			return Target{State: Unknown, Reason: "it has the name of " + t.ID + "; region or account are not known to be the same"}, true
		}
		return Target{State: Inferred, To: []string{t.ID}, Reason: "it has the name of this topic; region or account are not known to be the same"}, true
	}
	return Target{}, false
}

// otherActions are types other than topics that an alarm may act on.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
var otherActions = []string{
	"aws_lambda_function", "aws_lambda_alias", "aws_autoscaling_policy", "aws_appautoscaling_policy",
	"aws_ssmincidents_response_plan", "aws_ssm_document",
}

func (g *Graph) joinAlarms() {
	topic := kind{types: []string{"aws_sns_topic"}, attrs: []string{"arn", "id"}, also: otherActions, named: g.topicNamed, outside: g.topicOutside}
	for _, a := range g.Alarms {
		a.Actions = g.targets(a.Resource, a.HasActions, topic)
	}
	for _, c := range g.Composites {
		c.Actions = g.targets(c.Resource, c.HasActions, topic)
	}
}
