package cover

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A solver looks for an event that makes formulas true. It decides facts one
// by one, splits on alternatives, and asks the theory after each round whether
// an event can still exist.
type solver struct {
	budget     *budget
	vocabulary *vocabulary
	theory     *theory
	*axiomTrie
	places  map[*atom]*node // of atoms that are not opaque
	decided map[*atom]bool
	verify  func(event map[string]any) bool
	event   map[string]any // the answer
	doubt   string         // why "none found" does not prove that there is none
}

// newSolver extends the trie for the vocabulary.
func newSolver(g *axiomTrie, v *vocabulary, b *budget, verify func(map[string]any) bool) *solver {
	s := &solver{
		budget:     b,
		vocabulary: v,
		theory:     newTheory(b),
		axiomTrie:  g,
		places:     map[*atom]*node{},
		decided:    map[*atom]bool{},
		verify:     verify,
	}
	for _, a := range v.atoms {
		if !a.opaque() {
			s.places[a] = g.root.insert(a.condition.Selector)
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
		return s.findWitness()
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
		open, forced, ok := s.simplify(alternatives)
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

// simplify drops what the decisions settle: alternatives that hold already and
// operands that cannot hold. A last operand is forced.
func (s *solver) simplify(alternatives []oneOf) (open []oneOf, forced []formula, ok bool) {
	for _, f := range alternatives {
		live, settled := s.undecided(f)
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

func (s *solver) undecided(alternatives oneOf) (live oneOf, settled bool) {
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

// findWitness turns decisions without contradiction into an event, first with
// values where decided wildcards look for some, then without. Where no event
// can be written that passes the test, it leaves a doubt.
func (s *solver) findWitness() bool {
	touched := s.instantiate()
	confirmed := s.confirm()
	for _, n := range touched {
		n.pop()
	}
	if confirmed || len(touched) > 0 && s.confirm() {
		return true
	}
	for _, a := range s.vocabulary.atoms {
		if _, decided := s.decided[a]; decided && a.opaque() {
			s.doubt = a.doubt()
		}
	}
	return false
}

// confirm writes the event and believes it only if the test does. Where atoms
// are opaque, what the axioms require can change the answer: the event counts
// if it passes the test with all of that, and is shown without if it can be.
func (s *solver) confirm() bool {
	opaque := slices.ContainsFunc(s.vocabulary.atoms, (*atom).opaque)
	event := s.buildEvent(opaque)
	if event == nil {
		return false
	}
	s.event = event
	if smallest := s.buildEvent(false); opaque && smallest != nil {
		s.event = smallest
	}
	return true
}

// buildEvent returns an event for the decisions that passes the test, or nil.
func (s *solver) buildEvent(complete bool) map[string]any {
	s.theory.complete = complete
	defer func() { s.theory.complete = false }()
	o := s.theory.solve(s.root)
	if o.some == maybe {
		s.doubt = o.reason
	}
	event, _ := o.value.(map[string]any)
	if o.some != found || event == nil {
		return nil
	}
	if !s.verify(event) {
		s.doubt = "the event that was found fails the check"
		return nil
	}
	return event
}

// instantiate adds facts that would satisfy the decided opaque atoms: an array
// element for each wildcard, and all texts in the place for free text. It
// returns the nodes that have a fact more, once for each.
func (s *solver) instantiate() (touched []*node) {
	elements := 0
	add := func(c *filterpattern.Condition, truth bool) {
		f := s.vocabulary.fact(c)
		n := s.root.insert(c.Selector)
		n.push(fact{f.atom, f.truth == truth})
		touched = append(touched, n)
	}
	for _, a := range slices.Clone(s.vocabulary.atoms) {
		truth, decided := s.decided[a]
		switch {
		case !decided || !a.opaque():
		case a.condition == nil && a.text != nil:
			add(&filterpattern.Condition{Selector: s.freeText, Op: filterpattern.Contains, Value: a.text}, truth)
		case a.condition != nil:
			if c, wanted := instance(a.condition, elements, truth); c != nil {
				add(c, wanted)
				elements++
			}
		}
	}
	return touched
}

// instance returns a condition without wildcards, and its truth, that makes
// the condition with a wildcard answer as decided; nil if nothing needs to
// be there.
func instance(c *filterpattern.Condition, index int, truth bool) (concrete *filterpattern.Condition, wanted bool) {
	i := c.Selector.WildcardIndex()
	container := c.Selector[:i]
	steps := append(slices.Clone(c.Selector[:i]), filterpattern.Step{Kind: filterpattern.Element, Index: index})
	element := append(steps, c.Selector[i+1:]...)
	switch {
	case c.Op == filterpattern.NotExists && !truth:
		return &filterpattern.Condition{Selector: element, Op: filterpattern.NotExists}, false
	case c.Op == filterpattern.NotEqual && truth:
		return &filterpattern.Condition{Selector: container, Op: filterpattern.NotExists}, false
	case c.Op != filterpattern.NotExists && c.Op != filterpattern.NotEqual && truth:
		return &filterpattern.Condition{Selector: element, Op: c.Op, Value: c.Value}, true
	}
	return nil, false
}
