package cover

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// disjoint reports whether two of the patterns ask one field for different texts: a
// cheap proof that no event matches both. Only fields that hold a text and nothing
// else count, since an element of an array is compared, too.
func (ax Axioms) disjoint(patterns []*filterpattern.Pattern) bool {
	for i, p := range patterns {
		for field, texts := range p.RequiredTexts() {
			for _, other := range patterns[:i] {
				if theirs, ok := other.RequiredTexts()[field]; ok && !overlap(texts, theirs) && ax.isText(field) {
					return true
				}
			}
		}
	}
	return false
}

func (ax Axioms) isText(field string) bool {
	return slices.ContainsFunc(ax.Fields, func(f Field) bool { return f.Path == field && f.Kinds == StringValue })
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(text string) bool { return slices.Contains(b, text) })
}
