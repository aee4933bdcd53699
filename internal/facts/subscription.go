package facts

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func (b *Base) subscription(s *graph.Subscription) document.Subscription {
	t := b.topicOf(s)
	doubts := doubtsOf(s)
	o, _ := s.Endpoint.Origin()
	said := slices.ContainsFunc(doubts, func(d document.Reason) bool { return d.Code == "subscription-other-account" })
	if c := b.access.Receives(t, s); c.State == document.Guessed || c.State == document.Outside && o.Cause != resource.Variable && !said {
		doubts = append(doubts, document.Reason{Code: c.Code, Text: c.Reason})
	}
	return document.Subscription{
		Protocol: document.Text(s.Protocol), Endpoint: document.Text(s.Endpoint),
		Delivers: b.checkDelivery(t, s), Doubts: doubts, Node: newNode(s.Node),
	}
}

// topicOf returns the topic of a subscription; one without properties if it cannot
// be seen.
func (b *Base) topicOf(s *graph.Subscription) *graph.Topic {
	if t := b.Graph.Topic(s.Topic.First()); t != nil {
		return t
	}
	return &graph.Topic{}
}

// checkDelivery reports whether an alarm message would leave through a subscription.
func (b *Base) checkDelivery(t *graph.Topic, s *graph.Subscription) document.Check {
	if c := checkKnown(s); c.State != document.OK {
		return c
	}
	if c := checkEndpoint(s); c.State != document.OK {
		return c
	}
	if c := b.checkReference(s); c.State != document.OK {
		return c
	}
	if c := b.checkTopicLimits(t, s); c.State != document.OK {
		return c
	}
	if c := checkFIFO(t, s); c.State != document.OK {
		return c
	}
	if c := checkPlace(t, s); c.State != document.OK {
		return c
	}
	if c := b.access.Receives(t, s); c.State == document.Broken || c.State == document.Undecided {
		return c
	}
	if s.Filter.IsUnknown() || s.FilterScope.IsUnknown() && !s.Filter.IsNull() {
		return document.Check{State: document.Undecided, Code: "subscription-filter-undecided", Resource: s.ID, Attribute: "filter_policy", Reason: "filter_policy is " + s.Filter.Display()}
	}
	text, _ := s.Filter.Text()
	if text == "" {
		return document.Check{State: document.OK}
	}
	check := b.checkFilterPolicy(text, s.FilterScope, t)
	check.Resource, check.Attribute = s.ID, "filter_policy"
	return check
}

// checkKnown checks that the protocol and endpoint of a subscription are known. An
// address that only apply knows is assumed to reach somebody.
func checkKnown(s *graph.Subscription) document.Check {
	check := document.Check{State: document.Undecided, Code: "value-unknown", Resource: s.ID}
	o, _ := s.Endpoint.Origin()
	switch {
	case s.Protocol.IsUnknown():
		check.Attribute, check.Reason = "protocol", document.Why(s.Protocol)
	case s.Endpoint.IsUnknown() && len(o.Deciders) > 0:
		check.Attribute, check.Reason = "endpoint", document.Why(s.Endpoint)
	default:
		return document.Check{State: document.OK}
	}
	return check
}

// checkFIFO refuses people who subscribe to a FIFO topic, which delivers to SQS queues only.
// https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
func checkFIFO(t *graph.Topic, s *graph.Subscription) document.Check {
	fifo, _ := t.FIFO.Truth()
	protocol, known := s.Protocol.Text()
	if !fifo || !known || protocol == "sqs" {
		return document.Check{State: document.OK}
	}
	return document.Check{
		State: document.Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "protocol",
		Reason: "a FIFO topic delivers only to SQS queues, not by " + protocol,
	}
}

// checkPlace refuses a subscription that is made in another region than its topic: SNS
// finds the topics of its own region alone, so nothing is created. A channel of a chat
// says nothing of a region.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sns_topic_subscription
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-subscription.html
func checkPlace(t *graph.Topic, s *graph.Subscription) document.Check {
	same, isMade := s.Place.SameRegion(t.Place), t.Resource != nil
	switch protocol, _ := s.Protocol.Text(); {
	case same == truth.No:
		return document.Check{
			State: document.Broken, Code: "subscription-other-region", Resource: s.ID, Attribute: "topic_arn",
			Reason: "the subscription is made in " + s.Place.Region + ", the topic is in " + t.Place.Region,
		}
	case same == truth.Unknown && isMade && protocol != "chatbot":
		return document.Check{
			State: document.Undecided, Code: "value-unknown", Resource: s.ID, Attribute: "region",
			Reason: "whether it is the region of the topic is not known",
		}
	}
	return document.Check{State: document.OK}
}

// maxSmall is the largest message, in bytes, that every kind of subscription takes.
// https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
const maxSmall = 262144

// checkTopicLimits refuses a FIFO queue on a standard topic, and people on a topic of
// large messages, to which only queues, functions and delivery streams may subscribe.
// https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
func (b *Base) checkTopicLimits(t *graph.Topic, s *graph.Subscription) document.Check {
	size, known := t.MaxMessage.Number()
	protocol, told := s.Protocol.Text()
	topicIsFIFO, _ := t.FIFO.Truth()
	if q := b.Graph.Queue(s.Receiver.Only()); q != nil && protocol == "sqs" && !topicIsFIFO && t.Resource != nil {
		if fifo, _ := q.FIFO.Truth(); fifo {
			return document.Check{State: document.Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "endpoint", Reason: "a FIFO queue accepts messages only from FIFO topics"}
		}
	}
	if !known || size <= maxSmall || !told || slices.Contains([]string{"sqs", "lambda", "firehose"}, protocol) {
		return document.Check{State: document.OK}
	}
	return document.Check{
		State: document.Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "protocol",
		Reason: "a topic with messages above 256 KiB delivers only to queues, functions and delivery streams, not by " + protocol,
	}
}

