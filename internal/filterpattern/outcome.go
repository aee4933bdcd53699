package filterpattern

import (
	"encoding/json"
	"slices"
)

// An answer is a decision's small change: whether a value exists.
type answer uint8

const (
	none  answer = iota // proven: there is none
	found               // here it is
	maybe               // not decidable here, or beyond the budget
)

// An outcome is what there can be at a node, given the facts at and below it.
type outcome struct {
	absent bool   // it may be absent
	null   bool   // it may be null
	some   answer // it may be something else, of which value is the best
	value  any
	reason string // why maybe
}

// present returns the best value, with null as the last resort.
func (o outcome) present() (value any, a answer) {
	switch {
	case o.some == found:
		return o.value, found
	case o.null:
		return nil, found
	}
	return nil, o.some
}

func (o outcome) possible() bool { return o.absent || o.null || o.some != none }

// solve works out what there can be at n.
func (t *theory) solve(n *node) outcome {
	t.budget.spend(1 + len(n.facts))
	if n.weight == 0 && !n.required {
		return t.free(n)
	}
	here := t.consider(n)
	o := outcome{absent: here.absent && !n.required, null: here.null}
	properties, elements := t.solveAll(n.properties), t.solveAll(n.elements)
	noProperties, noElements := allAbsent(properties), allAbsent(elements)
	o.absent = o.absent && noProperties && noElements
	o.null = o.null && noProperties && noElements
	if noProperties && noElements {
		o.take(here.scalar)
	}
	if here.object && noElements && o.some != found {
		o.take(t.composeObject(n.properties, properties))
	}
	if here.array.possible() && noProperties && o.some != found {
		o.take(composeArray(n.elements, elements, here.array))
	}
	return o
}

// take keeps the better of two outcomes' values.
func (o *outcome) take(c choice) {
	if c.some == found || o.some == none && c.some == maybe {
		o.some, o.value, o.reason = c.some, c.value, c.reason
	}
}

// free is the outcome of a node that nothing is asked of.
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

func allAbsent(outcomes []outcome) bool {
	return !slices.ContainsFunc(outcomes, func(o outcome) bool { return !o.absent })
}

// A choice is one candidate for a node's value.
type choice struct {
	some   answer
	value  any
	reason string
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
