package filterpattern

// Without returns the pattern's answer for events that lack the given fields
// and everything below them: NOT EXISTS holds there, all other conditions do
// not. A field with a wildcard is absent when nothing is selected. The result
// may be constant. Patterns of other kinds than JSON are returned as they are.
func (p *Pattern) Without(fields []Selector) *Pattern {
	d, ok := p.body.(Document)
	if !ok || len(fields) == 0 {
		return p
	}
	return newPattern(Document{without(d.Expr, fields)})
}

func without(x Expr, fields []Selector) Expr {
	switch x := x.(type) {
	case And:
		return conjunction(eachWithout(x, fields)...)
	case Or:
		return disjunction(eachWithout(x, fields)...)
	case *Condition:
		return x.without(fields)
	}
	return x
}

func eachWithout(xs []Expr, fields []Selector) []Expr {
	folded := make([]Expr, len(xs))
	for i, x := range xs {
		folded[i] = without(x, fields)
	}
	return folded
}

// without folds the condition if its selector selects nothing. A wildcard's !=
// then still asks whether there is something to walk through.
func (c *Condition) without(fields []Selector) Expr {
	if !anyCovers(fields, c.Selector) {
		return c
	}
	i := c.Selector.WildcardIndex()
	switch container := c.Selector[:max(i, 0)]; {
	case c.Op == NotExists:
		return Constant(true)
	case c.Op != NotEqual || i < 0 || anyCovers(fields, container):
		return Constant(false)
	case i == 0:
		return Constant(true) // the event itself is always there
	default:
		return &Condition{Selector: container, Op: Exists}
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
	if len(s) > len(t) {
		return false
	}
	for i, step := range s {
		if step != t[i] && step.Kind != Wildcard {
			return false
		}
	}
	return true
}

// Regardless returns the pattern's answer where all conditions on the given
// fields, and on what is below them, held.
func (p *Pattern) Regardless(fields []Selector) *Pattern {
	d, ok := p.body.(Document)
	if !ok {
		return p
	}
	return newPattern(Document{regardless(d.Expr, fields)})
}

func regardless(x Expr, fields []Selector) Expr {
	switch x := x.(type) {
	case And:
		return conjunction(eachRegardless(x, fields)...)
	case Or:
		return disjunction(eachRegardless(x, fields)...)
	case *Condition:
		if anyCovers(fields, x.Selector) {
			return Constant(true)
		}
	}
	return x
}

func eachRegardless(xs []Expr, fields []Selector) []Expr {
	folded := make([]Expr, len(xs))
	for i, x := range xs {
		folded[i] = regardless(x, fields)
	}
	return folded
}
