package analysis

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func (b *builder) subscription(s *graph.Subscription) Subscription {
	t := b.topicOf(s)
	doubts := doubtsOf(s)
	o, _ := s.Endpoint.Origin()
	said := slices.ContainsFunc(doubts, func(d Reason) bool { return d.Code == "subscription-other-account" })
	if c := b.receives(t, s); c.State == Guessed || c.State == Outside && o.Cause != resource.Variable && !said {
		doubts = append(doubts, Reason{c.Code, c.Reason})
	}
	return Subscription{
		Protocol: text(s.Protocol), Endpoint: text(s.Endpoint),
		Delivers: b.delivers(t, s), Doubts: doubts, Node: newNode(s.Node),
	}
}

// topicOf is the topic of a subscription; one without properties where it cannot
// be seen.
func (b *builder) topicOf(s *graph.Subscription) *graph.Topic {
	if t := b.graph.Topic(b.first(s.Topic)); t != nil {
		return t
	}
	return &graph.Topic{}
}

// undelivered says why nothing that is published to a topic is delivered. One
// subscription that may deliver makes the broken ones beside it irrelevant.
func (b *builder) undelivered(t *graph.Topic) []Check {
	perhaps := append(slices.Clone(t.Perhaps), b.strays()...)
	switch {
	case len(t.Subscriptions) == 0 && t.External:
		return []Check{{State: Broken, Code: "subscription-elsewhere", Resource: t.ID}}
	case len(t.Subscriptions)+len(perhaps) == 0:
		return []Check{{State: Broken, Code: "no-subscription", Resource: t.ID}}
	}
	broken, unknown := []Check{}, []Check{}
	for _, s := range t.Subscriptions {
		switch c := b.delivers(t, s); c.State {
		case OK:
			return []Check{}
		case Undecided:
			unknown = append(unknown, c)
		default:
			broken = append(broken, c)
		}
	}
	for _, s := range perhaps {
		unknown = append(unknown, Check{
			State: Undecided, Code: "value-unknown", Resource: s.ID, Attribute: "topic_arn", Reason: s.Topic.Text,
		})
	}
	if len(unknown) > 0 {
		return unknown
	}
	return broken
}

// strays are the subscriptions whose topic cannot be seen at all: they may be on
// any.
func (b *builder) strays() []*graph.Subscription {
	var out []*graph.Subscription
	for _, s := range b.graph.Subscriptions {
		if isOpen(s.Topic) {
			out = append(out, s)
		}
	}
	return out
}

// isOpen says whether an argument may come to name anything.
func isOpen(t graph.Target) bool {
	return (t.State == graph.Unknown || t.State == graph.External) && len(t.To) == 0 && t.Foreign == ""
}

