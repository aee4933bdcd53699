package cover

import "github.com/iacgate/iacgate/internal/filterpattern"

// A formula is the search's representation of a condition: facts joined by all and oneOf,
// without negations. The interface is sealed.
type formula interface {
	negation() formula
}

type (
	all   []formula // true when empty
	oneOf []formula // false when empty
)

// A fact gives an atom its truth.
type fact struct {
	atom  *atom
	truth bool
}

// An atom is a question to an event with an answer of its own. Conditions on
// one place are understood; conditions with wildcards and questions to the raw
// text are opaque: equal ones answer alike, and that is all.
type atom struct {
	id        int
	condition *filterpattern.Condition // nil for a question to the raw text
	raw       string                   // that question, in words
	text      *filterpattern.Literal   // fits texts that make its answer yes, if any are known
}

func (a *atom) opaque() bool {
	return a.condition == nil || a.condition.Selector.HasWildcard()
}

// doubt says why an event that answers the atom as decided may not exist, or
// may exist though none was found.
func (a *atom) doubt() string {
	if a.condition != nil {
		return "conditions on " + a.condition.Selector.String() + " are decided only where both sides share them"
	}
	return "the fields do not decide whether the raw text " + a.raw
}

func (f fact) negation() formula { return fact{f.atom, !f.truth} }

func (f all) negation() formula {
	negated := make(oneOf, len(f))
	for i, g := range f {
		negated[i] = g.negation()
	}
	return negated
}

func (f oneOf) negation() formula {
	negated := make(all, len(f))
	for i, g := range f {
		negated[i] = g.negation()
	}
	return negated
}
