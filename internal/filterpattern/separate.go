package filterpattern

import (
	"bytes"
	"encoding/json"
	"slices"
)

// A Decision answers a question that may be beyond the decider.
type Decision uint8

// The decisions. Unknown is never as good as either of the others.
const (
	Unknown Decision = iota
	Yes
	No
)

var decisionNames = [...]string{"unknown", "yes", "no"}

// String returns the decision as a word.
func (d Decision) String() string {
	if int(d) >= len(decisionNames) {
		return decisionNames[Unknown]
	}
	return decisionNames[d]
}

// A Separation tells whether there is an event that some patterns match and
// others do not.
type Separation struct {
	Decision Decision

	// Event separates the patterns, if the decision is Yes: a JSON object of
	// the fields that matter, numbers as json.Number. Match has confirmed it.
	// What axioms require besides is left out where it can be; where patterns
	// have wildcards or read the raw text, Match has confirmed the event with
	// some values for that too, and whoever fills in others should match again.
	Event map[string]any

	Reason string // why Unknown
	Steps  int    // the work done
}

// Separate looks for an event, a JSON object that agrees with the axioms, that
// every pattern of match matches and none of miss does. No is a proof that
// there is none.
//
// Conditions on plain selectors are decided: by Boolean search over the
// patterns, a trie of places for what can hold together above and below each
// other, automata for texts and samples of each region for numbers. Selectors
// with wildcards are opaque: decided where equal ones exclude each other or an
// event is at hand that Match confirms. Patterns that read the raw text are
// decided as far as the fields that JSON patterns name imply what stands in it,
// however the writer of the event spaces and orders its JSON. The work is
// bounded; beyond the bound the answer is Unknown.
func Separate(match, miss []*Pattern, ax Axioms) Separation {
	if share(match, miss) || ax.disjoint(match) {
		return Separation{Decision: No}
	}
	return solve(match, miss, ax)
}

// solve is Separate without the answers that cost nothing.
func solve(match, miss []*Pattern, ax Axioms) Separation {
	g, err := ax.ground()
	if err != nil {
		return Separation{Reason: err.Error()}
	}
	b := &budget{limit: maxSteps}
	v := newVocabulary(b, g.required, slices.Concat(match, miss))
	formulas := v.formulas(match, miss)
	s := newSolver(g, v, b, func(event map[string]any) bool {
		return separates(event, match, miss)
	})
	found := s.search(formulas)
	switch {
	case found:
		return Separation{Decision: Yes, Event: s.event, Steps: b.steps}
	case b.spent():
		return Separation{Reason: sprintf("the question is beyond the budget of %d steps", maxSteps), Steps: b.steps}
	case s.doubt != "":
		return Separation{Reason: s.doubt, Steps: b.steps}
	}
	return Separation{Decision: No, Steps: b.steps}
}

// share reports whether some pattern should be matched and missed.
func share(match, miss []*Pattern) bool {
	texts := map[string]bool{}
	for _, p := range match {
		texts[p.String()] = true
	}
	for _, p := range miss {
		if texts[p.String()] {
			return true
		}
	}
	return false
}

func (v *vocabulary) formulas(match, miss []*Pattern) []formula {
	var formulas []formula
	for _, p := range match {
		formulas = append(formulas, v.formula(p.body))
	}
	for _, p := range miss {
		formulas = append(formulas, v.formula(p.body).negation())
	}
	return formulas
}

func separates(event map[string]any, match, miss []*Pattern) bool {
	message, err := encodeEvent(event)
	if err != nil {
		return false
	}
	for _, p := range match {
		if !p.Match(message) {
			return false
		}
	}
	for _, p := range miss {
		if p.Match(message) {
			return false
		}
	}
	return true
}

// encodeEvent writes an event as CloudTrail would: <, > and & are themselves.
func encodeEvent(event map[string]any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(event)
	return bytes.TrimSpace(b.Bytes()), err
}

// Covers decides whether have matches every event that want matches. If not,
// event is one that have loses. Otherwise reason says why the answer is
// Unknown, if it is.
func Covers(have, want *Pattern, ax Axioms) (covers Decision, event map[string]any, reason string) {
	s := Separate([]*Pattern{want}, []*Pattern{have}, ax)
	switch s.Decision {
	case Yes:
		return No, s.Event, ""
	case No:
		return Yes, nil, ""
	}
	return Unknown, nil, s.Reason
}

// Equivalent decides whether two patterns match the same events.
func Equivalent(a, b *Pattern, ax Axioms) Decision {
	forth, _, _ := Covers(a, b, ax)
	if forth == No {
		return No
	}
	back, _, _ := Covers(b, a, ax)
	if back == No || back == Unknown {
		return back
	}
	return forth
}
