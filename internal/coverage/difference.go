package coverage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/truth"
)

// decidingFields returns the fields that make a pattern miss an event: those on which
// its conditions would have to hold for it to match. Fields that the reference
// does not test come first, because somebody added them.
func (r reference) decidingFields(have *filterpattern.Pattern, lost cloudtrail.Event) []filterpattern.Selector {
	message := filterpattern.Object(lost)
	own, added := r.divide(have.Selectors())
	for _, s := range append(added, own...) {
		if one := []filterpattern.Selector{s}; have.Regardless(one).MatchMessage(message) {
			return one
		}
	}
	if have.Regardless(added).MatchMessage(message) {
		return added
	}
	return nil
}

// divide tells fields that the reference tests from others.
func (r reference) divide(fields []filterpattern.Selector) (own, added []filterpattern.Selector) {
	for _, s := range fields {
		if slices.ContainsFunc(r.want.Selectors(), func(w filterpattern.Selector) bool { return w.String() == s.String() }) {
			own = append(own, s)
		} else {
			added = append(added, s)
		}
	}
	return own, added
}

// describe says which event it is by the fields that the reference tests, and by
// those that make the difference.
func (r reference) describe(e cloudtrail.Event, difference []filterpattern.Selector) string {
	var named []string
	for _, s := range r.want.Selectors() {
		if v, ok := cloudtrail.Lookup(e, s.Names()); ok {
			named = append(named, fieldName(s)+" "+quoted(v))
		}
	}
	said := strings.Join(named, ", ")
	_, added := r.divide(difference)
	for _, s := range added {
		if v, ok := cloudtrail.Lookup(e, s.Names()); ok {
			said += "; the difference is " + fieldName(s) + " " + quoted(v)
		} else {
			said += "; the difference is " + fieldName(s) + ", which the event lacks"
		}
	}
	return strings.TrimPrefix(said, "; ")
}

func fieldName(s filterpattern.Selector) string { return strings.TrimPrefix(s.String(), "$.") }

func quoted(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

// excludable returns what somebody may declare as exclusions so that a pattern
// loses nothing: what its own conditions keep out; none if that would not be
// enough, or would leave nothing to watch.
func (r reference) excludable(have *filterpattern.Pattern) []string {
	left := slices.DeleteFunc(have.Excludes(), func(x *filterpattern.Pattern) bool {
		return slices.ContainsFunc(r.want.Excludes(), func(own *filterpattern.Pattern) bool { return own.String() == x.String() })
	})
	out := []string{}
	if len(left) == 0 || !r.isEnough(have, left) || r.holds([]*filterpattern.Pattern{r.want}, left...) == truth.No {
		return out
	}
	for i := 0; i < len(left); {
		if fewer := slices.Delete(slices.Clone(left), i, i+1); r.isEnough(have, fewer) {
			left = fewer
		} else {
			i++
		}
	}
	for _, x := range left {
		out = append(out, x.String())
	}
	return out
}

// isEnough reports whether a pattern loses nothing under further exclusions, callers
// aside that no exclusion can name.
func (r reference) isEnough(have *filterpattern.Pattern, exclusions []*filterpattern.Pattern) bool {
	one := []*filterpattern.Pattern{have}
	rest := unnamedCallers(one, slices.Concat(exclusions, r.exclusions))
	return r.findLost(slices.Concat(one, exclusions, rest)).Decision == truth.No
}

// isMisspelling reports whether two values are the same but for letter case, wildcards,
// blanks and a slip or two.
func isMisspelling(value, known string) bool {
	a, b := lettersAndDigits(value), lettersAndDigits(known)
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

// misspellings says in words what a pattern that never matches spells otherwise than the
// reference.
func (r reference) misspellings(have *filterpattern.Pattern) string {
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
			case mine.Text != known.Text && isMisspelling(mine.Text, known.Text):
				say("%s %q should be %q", field, mine.Text, known.Text)
			}
		}
	}
	if len(said) == 0 {
		return ""
	}
	return strings.Join(said[:min(len(said), 3)], ", ")
}

// lettersAndDigits returns a value without what people get wrong first.
func lettersAndDigits(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, text)
}
