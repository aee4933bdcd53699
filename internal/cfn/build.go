package cfn

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// build reads the sections. Errors are kept in the scenario.
func (s *stack) build() {
	s.irrelevantTruths = map[string]truth.Truth{}
	s.values, s.conditionTruths, s.children = map[string]resource.Value{}, map[string]truth.Truth{}, map[string]*stack{}
	s.identities, s.outputValues, s.symbols = map[string]resource.Value{}, map[string]resource.Value{}, map[string]*parameter{}
	s.parameters = map[string]*parameter{}
	s.hideInputs()
	for _, p := range s.template.parameters {
		s.parameters[p.name] = p
		s.symbols[s.symbol(p.name)] = p
	}
	s.mappings = s.included("Mappings")
	s.conditions = map[string]*node{}
	if n := s.included("Conditions"); n != nil {
		for _, m := range n.members {
			s.conditions[m.name] = m.value
		}
	}
	s.outputs = s.included("Outputs")
	s.declare(s.included("Resources"))
	for _, macro := range s.template.macros() {
		s.note(&s.incomplete, "the macro %s rewrites %s", macro, s.fileName())
	}
	for _, n := range s.template.notes {
		s.note(&s.notes, "%s%s", s.prefix, n)
	}
	if s.failure == nil {
		s.checkNames()
	}
	if s.failure == nil {
		s.checkRules()
	}
}

// included returns a section after transforms and loops.
func (s *stack) included(name string) *node {
	n := s.template.section(name)
	if extra := s.fromTransforms(name); extra != nil {
		n = joined(n, extra)
	}
	if n == nil {
		return nil
	}
	n = s.withIncludes(n, name)
	if s.template.loops || s.template.extensions {
		n = s.unroll(n)
	}
	return n
}

func (s *stack) declare(section *node) {
	s.declared = map[string]*declaration{}
	if section == nil {
		return
	}
	for _, m := range section.members {
		d, err := declarationOf(m)
		if err == nil {
			err = s.checkDeclaration(d)
		}
		if err != nil {
			s.fail(err)
			return
		}
		d.waivers = slices.Concat(s.waivers, s.template.waivers.byPlace[d.place])
		s.resources = append(s.resources, d)
		s.declared[d.name] = d
	}
}

// resourceAttributes are the keys that a resource may have.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
var resourceAttributes = []string{
	"Condition", "Connectors", "CreationPolicy", "DeletionPolicy", "DependsOn", "Description", "IgnoreGlobals", "Metadata", "Properties",
	"Type", "UpdatePolicy", "UpdateReplacePolicy", "Version",
}

// checkDeclaration refuses what CloudFormation refuses of a resource of any type, where no
// macro makes something else of it.
func (s *stack) checkDeclaration(d *declaration) *diag.Diagnostic {
	if len(s.template.macros()) > 0 || d.isTransformed() {
		return nil
	}
	for _, m := range d.body.members {
		if !slices.Contains(resourceAttributes, m.name) && !strings.HasPrefix(m.name, "Fn::") {
			return errorAt(m.place, "%s: unknown resource attribute %q", d.name, m.name).WithHint("%s", didYouMean(m.name, resourceAttributes))
		}
	}
	if strings.HasPrefix(d.typ, "AWS::Serverless::") && !s.template.transformed {
		return errorAt(d.body.get("Type").place, "%s needs a transform", d.typ).WithHint("add to the template: Transform: AWS::Serverless-2016-10-31")
	}
	return nil
}

func declarationOf(m member) (*declaration, *diag.Diagnostic) {
	d := &declaration{name: m.name, body: m.value, place: m.place}
	if m.value.kind != object {
		return nil, errorAt(m.value.place, "the resource %s must be an object, not %s", m.name, m.value.kind)
	}
	typ := m.value.get("Type")
	if typ == nil || typ.kind != text || typ.text == "" {
		return nil, errorAt(m.place, "the resource %s has no Type", m.name)
	}
	d.typ = typ.text
	if c := m.value.get("Condition"); c != nil {
		if c.kind != text {
			return nil, errorAt(c.place, "the Condition of %s must be the name of a condition, not %s", m.name, c.kind)
		}
		d.condition = c.text
	}
	if p := m.value.get("Properties"); p != nil && p.kind != null {
		if p.kind != object {
			return nil, errorAt(p.place, "the Properties of %s must be an object, not %s", m.name, p.kind)
		}
		d.properties = p
	}
	return d, nil
}
