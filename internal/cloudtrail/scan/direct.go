package scan

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// direct adds the fields of such a pattern.
func (p *Program) direct(i int, pattern *filterpattern.Pattern) direct {
	d := direct{pattern: i, slots: map[*filterpattern.Condition]int{}, empty: pattern.MatchMessage(filterpattern.Object(map[string]any{}))}
	for _, c := range pattern.Conditions() {
		d.slots[c] = p.slotOf(c.Selector.Names())
		d.any = append(d.any, d.slots[c])
	}
	slices.Sort(d.any)
	d.any = slices.Compact(d.any)
	return d
}

// matches asks the pattern about a record that was walked.
func (d *direct) matches(p *Program, w *walker) (bool, error) {
	if !slices.ContainsFunc(d.any, func(slot int) bool { return w.values[slot].kind != absent }) {
		return d.empty, nil
	}
	var fault error
	found := p.patterns[d.pattern].MatchConditions(func(c *filterpattern.Condition) bool {
		slot := d.slots[c]
		switch w.values[slot].kind {
		case absent:
			return c.Op == filterpattern.NotExists
		case object:
			return c.HoldsFor(map[string]any{})
		}
		v := decode(w.raw(slot))
		if err, ok := v.(error); ok {
			fault = err
			return false
		}
		return c.HoldsFor(v)
	})
	return found, fault
}
