package embedded

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// plainText returns a text of which nothing is unknown. What is sensitive is not taken
// apart: its pieces would be secrets of which nobody knows.
func plainText(v resource.Value) (string, bool) {
	text, ok := v.Text()
	return text, ok && len(resource.Symbols(text)) == 0 && !v.IsSensitive()
}

// lacking names what the symbols of a value lack, and what would give it to them.
func lacking(v resource.Value) string {
	if v.IsSensitive() {
		return ": it is sensitive"
	}
	o, _ := v.Origin()
	names := resource.Symbols(o.Symbolic)
	if o.Cause == resource.Variable {
		names = append(names, o.Via...)
	}
	slices.Sort(names)
	var all []string
	for _, name := range slices.Compact(names) {
		if what, settle := resource.ExplainMissing(name); settle != "" {
			all = append(all, what+" ("+settle+")")
		}
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + strings.Join(all, ", ")
}

// wholeRef returns the one attribute that an unknown value equals.
func wholeRef(v resource.Value) (ref resource.Ref, ok bool) {
	o, known := v.Origin()
	if !known || !v.IsUnknown() || !o.Whole() {
		return ref, false
	}
	return o.Refs[0], true
}
