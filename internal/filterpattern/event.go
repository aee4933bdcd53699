package filterpattern

import "encoding/json"

// holdsIn answers the condition for an event, a JSON object decoded with
// json.Number for numbers.
func (c *condition) holdsIn(event map[string]any) bool {
	if i := c.selector.wildcard(); i >= 0 {
		return c.holdsInAny(event, i)
	}
	values := lookUp(event, c.selector.steps)
	if len(values) == 0 {
		return c.op == notExists
	}
	return c.holdsFor(values[0])
}

// holdsInAny answers for a selector with a wildcard at position i. Most
// conditions ask for one selected value that satisfies them. != asks that none
// is equal and that what the wildcard walks through exists, whatever it is;
// NOT EXISTS asks that nothing is selected (all recorded).
func (c *condition) holdsInAny(event map[string]any, i int) bool {
	values := lookUp(event, c.selector.steps)
	switch c.op {
	case notExists:
		return len(values) == 0
	case exists:
		return len(values) > 0
	case notEqual:
		opposite := condition{op: equal, value: c.value}
		return len(lookUp(event, c.selector.steps[:i])) > 0 && !opposite.holdsForAny(values)
	case isNull:
		return anyNull(values)
	}
	return c.holdsForAny(values)
}

func (c *condition) holdsForAny(values []any) bool {
	for _, value := range values {
		if c.holdsFor(value) {
			return true
		}
	}
	return false
}

// holdsFor answers for one value that is there. Comparisons are false for all
// but strings and numbers, != included (recorded).
func (c *condition) holdsFor(value any) bool {
	switch value := value.(type) {
	case nil:
		return c.op == isNull || c.op == exists
	case bool:
		return c.op == isTrue && value || c.op == isFalse && !value || c.op == exists
	case string:
		return c.holdsForText(value)
	case json.Number:
		return c.holdsForNumber(newNumber(value.String()))
	case []any:
		return c.op == isNull && anyNull(value) || c.op == exists
	}
	return c.op == exists
}

func (c *condition) holdsForText(text string) bool {
	switch c.op {
	case equal, notEqual:
		return c.value.matchesText(text) == (c.op == equal)
	case contains:
		return c.value.matchesText(text)
	}
	return c.op == exists
}

func (c *condition) holdsForNumber(n number) bool {
	switch {
	case c.op == equal || c.op == notEqual:
		return c.value.matchesNumber(c.op, n)
	case c.op.orders():
		return n.finite && c.op.admits(n.value.cmp(c.value.number))
	}
	return c.op == exists
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
