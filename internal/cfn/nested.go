package cfn

import (
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// elsewhere ends the text of a gap for a template that is not read: how to close it.
const elsewhere = "; put its template next to this one and refer to it by path, or judge both with --combine"

// child returns the stack of a nested template; nil if that is not beside its
// parent.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
func (s *stack) child(d *declaration) *stack {
	if c, ok := s.children[d.name]; ok {
		return c
	}
	s.children[d.name] = nil // where a parameter leads back here
	c := s.newChild(d)
	s.children[d.name] = c
	return c
}

func (s *stack) newChild(d *declaration) *stack {
	if body, at := s.bodyOf(d); body != nil {
		return s.embedded(d, body, at)
	}
	location, at := s.templateOf(d)
	switch {
	case location == "":
		s.gap("the nested stack %s (%s) does not name a local template%s", s.displayName(d.name), d.typ, elsewhere)
		return nil
	case isRemote(location):
		s.gap("the template of the nested stack %s is not in the input: %s%s", s.displayName(d.name), displayQuoted(location), elsewhere)
		return nil
	}
	t, err := s.load(s.template, location)
	switch {
	case err != nil:
		s.failWith(err, at, location)
		return nil
	case s.depth >= maxNested || s.runs(t.path):
		s.fail(errorAt(at, "%s: a nested stack contains itself, or stacks are nested more than %d deep", location, maxNested))
		return nil
	}
	c := s.nested(d, t)
	s.shared.nested[strings.TrimSuffix(c.prefix, ".")] = t.path
	c.build()
	return c
}

// failWith fails with what is wrong with a template: at its own place, else where
// it is named.
func (s *stack) failWith(err error, at place, what string) {
	var refused *diag.Diagnostic
	if !errors.As(err, &refused) {
		refused = errorAt(at, "%s: %v", what, err)
	}
	s.fail(refused)
}

// nested returns the stack of a template that a resource names or holds.
func (s *stack) nested(d *declaration, t *template) *stack {
	c := &stack{
		scenario: s.scenario, template: t, parent: s, prefix: s.prefix + d.name + ".", place: s.place, depth: s.depth + 1,
		waivers: d.waivers, embeddedAt: s.embeddedAt, within: s.within,
	}
	c.given, c.mayHaveMore = s.parametersFor(d)
	s.noteUnfit(d, c)
	if isSet(d) {
		s.stackSet(d).deploy(c)
	} else {
		c.name = s.nestedName(d)
	}
	return c
}

// nestedName returns the name of a nested stack: that of its parent, its logical name and
// what CloudFormation generates.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
func (s *stack) nestedName(d *declaration) string {
	return s.textOf("AWS::StackName") + "-" + d.name + "-" + resource.Generated(s.symbol(d.name))
}

// noteUnfit notes parameters that a nested template does not have or is not
// given, with which CloudFormation refuses it.
func (s *stack) noteUnfit(d *declaration, c *stack) {
	known := map[string]bool{}
	for _, p := range c.template.parameters {
		known[p.name] = true
		if _, given := c.given[p.name]; !given && !c.mayHaveMore && p.fallback == nil {
			s.note(&s.notes, "%s gives its template no %s, which has no default; CloudFormation refuses it", s.displayName(d.name), p.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.given)) {
		if !known[name] && !c.template.transformed {
			s.note(&s.notes, "%s gives its template %s, which is not a parameter there; CloudFormation refuses it", s.displayName(d.name), name)
		}
	}
}

// runs reports whether a template is that of this stack or of one around it.
func (s *stack) runs(path string) bool {
	for at := s; at != nil; at = at.parent {
		if filepath.Clean(at.template.path) == filepath.Clean(path) {
			return true
		}
	}
	return false
}

// templateOf returns the path of a nested template. CDK writes it into the
// metadata and an address of its asset bucket into TemplateURL.
func (s *stack) templateOf(d *declaration) (location string, at place) {
	if m := d.body.get("Metadata"); m != nil {
		if p, asset := m.get("aws:asset:property"), m.get("aws:asset:path"); p != nil && asset != nil && p.text == nestedTypes[d.typ] {
			return asset.text, asset.place
		}
	}
	if d.properties == nil {
		return "", d.place
	}
	url := d.properties.get(nestedTypes[d.typ])
	if url == nil || url.get("ApplicationId") != nil {
		return "", d.place
	}
	text, _ := scalarText(s.value(url))
	if asset := s.assetAt(text); asset != "" {
		return asset, url.place
	}
	return text, url.place
}

// parametersFor returns the parameters that a nested stack gets. unseen says that there may
// be more.
func (s *stack) parametersFor(d *declaration) (given map[string]resource.Value, unseen bool) {
	given, unseen = map[string]resource.Value{}, d.isTransformed()
	if d.properties == nil || d.properties.get("Parameters") == nil {
		return given, unseen
	}
	n := d.properties.get("Parameters")
	if isSet(d) {
		given, listed := pairs(s.value(n))
		return given, unseen || !listed
	}
	unseen = unseen || n.get(transformFn) != nil
	if _, _, isCall := n.call(); isCall && s.value(n).Kind() != resource.Map {
		return given, true
	}
	for _, m := range n.members {
		if m.name == transformFn {
			continue
		}
		name, one := m.name, s.value(m.value)
		if isAbsent(one) {
			continue
		}
		if text, ok := scalarText(one); ok {
			one = withSensitivity(resource.StringValue(text), isSensitive(one))
		}
		given[name] = one
	}
	return given, unseen
}

// output returns an output of a nested stack.
func (s *stack) output(d *declaration, attribute string) resource.Value {
	key := d.name + "." + attribute
	if v, ok := s.outputValues[key]; ok {
		return v
	}
	s.outputValues[key] = s.outsideValue(d, attribute) // where it leads back here
	v := s.outputValue(d, attribute)
	s.outputValues[key] = v
	return v
}

func (s *stack) outputValue(d *declaration, attribute string) resource.Value {
	name, ok := strings.CutPrefix(attribute, "Outputs.")
	c := s.child(d)
	if c == nil || !ok {
		return s.outsideValue(d, attribute)
	}
	if c.outputs != nil {
		if o := c.outputs.get(name); o != nil && o.get("Value") != nil {
			if condition := o.get("Condition"); condition != nil && c.condition(condition.text, condition.place) == truth.No {
				return resource.NullValue()
			}
			return c.value(o.get("Value"))
		}
	}
	if !c.template.transformed {
		s.fail(errorAt(d.place, "the nested stack %s has no output %s", d.name, name))
	}
	return s.outsideValue(d, attribute)
}

// bodyOf returns the text of a template in the properties of a stack;
// nil if there is none, or where a part of it is not known.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
func (s *stack) bodyOf(d *declaration) (body []byte, at place) {
	if d.typ == "AWS::Serverless::Application" || d.properties == nil || d.properties.get("TemplateBody") == nil {
		return nil, d.place
	}
	n := d.properties.get("TemplateBody")
	text, ok := s.value(n).Text()
	if !ok || len(resource.Symbols(text)) > 0 || text == "" || len(text) > MaxSize {
		return nil, n.place
	}
	return []byte(text), n.place
}

// embedded returns the stack of a template inside another one. Its lines are not those of a
// file, so everything in it has the place of the template as a whole; comments in
// it waive nothing.
func (s *stack) embedded(d *declaration, body []byte, at place) *stack {
	t, err := parse("", "TemplateBody of "+s.displayName(d.name), body)
	switch {
	case err != nil:
		s.failWith(err, at, "the template in "+d.name)
		return nil
	case s.depth >= maxNested:
		s.fail(errorAt(at, "stacks nested more than %d deep", maxNested))
		return nil
	}
	t.waivers = waiverIndex{}
	c := s.nested(d, t)
	if c.embeddedAt == nil {
		c.embeddedAt = &at
	}
	c.build()
	return c
}
