package graph

import (
	"cmp"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Topic is an SNS topic.
type Topic struct {
	Node
	Name   resource.Value
	ARN    resource.Value
	KMS    resource.Value
	FIFO   resource.Value
	Policy resource.Value // the inline argument; null for the default policy
	// MaxMessage is the largest message in bytes, null for 256 KiB.
	MaxMessage resource.Value
	Key        Target
	// Place is where the topic lives: its own scope or its ARN's.
	Place resource.Scope
	// Policies are the aws_sns_topic_policy resources on it.
	Policies []*ResourcePolicy
	// Subscriptions are those on it; Perhaps those whose topic is not certain.
	Subscriptions []*Subscription
	Perhaps       []*Subscription
}

func newTopic(n Node) *Topic {
	args := argumentsOf(n.Resource)
	t := &Topic{
		Node: n, Name: args.get("name"), ARN: args.get("arn"),
		KMS:        args.get("kms_master_key_id"),
		FIFO:       args.get("fifo_topic"),
		Policy:     args.get("policy"),
		MaxMessage: args.get("maximum_message_size"),
		Place:      n.Resource.Scope,
	}
	if text, ok := t.ARN.Text(); ok {
		if arn, ok := ParseARN(text); ok {
			at := arn.Scope()
			t.Place.Region, t.Place.RegionOf = at.Region, cmp.Or(at.RegionOf, t.Place.RegionOf)
			t.Place.Account, t.Place.AccountOf = at.Account, cmp.Or(at.AccountOf, t.Place.AccountOf)
		}
	}
	return t
}

// A Subscription delivers what is published to a topic.
type Subscription struct {
	Node
	Protocol     resource.Value
	Endpoint     resource.Value
	Filter       resource.Value
	FilterScope  resource.Value
	AutoConfirms resource.Value
	Pending      resource.Value
	Topic        Target
	// Receiver is the queue, function or delivery stream behind it; Role what SNS
	// assumes to write to a delivery stream.
	Receiver      Target
	Role          Target
	RoleArgument  resource.Value
	topicArgument resource.Value
}

func newSubscription(n Node) *Subscription {
	args := argumentsOf(n.Resource)
	return &Subscription{
		Node: n, Protocol: args.get("protocol"), Endpoint: args.get("endpoint"),
		Filter:        args.get("filter_policy"),
		FilterScope:   args.get("filter_policy_scope"),
		AutoConfirms:  args.get("endpoint_auto_confirms"),
		Pending:       args.get("pending_confirmation"),
		RoleArgument:  args.get("subscription_role_arn"),
		topicArgument: args.get("topic_arn"),
	}
}

// newChatbot makes the subscription that a chat channel opens for itself on
// each of its topics.
func newChatbot(n Node) *Subscription {
	return &Subscription{
		Node: n, Protocol: resource.StringValue("chatbot"), Endpoint: resource.StringValue(n.ID),
		AutoConfirms:  resource.BoolValue(true),
		topicArgument: argumentsOf(n.Resource).get("sns_topic_arns"),
	}
}

// Topic returns the topic with an ID.
func (g *Graph) Topic(id string) *Topic { return g.indexes.topics.find(g.Topics, id) }

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
				t.Policies = append(t.Policies, p)
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
		target, ok := t.is(text, arn)
		return target, ok && arn.Service == "sns"
	})
}

// topicOutside makes an external node of the ARN of a topic that the input does
// not have.
func (g *Graph) topicOutside(text string, _ *resource.Resource) Target {
	arn, ok := ParseARN(text)
	switch {
	case !ok && len(resource.Symbols(text)) == 0:
		return Target{State: External, Foreign: "a text that is no ARN", Reason: "it is not an ARN"}
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

func (t *Topic) is(text string, arn ARN) (Target, bool) {
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
