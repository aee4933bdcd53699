package edit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
)

// A dialect says where a file has the body of a resource.
type dialect struct {
	body func(address string) []string // the path of the arguments of a resource
}

var (
	// https://developer.hashicorp.com/terraform/language/syntax/json
	terraformJSON = dialect{func(address string) []string {
		kind, names := labels(address)
		return slices.Concat([]string{kind}, names)
	}}
	template = dialect{func(address string) []string {
		return []string{"Resources", address[strings.LastIndexByte(address, '.')+1:], "Properties"}
	}}
)

// applyTree edits JSON or YAML.
func applyTree(text []byte, c verdict.Change, d dialect) ([]byte, error) {
	t := &tree{text: text, json: c.Language == "json"}
	if c.Resource != "" {
		if err := t.editResource(c, d.body(c.Resource)); err != nil {
			return nil, err
		}
	}
	if c.Add != "" {
		if err := t.mergeSnippet(nil, c.Add); err != nil {
			return nil, err
		}
	}
	return t.text, nil
}

func (t *tree) editResource(c verdict.Change, body []string) error {
	if _, err := t.find(body[:2]); err != nil {
		return err
	}
	if c.Set != "" {
		if err := t.mergeSnippet(body, c.Set); err != nil {
			return err
		}
	}
	for _, path := range c.Remove {
		if err := t.remove(slices.Concat(body, strings.Split(path, "."))); err != nil {
			return err
		}
	}
	if c.Append == "" {
		return nil
	}
	items, err := parseTree([]byte(c.Append))
	if err != nil {
		return err
	}
	all := []*yaml.Node{items}
	if items.Kind == yaml.SequenceNode {
		all = items.Content
	}
	for _, item := range all {
		if err := t.appendItem(body, strings.Split(c.Into, "."), item); err != nil {
			return err
		}
	}
	return nil
}

// mergeSnippet writes members, in the language of the file, into the object at a path.
func (t *tree) mergeSnippet(path []string, snippet string) error {
	if t.json && !strings.HasPrefix(strings.TrimSpace(snippet), "{") {
		snippet = "{" + snippet + "}"
	}
	members, err := parseTree([]byte(snippet))
	if err != nil {
		return err
	}
	return t.merge(path, members)
}

// merge writes members over those that are there, inside objects that are no functions.
func (t *tree) merge(path []string, members *yaml.Node) error {
	for i := 0; i+1 < len(members.Content); i += 2 {
		if err := t.mergeMember(path, members.Content[i].Value, members.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tree) mergeMember(path []string, key string, v *yaml.Node) error {
	at := slices.Concat(path, []string{key})
	old, err := t.find(at)
	switch {
	case err != nil && len(path) == 0:
		return t.insert(path, key, v)
	case err != nil:
		if _, err := t.find(path); err != nil { // Properties that nobody wrote
			object := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: key}, v}}
			return t.insert(path[:len(path)-1], path[len(path)-1], object)
		}
		return t.insert(path, key, v)
	case old.value.Kind == yaml.AliasNode:
		return fmt.Errorf("%s is an alias of %s", strings.Join(at, "."), old.value.Value)
	case isObject(old.value) && isObject(v):
		return t.merge(at, v)
	case old.value.Kind == yaml.SequenceNode && v.Kind == yaml.SequenceNode && len(v.Content) == 1 && isObject(v.Content[0]) && len(old.value.Content) == 1 && isObject(old.value.Content[0]):
		return t.merge(append(at, "0"), v.Content[0])
	case old.value.Kind == yaml.SequenceNode && isObject(v) && len(path) == 0: // resource: [{...}, {...}]
		return t.appendItem(path, []string{key}, v)
	}
	return t.replace(old, v)
}

// isObject says whether a node is an object, and no reference in its long form.
func isObject(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode {
		return false
	}
	return len(n.Content) == 0 || n.Content[0].Value != "Ref" && !strings.HasPrefix(n.Content[0].Value, "Fn::")
}
