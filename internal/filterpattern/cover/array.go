package cover

import "slices"

// maxElements bounds the arrays of witnesses.
const maxElements = 1000

// An arrayRule reports whether an array fits, by the one thing that conditions on
// an array can see: a null that it directly holds.
type arrayRule struct {
	withNull, withoutNull bool
}

func (r arrayRule) possible() bool { return r.withNull || r.withoutNull }

// composeArray writes the shortest array that fits. An array has no holes: of
// the asked elements, those below its length are present and the others
// absent.
func composeArray(nodes []*node, outcomes []outcome, rule arrayRule) choice {
	best := choice{}
	for length := 0; ; {
		c := fillArray(nodes, outcomes, rule, length)
		if c.some == found {
			return c
		}
		if c.some == maybe {
			best = c
		}
		next := nextLength(nodes, length)
		if next == length {
			return best
		}
		length = next
	}
}

// nextLength returns the next length that makes a difference: one at which one
// more of the asked elements is present.
func nextLength(nodes []*node, length int) int {
	for _, n := range nodes {
		if n.step.Index >= length {
			return n.step.Index + 1
		}
	}
	return length
}

// fillArray tries one length for the asked elements.
func fillArray(nodes []*node, outcomes []outcome, rule arrayRule, length int) choice {
	if length > maxElements {
		return choice{some: maybe, reason: "an array of that length is not written out"}
	}
	f := arrayFill{rule: rule, elements: make([]any, length), asked: make([]bool, length+1), some: found}
	for i := range f.elements {
		f.elements[i] = ""
	}
	for i, n := range nodes {
		f.place(n.step.Index, outcomes[i])
	}
	return f.finish()
}

// An arrayFill is an array in the making.
type arrayFill struct {
	rule     arrayRule
	elements []any
	asked    []bool // by index; the last entry is the place after the end
	some     answer
	reason   string
	nullable []int // asked elements that may be null
}

func (f *arrayFill) place(index int, o outcome) {
	if index <= len(f.elements) {
		f.asked[index] = true
	}
	if index >= len(f.elements) {
		if !o.absent {
			f.some = none
		}
		return
	}
	if o.null {
		f.nullable = append(f.nullable, index)
	}
	a := o.some
	if a != found && o.null && f.rule.withNull {
		a, o.value = found, nil
	}
	f.elements[index] = o.value
	if a != found && f.some != none {
		f.some, f.reason = a, o.reason
	}
}

// finish makes the array hold a null if it must.
func (f *arrayFill) finish() choice {
	if f.some != found {
		return choice{some: f.some, reason: f.reason}
	}
	if !slices.Contains(f.elements, nil) && !f.rule.withoutNull && !f.addNull() {
		return choice{}
	}
	return choice{some: found, value: f.elements}
}

func (f *arrayFill) addNull() bool {
	if !f.asked[len(f.elements)] {
		f.elements = append(f.elements, nil)
		return true
	}
	if len(f.nullable) > 0 {
		f.elements[f.nullable[0]] = nil
		return true
	}
	for i := range f.elements {
		if !f.asked[i] {
			f.elements[i] = nil
			return true
		}
	}
	return false
}
