package coverage

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

// similarity is how much a pattern that matches none of a control's events looks like its
// reference: how many of its fields and values it has, spelling apart.
type similarity struct{ have, of int }

// better compares shares, then numbers: of two controls the better fit is the one
// that was meant.
func (f similarity) better(other similarity) bool {
	if f.have*other.of != other.have*f.of {
		return f.have*other.of > other.have*f.of
	}
	return f.have > other.have
}

// similarTo says how near a text is to the reference. It has to hold a value of the
// reference at one of its fields; the service that is called says too little where
// the reference says more.
func (r reference) similarTo(w *written) (f similarity, near bool) {
	var has func(filterpattern.Comparison) (field, value bool)
	if w.err == nil {
		has = compares(w.pattern)
	} else {
		has = mentions(w.text)
	}
	fields := map[string]bool{}
	asked := r.want.Comparisons()
	for _, c := range asked {
		field, value := has(c)
		fields[c.Selector.String()] = field && value || fields[c.Selector.String()]
		if f.of++; field && value {
			f.have++
			near = near || c.Selector.String() != "$.eventSource" || !r.namesCalls()
		}
	}
	for _, found := range fields {
		if f.of++; found {
			f.have++
		}
	}
	return f, near
}

// mentions reports whether a text that is not a pattern names the field and the value.
func mentions(text string) func(filterpattern.Comparison) (field, value bool) {
	low, letters := strings.ToLower(text), lettersAndDigits(text)
	return func(c filterpattern.Comparison) (field, value bool) {
		// A misprint may lose the dollar or its dot.
		name := strings.ToLower(fieldName(c.Selector))
		return strings.Contains(low, name), lettersAndDigits(c.Text) != "" && strings.Contains(letters, lettersAndDigits(c.Text))
	}
}

// compares asks a pattern: it compares the field, letter case apart, with the value,
// spelling apart.
func compares(have *filterpattern.Pattern) func(filterpattern.Comparison) (field, value bool) {
	mine := map[string][]string{} // values by field
	for _, c := range have.Comparisons() {
		field := strings.ToLower(c.Selector.String())
		mine[field] = append(mine[field], c.Text)
	}
	return func(c filterpattern.Comparison) (field, value bool) {
		values, field := mine[strings.ToLower(c.Selector.String())]
		return field, slices.ContainsFunc(values, func(text string) bool { return isMisspelling(text, c.Text) })
	}
}

// nearMiss returns the one control, "" for none, that a text fits best which is
// aimed at none of its events.
func nearMiss(w *written, controls map[string]reference) string {
	best, found := similarity{}, ""
	for _, id := range slices.Sorted(maps.Keys(controls)) {
		if f, near := controls[id].similarTo(w); near && (found == "" || f.better(best)) && controls[id].misses(w) {
			best, found = f, id
		}
	}
	return found
}

// misses reports whether a text matches none of the control's events.
func (r reference) misses(w *written) bool {
	switch {
	case w.err != nil:
		return true
	case w.pattern.Kind() != filterpattern.JSON:
		return false
	}
	return r.neverMatches(w.pattern.Without(unknownFields(w.pattern)))
}

// coveredControl returns the control, "" for none, whose events a pattern covers.
func coveredControl(have *filterpattern.Pattern, controls map[string]reference) string {
	for _, id := range slices.Sorted(maps.Keys(controls)) {
		if controls[id].isCoveredBy(have) {
			return id
		}
	}
	return ""
}

// isCoveredBy asks the known events first: most patterns miss one of them.
func (r reference) isCoveredBy(have *filterpattern.Pattern) bool {
	for _, known := range slices.Concat(r.oracle.Denied, r.oracle.Watched()) {
		if r.isLost(known.Message, have) {
			return false
		}
	}
	if r.aimed(have, true) == truth.No {
		return false
	}
	c := NotAimed()
	r.fillLoss(&c, have)
	return coversAll(c)
}

// isLost reports whether an event is the control's and neither matched nor excluded.
func (r reference) isLost(m *filterpattern.Message, have *filterpattern.Pattern) bool {
	fits := func(patterns []*filterpattern.Pattern) bool {
		return slices.ContainsFunc(patterns, func(p *filterpattern.Pattern) bool { return p.MatchMessage(m) })
	}
	return r.want.MatchMessage(m) && !have.MatchMessage(m) && !fits(r.exclusions) && !fits(r.never)
}
