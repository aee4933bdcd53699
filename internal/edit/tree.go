package edit

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// A tree is a file of JSON or YAML that is edited in place: the parser says where
// values are, and each edit replaces the bytes of one of them.
type tree struct {
	text []byte
	json bool
}

// splice replaces bytes.
func (t *tree) splice(start, end int, with string) {
	t.text = slices.Concat(t.text[:start], []byte(with), t.text[end:])
}

// offset is where a node begins, with its tag and anchor.
func (t *tree) offset(n *yaml.Node) int {
	at := 0
	for range n.Line - 1 {
		at += bytes.IndexByte(t.text[at:], '\n') + 1
	}
	for range n.Column - 1 { // in characters
		_, size := utf8.DecodeRune(t.text[at:])
		at += size
	}
	return at
}

func parseTree(text []byte) (*yaml.Node, error) {
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		return nil, err
	}
	if len(n.Content) == 0 {
		return &yaml.Node{Kind: yaml.MappingNode}, nil
	}
	return n.Content[0], nil
}

// A place is a value of the file.
type place struct {
	key       *yaml.Node // nil for an item of a list
	value     *yaml.Node
	container *yaml.Node
	index     int // of the value in its container
	flow      bool
	indent    int // columns before the container's members
}

// find returns the value at a path of keys and indexes. A list of one object stands for
// the object where the path goes on with a key.
func (t *tree) find(path []string) (place, error) {
	root, err := parseTree(t.text)
	if err != nil {
		return place{}, err
	}
	at := place{value: root, flow: t.json}
	for i, step := range path {
		next, ok := at.child(step)
		if !ok {
			return place{}, fmt.Errorf("no %s", strings.Join(path[:i+1], "."))
		}
		at = next
	}
	return at, nil
}

func (p place) child(step string) (place, bool) {
	n := p.value
	flow := p.flow || n.Style&yaml.FlowStyle != 0
	if i, err := strconv.Atoi(step); err == nil && n.Kind == yaml.SequenceNode {
		if i >= len(n.Content) {
			return place{}, false
		}
		return place{value: n.Content[i], container: n, index: i, flow: flow, indent: n.Column - 1}, true
	}
	if n.Kind == yaml.SequenceNode {
		for i, item := range n.Content {
			inner := place{value: item, container: n, index: i, flow: flow, indent: n.Column - 1}
			if found, ok := inner.child(step); ok {
				return found, true
			}
		}
		return place{}, false
	}
	if n.Kind != yaml.MappingNode {
		return place{}, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == step {
			return place{key: n.Content[i], value: n.Content[i+1], container: n, index: i + 1, flow: flow, indent: n.Content[0].Column - 1}, true
		}
	}
	return place{}, false
}
