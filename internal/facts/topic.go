package facts

import (
	"slices"

	"github.com/iacgate/iacgate/internal/access"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
)

func (b *Base) topic(t *graph.Topic) document.Topic {
	n := newNode(t.Node)
	n.Region, n.Account = t.Place.Region, t.Place.Account
	noteUnknown(&n, "fifo_topic", t.FIFO)
	out := document.Topic{
		Name: document.Name(t.Name), ARN: document.Name(t.ARN), FIFO: document.Bool(t.FIFO), MaxMessage: document.Number(t.MaxMessage), Policies: access.TopicPolicies(t), Misplaced: []string{}, Subscriptions: []string{},
		Delivering: b.delivering(t), Undelivered: b.undelivered(t), Node: n,
	}
	for _, p := range t.Misplaced {
		out.Misplaced = append(out.Misplaced, p.ID)
	}
	for _, s := range slices.Concat(t.Subscriptions, t.Perhaps) {
		out.Subscriptions = append(out.Subscriptions, s.ID)
	}
	return out
}

// undelivered says why nothing that is published to a topic is delivered. One
// subscription that may deliver makes the broken ones beside it irrelevant.
func (b *Base) undelivered(t *graph.Topic) []document.Check {
	perhaps := append(slices.Clone(t.Perhaps), b.subscriptionsOnAny()...)
	switch {
	case len(t.Subscriptions) == 0 && t.External:
		return []document.Check{{State: document.Broken, Code: "subscription-elsewhere", Resource: t.ID}}
	case len(t.Subscriptions)+len(perhaps) == 0:
		return []document.Check{{State: document.Broken, Code: "no-subscription", Resource: t.ID}}
	}
	broken, unknown := []document.Check{}, []document.Check{}
	for _, s := range t.Subscriptions {
		switch c := b.checkDelivery(t, s); c.State {
		case document.OK:
			return []document.Check{}
		case document.Undecided:
			unknown = append(unknown, c)
		default:
			broken = append(broken, c)
		}
	}
	for _, s := range perhaps {
		unknown = append(unknown, document.Check{
			State: document.Undecided, Code: "value-unknown", Resource: s.ID, Attribute: "topic_arn", Reason: s.Topic.Text,
		})
	}
	if len(unknown) > 0 {
		return unknown
	}
	return broken
}

// subscriptionsOnAny returns the subscriptions whose topic cannot be seen at all: they may be on
// any.
func (b *Base) subscriptionsOnAny() []*graph.Subscription {
	var out []*graph.Subscription
	for _, s := range b.Graph.Subscriptions {
		if access.IsOpen(s.Topic) {
			out = append(out, s)
		}
	}
	return out
}

// delivering returns the subscriptions that deliver: those that exist for certain, else
// those that may.
func (b *Base) delivering(t *graph.Topic) []string {
	certain, all := []string{}, []string{}
	for _, s := range t.Subscriptions {
		if b.checkDelivery(t, s).State != document.OK {
			continue
		}
		all = append(all, s.ID)
		if s.Uncertain() == "" {
			certain = append(certain, s.ID)
		}
	}
	if len(certain) > 0 {
		return certain
	}
	return all
}
