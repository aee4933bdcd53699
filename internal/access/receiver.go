package access

import (
	"cmp"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// Finding codes of receivers.
const (
	codeReceiverDenies    = "receiver-denies"
	codeReceiverUndecided = "receiver-undecided"
	codeReceiverKeyDenies = "receiver-key-denies"
	codeReceiverOutside   = "receiver-outside"
)

func (w *World) checkReceiver(t *graph.Topic, s *graph.Subscription) document.Check {
	protocol, _ := s.Protocol.Text()
	var check document.Check
	switch protocol {
	case "sqs":
		check = w.checkQueue(t, s)
	case "lambda":
		check = w.checkFunction(t, s)
	case "firehose":
		check = w.checkStream(s)
	default:
		return document.Check{State: document.OK}
	}
	if check.State == document.Broken && s.Receiver.State == graph.Inferred {
		check.State, check.Denies, check.Code = document.Undecided, false, codeReceiverUndecided
		check.Reason = cmp.Or(s.Receiver.Reason, check.Reason)
	}
	return check
}

// outsideInput returns the check of a receiver outside the input.
func (w *World) outsideInput(s *graph.Subscription) document.Check {
	if len(s.Receiver.To) > 1 {
		return document.Check{State: document.Undecided, Code: codeReceiverUndecided, Resource: s.ID, Attribute: "endpoint", Reason: "it is one of several: " + s.Receiver.Text}
	}
	if w.graph.IsAround(s.Endpoint) {
		o, _ := s.Endpoint.Origin()
		return document.Check{State: document.Undecided, Code: codeReceiverUndecided, Resource: s.ID, Attribute: "endpoint", Reason: "it is a string built around " + o.Text() + ", which is a different endpoint"}
	}
	return document.Check{State: document.Outside, Code: codeReceiverOutside, Resource: s.ID, Attribute: "endpoint", Reason: s.Receiver.Text}
}

// checkQueue checks the policy of a queue; without a policy, only its account may send.
// Its key has to allow SNS, too.
// https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
func (w *World) checkQueue(t *graph.Topic, s *graph.Subscription) document.Check {
	q := w.graph.Queue(s.Receiver.Only())
	if q == nil {
		return w.outsideInput(s)
	}
	request := iampolicy.Deliver("sqs:SendMessage", []iampolicy.Text{queueARN(q)}, topicARN(t), topicAccount(t))
	name, _ := q.Name.Symbolic()
	request.Plain = resource.Symbols(name)
	check := w.checkQueuePolicies(q, request)
	key := w.checkKey(keyUse{
		of: q.Node, argument: masterKey, id: q.KMS, key: q.Key, managed: "alias/aws/sqs", actions: bothWays,
		ask: func(action string, key []iampolicy.Text) iampolicy.Request {
			return iampolicy.UseKeyForDelivery(action, key, topicARN(t), topicAccount(t))
		},
	})
	switch {
	case key.Code == "key-outside":
		return check
	case key.State == document.Broken:
		key.Code = codeReceiverKeyDenies
	case key.State == document.Undecided:
		key.Code = codeReceiverUndecided
	}
	return weakest(check, key)
}

// topicAccount returns the account that SNS names as the source.
func topicAccount(t *graph.Topic) iampolicy.Text { return iampolicy.Known(account(t.Place)) }

// checkQueuePolicies evaluates all policies of a queue.
func (w *World) checkQueuePolicies(q *graph.Queue, request iampolicy.Request) document.Check {
	argument, absent := q.Policy, misplaced(q.Attached)
	if gone := w.deletedQueuePolicy(q); gone != nil {
		argument, absent = resource.NullValue(), deletes(gone)
	}
	policies := policiesOn(q.ID, argument, q.Policies)
	if len(policies) == 0 {
		perhaps := ""
		if open := policiesPerhapsOn(q.ID, q.Scope(), w.graph.QueuePolicies); len(open) > 0 {
			perhaps = open[0].resource
		}
		return w.withoutPermission(q.Node, "policy", "a policy", absent, perhaps)
	}
	return w.checkPolicies(policies, q.ID, receiverCodes, request)
}

// receiverCodes are the finding codes for the states of a check.
var receiverCodes = map[document.CheckState]string{document.Broken: codeReceiverDenies, document.Undecided: codeReceiverUndecided, document.Guessed: codeInferred}

// deletes says that this plan deletes a resource; "" for nil.
func deletes(gone *resource.Resource) string {
	if gone == nil {
		return ""
	}
	return "this plan deletes " + gone.Address
}

// withoutPermission returns the check of a receiver without a permission in the input.
// The permission may be absent for a reason, for another resource, or not read.
func (w *World) withoutPermission(n graph.Node, attribute, what, absent, perhaps string) document.Check {
	check := document.Check{State: document.Broken, Code: codeReceiverDenies, Resource: n.ID, Attribute: attribute, Reason: "nothing in the input gives it " + what}
	switch {
	case perhaps != "":
		check.State, check.Code, check.Reason = document.Undecided, codeReceiverUndecided, "whether "+perhaps+" applies to it is not known"
	case w.gap != "":
		check.State, check.Code, check.Reason = document.Undecided, codeReceiverUndecided, "nothing that was read gives it "+what+", and not everything could be read: "+w.gap
	case absent != "":
		check.Reason = absent + ", and nothing else gives it " + what
	}
	return check
}

// deletedQueuePolicy returns the policy of a queue that this plan deletes, also if the
// queue's own argument still repeats it.
func (w *World) deletedQueuePolicy(q *graph.Queue) *resource.Resource {
	for _, attribute := range []string{"url", "id"} {
		if text, ok := q.Resource.Attr(attribute).Text(); ok {
			if gone := w.findDeleted("aws_sqs_queue_policy", "queue_url", text); gone != nil {
				return gone
			}
		}
	}
	return nil
}

// checkFunction checks the permissions of a function, or of an alias or version if the
// endpoint names one.
// Lambda finds the functions of the region of the call alone.
//
//   - https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
//   - https://github.com/aws/aws-cdk/issues/11826
func (w *World) checkFunction(t *graph.Topic, s *graph.Subscription) document.Check {
	of, qualifier := w.graph.InvokedFunction(s)
	f := w.graph.Function(of.Only())
	if f == nil {
		return w.outsideInput(s)
	}
	doc, perhaps, absent, guess, last := iampolicy.Document{Version: iampolicy.VersionWithVariables}, "", "", "", ""
	for _, p := range w.graph.Permissions {
		applies, here := appliesTo(p, f, qualifier), p.Scope().SameRegion(f.Scope())
		if applies == truth.Yes && here == truth.No {
			absent = p.ID + inOtherRegion
		}
		switch truth.And(applies, here) {
		case truth.Unknown:
			perhaps = p.ID
		case truth.Yes:
			statement, why := w.permission(p, t)
			doc.Statements, guess = append(doc.Statements, statement), cmp.Or(guess, why)
			last = p.ID
		}
	}
	invoked := w.graph.Function(s.Receiver.Only()).Node
	if invoked.ID == f.ID && !qualifier.IsNull() {
		invoked = s.Node // a version of it, which is not a resource
	}
	if len(doc.Statements) == 0 {
		return w.withoutPermission(invoked, "", "a permission", cmp.Or(deletes(w.deletedPermission(f)), absent), perhaps)
	}
	doc.Incomplete = perhaps != ""
	result := w.evaluate([]iampolicy.Document{doc}, iampolicy.Deliver("lambda:InvokeFunction", nil, topicARN(t), topicAccount(t)))
	switch {
	case result.Decision == iampolicy.Allowed && guess != "":
		return document.Check{State: document.Guessed, Code: codeInferred, Resource: last, Reason: guess}
	case result.Decision == iampolicy.Allowed:
		return document.Check{State: document.OK}
	case result.Decision == iampolicy.Unknown:
		return document.Check{State: document.Undecided, Code: codeReceiverUndecided, Resource: last, Reason: result.Reason}
	}
	return document.Check{State: document.Broken, Code: codeReceiverDenies, Resource: invoked.ID, Reason: result.Reason}
}

// appliesTo reports whether a permission is for a function, or for an alias or version
// of it.
func appliesTo(p *graph.Permission, f *graph.Function, qualifier resource.Value) truth.Truth {
	switch {
	case p.Function.Only() == f.ID:
		if p.Qualifier.IsNull() || qualifier.IsNull() {
			return truth.Of(p.Qualifier.IsNull() && qualifier.IsNull())
		}
		return graph.Equal(p.Qualifier, qualifier)
	case slices.Contains(p.Function.To, f.ID), IsOpen(p.Function) && p.Scope().Same(f.Scope()) != truth.No:
		return truth.Unknown
	}
	return truth.No
}

// permission returns the policy statement that Lambda makes of a permission; guess says
// why it is only inferred.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
func (w *World) permission(p *graph.Permission, t *graph.Topic) (s iampolicy.Statement, guess string) {
	r := &reader{World: w, about: resource.Ref{Address: t.ID, Attribute: "arn"}}
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
		guess = document.SettledBy(p.Resource, attribute)
	}
	return s, cmp.Or(r.guess, guess)
}

