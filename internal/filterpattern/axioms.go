package filterpattern

import "fmt"

// Axioms are what is known of every event beforehand. The zero Axioms know
// only that an event is a JSON object.
type Axioms struct {
	Fields []Field
}

// A Field is what is known of one field.
type Field struct {
	Path     string   // a selector without wildcards: $.errorCode
	Required bool     // present in every event
	Kinds    Values   // what it can be when present; zero: anything
	Prefer   []string // realistic texts, tried first for witnesses, in order
}

// Values is a set of kinds of JSON values.
type Values uint8

// The kinds of JSON values.
const (
	StringValue Values = 1 << iota
	NumberValue
	BooleanValue
	NullValue
	ObjectValue
	ArrayValue

	anyValue Values = 1<<iota - 1
)

// plant enters the axioms into a trie.
func (ax Axioms) plant(root *node) error {
	for _, f := range ax.Fields {
		s, err := ParseSelector(f.Path)
		if err != nil {
			return fmt.Errorf("axiom %s: %w", f.Path, err)
		}
		if s.HasWildcard() {
			return fmt.Errorf("axiom %s: a wildcard names no single field", f.Path)
		}
		n := root.grow(s)
		if f.Kinds != 0 {
			n.kinds &= f.Kinds
		}
		n.prefer = append(n.prefer, f.Prefer...)
		if f.Required {
			n.require()
		}
	}
	return nil
}
