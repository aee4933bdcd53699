package filterpattern

import "slices"

// conclude turns decisions without contradiction into an event, first with
// values where decided wildcards look for some, then without. Where no event
// can be written that stands the test, it leaves a doubt.
func (s *solver) conclude() bool {
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
// if it stands the test with all of that, and is shown without if it can be.
func (s *solver) confirm() bool {
	opaque := slices.ContainsFunc(s.vocabulary.atoms, (*atom).opaque)
	event := s.write(opaque)
	if event == nil {
		return false
	}
	s.event = event
	if smallest := s.write(false); opaque && smallest != nil {
		s.event = smallest
	}
	return true
}

// write returns an event for the decisions that stands the test, or nil.
func (s *solver) write(complete bool) map[string]any {
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
		s.doubt = "the event that was found does not stand the test"
		return nil
	}
	return event
}

// instantiate adds facts that would satisfy the decided opaque atoms: an array
// element for each wildcard, and all texts in the place for free text. It
// returns the nodes that have a fact more, once for each.
func (s *solver) instantiate() (touched []*node) {
	elements := 0
	add := func(c *condition, truth bool) {
		f := s.vocabulary.fact(c)
		n := s.root.grow(c.selector)
		n.push(fact{f.atom, f.truth == truth})
		touched = append(touched, n)
	}
	for _, a := range slices.Clone(s.vocabulary.atoms) {
		truth, decided := s.decided[a]
		switch {
		case !decided || !a.opaque():
		case a.condition == nil && a.text != nil:
			add(&condition{selector: s.freeText, op: contains, value: a.text}, truth)
		case a.condition != nil:
			if c, wanted := a.condition.instance(elements, truth); c != nil {
				add(c, wanted)
				elements++
			}
		}
	}
	return touched
}

// instance returns a condition without wildcards, and its truth, that makes
// the condition with a wildcard answer as decided; nil where nothing needs to
// be there.
func (c *condition) instance(index int, truth bool) (instance *condition, wanted bool) {
	i := c.selector.wildcard()
	container := Selector{c.selector.steps[:i]}
	steps := append(c.selector.Path()[:i], Step{Kind: Element, Index: index})
	element := Selector{append(steps, c.selector.steps[i+1:]...)}
	switch {
	case c.op == notExists && !truth:
		return &condition{selector: element, op: notExists}, false
	case c.op == notEqual && truth:
		return &condition{selector: container, op: notExists}, false
	case c.op != notExists && c.op != notEqual && truth:
		return &condition{selector: element, op: c.op, value: c.value}, true
	}
	return nil, false
}
