package cfn

import (
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/vocabulary"
)

const serverlessFunction = "AWS::Serverless::Function"

// subscriptionsOf makes the subscriptions that a function has as events.
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
			"TopicArn": s.value(topic), "Protocol": resource.StringValue("lambda"), "Endpoint": s.foreignARN(d),
		}
		for _, name := range []string{"FilterPolicy", "FilterPolicyScope", "Region"} {
			if n := properties.get(name); n != nil {
				fields[name] = s.value(n)
			}
		}
		made := &declaration{name: d.name + "." + event.name, typ: "AWS::SNS::Subscription", body: event.value, ignores: d.ignores, place: event.place}
		s.add(made, vocabulary.ByCloudFormation(made.typ), resource.MapValue(fields), properties)
	}
}
