package cover

import "slices"

// An answer is a decision's small change: whether a value exists.
type answer uint8

const (
	none  answer = iota // proven: there is none
	found               // here it is
	maybe               // not decidable here, or beyond the budget
)

// An outcome is the set of possible values of a node, given the facts at and below it.
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

// keepBetter keeps the better of two outcomes' values.
func (o *outcome) keepBetter(c choice) {
	if c.some == found || o.some == none && c.some == maybe {
		o.some, o.value, o.reason = c.some, c.value, c.reason
	}
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
