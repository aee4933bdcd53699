// Package cover decides whether one filter pattern matches every event that another
// one matches, with the smallest event that proves the opposite.
//
// It translates patterns into formulas over conditions, searches for an event that
// makes them true (a solver over a theory of JSON values: automata for texts, samples
// of each region for numbers), and believes an event only when [filterpattern.Pattern.Match]
// confirms it.
//
// The package is not for knowledge about particular events or controls: which fields a
// CloudTrail record has comes in from outside as [Axioms].
package cover

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Separation tells whether there is an event that some patterns match and
// others do not.
type Separation struct {
	// Decision is Yes where there is such an event.
	Decision truth.Truth

	// Event separates the patterns, if the decision is Yes: a JSON object of
	// the fields that matter, numbers as json.Number. Match has confirmed it.
	// What axioms require besides is left out if it can be; where patterns
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
// decided as far as the fields that JSON patterns name imply what it contains,
// however the writer of the event spaces and orders its JSON. The work is
// bounded; beyond the bound the answer is Unknown.
func Separate(match, miss []*filterpattern.Pattern, ax Axioms) Separation {
	if Exclude(match, miss, ax) {
		return Separation{Decision: truth.No}
	}
	return solve(match, miss, ax)
}

// Exclude reports whether it is plain without a search that no event separates the
// patterns: two ask one field for different texts, or one is to be matched and missed.
func Exclude(match, miss []*filterpattern.Pattern, ax Axioms) bool {
	return ax.disjoint(match) || shareOne(match, miss)
}

// solve is Separate without the answers that cost nothing.
func solve(match, miss []*filterpattern.Pattern, ax Axioms) Separation {
	g, err := ax.trie()
	if err != nil {
		return Separation{Decision: truth.Unknown, Reason: err.Error()}
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
		return Separation{Decision: truth.Yes, Event: s.event, Steps: b.steps}
	case b.spent():
		return Separation{Decision: truth.Unknown, Reason: fmt.Sprintf("the question is beyond the budget of %d steps", maxSteps), Steps: b.steps}
	case s.doubt != "":
		return Separation{Decision: truth.Unknown, Reason: s.doubt, Steps: b.steps}
	}
	return Separation{Decision: truth.No, Steps: b.steps}
}

// shareOne reports whether some pattern should be matched and missed.
func shareOne(match, miss []*filterpattern.Pattern) bool {
	return slices.ContainsFunc(miss, func(m *filterpattern.Pattern) bool {
		return slices.ContainsFunc(match, func(p *filterpattern.Pattern) bool { return p == m || p.String() == m.String() })
	})
}

func (v *vocabulary) formulas(match, miss []*filterpattern.Pattern) []formula {
	var formulas []formula
	for _, p := range match {
		formulas = append(formulas, v.formula(p.Body()))
	}
	for _, p := range miss {
		formulas = append(formulas, v.formula(p.Body()).negation())
	}
	return formulas
}

func separates(event map[string]any, match, miss []*filterpattern.Pattern) bool {
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
