package analysis

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/truth"
)

// fit is how much a pattern that matches none of a control's events looks like its
// reference: how many of its fields and values it has, spelling apart.
type fit struct{ have, of int }

// better compares shares, then numbers: of two controls the better fit is the one
// that was meant.
func (f fit) better(other fit) bool {
	if f.have*other.of != other.have*f.of {
		return f.have*other.of > other.have*f.of
	}
	return f.have > other.have
}

// fits says how near a text is to the reference. It has to hold a value of the
// reference at one of its fields; the service that is called says too little where
// the reference says more.
func (r reference) fits(text string) (f fit, near bool) {
	var has func(c filterpattern.Comparison) (field, value bool)
	if have, err := filterpattern.Parse(text); err == nil {
		has = tests(have)
	} else {
		has = speaks(text)
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

// speaks asks a text that is no pattern: it names the field and the value.
func speaks(text string) func(filterpattern.Comparison) (field, value bool) {
	low, letters := strings.ToLower(text), plain(text)
	return func(c filterpattern.Comparison) (field, value bool) {
		// A misprint may lose the dollar or its dot.
		name := strings.ToLower(fieldName(c.Selector))
		return strings.Contains(low, name), plain(c.Text) != "" && strings.Contains(letters, plain(c.Text))
	}
}

// tests asks a pattern: it compares the field, letter case apart, with the value,
// spelling apart.
func tests(have *filterpattern.Pattern) func(filterpattern.Comparison) (field, value bool) {
	return func(c filterpattern.Comparison) (field, value bool) {
		for _, mine := range have.Comparisons() {
			if strings.EqualFold(mine.Selector.String(), c.Selector.String()) {
				field, value = true, value || misspells(mine.Text, c.Text)
			}
		}
		return field, value
	}
}

// misspells says whether two values are the same but for letter case, wildcards,
// blanks and a slip or two.
func misspells(value, known string) bool {
	a, b := plain(value), plain(known)
	if a == b {
		return a != ""
	}
	slips := 0
	switch {
	case len(b) >= 12:
		slips = 2
	case len(b) >= 6:
		slips = 1
	}
	return nearest.Within(a, b, slips)
}

// slips says in words what a pattern that never matches spells otherwise than the
// reference.
func (r reference) slips(have *filterpattern.Pattern) string {
	var said []string
	say := func(format string, args ...any) {
		if text := fmt.Sprintf(format, args...); !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	for _, mine := range have.Comparisons() {
		for _, known := range r.want.Comparisons() {
			field, right := fieldName(mine.Selector), fieldName(known.Selector)
			switch {
			case !strings.EqualFold(field, right):
			case field != right:
				say("%s should be %s", field, right)
			case mine.Text != known.Text && misspells(mine.Text, known.Text):
				say("%s %q should be %q", field, mine.Text, known.Text)
			}
		}
	}
	if len(said) == 0 {
		return ""
	}
	return strings.Join(said[:min(len(said), 3)], ", ")
}

// plain is a value without what people get wrong first.
func plain(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, text)
}

// nearMiss returns the one control, "" for none, that a text fits best which is
// aimed at none of its events.
func nearMiss(text string, controls map[string]reference) string {
	best, found := fit{}, ""
	for _, id := range slices.Sorted(maps.Keys(controls)) {
		if f, near := controls[id].fits(text); near && (found == "" || f.better(best)) && controls[id].misses(text) {
			best, found = f, id
		}
	}
	return found
}

// misses says whether a text matches none of the control's events.
func (r reference) misses(text string) bool {
	have, err := filterpattern.Parse(text)
	if err != nil {
		return true
	}
	if have.Kind() != filterpattern.JSON {
		return false
	}
	return r.neverMatches(have.Without(strange(have)))
}

// serves returns the control, "" for none, whose events a pattern covers.
func serves(have *filterpattern.Pattern, controls map[string]reference) string {
	for _, id := range slices.Sorted(maps.Keys(controls)) {
		if controls[id].isServed(have) {
			return id
		}
	}
	return ""
}

// isServed asks the known events first: most patterns miss one of them.
func (r reference) isServed(have *filterpattern.Pattern) bool {
	for _, known := range slices.Concat(r.oracle.Denied, r.oracle.Watched()) {
		if r.isLost(known.Message, have) {
			return false
		}
	}
	if r.aimed(have, true) == truth.No {
		return false
	}
	c := notAimed()
	r.loss(&c, have)
	return c.covers()
}

// isLost says whether an event is the control's and neither matched nor excluded.
func (r reference) isLost(m *filterpattern.Message, have *filterpattern.Pattern) bool {
	fits := func(patterns []*filterpattern.Pattern) bool {
		return slices.ContainsFunc(patterns, func(p *filterpattern.Pattern) bool { return p.MatchMessage(m) })
	}
	return r.want.MatchMessage(m) && !have.MatchMessage(m) && !fits(r.exclusions) && !fits(r.never)
}
