package cfn

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// nestedTypes are the types that nest a template, and the properties that say
// which.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-application.html
var nestedTypes = map[string]string{
	"AWS::CloudFormation::Stack":    "TemplateURL",
	"AWS::CloudFormation::StackSet": "TemplateURL",
	"AWS::Serverless::Application":  "Location",
}

const maxNested = 8 // stacks inside stacks

// elsewhere is what closes the gap that a template leaves which is not read.
const elsewhere = "; put its template beside and name it by its path, or judge it together with this one by --combine"

// child is the stack of a nested template; nil where that is not beside its
// parent.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
func (s *stack) child(d *declaration) *stack {
	if c, ok := s.children[d.name]; ok {
		return c
	}
	s.children[d.name] = nil // where a parameter leads back here
	c := s.opened(d)
	s.children[d.name] = c
	return c
}

func (s *stack) opened(d *declaration) *stack {
	if body, at := s.bodyOf(d); body != nil {
		return s.embedded(d, body, at)
	}
	location, at := s.templateOf(d)
	switch {
	case location == "":
		s.gap("the nested stack %s (%s) names no template that is beside this one%s", s.where(d.name), d.typ, elsewhere)
		return nil
	case isRemote(location):
		s.gap("the nested stack %s is not beside its template: %s%s", s.where(d.name), words(location), elsewhere)
		return nil
	}
	t, err := s.load(s.template, location)
	switch {
	case err != nil:
		s.refuse(err, at, location)
		return nil
	case s.depth >= maxNested || s.runs(t.path):
		s.fail(errorAt(at, "%s: a nested stack inside itself, or more than %d inside each other", location, maxNested))
		return nil
	}
	c := s.nested(d, t)
	c.build()
	return c
}

// refuse fails with what is wrong with a template: at its own place, else where
// it is named.
func (s *stack) refuse(err error, at place, what string) {
	var refused *Error
	if !errors.As(err, &refused) {
		refused = errorAt(at, "%s: %v", what, err)
	}
	s.fail(refused)
}

// nested is the stack of a template that a resource names or holds.
func (s *stack) nested(d *declaration, t *template) *stack {
	c := &stack{
		world: s.world, template: t, parent: s, prefix: s.prefix + d.name + ".", place: s.place, depth: s.depth + 1,
		ignores: d.ignores, written: s.written, within: s.within,
	}
	c.given, c.unseen = s.passed(d)
	s.noteUnfit(d, c)
	if isSet(d) {
		s.setOut(d, c)
	}
	return c
}

// noteUnfit notes parameters that a nested template does not have or is not
// given, with which CloudFormation refuses it.
func (s *stack) noteUnfit(d *declaration, c *stack) {
	known := map[string]bool{}
	for _, p := range c.template.parameters {
		known[p.name] = true
		if _, given := c.given[p.name]; !given && !c.unseen && p.fallback == nil {
			s.note(&s.notes, "%s gives its template no %s, which has no default; CloudFormation refuses it", s.where(d.name), p.name)
		}
	}
	for _, name := range sortedKeys(c.given) {
		if !known[name] && !c.template.open {
			s.note(&s.notes, "%s gives its template %s, which is no parameter there; CloudFormation refuses it", s.where(d.name), name)
		}
	}
}

// runs says whether a template is that of this stack or of one around it.
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

// passed are the parameters that a nested stack gets. unseen says that there may
// be more.
func (s *stack) passed(d *declaration) (given map[string]resource.Value, unseen bool) {
	given, unseen = map[string]resource.Value{}, d.hides()
	if d.properties == nil || d.properties.get("Parameters") == nil {
		return given, unseen
	}
	n := d.properties.get("Parameters")
	if isSet(d) {
		return s.setParameters(n)
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
			one = marked(resource.StringValue(text), isSensitive(one))
		}
		given[name] = one
	}
	return given, unseen
}

// output is an output of a nested stack.
func (s *stack) output(d *declaration, attribute string) resource.Value {
	key := d.name + "." + attribute
	if v, ok := s.outcomes[key]; ok {
		return v
	}
	s.outcomes[key] = s.elsewhere(d, attribute) // where it leads back here
	v := s.outcome(d, attribute)
	s.outcomes[key] = v
	return v
}

func (s *stack) outcome(d *declaration, attribute string) resource.Value {
	name, ok := strings.CutPrefix(attribute, "Outputs.")
	c := s.child(d)
	if c == nil || !ok {
		return s.elsewhere(d, attribute)
	}
	if c.outputs != nil {
		if o := c.outputs.get(name); o != nil && o.get("Value") != nil {
			if condition := o.get("Condition"); condition != nil && c.condition(condition.text, condition.place) == truth.No {
				return resource.NullValue()
			}
			return c.value(o.get("Value"))
		}
	}
	if !c.template.open {
		s.fail(errorAt(d.place, "the nested stack %s has no output %s", d.name, name))
	}
	return s.elsewhere(d, attribute)
}
