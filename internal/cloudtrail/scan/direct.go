package scan

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// unique are the first names of fields whose values are nearly never the same: answers to
// them are not worth remembering.
var unique = []string{
	"errorMessage", "userAgent", "sourceIPAddress", "eventID", "requestID", "sharedEventID", "eventTime", "requestParameters", "resources",
}

// isRare reports whether some selector names such a field, and all name one place.
func isRare(selectors []filterpattern.Selector) bool {
	some := false
	for _, s := range selectors {
		if len(s.Names()) != len(s) {
			return false
		}
		some = some || slices.Contains(unique, s[0].Name)
	}
	return some
}

// A direct pattern is asked of each record, unless the record has none of its fields.
type direct struct {
	pattern int
	slots   map[*filterpattern.Condition]int
	any     []int // the same slots
	empty   bool  // the answer to a record without the fields
}

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