// delivering are the subscriptions that deliver: those that exist for certain, else
// those that may.
func (b *builder) delivering(t *graph.Topic) []string {
	certain, all := []string{}, []string{}
	for _, s := range t.Subscriptions {
		if b.delivers(t, s).State != OK {
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

// delivers says whether an alarm message would leave through a subscription.
func (b *builder) delivers(t *graph.Topic, s *graph.Subscription) Check {
	if c := undecided(s); c.State != OK {
		return c
	}
	if c := endpoint(s); c.State != OK {
		return c
	}
	if c := b.referred(s); c.State != OK {
		return c
	}
	if c := b.admitted(t, s); c.State != OK {
		return c
	}
	if c := queue(t, s); c.State != OK {
		return c
	}
	if c := b.receives(t, s); c.State == Broken || c.State == Undecided {
		return c
	}
	if s.Filter.IsUnknown() || s.FilterScope.IsUnknown() && !s.Filter.IsNull() {
		return Check{State: Undecided, Code: "subscription-filter-undecided", Resource: s.ID, Attribute: "filter_policy", Reason: "filter_policy is " + s.Filter.Display()}
	}
	text, _ := s.Filter.Text()
	if text == "" {
		return Check{State: OK}
	}
	check := b.letsThrough(text, s.FilterScope, t)
	check.Resource, check.Attribute = s.ID, "filter_policy"
	return check
}

// undecided is a subscription of which it is not known how, or to whom, it
// delivers. An address that is not known yet is somebody's.
func undecided(s *graph.Subscription) Check {
	check := Check{State: Undecided, Code: "value-unknown", Resource: s.ID}
	o, _ := s.Endpoint.Origin()
	switch {
	case s.Protocol.IsUnknown():
		check.Attribute, check.Reason = "protocol", why(s.Protocol)
	case s.Endpoint.IsUnknown() && len(o.Deciders) > 0:
		check.Attribute, check.Reason = "endpoint", why(s.Endpoint)
	default:
		return Check{State: OK}
	}
	return check
}

// queue refuses people behind a FIFO topic, which delivers to SQS queues only.
// https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
func queue(t *graph.Topic, s *graph.Subscription) Check {
	fifo, _ := t.FIFO.Truth()
	protocol, known := s.Protocol.Text()
	if !fifo || !known || protocol == "sqs" {
		return Check{State: OK}
	}
	return Check{
		State: Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "protocol",
		Reason: "a FIFO topic delivers to SQS queues only, not by " + protocol,
	}
}

// maxSmall is the largest message, in bytes, that every kind of subscription takes.
// https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
const maxSmall = 262144

// admitted refuses a FIFO queue behind a standard topic, and people behind a topic of
// large messages, to which only queues, functions and delivery streams may subscribe.
// https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
func (b *builder) admitted(t *graph.Topic, s *graph.Subscription) Check {
	size, known := t.MaxMessage.Number()
	protocol, told := s.Protocol.Text()
	topicIsFIFO, _ := t.FIFO.Truth()
	if q := b.graph.Queue(s.Receiver.Only()); q != nil && protocol == "sqs" && !topicIsFIFO && t.Resource != nil {
		if fifo, _ := q.FIFO.Truth(); fifo {
			return Check{State: Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "endpoint", Reason: "a FIFO queue takes messages of FIFO topics only"}
		}
	}
	if !known || size <= maxSmall || !told || slices.Contains([]string{"sqs", "lambda", "firehose"}, protocol) {
		return Check{State: OK}
	}
	return Check{
		State: Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "protocol",
		Reason: "a topic of messages above 256 KiB delivers to queues, functions and delivery streams only, not by " + protocol,
	}
}

// protocols are those that SNS has.
// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
var protocols = []string{"http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose", "chatbot"}

// deaf are hosts of webhooks that take messages of their own form alone: they never
// confirm a subscription, so nothing is ever delivered.
// https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html
var deaf = []string{"hooks.slack.com", "hooks.slack-gov.com", "discord.com", "discordapp.com", "outlook.office.com", ".webhook.office.com", "chat.googleapis.com"}

func isDeaf(endpoint string) bool {
	u, err := url.Parse(endpoint)
	return err == nil && slices.ContainsFunc(deaf, func(host string) bool {
		return u.Hostname() == host || strings.HasPrefix(host, ".") && strings.HasSuffix(u.Hostname(), host)
	})
}

// endpoint refuses what nobody can read: empty and malformed addresses.
func endpoint(s *graph.Subscription) Check {
	bad := Check{State: Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "endpoint"}
	text, known := s.Endpoint.Text()
	protocol, _ := s.Protocol.Text()
	if protocol != "" && !slices.Contains(protocols, protocol) {
		bad.Attribute, bad.Reason = "protocol", "SNS has no protocol "+s.Protocol.Display()
		return bad
	}
	switch {
	case s.Endpoint.IsUnknown():
		return Check{State: OK}
	case isForeignPartition(text, s.Node):
		bad.Reason = s.Endpoint.Display() + " is in another partition"
	case isDeaf(text):
		bad.Reason = "the webhook takes messages of its own form alone and never confirms a subscription"
	case !known || strings.TrimSpace(text) == "":
		bad.Reason = "it is empty"
	case !wellFormed(protocol, text):
		bad.Reason = s.Endpoint.Display() + " is no " + protocol + " endpoint"
	case protocol == "application" || protocol != "sqs" && strings.Contains(text, ":sns:") && strings.HasPrefix(text, "arn:"):
		if arn, ok := graph.ParseARN(text); ok && arn.Service == "sns" && !strings.Contains(arn.Resource, "/") {
			bad.Code, bad.Reason = "subscription-to-topic", s.Endpoint.Display()+" is a topic"
			return bad
		}
		return Check{State: OK}
	default:
		return Check{State: OK}
	}
	return bad
}

// referred checks an endpoint that is an attribute of a resource: of the receiver's ARN
// there is one.
func (b *builder) referred(s *graph.Subscription) Check {
	protocol, _ := s.Protocol.Text()
	wanted := ""
	switch protocol {
	case "sqs", "lambda", "firehose":
		wanted = protocol
	case "email", "email-json", "http", "https", "sms":
	default:
		return Check{State: OK}
	}
	what, arn, known := b.graph.ARNOf(s.Endpoint)
	if !known || arn.Service == wanted {
		return Check{State: OK}
	}
	bad := Check{State: Broken, Code: "subscription-endpoint", Resource: s.ID, Attribute: "endpoint", Reason: what + " is no " + protocol + " endpoint"}
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

// acting are the names of the alarms that act on a topic; none where one of
// them is not known.
func (b *builder) acting(t *graph.Topic) []string {
	var names []string
	known := true
	add := func(name resource.Value, actions []graph.Target) {
		for _, a := range actions {
			if slices.Contains(a.To, t.ID) {
				text, ok := name.Text()
				names, known = append(names, text), known && ok
			}
		}
	}
	for _, a := range b.graph.Alarms {
		add(a.Name, a.Actions)
	}
	for _, c := range b.graph.Composites {
		add(c.Name, c.Actions)
	}
	if !known {
		return nil
	}
	return names
}

func acceptsAbsence(rule any) bool {
	values, _ := rule.([]any)
	for _, v := range values {
		if test, ok := v.(map[string]any); ok && test["exists"] == false {
			return true
		}
	}
	return false
}

// passes says whether a rule lets a member of a message through, whichever of
// some texts it is.
func passes(rule any, possible []string) truth.Truth {
	values, isList := rule.([]any)
	if !isList || len(possible) == 0 {
		return truth.Unknown
	}
	low, high := truth.Yes, truth.No
	for _, text := range possible {
		one := truth.No
		for _, v := range values {
			one = max(one, accepts(v, text))
		}
		low, high = min(low, one), max(high, one)
	}
	if low != high {
		return truth.Unknown
	}
	return low
}

// accepts says whether one value of a rule accepts a text.
// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
func accepts(value any, text string) truth.Truth {
	test, isTest := value.(map[string]any)
	if !isTest {
		return truth.Of(value == text)
	}
	for _, operator := range []struct {
		name string
		is   func(text, operand string) bool
	}{
		{"prefix", strings.HasPrefix}, {"suffix", strings.HasSuffix}, {"equals-ignore-case", strings.EqualFold},
	} {
		if operand, ok := test[operator.name].(string); ok && len(test) == 1 {
			return truth.Of(operator.is(text, operand))
		}
	}
	switch operand := test["anything-but"].(type) {
	case string:
		return truth.Of(operand != text)
	case []any:
		return truth.Of(!slices.Contains(operand, any(text)))
	}
	return truth.Unknown
}

// doubtsOf is what an expert would say of a subscription that delivers.
func doubtsOf(s *graph.Subscription) []Reason {
	protocol, _ := s.Protocol.Text()
	out := []Reason{}
	pending, known := s.Pending.Truth()
	switch protocol {
	case "email", "email-json":
		switch {
		case known && pending:
			out = append(out, Reason{"email-unconfirmed", ""})
		case !known:
			out = append(out, Reason{"email-needs-confirmation", ""})
		}
	case "http", "https":
		if auto, ok := s.AutoConfirms.Truth(); ok && !auto && !(known && !pending) {
			out = append(out, Reason{"endpoint-needs-confirmation", ""})
		}
	case "sms":
		out = append(out, Reason{"sms-limits", ""})
	}
	if arn, ok := endpointARN(s); ok && arn.Account != "" && s.Scope().Account != "" && arn.Account != s.Scope().Account {
		out = append(out, Reason{"subscription-other-account", "the endpoint is in account " + arn.Account + ", whose owner has to confirm"})
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
