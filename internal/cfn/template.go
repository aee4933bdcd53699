package cfn

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
)

// A template is what one file says, before any parameter has a value.
type template struct {
	path       string // for reading what lies beside it; "" for the standard input
	within     string // where what it names may lie; links followed
	file       string // of places: "" for the input itself
	root       *node
	parameters []*parameter
	transforms []transform
	extensions bool     // AWS::LanguageExtensions
	loops      bool     // there is a Fn::ForEach
	partitions []string // that its ARNs name
	open       bool     // a transform adds what cannot be seen
	notes      []string
	ignores    ignores
	assetPaths map[string]string // once they are read
}

// A transform is an entry of the section Transform.
type transform struct {
	name      string
	arguments *node
	place
}

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
		t.notes = append(t.notes, "it has YAML aliases, which CloudFormation does not promise to read")
	}
	t.partitions = partitionsIn(raw)
	if err := t.check(); err != nil {
		return t, err
	}
	t.findIgnores(raw)
	return t, nil
}

// partitionsIn are the partitions that ARNs in a template name.
func partitionsIn(raw []byte) (found []string) {
	for _, partition := range resource.Partitions() {
		if bytes.Contains(raw, []byte("arn:"+partition+":")) {
			found = append(found, partition)
		}
	}
	return found
}

// checkTexts refuses the characters that stand around symbols: nobody may write
// what stands for the account of the stack.
func checkTexts(n *node) (fault error) {
	n.walk(func(n *node) bool {
		bad := strings.ContainsAny(n.text, "\uFFF9\uFFFB")
		for _, m := range n.members {
			bad = bad || strings.ContainsAny(m.name, "\uFFF9\uFFFB")
		}
		if bad {
			fault = errorAt(n.place, "a text with the characters U+FFF9 or U+FFFB")
		}
		return fault == nil
	})
	return fault
}

// parseNode reads JSON or YAML.
func parseNode(file string, raw []byte) (n *node, aliased bool, err error) {
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	switch {
	case len(bytes.TrimLeft(raw, " \t\r\n")) == 0:
		return nil, false, diag.New(file, "empty")
	case !utf8.Valid(raw):
		return nil, false, diag.New(file, "not UTF-8")
	case isJSON(raw):
		n, err = parseJSON(file, raw)
		return n, false, err
	}
	return parseYAML(file, raw)
}

func isJSON(raw []byte) bool {
	trimmed := bytes.TrimLeft(raw, " \t\r\n")
	return len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[')
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
		return errorAt(t.root.place, "a template is an object, not %s", t.root.kind)
	}
	for _, m := range t.root.members {
		known := slices.Contains(sections, m.name) || strings.HasPrefix(m.name, "Fn::")
		switch {
		case !known:
			return errorAt(m.place, "there is no section %q", m.name).WithHint("%s", didYouMean(m.name, sections))
		case m.name != "AWSTemplateFormatVersion" && m.name != "Description" && m.name != "Transform" && m.value.kind != object && m.value.kind != null:
			return errorAt(m.value.place, "%s has to be an object, not %s", m.name, m.value.kind)
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

// section returns a section; nil if there is none or it is empty.
func (t *template) section(name string) *node {
	if n := t.root.get(name); n != nil && n.kind == object {
		return n
	}
	return nil
}

// seen are the transforms whose effect is known: they leave alone what is
// judged, or this package does what they do.
var seen = []string{
	"AWS::LanguageExtensions", "AWS::Serverless-2016-10-31", "AWS::Include", "AWS::SecretsManager-2020-07-23",
	"AWS::SecretsManager-2024-09-16", "AWS::CodeDeployBlueGreen", "AWS::CodeStar", "AWS::ServiceCatalog",
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
			return errorAt(e.place, "a transform has to be a name, or an object with a Name")
		}
		t.transforms = append(t.transforms, one)
		t.extensions = t.extensions || one.name == "AWS::LanguageExtensions"
		t.open = t.open || one.name != "AWS::LanguageExtensions"
	}
	return nil
}

// macros are the transforms that may rewrite anything.
func (t *template) macros() []string {
	var names []string
	for _, tr := range t.transforms {
		if !slices.Contains(seen, tr.name) {
			names = append(names, tr.name)
		}
	}
	return names
}

func (t *template) findLoops() {
	t.root.walk(func(n *node) bool {
		for _, m := range n.members {
			t.loops = t.loops || strings.HasPrefix(m.name, forEach)
			t.open = t.open || m.name == transformFn
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
			return errorAt(m.value.place, "the mapping %s has to be an object, not %s", m.name, m.value.kind)
		}
		for _, first := range m.value.members {
			if first.name == transformFn {
				continue
			}
			if first.value.kind != object {
				return errorAt(first.value.place, "the mapping %s has two levels of keys; %s holds %s", m.name, first.name, first.value.kind)
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
				return errorAt(leaf.place, "the mapping %s maps to texts and lists of texts, not to %s", mapping, leaf.kind)
			}
		}
	}
	return nil
}

// Claims says whether a file that starts with head may be a template.
func Claims(head []byte) bool {
	for _, sign := range []string{"AWSTemplateFormatVersion", "AWS::"} {
		if bytes.Contains(head, []byte(sign)) {
			return true
		}
	}
	for _, section := range []string{"Resources", "Parameters", "Mappings", "Conditions", "Transform", "Metadata"} {
		if hasKey(head, section) {
			return true
		}
	}
	return false
}

// hasKey says whether a line begins with a key, as the top level of YAML and of
// indented JSON has it.
func hasKey(head []byte, key string) bool {
	for line := range bytes.Lines(head) {
		line = bytes.TrimLeft(line, " \t{\"")
		if rest, ok := bytes.CutPrefix(line, []byte(key)); ok {
			rest = bytes.TrimLeft(rest, "\" \t")
			if len(rest) > 0 && rest[0] == ':' {
				return true
			}
		}
	}
	return false
}

// kept says whether resources of a type are judged, or lead to some that are.
func kept(typ string) bool {
	return catalog.ByTemplate(typ) != nil || nestedTypes[typ] != "" || typ == serverlessFunction
}
