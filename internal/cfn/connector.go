package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

const serverlessConnector = "AWS::Serverless::Connector"

// A connector lets one resource of a SAM template write to others. From a topic, SAM makes
// a permission of a function or a policy of a queue of it.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-connector.html
type connector struct {
	*declaration
	in         *stack
	source     resource.Value // ARN of the topic
	properties *node
}

// connect makes what a connector, or those that are written inside a topic, make.
func (s *stack) connect(d *declaration) {
	if d.typ == serverlessConnector {
		if d.properties != nil {
			s.connector(d, d.name, s.topicAt(d.properties.get("Source")), d.properties)
		}
		return
	}
	inside := d.body.get("Connectors")
	if inside == nil {
		return
	}
	for _, m := range inside.members {
		if properties := m.value.get("Properties"); properties != nil {
			s.connector(d, d.name+m.name, s.arn(d, typeOf(d.typ)), properties)
		}
	}
}

func (s *stack) connector(d *declaration, name string, source resource.Value, properties *node) {
	permissions, destination := properties.get("Permissions"), properties.get("Destination")
	if source.IsNull() || permissions == nil || destination == nil || !slices.ContainsFunc(permissions.items, func(n *node) bool { return n.text == "Write" }) {
		return
	}
	c := connector{&declaration{name: name, body: d.body, waivers: d.waivers, uncertain: d.uncertain, place: d.place}, s, source, properties}
	if destination.kind != list {
		c.admit(destination)
		return
	}
	for _, one := range destination.items {
		c.admit(one)
	}
}

// An end of a connector is a resource of the template, or one elsewhere by its type and
// ARN.
type end struct {
	typ, name string
	arn, url  resource.Value
}

func (s *stack) endAt(n *node) end {
	if n == nil {
		return end{}
	}
	if id := n.get("Id"); id != nil {
		d := s.declared[id.text]
		if d == nil || typeOf(d.typ) == nil {
			return end{}
		}
		e := end{typ: d.typ, name: d.name, arn: s.arn(d, typeOf(d.typ))}
		if typeOf(d.typ).URL != "" {
			e.url = s.url(d, typeOf(d.typ))
		}
		return e
	}
	e := end{name: "Elsewhere"}
	if typ := n.get("Type"); typ != nil {
		e.typ = typ.text
	}
	if arn := n.get("Arn"); arn != nil {
		e.arn = s.value(arn)
	}
	if url := n.get("QueueUrl"); url != nil {
		e.url = s.value(url)
	}
	return e
}

// topicAt returns the ARN of the topic that an end of a connector is; null for anything
// else.
func (s *stack) topicAt(n *node) resource.Value {
	if e := s.endAt(n); e.typ == "AWS::SNS::Topic" {
		return e.arn
	}
	return resource.NullValue()
}

// admit lets the topic write to one destination.
func (c connector) admit(n *node) {
	to := c.in.endAt(n)
	made := *c.declaration
	made.name += to.name
	switch to.typ {
	case serverlessFunction, "AWS::Lambda::Function":
		made.typ = "AWS::Lambda::Permission"
		c.in.add(&made, typeOf(made.typ), resource.MapValue(map[string]resource.Value{
			"Action": resource.StringValue("lambda:InvokeFunction"), "FunctionName": to.arn,
			"Principal": resource.StringValue("sns.amazonaws.com"), "SourceArn": c.source,
		}), c.properties)
	case "AWS::SQS::Queue":
		made.typ = "AWS::SQS::QueuePolicy"
		c.in.add(&made, typeOf(made.typ), resource.MapValue(map[string]resource.Value{
			"Queues": resource.ListValue(to.url), "PolicyDocument": c.policy(to.arn),
		}), c.properties)
	}
}

// policy returns the policy that SAM gives a queue.
func (c connector) policy(queue resource.Value) resource.Value {
	object := func(key string, v resource.Value) resource.Value {
		return resource.MapValue(map[string]resource.Value{key: v})
	}
	return object("Statement", resource.ListValue(resource.MapValue(map[string]resource.Value{
		"Effect": resource.StringValue("Allow"), "Action": resource.StringValue("sqs:SendMessage"), "Resource": queue,
		"Principal": object("Service", resource.StringValue("sns.amazonaws.com")),
		"Condition": object("ArnEquals", object("aws:SourceArn", c.source)),
	})))
}
