package filterpattern

import "encoding/json"

// holdsIn answers the condition for an event, a JSON object decoded with
// json.Number for numbers.
func (c *Condition) holdsIn(event map[string]any) bool {
	if i := c.Selector.WildcardIndex(); i >= 0 {
		return c.holdsInAny(event, i)
	}
	values := lookUp(event, c.Selector)
	if len(values) == 0 {
		return c.Op == NotExists
	}
	return c.HoldsFor(values[0])
}

// holdsInAny answers for a selector with a wildcard at position i. Most
// conditions ask for one selected value that satisfies them. != asks that none
// is equal and that what the wildcard walks through exists, whatever it is;
// NOT EXISTS asks that nothing is selected (all recorded).
func (c *Condition) holdsInAny(event map[string]any, i int) bool {
	values := lookUp(event, c.Selector)
	switch c.Op {
	case NotExists:
		return len(values) == 0
	case Exists:
		return len(values) > 0
	case NotEqual:
		opposite := Condition{Op: Equal, Value: c.Value}
		return len(lookUp(event, c.Selector[:i])) > 0 && !opposite.holdsForAny(values)
	case IsNull:
		return anyNull(values)
	}
	return c.holdsForAny(values)
}

func (c *Condition) holdsForAny(values []any) bool {
	for _, value := range values {
		if c.HoldsFor(value) {
			return true
		}
	}
	return false
}

// HoldsFor answers for one value that is there. Comparisons are false for all
// but strings and numbers, != included (recorded).
func (c *Condition) HoldsFor(value any) bool {
	switch value := value.(type) {
	case nil:
		return c.Op == IsNull || c.Op == Exists
	case bool:
		return c.Op == IsTrue && value || c.Op == IsFalse && !value || c.Op == Exists
	case string:
		return c.holdsForText(value)
	case json.Number:
		return c.holdsForNumber(newNumber(value.String()))
	case []any:
		return c.Op == IsNull && anyNull(value) || c.Op == Exists
	}
	return c.Op == Exists
}

func (c *Condition) holdsForText(text string) bool {
	switch c.Op {
	case Equal, NotEqual:
		return c.Value.Matches(text) == (c.Op == Equal)
	case Contains:
		return c.Value.Matches(text)
	}
	return c.Op == Exists
}

func (c *Condition) holdsForNumber(n number) bool {
	switch {
	case c.Op == Equal || c.Op == NotEqual:
		return c.Value.matchesNumber(c.Op, n)
	case c.Op.Orders():
		return n.finite && c.Op.admits(n.value.cmp(c.Value.Number))
	}
	return c.Op == Exists
}

// anyNull reports whether an array directly holds a null; [[null]] does not
// (recorded).
func anyNull(values []any) bool {
	for _, value := range values {
		if value == nil {
			return true
		}
	}
	return false
}

// lookUp returns the values that the steps select below value, in no
// particular order.
func lookUp(value any, steps []Step) []any {
	if len(steps) == 0 {
		return []any{value}
	}
	step, rest := steps[0], steps[1:]
	var found []any
	switch container := value.(type) {
	case map[string]any:
		if child, ok := container[step.Name]; ok && step.Kind == Property {
			return lookUp(child, rest)
		}
		if step.Kind == Wildcard {
			for _, child := range container {
				found = append(found, lookUp(child, rest)...)
			}
		}
	case []any:
		if step.Kind == Element && step.Index < len(container) {
			return lookUp(container[step.Index], rest)
		}
		if step.Kind == Wildcard {
			for _, child := range container {
				found = append(found, lookUp(child, rest)...)
			}
		}
	}
	return found
}

// matchesNumber decides = and != against a number of the event. Texts compare
// with the number's own print, numbers by value; a number beyond the range of
// doubles has no value, so that neither = nor != holds (recorded).
func (l *Literal) matchesNumber(op Operator, n number) bool {
	if l.Kind != NumberLiteral {
		return l.Matches(n.print()) == (op == Equal)
	}
	return n.finite && op.admits(n.value.cmp(l.Number))
}
