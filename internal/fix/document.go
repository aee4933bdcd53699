package fix

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/catalog"
)

// What is written here are trees, for YAML and JSON: templates, and Terraform in its
// JSON syntax, where references are templates and blocks of one type are a list.
// https://developer.hashicorp.com/terraform/language/syntax/json

// writeArguments writes arguments as they are inside a resource.
func (s scope) writeArguments(typ string, arguments []argument) string {
	switch {
	case s.language == HCL:
		return format(s.hclBody(arguments))
	case s.terraform:
		return s.encode(s.jsonBody(arguments))
	}
	return s.encode(s.properties(typ, arguments))
}

// jsonFile has the blocks by kind, type and name.
func (s scope) jsonFile(input string, needsAccount bool, blocks []block) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	if needsAccount {
		put(out, []string{"data", "aws_caller_identity", "current"}, object{}.node(s))
	}
	if input != "" {
		put(out, []string{"variable", input}, object{{"description", literal(inputDescription)}, {"type", literal("string")}}.node(s))
	}
	for _, b := range blocks {
		body := s.jsonBody(b.arguments)
		if len(b.dependsOn) > 0 {
			setKey(body, "depends_on", s.localNames(b.dependsOn))
		}
		word, typ, name := s.labels(b.address)
		put(out, []string{word, typ, name}, body)
	}
	return out
}

// jsonBody has the arguments and blocks of a resource.
func (s scope) jsonBody(arguments []argument) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	for _, m := range nest(arguments) {
		if m.inner == nil {
			setKey(out, m.path, m.node(s))
			continue
		}
		addBlock(out, m.path, s.jsonBody(m.inner))
	}
	return out
}

// addBlock adds a block, which makes a list where there is one of its name.
func addBlock(in *yaml.Node, name string, block *yaml.Node) {
	i := slices.IndexFunc(in.Content, func(n *yaml.Node) bool { return n.Value == name })
	switch {
	case i < 0:
		setKey(in, name, block)
	case in.Content[i+1].Kind == yaml.SequenceNode:
		in.Content[i+1].Content = append(in.Content[i+1].Content, block)
	default:
		in.Content[i+1] = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{in.Content[i+1], block}}
	}
}

// templateFile has the sections of a template.
func (s scope) templateFile(input string, blocks []block) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	if input != "" {
		setKey(out, "Parameters", object{
			{input, object{{"Type", literal("String")}, {"Description", literal(inputDescription)}}},
		}.node(s))
	}
	if len(blocks) > 0 {
		resources := &yaml.Node{Kind: yaml.MappingNode}
		for _, b := range blocks {
			setKey(resources, s.local(b.address), s.templateResource(b))
		}
		setKey(out, "Resources", resources)
	}
	return out
}

func (s scope) templateResource(b block) *yaml.Node {
	if b.template != nil {
		return b.template.node(s)
	}
	out := object{{"Type", literal(catalog.ByName(b.typ).FirstTemplate().Name)}}.node(s)
	if len(b.dependsOn) > 0 {
		setKey(out, "DependsOn", s.localNames(b.dependsOn))
	}
	setKey(out, "Properties", s.properties(b.typ, b.arguments))
	return out
}

func (s scope) localNames(addresses []string) *yaml.Node {
	var names list
	for _, a := range addresses {
		names = append(names, literal(s.local(a)))
	}
	return names.node(s)
}

// properties are arguments in the words of CloudFormation.
func (s scope) properties(typ string, arguments []argument) *yaml.Node {
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, a := range arguments {
		if path, ok := catalog.ByName(typ).FirstTemplate().Property(a.path); ok {
			put(root, strings.Split(path, "."), a.node(s))
		}
	}
	return root
}

// put puts a value at a path of keys and indexes.
func put(in *yaml.Node, path []string, v *yaml.Node) {
	if _, err := strconv.Atoi(path[0]); err == nil {
		in.Kind = yaml.SequenceNode
		if len(in.Content) == 0 {
			in.Content = []*yaml.Node{{Kind: yaml.MappingNode}}
		}
		put(in.Content[0], path[1:], v)
		return
	}
	for i := 0; i < len(in.Content); i += 2 {
		if in.Content[i].Value == path[0] {
			put(in.Content[i+1], path[1:], v)
			return
		}
	}
	if len(path) > 1 {
		inner := &yaml.Node{Kind: yaml.MappingNode}
		put(inner, path[1:], v)
		v = inner
	}
	setKey(in, path[0], v)
}

// setKey adds a key to an object.
func setKey(in *yaml.Node, name string, v *yaml.Node) {
	in.Content = append(in.Content, yamlString(name), v)
}
