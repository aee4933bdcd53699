package analysis

import (
	"cmp"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// Codes of what stands behind a subscription.
const (
	receiverDenies    = "receiver-denies"
	receiverUndecided = "receiver-undecided"
	receiverKeyDenies = "receiver-key-denies"
	receiverOutside   = "receiver-outside"
)

// receiverTypes are what lets SNS in.
var receiverTypes = slices.Concat(roleTypes, keyTypes, []string{"aws_sqs_queue_policy", "aws_lambda_permission"})

// receives says whether the queue, function or delivery stream behind a
// subscription lets SNS in, whatever exists of what it rests on. One that the
// input does not manage is outside.
func (b *builder) receives(t *graph.Topic, s *graph.Subscription) Check {
	return b.agreed(b.letsIn(t, s), receiverTypes, func(sure *builder) (Check, bool) {
		topic, same := sure.graph.Topic(t.ID), sure.graph.Subscription(s.ID)
		if same == nil {
			return Check{}, false
		}
		if topic == nil {
			topic = t
		}
		return sure.letsIn(topic, same), true
	})
}

func (b *builder) letsIn(t *graph.Topic, s *graph.Subscription) Check {
	protocol, _ := s.Protocol.Text()
	var check Check
	switch protocol {
	case "sqs":
		check = b.queueLetsIn(t, s)
	case "lambda":
		check = b.functionLetsIn(t, s)
	case "firehose":
		check = b.streamLetsIn(s)
	default:
		return Check{State: OK}
	}
	if check.State == Broken && s.Receiver.State == graph.Inferred {
		check.State, check.Denies, check.Code = Undecided, false, receiverUndecided
		check.Reason = cmp.Or(s.Receiver.Reason, check.Reason)
	}
	return check
}

// outside is a receiver of which the input has nothing to say.
func (b *builder) outside(s *graph.Subscription) Check {
	if len(s.Receiver.To) > 1 {
		return Check{State: Undecided, Code: receiverUndecided, Resource: s.ID, Attribute: "endpoint", Reason: "it is one of several: " + s.Receiver.Text}
	}
	if b.graph.IsAround(s.Endpoint) {
		o, _ := s.Endpoint.Origin()
		return Check{State: Undecided, Code: receiverUndecided, Resource: s.ID, Attribute: "endpoint", Reason: "it is a text around " + o.Text() + ", which is another receiver"}
	}
	return Check{State: Outside, Code: receiverOutside, Resource: s.ID, Attribute: "endpoint", Reason: s.Receiver.Text}
}

// queueLetsIn asks the policy of a queue; one without lets in nobody but its
// account. A key of it has to let SNS in, too.
// https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
func (b *builder) queueLetsIn(t *graph.Topic, s *graph.Subscription) Check {
	q := b.graph.Queue(s.Receiver.Only())
	if q == nil {
		return b.outside(s)
	}
	request := iampolicy.Deliver("sqs:SendMessage", []iampolicy.Text{queueARN(q)}, topicARN(t), topicAccount(t))
	name, _ := q.Name.Symbolic()
	request.Plain = resource.Symbols(name)
	check := b.policiesLetIn(q, request)
	key := b.mayUse(keyUse{
		of: q.Node, id: q.KMS, key: q.Key, managed: "alias/aws/sqs",
		ask: func(action string, key []iampolicy.Text) iampolicy.Request {
			return iampolicy.UseKeyForDelivery(action, key, topicARN(t), topicAccount(t))
		},
	})
	switch {
	case key.Code == "key-outside":
		return check
	case key.State == Broken:
		key.Code = receiverKeyDenies
	case key.State == Undecided:
		key.Code = receiverUndecided
	}
	return check.and(key)
}

// topicAccount is the account that SNS names as the source.
func topicAccount(t *graph.Topic) iampolicy.Text { return iampolicy.Known(account(t.Place)) }

// policiesLetIn asks all policies of a queue.
func (b *builder) policiesLetIn(q *graph.Queue, request iampolicy.Request) Check {
	gone := b.gonePolicy(q)
	argument := q.Policy
	if gone != nil {
		argument = resource.NullValue()
	}
	policies := policiesOn(q.ID, argument, q.Policies)
	if len(policies) == 0 {
		perhaps := ""
		if open := perhapsOn(q.Scope(), b.graph.QueuePolicies); len(open) > 0 {
			perhaps = open[0].resource
		}
		return b.withoutPermission(q.Node, "policy", "a policy", gone, perhaps)
	}
	return b.allAllow(policies, q.ID, receiverCodes, request)
}

// receiverCodes name what the state of a check comes to.
var receiverCodes = map[CheckState]string{Broken: receiverDenies, Undecided: receiverUndecided, Guessed: inferred}

// withoutPermission is a receiver that nothing in the input opens. What opens it
// may be gone, be about something else, or not have been read.
func (b *builder) withoutPermission(n graph.Node, attribute, what string, gone *resource.Resource, perhaps string) Check {
	check := Check{State: Broken, Code: receiverDenies, Resource: n.ID, Attribute: attribute, Reason: "nothing in the input gives it " + what}
	switch {
	case perhaps != "":
		check.State, check.Code, check.Reason = Undecided, receiverUndecided, "whether "+perhaps+" is about it is not known"
	case b.gap != "":
		check.State, check.Code, check.Reason = Undecided, receiverUndecided, "nothing that was read gives it "+what+", and not all was read: "+b.gap
	case gone != nil:
		check.Reason = "this plan deletes " + gone.Address + ", and nothing else gives it " + what
	}
	return check
}

// gonePolicy is the policy of a queue that this plan deletes; what the queue
// repeats of it goes, too.
func (b *builder) gonePolicy(q *graph.Queue) *resource.Resource {
	for _, attribute := range []string{"url", "id"} {
		if text, ok := q.Resource.Attr(attribute).Text(); ok {
			if gone := b.gone("aws_sqs_queue_policy", "queue_url", text); gone != nil {
				return gone
			}
		}
	}
	return nil
}

func queueARN(q *graph.Queue) iampolicy.Text {
	name, _ := q.Name.Symbolic()
	return receiverARN(q.Node, q.ARN, "sqs", cmp.Or(name, iampolicy.Hole))
}

// receiverARN is the ARN of a queue, function or stream as far as it is known.
func receiverARN(n graph.Node, arn resource.Value, service, name string) iampolicy.Text {
	symbol, at := n.ID+".arn", n.Scope()
	if text, ok := arn.Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	return iampolicy.Text{Text: "arn:" + partition(at) + ":" + service + ":" + region(at) + ":" + account(at) + ":" + name, Symbol: symbol}
}

// functionLetsIn asks the permissions of a function: those of an alias or version
// where that is what the endpoint names.
// https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
func (b *builder) functionLetsIn(t *graph.Topic, s *graph.Subscription) Check {
	of, qualifier := b.graph.Invoked(s)
	f := b.graph.Function(of.Only())
	if f == nil {
		return b.outside(s)
	}
	doc, perhaps, guess, last := iampolicy.Document{Version: iampolicy.VersionWithVariables}, "", "", ""
	for _, p := range b.graph.Permissions {
		switch about(p, f, qualifier) {
		case truth.Unknown:
			perhaps = p.ID
		case truth.Yes:
			statement, why := b.permission(p, t)
			doc.Statements, guess = append(doc.Statements, statement), cmp.Or(guess, why)
			last = p.ID
		}
	}
	invoked := b.graph.Function(s.Receiver.Only()).Node
	if invoked.ID == f.ID && !qualifier.IsNull() {
		invoked = s.Node // a version of it, which is no resource
	}
	if len(doc.Statements) == 0 {
		return b.withoutPermission(invoked, "", "a permission", b.gonePermission(f), perhaps)
	}
	doc.Incomplete = perhaps != ""
	result := b.evaluate([]iampolicy.Document{doc}, iampolicy.Deliver("lambda:InvokeFunction", nil, topicARN(t), topicAccount(t)))
	switch {
	case result.Decision == iampolicy.Allowed && guess != "":
		return Check{State: Guessed, Code: inferred, Resource: last, Reason: guess}
	case result.Decision == iampolicy.Allowed:
		return Check{State: OK}
	case result.Decision == iampolicy.Unknown:
		return Check{State: Undecided, Code: receiverUndecided, Resource: last, Reason: result.Reason}
	}
	return Check{State: Broken, Code: receiverDenies, Resource: invoked.ID, Reason: result.Reason}
}

// about says whether a permission is one of a function, or of an alias or version
// of it.
func about(p *graph.Permission, f *graph.Function, qualifier resource.Value) truth.Truth {
	switch {
	case p.Function.Only() == f.ID:
		if p.Qualifier.IsNull() || qualifier.IsNull() {
			return truth.Of(p.Qualifier.IsNull() && qualifier.IsNull())
		}
		return graph.Equal(p.Qualifier, qualifier)
	case slices.Contains(p.Function.To, f.ID), isOpen(p.Function) && p.Scope().Same(f.Scope()) != truth.No:
		return truth.Unknown
	}
	return truth.No
}

// permission is the statement that Lambda makes of one; guess says why it is likely
// and no more.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
func (b *builder) permission(p *graph.Permission, t *graph.Topic) (s iampolicy.Statement, guess string) {
	r := &reader{builder: b, about: resource.Ref{Address: t.ID, Attribute: "arn"}}
	s = iampolicy.Statement{Sid: p.ID, Effect: iampolicy.Known(iampolicy.Allow), Actions: r.text(p.Resource.Attr("action"))}
	principal := p.Resource.Attr("principal")
	switch text, _ := principal.Text(); text {
	case "*":
		s.Principals = []iampolicy.Principal{{Type: "*"}}
	default:
		s.Principals = []iampolicy.Principal{{Type: "Service", IDs: r.text(principal)}}
	}
	for _, c := range []struct{ argument, operator, key string }{
		{"source_arn", "StringLike", "aws:SourceArn"},
		{"source_account", "StringEquals", "aws:SourceAccount"},
		{"principal_org_id", "StringEquals", "aws:PrincipalOrgID"},
		{"event_source_token", "StringEquals", "lambda:EventSourceToken"},
		{"function_url_auth_type", "StringEquals", "lambda:FunctionUrlAuthType"},
		{"invoked_via_function_url", "Bool", "lambda:InvokedViaFunctionUrl"},
	} {
		v := p.Resource.Attr(c.argument)
		if text, known := v.Text(); v.IsNull() || known && (text == "" || text == "false") {
			continue
		}
		s.Conditions = append(s.Conditions, iampolicy.Condition{Operator: c.operator, Key: c.key, Values: r.text(v)})
	}
	for _, attribute := range slices.Sorted(maps.Keys(p.Resource.Settled)) {
		guess = settledBy(p.Resource, attribute)
	}
	return s, cmp.Or(r.guess, guess)
}

// gonePermission is a permission of a function that this plan deletes.
func (b *builder) gonePermission(f *graph.Function) *resource.Resource {
	for _, r := range b.deleted {
		if r.Type == "aws_lambda_permission" && graph.Equal(r.Attr("function_name"), f.Name) == truth.Yes {
			return r
		}
	}
	return nil
}

// streamLetsIn asks the role with which SNS writes to a delivery stream.
// https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html
func (b *builder) streamLetsIn(s *graph.Subscription) Check {
	denies := Check{State: Broken, Code: receiverDenies, Resource: s.ID, Attribute: "subscription_role_arn"}
	if text, known := s.RoleArgument.Text(); s.RoleArgument.IsNull() || known && text == "" {
		denies.Reason = "SNS writes to a delivery stream with a role, and there is none"
		return denies
	}
	role, stream := b.graph.Role(s.Role.Only()), b.graph.Stream(s.Receiver.Only())
	if role == nil || role.External {
		return b.outside(s)
	}
	trust := b.allows(written{resource: role.ID, value: role.Trust}, role.ID, iampolicy.AssumeBySNS(nil))
	if trust.State == Broken || trust.State == Undecided {
		trust.Code, trust.Resource, trust.Attribute = receiverCodes[trust.State], role.ID, "assume_role_policy"
		return trust
	}
	granted := b.permissions(role)
	switch {
	case stream == nil:
		return b.outside(s)
	case len(granted.docs) == 0 && b.stands(role.Node):
		return b.outside(s)
	case len(granted.docs) == 0:
		return b.withoutPermission(role.Node, "", "a policy", b.goneFrom(role), "")
	}
	name, _ := stream.Name.Symbolic()
	arn := []iampolicy.Text{receiverARN(stream.Node, stream.ARN, "firehose", "deliverystream/"+cmp.Or(name, iampolicy.Hole))}
	check := b.may(granted, role, []iampolicy.Request{iampolicy.WriteStream("firehose:PutRecord", arn), iampolicy.WriteStream("firehose:PutRecordBatch", arn)})
	switch {
	case check.State == Broken:
		check.Code = receiverDenies
	case check.State == Hidden && check.Code == notVisible:
		return b.outside(s)
	case check.State == Hidden:
		check.State, check.Code = Undecided, receiverUndecided
	}
	return check
}
