package fix

import (
	"bytes"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v3"
)

// encode writes a tree in the scope's language. Of an object in JSON it writes the
// members alone, for these are copied into an object.
func (s scope) encode(n *yaml.Node) string {
	if s.language == JSON {
		text := jsonText(n)
		if n.Kind == yaml.MappingNode {
			text = strings.TrimSuffix(strings.TrimPrefix(text, "{\n"), "\n}")
			text = strings.ReplaceAll(strings.TrimPrefix(text, "  "), "\n  ", "\n")
		}
		return text
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil { // nodes of our own making
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// item writes one more element of a list of the input.
func (s scope) item(n *yaml.Node) string {
	if s.language == JSON {
		return jsonText(n)
	}
	return s.encode(&yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}})
}

func jsonText(n *yaml.Node) string {
	var b bytes.Buffer
	writeJSON(&b, n, "")
	return b.String()
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
