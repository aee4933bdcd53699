package cfn

import (
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// ref is Ref.
func (s *stack) ref(name string, at place) resource.Value {
	if name == "AWS::NoValue" {
		return absent
	}
	if v, ok := s.pseudo(name); ok {
		return v
	}
	if p, ok := s.parameters[name]; ok {
		return s.parameter(p)
	}
	if d, ok := s.declared[name]; ok {
		return s.refOf(d)
	}
	return s.unresolved(name, at)
}

// refOf returns the value of Ref for a resource.
func (s *stack) refOf(d *declaration) resource.Value {
	if s.isNotMade(d) {
		return resource.NullValue()
	}
	t := typeOf(d.typ)
	switch {
	case t != nil && t.Ref == "arn":
		return s.arn(d, t)
	case t != nil && t.URL != "":
		return s.url(d, t)
	case t != nil && t.Type.Named != "":
		return s.named(d, t)
	case hasARN[d.typ]:
		return s.foreignARN(d)
	case strings.HasPrefix(d.typ, "AWS::") && !strings.HasPrefix(d.typ, "AWS::CloudFormation::"):
		return s.symbolic(d)
	}
	return s.outsideValue(d, "")
}

// isNotMade reports whether a resource that something refers to is not there.
// CloudFormation refuses that; here it is a reference to nothing.
func (s *stack) isNotMade(d *declaration) bool {
	if s.exists(d) != truth.No {
		return false
	}
	s.note(&s.notes, "something refers to %s, which is not created: the condition %s is false", s.address(d.name), d.condition)
	return true
}

// hasARN are types whose Ref is an ARN that an alarm may act on.
var hasARN = map[string]bool{
	"AWS::AutoScaling::ScalingPolicy": true, "AWS::ApplicationAutoScaling::ScalingPolicy": true, "AWS::SSMIncidents::ResponsePlan": true,
	"AWS::StepFunctions::StateMachine": true, "AWS::Lambda::Version": true,
}

// symbolic returns the symbol for a resource whose name AWS or another property chooses.
func (s *stack) symbolic(d *declaration) resource.Value {
	return resource.StringValue(resource.Symbol(s.symbol(d.name)))
}

// getAtt is Fn::GetAtt.
func (s *stack) getAtt(arg *node, at place) resource.Value {
	name, attribute, _ := strings.Cut(arg.text, ".")
	if arg.kind == list {
		var steps []string
		for _, item := range arg.items[1:] {
			step, _ := scalarText(s.value(item))
			steps = append(steps, step)
		}
		name, attribute = arg.items[0].text, strings.Join(steps, ".")
	}
	d, ok := s.declared[name]
	if !ok {
		return s.unresolved(name, at)
	}
	return s.attribute(d, attribute)
}

// attribute returns the value of Fn::GetAtt for a resource.
func (s *stack) attribute(d *declaration, attribute string) resource.Value {
	if s.isNotMade(d) {
		return resource.NullValue()
	}
	t := typeOf(d.typ)
	switch {
	case nestedTypes[d.typ] != "":
		return s.output(d, attribute)
	case t != nil && t.GetAtt[attribute] == "arn":
		return s.arn(d, t)
	case t != nil && t.GetAtt[attribute] == "url":
		return s.url(d, t)
	case t != nil && t.Type.Named != "" && t.GetAtt[attribute] == t.Type.Named:
		return s.named(d, t)
	case t == nil && (attribute == "Arn" || strings.HasSuffix(attribute, "Arn") && hasARN[d.typ]) && strings.HasPrefix(d.typ, "AWS::"):
		return s.foreignARN(d)
	}
	if t != nil {
		if _, known := t.GetAtt[attribute]; !known {
			s.note(&s.notes, "%s has no attribute %s, which CloudFormation refuses", d.typ, attribute)
		}
	}
	return s.outsideValue(d, attribute)
}

// named returns the name of a resource: what its property says, or what AWS
// generates. A generated name is like no name that somebody writes.
func (s *stack) named(d *declaration, t *catalog.Template) resource.Value {
	if v, ok := s.identities[d.name]; ok {
		return v
	}
	s.identities[d.name] = s.generated(d) // where a branch of Fn::If leads back here
	v := s.chosenName(d, t)
	s.identities[d.name] = v
	return v
}

func (s *stack) chosenName(d *declaration, t *catalog.Template) resource.Value {
	property, _ := t.Property(t.Type.Named)
	if d.properties != nil && property != "" {
		if n := d.properties.get(property); n != nil {
			if v := s.value(n); !isAbsent(v) && !v.IsNull() {
				return v
			}
		} else if d.isTransformed() {
			return s.outsideValue(d, property)
		}
	}
	return s.generated(d)
}

// generated returns the name that AWS makes up for a resource.
func (s *stack) generated(d *declaration) resource.Value {
	return resource.StringValue(resource.Generated(s.symbol(d.name)))
}

// arn returns the ARN of a resource, with symbols for what is not known.
func (s *stack) arn(d *declaration, t *catalog.Template) resource.Value {
	name, ok := scalarText(s.named(d, t))
	if !ok || t.Type.ARN == "" {
		return s.outsideValue(d, "Arn")
	}
	path := "/"
	if d.properties != nil && strings.Contains(t.Type.ARN, "{path}") {
		if n := d.properties.get("Path"); n != nil {
			path, _ = scalarText(s.value(n))
		}
	}
	return withSensitivity(resource.StringValue(s.fill(t.Type.ARN+t.ARNSuffix, "{name}", name, "{path}", path, "{function_name}", s.functionName(d))), isSensitive(s.named(d, t)))
}

// functionName returns the name of the function that an alias is of.
func (s *stack) functionName(d *declaration) string {
	if d.properties == nil || d.properties.get("FunctionName") == nil {
		return ""
	}
	name, _ := scalarText(s.value(d.properties.get("FunctionName")))
	if parts := resource.Text(name).Split(':', 7); len(parts) == 7 && strings.HasPrefix(name, "arn:") {
		return string(parts[6])
	}
	return name
}

// url returns the URL of a queue.
func (s *stack) url(d *declaration, t *catalog.Template) resource.Value {
	name, ok := scalarText(s.named(d, t))
	if !ok {
		return s.outsideValue(d, "QueueUrl")
	}
	return withSensitivity(resource.StringValue(s.fill(t.URL, "{name}", name)), isSensitive(s.named(d, t)))
}

// services are those whose ARNs are not named like their types.
var services = map[string]string{
	"kinesisfirehose": "firehose", "stepfunctions": "states", "serverless": "lambda", "ssmincidents": "ssm-incidents",
	"elasticloadbalancingv2": "elasticloadbalancing", "applicationautoscaling": "autoscaling",
}

// foreignARN returns the ARN of a resource that is not in the chain: it tells of
// what service it is.
func (s *stack) foreignARN(d *declaration) resource.Value {
	service := strings.ToLower(strings.Split(d.typ+"::", "::")[1])
	if other, ok := services[service]; ok {
		service = other
	}
	name, _ := s.symbolic(d).Text()
	return resource.StringValue(s.fill("arn:{partition}:"+service+":{region}:{account}:{name}", "{name}", name))
}
