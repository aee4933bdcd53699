package filterpattern

// A solver looks for an event that makes formulas true. It decides facts one
// by one, splits on alternatives, and asks the theory after each round whether
// an event can still exist.
type solver struct {
	budget     *budget
	vocabulary *vocabulary
	theory     *theory
	*ground
	places  map[*atom]*node // of atoms that are not opaque
	decided map[*atom]bool
	verify  func(event map[string]any) bool
	event   map[string]any // the answer
	doubt   string         // why no answer is no proof
}

// newSolver grows the ground for the vocabulary.
func newSolver(g *ground, v *vocabulary, b *budget, verify func(map[string]any) bool) *solver {
	s := &solver{
		budget:     b,
		vocabulary: v,
		theory:     newTheory(b),
		ground:     g,
		places:     map[*atom]*node{},
		decided:    map[*atom]bool{},
		verify:     verify,
	}
	for _, a := range v.atoms {
		if !a.opaque() {
			s.places[a] = g.root.grow(a.condition.selector)
		}
	}
	return s
}

// search reports whether it has found an event for all pending formulas. It
// leaves the decisions as they were.
func (s *solver) search(pending []formula) bool {
	trail, open, ok := s.propagate(pending)
	defer s.undo(trail)
	if !ok || !s.theory.solve(s.root).possible() || s.budget.spent() {
		return false
	}
	if len(open) == 0 {
		return s.conclude()
	}
	pick, rest := narrowest(open)
	for _, alternative := range pick {
		if s.search(append([]formula{alternative}, rest...)) {
			return true
		}
		if s.budget.spent() {
			return false
		}
	}
	return false
}

// propagate decides all that the formulas leave no choice about and returns
// the alternatives that remain; ok is false on a contradiction.
func (s *solver) propagate(pending []formula) (trail []*atom, open []oneOf, ok bool) {
	for {
		facts, alternatives := s.flatten(pending)
		for _, f := range facts {
			truth, known := s.decided[f.atom]
			if known && truth != f.truth {
				return trail, nil, false
			}
			if !known {
				s.decide(f)
				trail = append(trail, f.atom)
			}
		}
		open, forced, ok := s.sift(alternatives)
		if !ok || len(forced) == 0 {
			return trail, open, ok
		}
		for _, f := range open {
			forced = append(forced, f)
		}
		pending = forced
	}
}

// flatten takes conjunctions apart.
func (s *solver) flatten(pending []formula) (facts []fact, alternatives []oneOf) {
	for _, f := range pending {
		s.budget.spend(1)
		switch f := f.(type) {
		case fact:
			facts = append(facts, f)
		case oneOf:
			alternatives = append(alternatives, f)
		case all:
			inner, more := s.flatten(f)
			facts = append(facts, inner...)
			alternatives = append(alternatives, more...)
		}
	}
	return facts, alternatives
}

// sift drops what the decisions settle: alternatives that hold already and
// operands that cannot hold. A last operand is forced.
func (s *solver) sift(alternatives []oneOf) (open []oneOf, forced []formula, ok bool) {
	for _, f := range alternatives {
		live, settled := s.live(f)
		switch {
		case settled:
		case len(live) == 0:
			return nil, nil, false
		case len(live) == 1:
			forced = append(forced, live[0])
		default:
			open = append(open, live)
		}
	}
	return open, forced, true
}

func (s *solver) live(alternatives oneOf) (live oneOf, settled bool) {
	for _, f := range alternatives {
		switch holds, known := s.value(f); {
		case !known:
			live = append(live, f)
		case holds:
			return nil, true
		}
	}
	return live, false
}

// value evaluates a formula as far as the decisions go.
func (s *solver) value(f formula) (holds, known bool) {
	s.budget.spend(1)
	switch f := f.(type) {
	case fact:
		truth, known := s.decided[f.atom]
		return truth == f.truth, known
	case all:
		return s.valueOf(f, true)
	case oneOf:
		return s.valueOf(f, false)
	}
	return false, false
}

// valueOf evaluates operands of which one that is not neutral decides.
func (s *solver) valueOf(operands []formula, neutral bool) (holds, known bool) {
	known = true
	for _, f := range operands {
		holds, settled := s.value(f)
		if settled && holds != neutral {
			return holds, true
		}
		known = known && settled
	}
	return neutral, known
}

func (s *solver) decide(f fact) {
	s.decided[f.atom] = f.truth
	if n := s.places[f.atom]; n != nil {
		n.push(f)
	}
}

// undo takes decisions back, the last one first.
func (s *solver) undo(trail []*atom) {
	for i := len(trail) - 1; i >= 0; i-- {
		delete(s.decided, trail[i])
		if n := s.places[trail[i]]; n != nil {
			n.pop()
		}
	}
}

// narrowest takes out the alternatives of which there are fewest.
func narrowest(open []oneOf) (pick oneOf, rest []formula) {
	best := 0
	for i, f := range open {
		if len(f) < len(open[best]) {
			best = i
		}
	}
	for i, f := range open {
		if i != best {
			rest = append(rest, f)
		}
	}
	return open[best], rest
}
