package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/diag"
)

// A node is a value as the template writes it, whatever the notation.
type node struct {
	kind    kind
	text    string // of scalars; true or false of a boolean
	items   []*node
	members []member
	place
}

type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	object
)

var kindNames = [...]string{"null", "a boolean", "a number", "a string", "a list", "an object"}

func (k kind) String() string { return kindNames[k] }

func (n *node) isScalar() bool { return n.kind == boolean || n.kind == number || n.kind == text }

// A member is a key of an object and its value.
type member struct {
	name  string
	value *node
	place // of the key
}

// place is where something is written. Lines and columns count from 1.
type place struct {
	file         string // of a nested or included template; "" is the input itself
	line, column int
}

// get returns the value of a key; nil if there is none.
func (n *node) get(name string) *node {
	for _, m := range n.members {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// names returns the keys of an object in the order of the template.
func (n *node) names() []string {
	names := make([]string, len(n.members))
	for i, m := range n.members {
		names[i] = m.name
	}
	return names
}

// repeated returns a key that an object has twice, at its second place.
func (n *node) repeated() (again, first member, ok bool) {
	seen := make(map[string]int, len(n.members))
	for i, m := range n.members {
		if at, dup := seen[m.name]; dup {
			return m, n.members[at], true
		}
		seen[m.name] = i
	}
	return member{}, member{}, false
}

// walk calls visit for n and everything inside it until visit returns false.
func (n *node) walk(visit func(*node) bool) bool {
	if !visit(n) {
		return false
	}
	for _, item := range n.items {
		if !item.walk(visit) {
			return false
		}
	}
	for _, m := range n.members {
		if !m.value.walk(visit) {
			return false
		}
	}
	return true
}

// textNode returns a text at the place of another node.
func textNode(s string, at place) *node { return &node{kind: text, text: s, place: at} }

// callNode returns a function as long forms write it.
func callNode(function string, argument *node, at place) *node {
	return &node{kind: object, members: []member{{function, argument, at}}, place: at}
}

// errorAt says what is wrong at a place.
func errorAt(at place, format string, args ...any) *diag.Diagnostic {
	d := diag.New(at.file, format, args...)
	d.Line, d.Column = at.line, at.column
	return d
}

// maxDepth bounds how deep values are nested.
const maxDepth = 256

func duplicates(n *node) error {
	if again, first, ok := n.repeated(); ok {
		return errorAt(again.place, "duplicate key %q, first used on line %d", again.name, first.line)
	}
	return nil
}

func tooDeep(at place) error {
	return errorAt(at, "values nested more than %d deep", maxDepth)
}

// joined returns an object with the members of two.
func joined(a, b *node) *node {
	if a == nil {
		return b
	}
	return &node{kind: object, members: slices.Concat(a.members, b.members), place: a.place}
}
