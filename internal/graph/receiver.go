package graph

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Queue is an SQS queue.
type Queue struct {
	Node
	Name   resource.Value
	ARN    resource.Value
	KMS    resource.Value
	FIFO   resource.Value
	Policy resource.Value // the inline argument; null for none, which lets in nobody but the account
	Key    Target
	// Policies are the aws_sqs_queue_policy resources on it.
	Policies []*ResourcePolicy
}

// A Function is a Lambda function, or an alias of one.
type Function struct {
	Node
	Name resource.Value
	ARN  resource.Value
	// Alias is the name of the alias, null for the function itself; Of is the
	// function that the alias is of.
	Alias resource.Value
	Of    Target
}

// A Permission is a statement of the policy of a function, or of an alias or
// version of it.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
type Permission struct {
	Node
	Function Target
	// Qualifier is the alias or version, null for the function itself.
	Qualifier resource.Value
}

// A Stream is a delivery stream of Firehose.
type Stream struct {
	Node
	Name resource.Value
	ARN  resource.Value
}

func (g *Graph) addReceiver(n Node) {
	args := argumentsOf(n.Resource)
	switch n.Resource.Type {
	case "aws_sqs_queue":
		g.Queues = append(g.Queues, &Queue{
			Node: n, Name: args.get("name"), ARN: args.get("arn"),
			KMS: args.get("kms_master_key_id"), FIFO: args.get("fifo_queue"), Policy: args.get("policy"),
		})
	case "aws_sqs_queue_policy":
		g.QueuePolicies = append(g.QueuePolicies, newResourcePolicy(n))
	case "aws_lambda_function":
		g.Functions = append(g.Functions, &Function{Node: n, Name: args.get("function_name"), ARN: args.get("arn"), Alias: resource.NullValue()})
	case "aws_lambda_alias":
		g.Functions = append(g.Functions, &Function{Node: n, ARN: args.get("arn"), Alias: args.get("name")})
	case "aws_lambda_permission":
		g.Permissions = append(g.Permissions, &Permission{Node: n})
	case "aws_kinesis_firehose_delivery_stream":
		g.Streams = append(g.Streams, &Stream{Node: n, Name: args.get("name"), ARN: args.get("arn")})
	}
}

// Queue returns the queue with an ID.
func (g *Graph) Queue(id string) *Queue { return g.indexes.queues.find(g.Queues, id) }

// Function returns the function or alias with an ID.
func (g *Graph) Function(id string) *Function { return g.indexes.functions.find(g.Functions, id) }

// Stream returns the delivery stream with an ID.
func (g *Graph) Stream(id string) *Stream { return g.indexes.streams.find(g.Streams, id) }

// joinReceivers finds what the policies of queues and functions are about.
func (g *Graph) joinReceivers() {
	key, queue := g.keyKind(), g.queueKind("url", "id")
	for _, q := range g.Queues {
		q.Key = g.target(q.Resource, q.KMS, key)
	}
	for _, p := range g.QueuePolicies {
		p.Of = g.target(p.Resource, argumentsOf(p.Resource).get("queue_url"), queue)
		for _, id := range p.Of.To {
			if q := g.Queue(id); q != nil {
				q.Policies = append(q.Policies, p)
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

// joinReceiver finds what stands behind a subscription.
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

// Invoked is the function that an endpoint invokes and the alias or version of it,
// null for the function itself.
func (g *Graph) Invoked(s *Subscription) (Target, resource.Value) {
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

// Only is the node that a target is, "" where it is none or one of several.
func (t Target) Only() string {
	if len(t.To) != 1 {
		return ""
	}
	return t.To[0]
}

// First is the first node that a target may be, "" where there is none.
func (t Target) First() string {
	if len(t.To) == 0 {
		return ""
	}
	return t.To[0]
}

func (g *Graph) queueKind(attributes ...string) kind {
	return kind{types: []string{"aws_sqs_queue"}, attrs: attributes, named: g.queueNamed, outside: madeElsewhere}
}

// madeElsewhere is a receiver that a text names and the input does not make: it is
// none of those that the input makes.
func madeElsewhere(string, *resource.Resource) Target {
	return Target{State: External, Foreign: "what is made elsewhere", Reason: "no resource in the input makes it"}
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
		t, ok := standsAt(q.Node, q.Name, q.ARN, text, arn, arn.Resource)
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
			return standsAt(f.Node, f.Name, f.ARN, text, arn, name)
		case name == "" || Equal(f.Name, resource.StringValue(name)) != resource.Yes || same == resource.No:
		case same == resource.Yes:
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
	if i := slices.Index(parts, "function"); i >= 0 {
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
		t, ok := standsAt(s.Node, s.Name, s.ARN, text, arn, name)
		return t, ok && isStream && arn.Service == "firehose"
	})
}

// surest is what a text means: the first node that it names for certain, else the
// first that it may.
func surest[T any](nodes []T, is func(T) (Target, bool)) (perhaps Target, found bool) {
	for _, n := range nodes {
		t, ok := is(n)
		switch {
		case ok && (t.State == Known || t.State == External):
			return t, true
		case ok && !found:
			perhaps, found = t, true
		}
	}
	return perhaps, found
}

// standsAt says whether a node of a name is what an ARN or URL means: the texts
// are equal, or it has the name and lives there.
func standsAt(n Node, name, own resource.Value, text string, at ARN, called string) (Target, bool) {
	if known, ok := own.Symbolic(); ok && known == text {
		return Target{State: Known, To: []string{n.ID}}, true
	}
	if known, ok := name.Symbolic(); !ok || known != called {
		return Target{}, false
	}
	switch at.lives(n.Scope()) {
	case resource.Yes:
		return Target{State: Known, To: []string{n.ID}}, true
	case resource.Maybe:
		return Target{State: Inferred, To: []string{n.ID}, Reason: "it has this name; region or account are not known to be the same"}, true
	}
	return Target{}, false
}
