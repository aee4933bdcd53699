package filterpattern

// Selectors returns what a JSON pattern looks at: its distinct selectors, in
// reading order. Patterns of other kinds have none.
func (p *Pattern) Selectors() []Selector {
	d, ok := p.body.(document)
	if !ok {
		return nil
	}
	var selectors []Selector
	seen := map[string]bool{}
	conditions(d.expr, func(c *condition) {
		if key := c.selector.String(); !seen[key] {
			seen[key] = true
			selectors = append(selectors, c.selector)
		}
	})
	return selectors
}

// Without returns the pattern's answer for events that lack the given fields
// and everything below them: NOT EXISTS holds there, all other conditions do
// not. A field with a wildcard is absent when nothing is selected. The result
// may be constant. Patterns of other kinds than JSON are returned as they are.
func (p *Pattern) Without(fields []Selector) *Pattern {
	d, ok := p.body.(document)
	if !ok {
		return p
	}
	return &Pattern{document{without(d.expr, fields)}}
}

func without(x expr, fields []Selector) expr {
	switch x := x.(type) {
	case and:
		return conjunction(eachWithout(x, fields)...)
	case or:
		return disjunction(eachWithout(x, fields)...)
	case *condition:
		return x.without(fields)
	}
	return x
}

func eachWithout(xs []expr, fields []Selector) []expr {
	folded := make([]expr, len(xs))
	for i, x := range xs {
		folded[i] = without(x, fields)
	}
	return folded
}

// without folds the condition if its selector selects nothing. A wildcard's !=
// then still asks whether there is something to walk through.
func (c *condition) without(fields []Selector) expr {
	if !anyCovers(fields, c.selector) {
		return c
	}
	i := c.selector.wildcard()
	switch container := (Selector{c.selector.steps[:max(i, 0)]}); {
	case c.op == notExists:
		return constant(true)
	case c.op != notEqual || i < 0 || anyCovers(fields, container):
		return constant(false)
	case i == 0:
		return constant(true) // the event itself is always there
	default:
		return &condition{selector: container, op: exists}
	}
}

func anyCovers(fields []Selector, s Selector) bool {
	for _, field := range fields {
		if field.covers(s) {
			return true
		}
	}
	return false
}

// covers reports whether everything that t selects lies at or below what s
// selects.
func (s Selector) covers(t Selector) bool {
	if len(s.steps) > len(t.steps) {
		return false
	}
	for i, step := range s.steps {
		if step != t.steps[i] && step.Kind != Wildcard {
			return false
		}
	}
	return true
}
