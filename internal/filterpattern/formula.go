package filterpattern

// A formula is what the search works on: facts joined by all and oneOf,
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
// one place are understood; conditions with wildcards and whole patterns over
// the raw message are opaque: equal ones answer alike, and that is all.
type atom struct {
	id        int
	condition *condition // nil for a whole pattern
	body      body       // nil for a condition
}

func (a *atom) opaque() bool {
	return a.condition == nil || a.condition.selector.HasWildcard()
}

// subject names what makes the atom opaque.
func (a *atom) subject() string {
	if a.condition != nil {
		return "conditions on " + a.condition.selector.String()
	}
	return "a " + a.body.kind().String() + " pattern reads the raw text, and such patterns"
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

// A vocabulary numbers the distinct atoms of a decision.
type vocabulary struct {
	atoms []*atom
	byKey map[string]*atom
}

// formula translates a pattern.
func (v *vocabulary) formula(b body) formula {
	switch b := b.(type) {
	case everything:
		return all{}
	case document:
		return v.translate(b.expr)
	}
	return fact{v.intern(b.print(true), atom{body: b}), true}
}

func (v *vocabulary) translate(x expr) formula {
	switch x := x.(type) {
	case and:
		f := make(all, len(x))
		for i, operand := range x {
			f[i] = v.translate(operand)
		}
		return f
	case or:
		f := make(oneOf, len(x))
		for i, operand := range x {
			f[i] = v.translate(operand)
		}
		return f
	case *condition:
		return v.fact(x)
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
	a.id = len(v.atoms)
	v.atoms = append(v.atoms, &a)
	if v.byKey == nil {
		v.byKey = map[string]*atom{}
	}
	v.byKey[key] = &a
	return &a
}
