package cover

import (
	"encoding/binary"
	"encoding/json"
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A theory knows which facts about an event can hold together.
type theory struct {
	budget   *budget
	complete bool // events hold all that the axioms require
	texts    *texts
	known    map[*node]map[string]choice // by their facts
}

func newTheory(b *budget) *theory {
	return &theory{budget: b, texts: newTexts(b), known: map[*node]map[string]choice{}}
}

// A possibility is a set of values that a node's own facts admit, whatever is below it.
type possibility struct {
	absent, null, object bool
	array                arrayRule
	scalar               choice
}

// possibilities asks the facts at n about every kind of value.
func (t *theory) possibilities(n *node) possibility {
	return possibility{
		absent: n.admits(func(c *filterpattern.Condition) bool { return c.Op == filterpattern.NotExists }),
		null:   n.admitsValue(NullValue, nil),
		object: n.admitsValue(ObjectValue, map[string]any{}),
		array: arrayRule{
			withNull:    n.admitsValue(ArrayValue, []any{nil}),
			withoutNull: n.admitsValue(ArrayValue, []any{}),
		},
		scalar: t.scalar(n),
	}
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
	text := t.texts.text(n)
	if text.some == found {
		return text
	}
	number := t.texts.number(n)
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

// solve works out what there can be at n.
func (t *theory) solve(n *node) outcome {
	t.budget.spend(1 + len(n.facts))
	if n.weight == 0 && !n.required {
		return t.free(n)
	}
	here := t.possibilities(n)
	o := outcome{absent: here.absent && !n.required, null: here.null}
	properties, elements := t.solveAll(n.properties), t.solveAll(n.elements)
	noProperties, noElements := allAbsent(properties), allAbsent(elements)
	o.absent = o.absent && noProperties && noElements
	o.null = o.null && noProperties && noElements
	if noProperties && noElements {
		o.keepBetter(here.scalar)
	}
	if here.object && noElements && o.some != found {
		o.keepBetter(t.composeObject(n.properties, properties))
	}
	if here.array.possible() && noProperties && o.some != found {
		o.keepBetter(composeArray(n.elements, elements, here.array))
	}
	return o
}

// free returns the outcome of a node that nothing is asked of.
func (t *theory) free(n *node) outcome {
	o := outcome{absent: true, null: n.kinds&NullValue != 0, some: found, value: ""}
	switch {
	case n.kinds&StringValue != 0 && len(n.prefer) > 0:
		o.value = n.prefer[0]
	case n.kinds&StringValue != 0:
	case n.kinds&NumberValue != 0:
		o.value = json.Number("0")
	case n.kinds&BooleanValue != 0:
		o.value = true
	case n.kinds&ObjectValue != 0:
		o.value = map[string]any{}
	case n.kinds&ArrayValue != 0:
		o.value = []any{}
	default:
		o.some = none
	}
	return o
}

func (t *theory) solveAll(nodes []*node) []outcome {
	outcomes := make([]outcome, len(nodes))
	for i, n := range nodes {
		outcomes[i] = t.solve(n)
	}
	return outcomes
}

// composeObject writes an object with the properties that facts ask for, and
// with those that only the axioms require if it shall be complete.
func (t *theory) composeObject(nodes []*node, outcomes []outcome) choice {
	object := map[string]any{}
	c := choice{some: found, value: object}
	for i, o := range outcomes {
		if o.absent {
			continue
		}
		value, a := o.present()
		if a == none {
			return choice{}
		}
		if a == maybe {
			c = choice{some: maybe, reason: o.reason}
		}
		if nodes[i].weight > 0 || t.complete {
			object[nodes[i].step.Name] = value
		}
	}
	return c
}
