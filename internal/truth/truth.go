// Package truth is three-valued logic: yes, no and unknown. It knows nothing of what is
// decided with it.
package truth

import (
	"fmt"
	"slices"
)

// Truth is one of three values, in the order of how much they promise: And is the
// smaller of two, Or the larger.
type Truth uint8

const (
	No Truth = iota
	Unknown
	Yes
)

// Of returns a truth that is known.
func Of(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

// Not is Yes of No, No of Yes, and else Unknown.
func (t Truth) Not() Truth { return Yes - t }

// And returns the conjunction of all of them: Yes of none.
func And(all ...Truth) Truth {
	out := Yes
	for _, t := range all {
		out = min(out, t)
	}
	return out
}

// Or returns the disjunction of all of them: No of none.
func Or(all ...Truth) Truth {
	out := No
	for _, t := range all {
		out = max(out, t)
	}
	return out
}

// String returns the word for it in the judged document: yes, no or unknown.
func (t Truth) String() string { return t.Values()[t] }

// MarshalText writes the word for it.
func (t Truth) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the word for it.
func (t *Truth) UnmarshalText(text []byte) error {
	i := slices.Index(t.Values(), string(text))
	if i < 0 {
		return fmt.Errorf("%q is none of yes, no and unknown", text)
	}
	*t = Truth(i)
	return nil
}

// Values returns the words for all of them, by their numbers.
func (Truth) Values() []string { return []string{"no", "unknown", "yes"} }