// protocols are those that SNS has.
// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
var protocols = []string{"http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose", "chatbot"}

// neverConfirming are hosts of webhooks that only accept messages in their own format: they
// never confirm a subscription, so nothing is ever delivered.
// https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html
var neverConfirming = []string{"hooks.slack.com", "hooks.slack-gov.com", "discord.com", "discordapp.com", "outlook.office.com", ".webhook.office.com", "chat.googleapis.com"}

func neverConfirms(endpoint string) bool {
	u, err := url.Parse(endpoint)
	return err == nil && slices.ContainsFunc(neverConfirming, func(host string) bool {
		return u.Hostname() == host || strings.HasPrefix(host, ".") && strings.HasSuffix(u.Hostname(), host)
	})
}

// checkEndpoint refuses empty and malformed addresses.
func checkEndpoint(s *graph.Subscription) document.Check {
	bad := document.Check{State: document.Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "endpoint"}
	text, known := s.Endpoint.Text()
	protocol, _ := s.Protocol.Text()
	if protocol != "" && !slices.Contains(protocols, protocol) {
		bad.Attribute, bad.Reason = "protocol", "SNS has no protocol "+s.Protocol.Display()
		return bad
	}
	switch {
	case s.Endpoint.IsUnknown():
		return document.Check{State: document.OK}
	case isForeignPartition(text, s.Node):
		bad.Reason = s.Endpoint.Display() + " is in another partition"
	case neverConfirms(text):
		bad.Reason = "the webhook accepts only messages in its own format and never confirms a subscription"
	case !known || strings.TrimSpace(text) == "":
		bad.Reason = "it is empty"
	case !wellFormed(protocol, text):
		bad.Reason = s.Endpoint.Display() + " is not a valid " + protocol + " endpoint"
	default:
		arn, ok := graph.ParseARN(text)
		if !ok || arn.Service != "sns" || strings.Contains(arn.Resource, "/") {
			return document.Check{State: document.OK}
		}
		bad.Code, bad.Reason = "subscription-to-topic", s.Endpoint.Display()+" is a topic"
	}
	return bad
}

// checkReference checks an endpoint that is an attribute of a resource: of the receiver's ARN
// there is one.
func (b *Base) checkReference(s *graph.Subscription) document.Check {
	protocol, _ := s.Protocol.Text()
	wanted := ""
	switch protocol {
	case "sqs", "lambda", "firehose":
		wanted = protocol
	case "email", "email-json", "http", "https", "sms":
	default:
		return document.Check{State: document.OK}
	}
	what, arn, known := b.Graph.ARNOf(s.Endpoint)
	if !known || arn.Service == wanted {
		return document.Check{State: document.OK}
	}
	bad := document.Check{State: document.Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "endpoint", Reason: what + " is not a valid " + protocol + " endpoint"}
	if arn.Service == "sns" {
		bad.Code = "subscription-to-topic"
	}
	return bad
}

// wellFormed checks an endpoint against its protocol.
// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
func wellFormed(protocol, text string) bool {
	switch protocol {
	case "email", "email-json":
		address, err := mail.ParseAddress(text)
		return err == nil && address.Address == text
	case "http", "https":
		u, err := url.Parse(text)
		return err == nil && u.Scheme == protocol && u.Host != ""
	case "sms":
		return strings.Trim(text, "+0123456789-() ") == "" && strings.ContainsAny(text, "0123456789")
	case "sqs", "lambda", "firehose", "application":
		arn, ok := graph.ParseARN(text)
		return ok && (arn.Service == protocol || protocol == "application" && arn.Service == "sns")
	}
	return true
}

// doubtsOf returns the doubts about a subscription that delivers.
func doubtsOf(s *graph.Subscription) []document.Reason {
	protocol, _ := s.Protocol.Text()
	out := []document.Reason{}
	pending, known := s.Pending.Truth()
	switch protocol {
	case "email", "email-json":
		switch {
		case known && pending:
			out = append(out, document.Reason{Code: "email-unconfirmed", Text: ""})
		case !known:
			out = append(out, document.Reason{Code: "email-needs-confirmation", Text: ""})
		}
	case "http", "https":
		if auto, ok := s.AutoConfirms.Truth(); ok && !auto && !(known && !pending) {
			out = append(out, document.Reason{Code: "endpoint-needs-confirmation", Text: ""})
		}
	case "sms":
		out = append(out, document.Reason{Code: "sms-limits", Text: ""})
	}
	if arn, ok := endpointARN(s); ok && arn.Account != "" && s.Scope().Account != "" && arn.Account != s.Scope().Account {
		out = append(out, document.Reason{Code: "subscription-other-account", Text: "the endpoint is in account " + arn.Account + ", whose owner must confirm the subscription"})
	}
	return out
}

func endpointARN(s *graph.Subscription) (graph.ARN, bool) {
	text, ok := s.Endpoint.Text()
	if !ok || s.Endpoint.IsSensitive() {
		return graph.ARN{}, false
	}
	return graph.ParseARN(text)
}
