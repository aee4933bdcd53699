package filterpattern

import (
	"encoding/binary"
	"slices"
)

// A theory knows which facts about an event can hold together.
type theory struct {
	budget   *budget
	complete bool                  // events hold all that the axioms require
	automata map[string]*automaton // by literal
	forms    map[string]*literal   // of printed numbers, by source
	known    map[*node]map[string]choice
}

func newTheory(b *budget) *theory {
	return &theory{
		budget:   b,
		automata: map[string]*automaton{},
		forms:    map[string]*literal{},
		known:    map[*node]map[string]choice{},
	}
}

// A possibility is what a node's own facts admit, whatever is below it.
type possibility struct {
	absent, null, object bool
	array                arrayRule
	scalar               choice
}

// consider asks the facts at n about every kind of value.
func (t *theory) consider(n *node) possibility {
	return possibility{
		absent: n.admits(func(c *condition) bool { return c.op == notExists }),
		null:   n.admitsValue(NullValue, nil),
		object: n.admitsValue(ObjectValue, map[string]any{}),
		array: arrayRule{
			withNull:    n.admitsValue(ArrayValue, []any{nil}),
			withoutNull: n.admitsValue(ArrayValue, []any{}),
		},
		scalar: t.scalar(n),
	}
}

// admits reports whether every fact at n agrees with what holds.
func (n *node) admits(holds func(*condition) bool) bool {
	return !slices.ContainsFunc(n.facts, func(f fact) bool { return holds(f.atom.condition) != f.truth })
}

func (n *node) admitsValue(kind Values, value any) bool {
	return n.kinds&kind != 0 && n.admits(func(c *condition) bool { return c.holdsFor(value) })
}

// scalar finds a string, number or boolean, in this order. What is found is
// remembered, since the search asks the same again and again.
func (t *theory) scalar(n *node) choice {
	key := factsKey(n.facts)
	if c, ok := t.known[n][key]; ok {
		return c
	}
	t.budget.spend(len(key))
	c := t.findScalar(n)
	if t.known[n] == nil {
		t.known[n] = map[string]choice{}
	}
	t.known[n][key] = c
	return c
}

func (t *theory) findScalar(n *node) choice {
	text := t.text(n)
	if text.some == found {
		return text
	}
	number := t.number(n)
	if number.some == found {
		return number
	}
	for _, truth := range []bool{true, false} {
		if n.admitsValue(BooleanValue, truth) {
			return choice{some: found, value: truth}
		}
	}
	if text.some == maybe {
		return text
	}
	return number
}

// factsKey identifies a set of facts.
func factsKey(facts []fact) string {
	codes := make([]int, len(facts))
	for i, f := range facts {
		codes[i] = f.atom.id << 1
		if f.truth {
			codes[i]++
		}
	}
	slices.Sort(codes)
	key := make([]byte, 0, 2*len(codes))
	for _, code := range codes {
		key = binary.AppendUvarint(key, uint64(code))
	}
	return string(key)
}
