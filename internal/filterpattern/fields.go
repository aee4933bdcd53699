package filterpattern

import "slices"

// Selectors returns what a JSON pattern looks at: its distinct selectors, in
// reading order. Patterns of other kinds have none.
func (p *Pattern) Selectors() []Selector {
	d, ok := p.body.(Document)
	if !ok {
		return nil
	}
	var selectors []Selector
	seen := map[string]bool{}
	conditions(d.Expr, func(c *Condition) {
		if key := c.Selector.String(); !seen[key] {
			seen[key] = true
			selectors = append(selectors, c.Selector)
		}
	})
	return selectors
}

// Conditions returns the conditions of a JSON pattern, in reading order. Patterns of other
// kinds have none.
func (p *Pattern) Conditions() []*Condition {
	d, ok := p.body.(Document)
	if !ok {
		return nil
	}
	var all []*Condition
	conditions(d.Expr, func(c *Condition) { all = append(all, c) })
	return all
}

// TopFields returns the names of the event's own fields that a JSON pattern
// looks at or into, each once: userIdentity for $.userIdentity.type.
func (p *Pattern) TopFields() []string {
	var names []string
	for _, s := range p.Selectors() {
		if name := s[0].Name; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

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
	d, ok := p.body.(Document)
	if !ok {
		return nil
	}
	var all []Comparison
	conditions(d.Expr, func(c *Condition) {
		if c.Op == Equal || c.Op == NotEqual {
			all = append(all, Comparison{c.Selector, c.Value.Text, c.Op == Equal})
		}
	})
	return all
}

// Excludes returns patterns of what single conditions of a JSON pattern keep
// out: what != compares with, and a field that is asked to be absent. Events
// without the field of a != are kept out, too, and in none of these patterns.
func (p *Pattern) Excludes() []*Pattern {
	d, ok := p.body.(Document)
	if !ok {
		return nil
	}
	var all []*Pattern
	conditions(d.Expr, func(c *Condition) {
		switch {
		case c.Selector.HasWildcard():
		case c.Op == NotEqual:
			all = append(all, newPattern(Document{&Condition{Selector: c.Selector, Op: Equal, Value: c.Value}}))
		case c.Op == NotExists:
			all = append(all, newPattern(Document{&Condition{Selector: c.Selector, Op: Equal, Value: NewText("*")}}))
		}
	})
	return all
}
