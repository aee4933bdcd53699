package filterpattern

import "slices"

// RequiredTexts returns, by the selectors of fields, texts of which each event that the
// pattern matches has one. Callers must not change them.
func (p *Pattern) RequiredTexts() map[string][]string { return p.required() }

// requiredTexts returns, by field, texts of which an event has one wherever x holds.
func requiredTexts(x Expr) map[string][]string {
	switch x := x.(type) {
	case *Condition:
		if x.Op == Equal && x.Value.Kind == TextLiteral && len(x.Value.Parts()) == 1 {
			return map[string][]string{x.Selector.String(): {x.Value.Parts()[0]}}
		}
	case And:
		all := map[string][]string{}
		for _, operand := range x {
			for field, texts := range requiredTexts(operand) {
				if had, ok := all[field]; !ok || len(texts) < len(had) {
					all[field] = texts
				}
			}
		}
		return all
	case Or:
		all := requiredTexts(x[0])
		for _, operand := range x[1:] {
			more := requiredTexts(operand)
			for field, texts := range all {
				if others, ok := more[field]; ok {
					all[field] = slices.Concat(texts, others)
				} else {
					delete(all, field)
				}
			}
		}
		return all
	}
	return nil
}
