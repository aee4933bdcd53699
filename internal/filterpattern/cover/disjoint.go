package cover

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// disjoint reports whether two of the patterns ask one field for different texts: a
// cheap proof that no event matches both. Only fields that hold a text and nothing
// else count, since an element of an array is compared, too.
func (ax Axioms) disjoint(patterns []*filterpattern.Pattern) bool {
	var before []map[string][]string
	for _, p := range patterns {
		d, ok := p.Body().(filterpattern.Document)
		if !ok {
			continue
		}
		asked := requiredTexts(d.Expr)
		for field, texts := range asked {
			if !ax.isText(field) {
				continue
			}
			for _, other := range before {
				if theirs, ok := other[field]; ok && !overlap(texts, theirs) {
					return true
				}
			}
		}
		before = append(before, asked)
	}
	return false
}

func (ax Axioms) isText(field string) bool {
	return slices.ContainsFunc(ax.Fields, func(f Field) bool { return f.Path == field && f.Kinds == StringValue })
}

// requiredTexts returns, by field, texts of which an event has one wherever x holds.
func requiredTexts(x filterpattern.Expr) map[string][]string {
	switch x := x.(type) {
	case *filterpattern.Condition:
		if x.Op == filterpattern.Equal && x.Value.Kind == filterpattern.TextLiteral && len(x.Value.Parts()) == 1 {
			return map[string][]string{x.Selector.String(): {x.Value.Parts()[0]}}
		}
	case filterpattern.And:
		all := map[string][]string{}
		for _, operand := range x {
			for field, texts := range requiredTexts(operand) {
				if had, ok := all[field]; !ok || len(texts) < len(had) {
					all[field] = texts
				}
			}
		}
		return all
	case filterpattern.Or:
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

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(text string) bool { return slices.Contains(b, text) })
}
