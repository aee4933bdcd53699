package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// isSet says whether a resource deploys a template to other places than the
// stack's.
func isSet(d *declaration) bool { return d.typ == "AWS::CloudFormation::StackSet" }

// bodyOf is the text of a template that stands in the properties of a stack;
// nil where there is none, or where a part of it is not known.
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

// embedded is the stack of a template that stands inside another one. Its lines
// are not those of a file, so everything in it stands where it does; comments in
// it waive nothing.
func (s *stack) embedded(d *declaration, body []byte, at place) *stack {
	t, err := parse("", "TemplateBody of "+s.where(d.name), body)
	switch {
	case err != nil:
		s.refuse(err, at, "the template in "+d.name)
		return nil
	case s.depth >= maxNested:
		s.fail(errorAt(at, "more than %d stacks inside each other", maxNested))
		return nil
	}
	t.ignores = ignores{}
	c := s.nested(d, t)
	if c.written == nil {
		c.written = &at
	}
	c.build()
	return c
}

// setOut moves a stack to where a stack set deploys it. Everything in it is in one
// place; which, is known where there is one.
func (s *stack) setOut(d *declaration, c *stack) {
	c.place = resource.Scope{Provider: "stack set " + s.where(d.name), Partition: s.place.InPartition()}
	var regions []string
	if groups := d.properties.get("StackInstancesGroup"); groups != nil {
		for _, group := range groups.items {
			if list := group.get("Regions"); list != nil {
				for _, region := range s.value(list).List() {
					text, _ := region.Text()
					regions = append(regions, text)
				}
			}
		}
	}
	slices.Sort(regions)
	if regions = slices.Compact(regions); len(regions) == 1 && resource.IsRegion(regions[0]) {
		c.place.Region = regions[0]
	}
}

// setParameters are the parameters of a stack set, which are a list.
func (s *stack) setParameters(n *node) (given map[string]resource.Value, unseen bool) {
	given = map[string]resource.Value{}
	v := s.value(n)
	for _, item := range v.List() {
		name, ok := item.Get("ParameterKey").Text()
		if !ok {
			return given, true
		}
		given[name] = item.Get("ParameterValue")
	}
	return given, v.Kind() != resource.List
}
