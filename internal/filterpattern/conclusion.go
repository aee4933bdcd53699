package filterpattern

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
			s.doubt = a.subject() + " are decided only where both sides share them"
		}
	}
	return false
}

// confirm writes the event and believes it only if the test does.
func (s *solver) confirm() bool {
	o := s.theory.solve(s.root)
	if o.some != found {
		if o.some == maybe {
			s.doubt = o.reason
		}
		return false
	}
	event, ok := o.value.(map[string]any)
	if !ok || !s.verify(event) {
		s.doubt = "the event that was found does not stand the test"
		return false
	}
	s.event = event
	return true
}

// instantiate adds facts that would satisfy the decided conditions with
// wildcards: one array element of its own for each. It returns the nodes that
// have a fact more.
func (s *solver) instantiate() (touched []*node) {
	for _, a := range s.vocabulary.atoms[:len(s.vocabulary.atoms):len(s.vocabulary.atoms)] {
		truth, decided := s.decided[a]
		if !decided || a.condition == nil || !a.opaque() {
			continue
		}
		if c, wanted := a.condition.instance(len(touched), truth); c != nil {
			f := s.vocabulary.fact(c)
			f.truth = f.truth == wanted
			n := s.root.grow(c.selector)
			n.push(f)
			touched = append(touched, n)
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
