package graph

import (
	"cmp"

	"github.com/iacgate/iacgate/internal/resource"
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
	Attached
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
	// Receiver is its queue, function or delivery stream; Role what SNS
	// assumes to write to a delivery stream.
	Receiver     Target
	Role         Target
	RoleArgument resource.Value
	// Place is where SNS looks for its topic.
	Place         resource.Scope
	topicArgument resource.Value
}

func newSubscription(n Node) *Subscription {
	args := argumentsOf(n.Resource)
	place := n.Resource.Scope
	if text, ok := args.get("region").Symbolic(); ok { // of a template
		if place.Region, place.RegionOf = stated(text); place.RegionOf == "" {
			place.RegionOf = resource.NamedFor("region", text) // the stack's may be another
		}
	} else if args.get("region").IsUnknown() {
		place = resource.Scope{}
	}
	return &Subscription{
		Node: n, Place: place, Protocol: args.get("protocol"), Endpoint: args.get("endpoint"),
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
