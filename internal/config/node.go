package config

import (
	"maps"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/nearest"
)

// fields says what to do with the value of each key that a mapping may have.
type fields map[string]func(*yaml.Node)

// mapping visits the keys of a mapping and complains about keys that are
// unknown or stand twice.
func (d *decoder) mapping(n *yaml.Node, what string, known fields) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		d.complain(n, "", "%s: %s where keys and values are expected", what, kindName(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		visit, ok := known[key.Value]
		switch {
		case !ok:
			d.complain(key, suggest(key.Value, slices.Collect(maps.Keys(known))), "%s: unknown key %q", what, brief(key.Value))
		case seen[key.Value]:
			d.complain(key, "", "%s: key %q stands twice", what, brief(key.Value))
		default:
			visit(value)
		}
		seen[key.Value] = true
	}
}

// list visits the elements of a list; null is an empty one.
func (d *decoder) list(n *yaml.Node, what string, visit func(*yaml.Node)) {
	n = resolve(n)
	if isNull(n) {
		return
	}
	if n.Kind != yaml.SequenceNode {
		d.complain(n, "", "%s: %s where a list is expected", what, kindName(n))
		return
	}
	for _, e := range n.Content {
		visit(e)
	}
}

// text reads a scalar that is not empty. Dates and numbers count as they are
// written.
func (d *decoder) text(n *yaml.Node, what string) string {
	r := resolve(n)
	if r.Kind != yaml.ScalarNode || isNull(r) || r.Value == "" {
		d.complain(n, "", "%s: %s where text is expected", what, kindName(r))
		return ""
	}
	return r.Value
}

func (d *decoder) truth(n *yaml.Node, what string) bool {
	r := resolve(n)
	if r.ShortTag() != "!!bool" {
		d.complain(n, "", "%s: %s where true or false is expected", what, kindName(r))
	}
	v, _ := strconv.ParseBool(r.Value)
	return v
}

func (d *decoder) count(n *yaml.Node, what string) int {
	r := resolve(n)
	v, err := strconv.Atoi(r.Value)
	if r.Kind != yaml.ScalarNode || err != nil || v < 1 {
		d.complain(n, "", "%s: %s where a number of events from 1 is expected", what, kindName(r))
	}
	return v
}

func (d *decoder) oneOf(n *yaml.Node, what string, allowed []string) string {
	v := d.text(n, what)
	if v != "" && !slices.Contains(allowed, v) {
		d.complain(n, "known are "+nearest.List(allowed), "no %s %q", what, brief(v))
	}
	return v
}

func (d *decoder) pattern(n *yaml.Node) string {
	v := d.text(n, "pattern")
	if v == "" {
		return v
	}
	if _, err := filterpattern.Parse(v); err != nil {
		d.complain(n, "", "pattern: %v", err)
	}
	return v
}

// require complains about keys that a mapping lacks.
func (d *decoder) require(n *yaml.Node, what string, keys ...string) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		return
	}
	for _, k := range keys {
		if count(n, k) == 0 {
			d.complain(n, "", "%s: %s is missing", what, k)
		}
	}
}

// count returns how many of the keys a mapping has.
func count(n *yaml.Node, keys ...string) int {
	found := 0
	for i := 0; i+1 < len(n.Content); i += 2 {
		if slices.Contains(keys, n.Content[i].Value) {
			found++
		}
	}
	return found
}

// resolve follows an alias to what it stands for. One step is enough: an alias
// of an alias does not exist in YAML.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func kindName(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "keys and values stand"
	case n.Kind == yaml.SequenceNode:
		return "a list stands"
	case isNull(n) || n.Value == "":
		return "nothing stands"
	}
	return strconv.Quote(brief(n.Value)) + " stands"
}

// maxQuoted is how many characters of a text an error quotes: the file may be
// anything that somebody takes for a configuration.
const maxQuoted = 60

// brief is the beginning of a text.
func brief(text string) string {
	if r := []rune(text); len(r) > maxQuoted {
		return string(r[:maxQuoted]) + "..."
	}
	return text
}

func suggest(word string, known []string) string {
	if near, ok := nearest.To(word, known); ok {
		return "did you mean " + near + "?"
	}
	return ""
}
