package edit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// replace writes a value over another one.
func (t *tree) replace(p place, v *yaml.Node) error {
	start, end := t.offset(p.value), t.end(p.value, p.indent, p.flow)
	if p.key == nil || p.flow {
		t.splice(start, end, t.render(v, t.lineIndent(start), true))
		return nil
	}
	start = t.afterKey(p.key)
	if end < start { // a value that nobody wrote
		end = start
	}
	t.splice(start, end, t.afterColon(v, p.indent))
	return nil
}

// afterKey is where the text after the colon of a key begins.
func (t *tree) afterKey(key *yaml.Node) int {
	at := t.end(key, 0, true)
	return at + bytes.IndexByte(t.text[at:], ':') + 1
}

// afterColon is a value as it follows a key in YAML's block style.
func (t *tree) afterColon(v *yaml.Node, indent int) string {
	if (v.Kind == yaml.MappingNode || v.Kind == yaml.SequenceNode) && len(v.Content) > 0 && v.Style&yaml.FlowStyle == 0 {
		return "\n" + strings.Repeat(" ", indent+2) + t.render(v, strings.Repeat(" ", indent+2), false)
	}
	return " " + t.render(v, strings.Repeat(" ", indent), false)
}

// insert adds a member to the object at a path.
func (t *tree) insert(path []string, key string, v *yaml.Node) error {
	at, err := t.find(path)
	if err != nil {
		return err
	}
	object := at.value
	switch {
	case object.Kind == yaml.SequenceNode && len(object.Content) == 1:
		object = object.Content[0]
	case object.Kind == yaml.ScalarNode && object.Tag == "!!null":
		return t.replace(at, &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: key}, v}})
	}
	if object.Kind != yaml.MappingNode {
		return fmt.Errorf("%s is no object", strings.Join(path, "."))
	}
	if t.json || at.flow || object.Style&yaml.FlowStyle != 0 {
		t.insertInBrackets(object, func(indent string) string { return t.name(key) + ": " + t.render(v, indent, true) })
		return nil
	}
	if len(object.Content) == 0 {
		return t.replace(at, &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: key}, v}})
	}
	indent := object.Content[0].Column - 1
	last := object.Content[len(object.Content)-1]
	end := max(t.end(last, indent, false), t.afterKey(object.Content[len(object.Content)-2]))
	t.splice(t.lineEnd(end), t.lineEnd(end), "\n"+strings.Repeat(" ", indent)+t.name(key)+":"+t.afterColon(v, indent))
	return nil
}

// insertInBrackets adds a member or an item before the bracket that closes a
// collection, on a line of its own where the others are.
func (t *tree) insertInBrackets(n *yaml.Node, member func(indent string) string) {
	start := t.offset(n)
	end := t.end(n, 0, true) - 1
	outer := t.lineIndent(start)
	if len(n.Content) == 0 {
		if bytes.IndexByte(t.text, '\n') < 0 || !t.json {
			t.splice(start+1, end, member(outer))
			return
		}
		inner := outer + t.unit()
		t.splice(start+1, end, "\n"+inner+member(inner)+"\n"+outer)
		return
	}
	first := t.offset(n.Content[0])
	last := t.end(n.Content[len(n.Content)-1], 0, true)
	if bytes.IndexByte(t.text[start:first], '\n') < 0 {
		t.splice(last, last, ", "+member(outer))
		return
	}
	inner := t.lineIndent(first)
	t.splice(last, last, ",\n"+inner+member(inner))
}

// appendItem adds an item to the list at a path below a body. A value that is no list
// becomes one, and text that holds a policy is edited inside.
func (t *tree) appendItem(body, path []string, item *yaml.Node) error {
	for i := range path {
		at, err := t.find(slices.Concat(body, path[:i+1]))
		if err != nil {
			list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{item}}
			if i+1 < len(path) {
				return err
			}
			return t.insert(slices.Concat(body, path[:i]), path[i], list)
		}
		if at.value.Kind == yaml.ScalarNode && i+1 < len(path) {
			return t.appendInText(at, path[i+1:], item)
		}
	}
	at, err := t.find(slices.Concat(body, path))
	if err != nil {
		return err
	}
	switch list := at.value; {
	case list.Kind == yaml.AliasNode:
		return fmt.Errorf("%s is an alias of %s", strings.Join(path, "."), list.Value)
	case list.Kind != yaml.SequenceNode || list.Tag != "" && list.Tag != "!!seq":
		return t.wrap(at, item)
	case at.flow || list.Style&yaml.FlowStyle != 0:
		t.insertInBrackets(list, func(indent string) string { return t.render(item, indent, true) })
	default:
		indent := list.Column - 1
		end := t.lineEnd(t.end(list.Content[len(list.Content)-1], indent, false))
		prefix := strings.Repeat(" ", indent)
		t.splice(end, end, "\n"+prefix+"- "+t.render(item, prefix+"  ", false))
	}
	return nil
}

