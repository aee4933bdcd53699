package filterpattern

// A Comparison is one condition of a JSON pattern that compares a field with a
// text or a number.
type Comparison struct {
	Selector Selector
	Text     string // as it is written, without quotes and the marks of a regular expression
	Equal    bool   // it asks for =; else for !=
}

// Comparisons returns the conditions of a JSON pattern that ask for = or !=, in
// reading order. Patterns of other kinds have none.
func (p *Pattern) Comparisons() []Comparison {
	d, ok := p.body.(document)
	if !ok {
		return nil
	}
	var all []Comparison
	conditions(d.expr, func(c *condition) {
		if c.op == equal || c.op == notEqual {
			all = append(all, Comparison{c.selector, c.value.text, c.op == equal})
		}
	})
	return all
}

// Excludes returns patterns of what single conditions of a JSON pattern keep
// out: what != compares with, and a field that is asked to be absent. Events
// without the field of a != are kept out, too, and in none of these patterns.
func (p *Pattern) Excludes() []*Pattern {
	d, ok := p.body.(document)
	if !ok {
		return nil
	}
	var all []*Pattern
	conditions(d.expr, func(c *condition) {
		switch {
		case c.selector.HasWildcard():
		case c.op == notEqual:
			all = append(all, &Pattern{document{&condition{selector: c.selector, op: equal, value: c.value}}})
		case c.op == notExists:
			all = append(all, &Pattern{document{&condition{selector: c.selector, op: equal, value: newText("*")}}})
		}
	})
	return all
}

// Regardless returns the pattern's answer where all conditions on the given
// fields, and on what is below them, held.
func (p *Pattern) Regardless(fields []Selector) *Pattern {
	d, ok := p.body.(document)
	if !ok {
		return p
	}
	return &Pattern{document{regardless(d.expr, fields)}}
}

func regardless(x expr, fields []Selector) expr {
	switch x := x.(type) {
	case and:
		return conjunction(eachRegardless(x, fields)...)
	case or:
		return disjunction(eachRegardless(x, fields)...)
	case *condition:
		if anyCovers(fields, x.selector) {
			return constant(true)
		}
	}
	return x
}

func eachRegardless(xs []expr, fields []Selector) []expr {
	folded := make([]expr, len(xs))
	for i, x := range xs {
		folded[i] = regardless(x, fields)
	}
	return folded
}
