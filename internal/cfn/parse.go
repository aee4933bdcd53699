package cfn

import (
	"bytes"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// parse reads a template.
func parse(path, file string, raw []byte) (t *template, err error) {
	t = &template{path: path, file: file}
	var aliased bool
	if t.root, aliased, err = parseNode(file, raw); err != nil {
		return nil, err
	}
	if err := checkTexts(t.root); err != nil {
		return nil, err
	}
	if aliased {
		t.notes = append(t.notes, "it has YAML aliases, which CloudFormation may not support")
	}
	t.partitions = partitionsIn(raw)
	if err := t.check(); err != nil {
		return t, err
	}
	t.findWaivers(raw)
	return t, nil
}

// partitionsIn returns the partitions that ARNs in a template name.
func partitionsIn(raw []byte) (found []string) {
	for _, partition := range resource.Partitions() {
		if bytes.Contains(raw, []byte("arn:"+partition+":")) {
			found = append(found, partition)
		}
	}
	return found
}

// sections are those that a template may have.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
var sections = []string{
	"AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters",
	"Resources", "Rules", "Transform",
}

// check looks at what can be judged without values: sections and the shape of
// functions, parameters and mappings.
func (t *template) check() error {
	if t.root.kind != object {
		return errorAt(t.root.place, "a template must be an object, not %s", t.root.kind)
	}
	for _, m := range t.root.members {
		known := slices.Contains(sections, m.name) || strings.HasPrefix(m.name, "Fn::")
		switch {
		case !known:
			return errorAt(m.place, "unknown section %q", m.name).WithHint("%s", didYouMean(m.name, sections))
		case m.name != "AWSTemplateFormatVersion" && m.name != "Description" && m.name != "Transform" && m.value.kind != object && m.value.kind != null:
			return errorAt(m.value.place, "%s must be an object, not %s", m.name, m.value.kind)
		}
	}
	if err := t.readTransforms(); err != nil {
		return err
	}
	if resources := t.root.get("Resources"); resources == nil || len(resources.members) == 0 {
		return errorAt(t.root.place, "the template has no Resources")
	}
	for _, name := range []string{"Rules", "Conditions", "Resources", "Outputs"} {
		if section := t.section(name); section != nil {
			if err := checkCalls(section, grammar{extensions: t.extensions, rules: name == "Rules"}); err != nil {
				return err
			}
		}
	}
	t.findLoops()
	if err := t.checkMappings(); err != nil {
		return err
	}
	return t.readParameters()
}

func (t *template) readTransforms() error {
	n := t.root.get("Transform")
	if n == nil {
		return nil
	}
	entries := []*node{n}
	if n.kind == list {
		entries = n.items
	}
	for _, e := range entries {
		one := transform{name: e.text, place: e.place}
		if e.kind == object {
			if name := e.get("Name"); name != nil {
				one.name, one.arguments = name.text, e.get("Parameters")
			}
		}
		if one.name == "" {
			return errorAt(e.place, "a transform must be a name, or an object with a Name")
		}
		t.transforms = append(t.transforms, one)
		t.extensions = t.extensions || one.name == "AWS::LanguageExtensions"
		t.transformed = t.transformed || one.name != "AWS::LanguageExtensions"
	}
	return nil
}

func (t *template) findLoops() {
	t.root.walk(func(n *node) bool {
		for _, m := range n.members {
			t.loops = t.loops || strings.HasPrefix(m.name, forEach)
			t.transformed = t.transformed || m.name == transformFn
		}
		return true
	})
}

// checkMappings holds mappings to their two levels.
func (t *template) checkMappings() error {
	section := t.section("Mappings")
	if section == nil {
		return nil
	}
	for _, m := range section.members {
		if m.name == transformFn {
			continue
		}
		if m.value.kind != object {
			return errorAt(m.value.place, "the mapping %s must be an object, not %s", m.name, m.value.kind)
		}
		for _, first := range m.value.members {
			if first.name == transformFn {
				continue
			}
			if first.value.kind != object {
				return errorAt(first.value.place, "the mapping %s must have two levels of keys; %s contains %s", m.name, first.name, first.value.kind)
			}
			if err := checkLeaves(m.name, first.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkLeaves holds what a mapping maps to to texts and lists of them: functions
// have no place there.
func checkLeaves(mapping string, n *node) error {
	for _, m := range n.members {
		for _, leaf := range append([]*node{m.value}, m.value.items...) {
			if leaf.kind == object || leaf != m.value && leaf.kind == list {
				return errorAt(leaf.place, "the mapping %s must map to strings and lists of strings, not to %s", mapping, leaf.kind)
			}
		}
	}
	return nil
}

func (t *template) readParameters() error {
	section := t.section("Parameters")
	if section == nil {
		return nil
	}
	for _, m := range section.members {
		if m.name == transformFn {
			continue
		}
		p, err := readParameter(m)
		if err == nil && len(t.macros()) == 0 {
			err = p.checkAttributes(m.value)
		}
		if err != nil {
			return err
		}
		t.parameters = append(t.parameters, p)
	}
	return nil
}
