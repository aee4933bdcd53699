package scan

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A direct pattern tests fields that are nearly unique. Where the other fields do not decide,
// nor which of the unique ones there are, it is asked of the record itself.
type direct struct {
	pattern int
	slots   map[*filterpattern.Condition]int
}

// direct adds the fields of such a pattern.
func (p *Program) direct(i int, pattern *filterpattern.Pattern) direct {
	d := direct{pattern: i, slots: map[*filterpattern.Condition]int{}}
	for _, c := range pattern.Conditions() {
		slot := p.slotOf(c.Selector.Names())
		if d.slots[c] = slot; isUnique(c.Selector) && !slices.Contains(p.unique, slot) {
			p.unique = append(p.unique, slot)
		}
	}
	return d
}

// decided says what is the same for all records that have the same values and the same unique
// fields. A pattern has no negation, so that it is enough to assume that none or that all of
// the conditions on values of unique fields hold.
func (d *direct) decided(p *Program, w *walker) (matches, open bool, err error) {
	q := questioned{slots: d.slots, walker: w}
	assuming := func(unique bool) bool {
		return p.patterns[d.pattern].MatchConditions(func(c *filterpattern.Condition) bool {
			if isUnique(c.Selector) && w.values[d.slots[c]].kind == written {
				return unique
			}
			return q.holds(c)
		})
	}
	matches = assuming(false)
	return matches, !matches && assuming(true), q.fault
}

// matches asks the pattern about a record that was walked.
func (d *direct) matches(p *Program, w *walker) (bool, error) {
	q := questioned{slots: d.slots, walker: w}
	found := p.patterns[d.pattern].MatchConditions(q.holds)
	return found, q.fault
}

// A questioned record answers the conditions of a pattern. Several in a row are about one
// field, whose value is decoded once.
type questioned struct {
	walker *walker
	slots  map[*filterpattern.Condition]int
	value  any // of slot, once it is decoded
	slot   int
	fault  error
}

func (q *questioned) holds(c *filterpattern.Condition) bool {
	slot := q.slots[c]
	switch q.walker.values[slot].kind {
	case absent:
		return c.Op == filterpattern.NotExists
	case object:
		return c.HoldsFor(map[string]any{})
	}
	if q.value == nil || q.slot != slot {
		q.value, q.slot = q.walker.words.decode(q.walker.raw(slot)), slot
	}
	if err, ok := q.value.(error); ok {
		q.fault = err
		return false
	}
	return c.HoldsFor(q.value)
}
