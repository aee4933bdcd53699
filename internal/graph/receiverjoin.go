package graph

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// joinReceivers resolves the queues and functions of policies and permissions.
func (g *Graph) joinReceivers() {
	key, queue := g.keyKind(), g.queueKind("url", "id")
	for _, q := range g.Queues {
		q.Key = g.target(q.Resource, q.KMS, key)
	}
	for _, p := range g.QueuePolicies {
		p.Of = g.target(p.Resource, argumentsOf(p.Resource).get("queue_url"), queue)
		for _, id := range p.Of.To {
			if q := g.Queue(id); q != nil {
				q.attach(p, q.Scope())
			}
		}
	}
	for _, f := range g.Functions {
		if !f.Alias.IsNull() {
			f.Of, _ = g.invoked(f.Resource, argumentsOf(f.Resource).get("function_name"))
		}
	}
	for _, p := range g.Permissions {
		var qualifier resource.Value
		p.Function, qualifier = g.invoked(p.Resource, argumentsOf(p.Resource).get("function_name"))
		if p.Qualifier = argumentsOf(p.Resource).get("qualifier"); p.Qualifier.IsNull() {
			p.Qualifier = qualifier
		}
	}
}

// joinReceiver resolves the receiver of a subscription.
func (g *Graph) joinReceiver(s *Subscription) {
	switch protocol, _ := s.Protocol.Text(); protocol {
	case "sqs":
		s.Receiver = g.target(s.Resource, s.Endpoint, g.queueKind("arn"))
	case "lambda":
		s.Receiver = g.target(s.Resource, s.Endpoint, g.functionKind())
	case "firehose":
		s.Receiver = g.target(s.Resource, s.Endpoint, kind{
			types: []string{"aws_kinesis_firehose_delivery_stream"}, attrs: []string{"arn"}, named: g.streamNamed, outside: madeElsewhere,
		})
		s.Role = g.target(s.Resource, s.RoleArgument, g.roleKind())
	}
}

// InvokedFunction returns the function that an endpoint invokes and the alias or version of it,
// null for the function itself.
func (g *Graph) InvokedFunction(s *Subscription) (Target, resource.Value) {
	return g.invoked(s.Resource, s.Endpoint)
}

// invoked reads what names a function: its name or ARN, or those of an alias or
// version.
func (g *Graph) invoked(from *resource.Resource, v resource.Value) (Target, resource.Value) {
	t := g.target(from, v, g.functionKind())
	none := resource.NullValue()
	f := g.Function(t.Only())
	if f == nil {
		return t, none
	}
	o, _ := v.Origin()
	attribute := ""
	if o.Whole() && o.Cause == resource.Referenced && len(o.Refs) > 0 {
		attribute = o.Refs[0].Attribute
	}
	text, _ := v.Symbolic()
	_, written := functionName(text)
	switch {
	case !f.Alias.IsNull() && attribute == "function_name":
		return f.Of, none
	case !f.Alias.IsNull():
		return f.Of, f.Alias
	case attribute == "qualified_arn":
		return t, resource.UnknownValue(resource.Origin{
			Cause: resource.Referenced, Refs: []resource.Ref{{Address: f.ID, Attribute: "version"}}, Certain: true, Exact: true,
		})
	case written != "":
		return t, resource.StringValue(written)
	}
	return t, none
}

func (g *Graph) queueKind(attributes ...string) kind {
	return kind{types: []string{"aws_sqs_queue"}, attrs: attributes, named: g.queueNamed, outside: madeElsewhere}
}

// queueNamed finds the queue that an ARN or a URL means.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
func (g *Graph) queueNamed(text string, _ *resource.Resource) (Target, bool) {
	arn, isARN := ParseARN(text)
	if !isARN {
		parts := resource.Text(text).Split('/', 5) // https:, nothing, host, account, name
		if len(parts) != 5 || parts[1] != "" {
			return Target{}, false
		}
		host := parts[2].Split('.', 3)
		if len(host) != 3 {
			return Target{}, false
		}
		arn = ARN{Service: "sqs", Region: string(host[1]), Account: string(parts[3]), Resource: string(parts[4])}
	}
	return surest(g.Queues, func(q *Queue) (Target, bool) {
		t, ok := isNamed(q.Node, q.Name, q.ARN, text, arn, arn.Resource)
		return t, ok && arn.Service == "sqs"
	})
}

func (g *Graph) functionKind() kind {
	return kind{
		types: []string{"aws_lambda_function", "aws_lambda_alias"}, attrs: []string{"arn", "qualified_arn", "function_name", "id"},
		named: g.functionNamed, outside: madeElsewhere,
	}
}

// functionNamed finds the function or alias that a name, an ARN or a part of one
// means.
func (g *Graph) functionNamed(text string, from *resource.Resource) (Target, bool) {
	arn, isARN := ParseARN(text)
	if isARN && arn.Service != "lambda" {
		return Target{}, false
	}
	for _, f := range g.Functions {
		if known, ok := f.ARN.Symbolic(); ok && known == text {
			return Target{State: Known, To: []string{f.ID}}, true
		}
	}
	name, _ := functionName(text)
	return surest(g.Functions, func(f *Function) (Target, bool) {
		same := f.Scope().Same(from.Scope)
		switch {
		case !f.Alias.IsNull():
		case isARN:
			return isNamed(f.Node, f.Name, f.ARN, text, arn, name)
		case name == "" || Equal(f.Name, resource.StringValue(name)) != truth.Yes || same == truth.No:
		case same == truth.Yes:
			return Target{State: Known, To: []string{f.ID}}, true
		default:
			return Target{State: Inferred, To: []string{f.ID}, Reason: "it has this name; region or account are not known to be the same"}, true
		}
		return Target{}, false
	})
}

// functionName splits what names a function: arn:aws:lambda:REGION:ACCOUNT:function:NAME:QUALIFIER,
// ACCOUNT:function:NAME:QUALIFIER or NAME:QUALIFIER.
func functionName(text string) (name, qualifier string) {
	parts := resource.Text(text).Split(':', 9)
	if i := slices.Index(parts, "function"); i > 0 {
		parts = parts[i+1:]
	}
	switch len(parts) {
	case 1:
		return string(parts[0]), ""
	case 2:
		return string(parts[0]), string(parts[1])
	}
	return "", ""
}

func (g *Graph) streamNamed(text string, _ *resource.Resource) (Target, bool) {
	arn, _ := ParseARN(text)
	name, isStream := strings.CutPrefix(arn.Resource, "deliverystream/")
	return surest(g.Streams, func(s *Stream) (Target, bool) {
		t, ok := isNamed(s.Node, s.Name, s.ARN, text, arn, name)
		return t, ok && isStream && arn.Service == "firehose"
	})
}