// deletedPermission returns a permission of a function that this plan deletes.
func (w *World) deletedPermission(f *graph.Function) *resource.Resource {
	for _, r := range w.deleted {
		if r.Type == "aws_lambda_permission" && graph.Equal(r.Attr("function_name"), f.Name) == truth.Yes {
			return r
		}
	}
	return nil
}

// checkStream checks the role with which SNS writes to a delivery stream.
// https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html
func (w *World) checkStream(s *graph.Subscription) document.Check {
	denies := document.Check{State: document.Broken, Code: codeReceiverDenies, Resource: s.ID, Attribute: "subscription_role_arn"}
	if text, known := s.RoleArgument.Text(); s.RoleArgument.IsNull() || known && text == "" {
		denies.Reason = "SNS writes to a delivery stream with a role, and none is set"
		return denies
	}
	role, stream := w.graph.Role(s.Role.Only()), w.graph.Stream(s.Receiver.Only())
	if role == nil || role.External {
		return w.outsideInput(s)
	}
	trust := w.checkPolicy(policyText{resource: role.ID, value: role.Trust}, role.ID, iampolicy.AssumeBySNS(nil))
	if trust.State == document.Broken || trust.State == document.Undecided {
		trust.Code, trust.Resource, trust.Attribute = receiverCodes[trust.State], role.ID, "assume_role_policy"
		return trust
	}
	granted := w.permissions(role)
	switch {
	case stream == nil:
		return w.outsideInput(s)
	case len(granted.docs) == 0 && w.isUnchanged(role.Node):
		return w.outsideInput(s)
	case len(granted.docs) == 0:
		return w.withoutPermission(role.Node, "", "a policy", deletes(w.deletedPolicyOf(role)), "")
	}
	name, _ := stream.Name.Symbolic()
	arn := []iampolicy.Text{receiverARN(stream.Node, stream.ARN, "firehose", "deliverystream/"+cmp.Or(name, iampolicy.UnknownMark))}
	check := w.checkRequests(granted, role, []iampolicy.Request{iampolicy.WriteStream("firehose:PutRecord", arn), iampolicy.WriteStream("firehose:PutRecordBatch", arn)})
	switch {
	case check.State == document.Broken:
		check.Code = codeReceiverDenies
	case check.State == document.Hidden && check.Code == codeNotVisible:
		return w.outsideInput(s)
	case check.State == document.Hidden:
		check.State, check.Code = document.Undecided, codeReceiverUndecided
	}
	return check
}
