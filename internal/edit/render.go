package edit

import (
	"bytes"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v3"
)

// render writes a value. Lines after the first one begin with the indentation. flow
// keeps YAML on one line, inside brackets.
func (t *tree) render(v *yaml.Node, indent string, flow bool) string {
	if t.json {
		if bytes.IndexByte(bytes.TrimSpace(t.text), '\n') < 0 {
			return compact(v)
		}
		return t.renderJSON(v, indent)
	}
	if flow {
		v = flowing(v)
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	_ = enc.Encode(v) // a tree that was parsed
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\n", "\n"+indent)
}

// flowing is a value in flow style.
func flowing(v *yaml.Node) *yaml.Node {
	out := *v
	out.Style |= yaml.FlowStyle
	out.Content = nil
	for _, c := range v.Content {
		out.Content = append(out.Content, flowing(c))
	}
	return &out
}

func (t *tree) renderJSON(v *yaml.Node, indent string) string {
	inner := indent + t.unit()
	var parts []string
	switch v.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(v.Content); i += 2 {
			parts = append(parts, inner+quoted(v.Content[i].Value)+": "+t.renderJSON(v.Content[i+1], inner))
		}
		return bracketed("{", parts, indent, "}")
	case yaml.SequenceNode:
		for _, c := range v.Content {
			if c.Kind == yaml.ScalarNode && len(v.Content) == 1 {
				return "[" + t.renderJSON(c, indent) + "]"
			}
			parts = append(parts, inner+t.renderJSON(c, inner))
		}
		return bracketed("[", parts, indent, "]")
	}
	return compact(v)
}

func bracketed(open string, parts []string, indent, closing string) string {
	if len(parts) == 0 {
		return open + closing
	}
	return open + "\n" + strings.Join(parts, ",\n") + "\n" + indent + closing
}

// compact is a value as JSON on one line.
func compact(v *yaml.Node) string {
	var parts []string
	switch v.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(v.Content); i += 2 {
			parts = append(parts, quoted(v.Content[i].Value)+":"+compact(v.Content[i+1]))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case yaml.SequenceNode:
		for _, c := range v.Content {
			parts = append(parts, compact(c))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	if v.ShortTag() == "!!str" {
		return quoted(v.Value)
	}
	return v.Value
}

func quoted(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string
	return strings.TrimSuffix(b.String(), "\n")
}

// unit is what one level of the file is indented by.
func (t *tree) unit() string {
	for line := range strings.Lines(string(t.text)) {
		rest := strings.TrimLeft(line, " \t")
		if rest != line && strings.TrimSpace(rest) != "" {
			return line[:len(line)-len(rest)]
		}
	}
	return "  "
}

// lineIndent is what the line of an offset begins with.
func (t *tree) lineIndent(at int) string {
	line := t.text[bytes.LastIndexByte(t.text[:at], '\n')+1:]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// lineEnd is where the line of an offset ends.
func (t *tree) lineEnd(at int) int {
	if i := bytes.IndexByte(t.text[at:], '\n'); i >= 0 {
		end := at + i
		if end > at && t.text[end-1] == '\r' {
			end--
		}
		return end
	}
	return len(t.text)
}
