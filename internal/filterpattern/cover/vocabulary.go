package cover

import "github.com/iacgate/iacgate/internal/filterpattern"

// A vocabulary numbers the distinct atoms of a decision.
type vocabulary struct {
	budget   *budget
	places   []filterpattern.Selector // that JSON patterns look at, without wildcards
	required []filterpattern.Selector // that are in every event
	atoms    []*atom
	byKey    map[string]*atom
	spelled  map[string]formula // what foundIn has answered
}

func newVocabulary(b *budget, required []filterpattern.Selector, patterns []*filterpattern.Pattern) *vocabulary {
	v := &vocabulary{budget: b, required: required, byKey: map[string]*atom{}, spelled: map[string]formula{}}
	seen := map[string]bool{}
	for _, p := range patterns {
		for _, s := range p.Selectors() {
			if key := s.String(); !seen[key] && !s.HasWildcard() {
				seen[key] = true
				v.places = append(v.places, s)
			}
		}
	}
	return v
}

// fact speaks of presence in one way only, as NOT EXISTS.
func (v *vocabulary) fact(c *filterpattern.Condition) fact {
	if c.Op == filterpattern.Exists {
		absent := &filterpattern.Condition{Selector: c.Selector, Op: filterpattern.NotExists}
		return fact{v.intern(absent.Key(), atom{condition: absent}), false}
	}
	return fact{v.intern(c.Key(), atom{condition: c}), true}
}

func (v *vocabulary) intern(key string, a atom) *atom {
	if known := v.byKey[key]; known != nil {
		return known
	}
	v.budget.spend(1)
	a.id = len(v.atoms)
	v.atoms = append(v.atoms, &a)
	v.byKey[key] = &a
	return &a
}
