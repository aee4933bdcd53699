package remedy

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/catalog"
)

// An argument is an attribute path of the vocabulary and what it is set to:
// metric_transformation.0.value.
type argument struct {
	path string
	value
}

// A block is a resource to add.
type block struct {
	address   string
	typ       string
	arguments []argument
	after     []string // addresses that have to be there first
	template  object   // all of it in a template, where the table of types lacks the type
}

// set writes arguments as they stand inside a resource.
func (s scope) set(typ string, arguments []argument) string {
	if s.language == HCL {
		return format(body(s, arguments))
	}
	if s.terraform {
		return s.encode(jsonBody(s, arguments))
	}
	return s.encode(properties(s, typ, arguments))
}

// add writes whole resources as code of Terraform.
func (s scope) add(blocks []block) string {
	var b strings.Builder
	for i, r := range blocks {
		if i > 0 {
			b.WriteString("\n")
		}
		word, kind, name := s.labels(r.address)
		b.WriteString(word + " " + strconv.Quote(kind) + " " + strconv.Quote(name) + " {\n" + body(s, r.arguments) + s.following(r.after) + "}\n")
	}
	return format(b.String())
}

// labels are what the block of an address begins with.
func (s scope) labels(address string) (word, kind, name string) {
	word, local := "resource", s.local(address)
	if of, ok := strings.CutPrefix(local, "data."); ok {
		word, local = "data", of
	}
	kind, name, _ = strings.Cut(local, ".")
	return word, kind, name
}

// following says what has to be there first.
func (s scope) following(after []string) string {
	if len(after) == 0 {
		return ""
	}
	names := make([]string, len(after))
	for i, a := range after {
		names[i] = s.local(a)
	}
	return "\ndepends_on = [" + strings.Join(names, ", ") + "]\n"
}

// whole are whole resources of a template, by their names.
func (s scope) whole(blocks []block) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	for _, r := range blocks {
		if r.template != nil {
			out.Content = append(out.Content, literal(s.local(r.address)).node(s), r.template.node(s))
			continue
		}
		one := object{{"Type", literal(catalog.ByName(r.typ).FirstTemplate().Name)}}.node(s)
		if len(r.after) > 0 {
			var names list
			for _, a := range r.after {
				names = append(names, literal(s.local(a)))
			}
			one.Content = append(one.Content, literal("DependsOn").node(s), names.node(s))
		}
		one.Content = append(one.Content, literal("Properties").node(s), properties(s, r.typ, r.arguments))
		out.Content = append(out.Content, literal(s.local(r.address)).node(s), one)
	}
	return out
}

// body writes arguments; those that lead into one block stand together in it.
func body(s scope, arguments []argument) string {
	var b strings.Builder
	for _, p := range partsOf(arguments) {
		switch {
		case p.inner == nil:
			b.WriteString(p.path + " = " + p.hcl(s) + "\n")
			continue
		case b.Len() > 0:
			b.WriteString("\n")
		}
		b.WriteString(p.path + " {\n" + body(s, p.inner) + "}\n")
	}
	return b.String()
}

// A part of a body is an argument, or a block with what is in it.
type part struct {
	argument
	inner []argument
}

func partsOf(arguments []argument) []part {
	var all []part
	for _, a := range arguments {
		name, rest, nested := strings.Cut(a.path, ".0.")
		if !nested {
			all = append(all, part{argument: a})
			continue
		}
		inside := argument{rest, a.value}
		if n := len(all); n > 0 && all[n-1].path == name && all[n-1].inner[0].path != rest { // else it opens another block
			all[n-1].inner = append(all[n-1].inner, inside)
			continue
		}
		all = append(all, part{argument{path: name}, []argument{inside}})
	}
	return all
}

// properties are arguments in the words of CloudFormation.
func properties(s scope, typ string, arguments []argument) *yaml.Node {
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, a := range arguments {
		path, ok := catalog.ByName(typ).FirstTemplate().Property(a.path)
		if !ok {
			continue
		}
		put(root, strings.Split(path, "."), a.node(s))
	}
	return root
}

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
	to := v
	if len(path) > 1 {
		to = &yaml.Node{Kind: yaml.MappingNode}
		put(to, path[1:], v)
	}
	in.Content = append(in.Content, literal(path[0]).node(scope{}), to)
}

func (s scope) encode(n *yaml.Node) string {
	var b bytes.Buffer
	if s.language == JSON {
		writeJSON(&b, n, "")
		text := b.String()
		if n.Kind == yaml.MappingNode { // its members are what somebody copies
			text = strings.TrimSuffix(strings.TrimPrefix(text, "{\n"), "\n}")
			text = strings.ReplaceAll(strings.TrimPrefix(text, "  "), "\n  ", "\n")
		}
		return text
	}
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil { // nodes of our own making
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// writeJSON writes a node as JSON, functions in their long form.
func writeJSON(b *bytes.Buffer, n *yaml.Node, indent string) {
	deeper := indent + "  "
	switch {
	case n.Tag == "!Ref":
		b.WriteString(`{"Ref": ` + quote(n.Value) + `}`)
	case n.Tag == "!Sub":
		b.WriteString(`{"Fn::Sub": ` + quote(n.Value) + `}`)
	case n.Tag == "!GetAtt":
		name, attribute, _ := strings.Cut(n.Value, ".")
		b.WriteString(`{"Fn::GetAtt": [` + quote(name) + ", " + quote(attribute) + "]}")
	case n.Kind == yaml.MappingNode:
		b.WriteString("{")
		for i := 0; i < len(n.Content); i += 2 {
			b.WriteString(comma(i) + "\n" + deeper + quote(n.Content[i].Value) + ": ")
			writeJSON(b, n.Content[i+1], deeper)
		}
		b.WriteString("\n" + indent + "}")
	case n.Kind == yaml.SequenceNode:
		b.WriteString("[")
		for i, e := range n.Content {
			b.WriteString(comma(i) + "\n" + deeper)
			writeJSON(b, e, deeper)
		}
		b.WriteString("\n" + indent + "]")
	case n.Tag == "!!str":
		b.WriteString(quote(n.Value))
	default:
		b.WriteString(n.Value)
	}
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

func quote(text string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}
