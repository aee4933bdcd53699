package cfn

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// collect makes the resources of a stack and of those nested in it.
func (s *stack) collect() {
	for _, d := range s.resources {
		if s.failure != nil {
			return
		}
		exists := truth.Yes
		if leads := isRelevant(d.typ) || makesElsewhere(d.typ); leads {
			exists = s.exists(d)
		}
		switch exists {
		case truth.No:
			s.note(&s.notMade, "%s is not created: the condition %s is false", s.address(d.name), d.condition)
			continue
		case truth.Unknown:
			d.uncertain = fmt.Sprintf("whether %s exists depends on the condition %s", s.address(d.name), d.condition)
		}
		s.total++
		switch {
		case isRelevant(d.typ):
			s.make(d)
		case makesElsewhere(d.typ):
			s.noteUnseen(d)
		}
	}
}

// noteUnseen notes a gap: the resources that a resource makes elsewhere.
func (s *stack) noteUnseen(d *declaration) {
	if isModule(d.typ) {
		s.gap("the module %s (%s) is in a registry", s.address(d.name), d.typ)
		return
	}
	s.gap("the resources that %s (%s) creates are not in the input", s.address(d.name), d.typ)
}

func (s *stack) make(d *declaration) {
	switch {
	case nestedTypes[d.typ] != "":
		if c := s.child(d); c != nil {
			c.uncertain = cmp.Or(s.uncertain, d.uncertain, s.notDeployed(d))
			c.collect()
		}
		return
	case d.typ == serverlessFunction:
		s.serverless(d)
		return
	case d.typ == serverlessConnector:
		s.connect(d)
		return
	}
	t := catalog.ByTemplate(d.typ)
	s.add(d, t, s.propertiesOf(d, t), d.properties)
	if d.typ == "AWS::SNS::Topic" {
		s.connect(d)
	}
}

// propertiesOf evaluates the properties of a resource. A transform may add any
// property that is not set.
func (s *stack) propertiesOf(d *declaration, t *catalog.Template) resource.Value {
	var members []member
	if d.properties != nil {
		members = d.properties.members
	}
	fields := make(map[string]resource.Value, len(members))
	for _, m := range members {
		if _, listed := t.Properties()[m.name]; m.name == transformFn || t.Type.Rest != "" && !listed {
			continue
		}
		switch {
		case m.value.kind == null:
			s.fail(errorAt(m.place, "%s: %s is null, which CloudFormation refuses", d.name, m.name))
		case m.isUnquoted():
			s.fail(d.unquotedError(m.place))
		case t.Properties()[m.name].Shape == catalog.Strings && s.isOneText(m.value):
			s.fail(mismatch(d, catalog.Mismatch{Path: m.name, Want: "a list"}, map[string]place{m.name: m.place}))
		}
		was := s.irrelevant
		s.irrelevant = was || t.Properties()[m.name].Irrelevant()
		if v := s.value(m.value); !isAbsent(v) {
			fields[m.name] = v
		}
		s.irrelevant = was
	}
	if d.isTransformed() {
		for name := range t.Properties() {
			if d.properties == nil || d.properties.get(name) == nil || d.isRewritten() {
				fields[name] = s.opaque(transformFn, resource.StringValue(d.name+"."+name))
			}
		}
	}
	return resource.MapValue(fields)
}

// isOneText reports whether a call makes a text, whatever it comes to.
func (s *stack) isOneText(n *node) bool {
	name, arg, ok := n.call()
	switch {
	case !ok:
		return false // the catalog looks at what is written out
	case name == refFn:
		return arg.isScalar() && s.declared[arg.text] != nil && s.parameters[arg.text] == nil
	case name == "Fn::GetAtt" && arg.isScalar():
		logical, attribute, _ := strings.Cut(arg.text, ".")
		d := s.declared[logical]
		return d != nil && typeOf(d.typ) != nil && typeOf(d.typ).GetAtt[attribute] == "arn"
	case name == "Fn::If" && isName(arg.items[0]):
		switch s.condition(arg.items[0].text, arg.items[0].place) {
		case truth.Yes:
			return s.isOneText(arg.items[1])
		case truth.No:
			return s.isOneText(arg.items[2])
		}
	}
	return name == "Fn::Sub" || name == "Fn::Join" || name == "Fn::ImportValue" || name == "Fn::Base64"
}

// add adds the resource of a declaration, which may be several in Terraform.
func (s *stack) add(d *declaration, t *catalog.Template, properties resource.Value, written *node) {
	places := map[string]place{}
	locate(places, written, "")
	attributes, notes, wrong := t.FromCloudFormation(s.finish(properties))
	for _, m := range wrong {
		s.fail(mismatch(d, m, places))
	}
	for _, note := range notes {
		s.note(&s.notes, "%s: %s", s.address(d.name), note)
	}
	r := &resource.Resource{
		Address: s.address(d.name), Type: t.Type.Name, Name: d.name, Module: strings.TrimSuffix(s.prefix, "."),
		Scope: s.place, Attributes: s.applyDefaults(d, t, attributes), Position: s.position(d.place), Positions: make(map[string]resource.Position, len(places)),
		InlineWaivers: d.waivers, Uncertain: cmp.Or(s.uncertain, d.uncertain), Within: s.within, Construct: d.construct(),
	}
	for path, at := range places {
		r.Positions[t.Attribute(path)] = *s.position(at)
	}
	s.scenario.resources = append(s.scenario.resources, catalog.Expand(r)...)
}