// wrap makes a list of a value and an item.
func (t *tree) wrap(p place, item *yaml.Node) error {
	start, end := t.offset(p.value), t.end(p.value, p.indent, p.flow)
	raw := string(t.text[start:end])
	list, isExpression := expressionIn(p.value)
	if added, ok := expressionIn(item); ok && isExpression && t.json {
		return t.replace(p, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "${concat(" + list + ", [" + added + "])}"})
	}
	if p.flow || t.json {
		t.splice(start, end, "["+raw+", "+t.render(item, t.lineIndent(start), true)+"]")
		return nil
	}
	prefix := strings.Repeat(" ", p.indent+2)
	if p.value.Kind == yaml.MappingNode && p.value.Style&yaml.FlowStyle == 0 {
		own := strings.Repeat(" ", p.value.Column-1)
		raw = strings.ReplaceAll(raw, "\n"+own, "\n"+prefix+"  ")
	}
	t.splice(t.afterKey(p.key), end, "\n"+prefix+"- "+raw+"\n"+prefix+"- "+t.render(item, prefix+"  ", false))
	return nil
}

// expressionIn is the expression of Terraform that a text of its JSON syntax is.
func expressionIn(n *yaml.Node) (string, bool) {
	inner, ok := strings.CutPrefix(n.Value, "${")
	if !ok || n.Kind != yaml.ScalarNode || strings.Count(inner, "${") > 0 || !strings.HasSuffix(inner, "}") {
		return "", false
	}
	return strings.TrimSuffix(inner, "}"), true
}

// appendInText adds an item to a list inside a text: a policy in JSON, or an expression
// of Terraform that makes one.
func (t *tree) appendInText(p place, path []string, item *yaml.Node) error {
	text := p.value.Value
	code := (&tree{json: true}).render(item, "", true)
	if inner, ok := strings.CutPrefix(text, "${"); ok && strings.HasSuffix(inner, "}") {
		edited, err := appendElement([]byte(strings.TrimSuffix(inner, "}")), path, code)
		if err != nil {
			return err
		}
		text = "${" + string(edited) + "}"
	} else {
		policy := &tree{text: []byte(text), json: true}
		if !json.Valid(policy.text) {
			return errors.New("the list is not written here")
		}
		if err := policy.appendItem(nil, path, item); err != nil {
			return err
		}
		text = string(policy.text)
	}
	return t.replace(p, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: p.value.Style})
}

// remove removes a member, or nothing where there is none.
func (t *tree) remove(path []string) error {
	at, err := t.find(path)
	if err != nil || at.key == nil {
		return nil
	}
	members := at.container.Content
	start, end := t.offset(at.key), max(t.end(at.value, at.indent, at.flow), t.afterKey(at.key))
	switch {
	case at.index+1 < len(members):
		t.splice(start, t.offset(members[at.index+1]), "")
	case at.index > 1 && at.flow:
		t.splice(t.end(members[at.index-2], at.indent, true), end, "")
	case at.index > 1:
		previous := t.offset(members[at.index-3])
		lineStart := bytes.LastIndexByte(t.text[:start], '\n') + 1
		t.splice(max(lineStart, previous), min(t.lineEnd(end)+1, len(t.text)), "")
	case at.flow: // the only member: nothing is left between the brackets
		open := t.offset(at.container)
		t.splice(open+1, t.end(at.container, 0, true)-1, "")
	default:
		t.splice(start, end, "{}")
	}
	return nil
}

// name is a key as the language writes it.
func (t *tree) name(key string) string {
	if t.json {
		return t.render(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, "", true)
	}
	return strings.TrimSpace(t.render(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, "", false))
}
