package filterpattern

// A vocabulary numbers the distinct atoms of a decision.
type vocabulary struct {
	budget   *budget
	places   []Selector // that JSON patterns look at, without wildcards
	required []Selector // that are in every event
	atoms    []*atom
	byKey    map[string]*atom
	stood    map[string]formula // what stands has answered
}

func newVocabulary(b *budget, required []Selector, patterns []*Pattern) *vocabulary {
	v := &vocabulary{budget: b, required: required, byKey: map[string]*atom{}, stood: map[string]formula{}}
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

// formula translates a pattern.
func (v *vocabulary) formula(b body) formula {
	switch b := b.(type) {
	case everything:
		return all{}
	case document:
		return translate(b.expr, func(c *condition) formula { return v.fact(c) })
	case terms:
		return v.terms(b)
	case search:
		return v.finds(b.regex)
	case line:
		return v.line(b)
	}
	return oneOf{}
}

// translate keeps the formula's shape and asks leaf for its conditions.
func translate(x expr, leaf func(*condition) formula) formula {
	switch x := x.(type) {
	case and:
		f := make(all, len(x))
		for i, operand := range x {
			f[i] = translate(operand, leaf)
		}
		return f
	case or:
		f := make(oneOf, len(x))
		for i, operand := range x {
			f[i] = translate(operand, leaf)
		}
		return f
	case *condition:
		return leaf(x)
	case constant:
		if x {
			return all{}
		}
	}
	return oneOf{}
}

// fact speaks of presence in one way only, as NOT EXISTS.
func (v *vocabulary) fact(c *condition) fact {
	if c.op == exists {
		absent := &condition{selector: c.selector, op: notExists}
		return fact{v.intern(absent.key(), atom{condition: absent}), false}
	}
	return fact{v.intern(c.key(), atom{condition: c}), true}
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
