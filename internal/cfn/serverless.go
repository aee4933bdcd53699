package cfn

import (
	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

const serverlessFunction = "AWS::Serverless::Function"

// typeOf is the entry for a declaration, nil if there is none. A serverless
// function is a function.
func typeOf(d *declaration) *catalog.Template {
	if d.typ == serverlessFunction {
		return catalog.ByTemplate("AWS::Lambda::Function")
	}
	return catalog.ByTemplate(d.typ)
}

// serverless makes the function, and what it has as events.
func (s *stack) serverless(d *declaration) {
	t := typeOf(d)
	s.add(d, t, s.propertiesOf(d, t), d.properties)
	s.subscriptionsOf(d)
}

// subscriptionsOf makes the subscriptions that a function has as events, and the
// permissions that go with them.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sns.html
func (s *stack) subscriptionsOf(d *declaration) {
	if d.properties == nil || d.properties.get("Events") == nil {
		return
	}
	for _, event := range d.properties.get("Events").members {
		typ, properties := event.value.get("Type"), event.value.get("Properties")
		if typ == nil || typ.text != "SNS" || properties == nil {
			continue
		}
		topic := properties.get("Topic")
		if topic == nil {
			s.fail(errorAt(event.place, "the event %s of %s has no Topic", event.name, d.name))
			return
		}
		fields := map[string]resource.Value{
			"TopicArn": s.value(topic), "Protocol": resource.StringValue("lambda"), "Endpoint": s.arn(d, typeOf(d)),
		}
		for _, name := range []string{"FilterPolicy", "FilterPolicyScope", "Region"} {
			if n := properties.get(name); n != nil {
				fields[name] = s.value(n)
			}
		}
		made := &declaration{name: d.name + "." + event.name, typ: "AWS::SNS::Subscription", body: event.value, ignores: d.ignores, place: event.place}
		s.add(made, typeOf(made), resource.MapValue(fields), properties)
		allowed := &declaration{name: made.name + "Permission", typ: "AWS::Lambda::Permission", body: event.value, ignores: d.ignores, place: event.place}
		s.add(allowed, typeOf(allowed), resource.MapValue(map[string]resource.Value{
			"Action": resource.StringValue("lambda:InvokeFunction"), "FunctionName": s.arn(d, typeOf(d)),
			"Principal": resource.StringValue("sns.amazonaws.com"), "SourceArn": s.value(topic),
		}), properties)
	}
}