// mismatch returns the error for a property of a wrong shape.
func mismatch(d *declaration, m catalog.Mismatch, places map[string]place) *diag.Diagnostic {
	at, ok := places[m.Path]
	if !ok {
		at = d.place
	}
	return errorAt(at, "%s: %s must be %s", d.name, m.Path, m.Want)
}

// isUnquoted reports whether YAML read a pattern without quotes as an object or list.
func (m member) isUnquoted() bool {
	_, _, isCall := m.value.call()
	return m.name == "FilterPattern" && !isCall && (m.value.kind == object || m.value.kind == list)
}

func (d *declaration) unquotedError(at place) *diag.Diagnostic {
	return errorAt(at, "%s: FilterPattern is not a string: quote the pattern", d.name).
		WithHint("YAML reads { and [ without quotes as an object and a list: FilterPattern: '{ $.errorCode = \"AccessDenied*\" }'")
}

// applyDefaults adds what the template does not set: name and ARN, and defaults that
// differ from Terraform's.
func (s *stack) applyDefaults(d *declaration, t *catalog.Template, attributes resource.Value) resource.Value {
	added := defaultsOf(t.Type.Members, attributes)
	if t.Type.Named != "" && attributes.Get(t.Type.Named).IsNull() {
		added[t.Type.Named] = s.finish(s.nameOf(d, t))
	}
	if t.Type.ARN != "" {
		added["arn"] = s.finish(s.arn(d, t))
	}
	return attributes.With(added)
}

// withDefaults adds the defaults of members, and of those of blocks in the value. What has
// none stays as it is.
func withDefaults(members catalog.Members, v resource.Value) resource.Value {
	added := defaultsOf(members, v)
	if len(added) == 0 {
		return v
	}
	return v.With(added)
}

// defaultsOf returns the members that defaults change.
func defaultsOf(members catalog.Members, v resource.Value) map[string]resource.Value {
	added := map[string]resource.Value{}
	for _, m := range members {
		of := v.Get(m.Name)
		if def, ok := m.InTemplate(); ok && of.IsNull() {
			added[m.Name] = def
		} else if of.Kind() == resource.List && !of.IsSensitive() && haveDefaults(m.Members) {
			added[m.Name] = blocksWithDefaults(m.Members, of)
		}
	}
	return added
}

// haveDefaults reports whether a template takes something else than null for one of the
// members, or of those inside them.
func haveDefaults(members catalog.Members) bool {
	return slices.ContainsFunc(members, func(m catalog.Member) bool {
		_, ok := m.InTemplate()
		return ok || haveDefaults(m.Members)
	})
}

func blocksWithDefaults(members catalog.Members, list resource.Value) resource.Value {
	blocks := slices.Clone(list.List())
	for n, block := range blocks {
		if block.Kind() == resource.Map && !block.IsSensitive() {
			blocks[n] = withDefaults(members, block)
		}
	}
	return resource.ListValue(blocks...)
}

// locate notes the places of properties, by their paths, down to functions.
func locate(places map[string]place, n *node, path string) {
	if n == nil {
		return
	}
	if _, _, ok := n.call(); ok {
		return
	}
	for _, m := range n.members {
		at := strings.TrimPrefix(path+"."+m.name, ".")
		places[at] = m.place
		locate(places, m.value, at)
	}
	for i, item := range n.items {
		at := path + "." + strconv.Itoa(i)
		places[at] = item.place
		locate(places, item, at)
	}
}

// serverless makes the function and the resources of its events.
func (s *stack) serverless(d *declaration) {
	t := typeOf(d.typ)
	s.add(d, t, s.propertiesOf(d, t), d.properties)
	s.subscriptionsOf(d)
}

// subscriptionsOf makes the subscriptions in the events of a function, and their
// permissions.
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
			"TopicArn": s.value(topic), "Protocol": resource.StringValue("lambda"), "Endpoint": s.arn(d, typeOf(d.typ)),
		}
		for _, name := range []string{"FilterPolicy", "FilterPolicyScope", "Region"} {
			if n := properties.get(name); n != nil {
				fields[name] = s.value(n)
			}
		}
		made := &declaration{name: d.name + "." + event.name, typ: "AWS::SNS::Subscription", body: event.value, waivers: d.waivers, place: event.place}
		s.add(made, typeOf(made.typ), resource.MapValue(fields), properties)
		allowed := &declaration{name: made.name + "Permission", typ: "AWS::Lambda::Permission", body: event.value, waivers: d.waivers, place: event.place}
		s.add(allowed, typeOf(allowed.typ), resource.MapValue(map[string]resource.Value{
			"Action": resource.StringValue("lambda:InvokeFunction"), "FunctionName": s.arn(d, typeOf(d.typ)),
			"Principal": resource.StringValue("sns.amazonaws.com"), "SourceArn": s.value(topic),
		}), properties)
	}
}

// construct is the path of the construct that CDK made a resource of, without the last
// step, which names the resource inside it.
// https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html
func (d *declaration) construct() string {
	m := d.body.get("Metadata")
	if m == nil || m.get("aws:cdk:path") == nil {
		return ""
	}
	return strings.TrimSuffix(m.get("aws:cdk:path").text, "/Resource")
}
