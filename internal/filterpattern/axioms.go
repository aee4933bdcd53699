package filterpattern

import "fmt"

// Axioms are what is known of every event beforehand. The zero Axioms know
// only that an event is a JSON object.
type Axioms struct {
	Fields []Field

	// FreeText is a selector for a place that may hold any text and decides
	// nothing: witnesses that need a text somewhere in the message have it
	// there. Empty: $.text.
	FreeText string
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

// A ground is what a decision builds on: the axioms as a trie of places.
type ground struct {
	root     *node
	required []Selector // that are in every event
	freeText Selector   // where texts stand that may stand anywhere
}

func (ax Axioms) ground() (*ground, error) {
	g := &ground{root: newRoot(), freeText: Selector{[]Step{{Name: "text"}}}}
	for _, f := range ax.Fields {
		s, err := parsePlace(f.Path)
		if err != nil {
			return nil, err
		}
		n := g.root.grow(s)
		if f.Kinds != 0 {
			n.kinds &= f.Kinds
		}
		n.prefer = append(n.prefer, f.Prefer...)
		if f.Required {
			n.require()
			g.required = append(g.required, s)
		}
	}
	if ax.FreeText == "" {
		return g, nil
	}
	var err error
	g.freeText, err = parsePlace(ax.FreeText)
	return g, err
}

// parsePlace reads a selector that names a single place.
func parsePlace(path string) (Selector, error) {
	s, err := ParseSelector(path)
	if err != nil {
		return s, fmt.Errorf("axiom %s: %w", path, err)
	}
	if s.HasWildcard() {
		return s, fmt.Errorf("axiom %s: a wildcard names no single field", path)
	}
	return s, nil
}
