package graph

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// ARNOf returns the ARN that a value without a text is, from the attribute that it refers
// to or the beginning of its text; the zero ARN if it is none. known is false if neither
// decides; what names the value.
func (g *Graph) ARNOf(v resource.Value) (what string, arn ARN, known bool) {
	o, ok := v.Origin()
	if !ok || !v.IsUnknown() || len(o.Deciders) > 0 {
		return "", ARN{}, false
	}
	if o.Cause == resource.Referenced && o.Whole() && len(o.Refs) == 1 {
		ref := o.Refs[0]
		if t := catalog.ByName(g.typeOf(ref.Address)); t != nil && ref.Attribute != "" {
			arn, _ = ParseARN(t.ARNOf(ref.Attribute))
			return ref.String(), arn, true
		}
	}
	text, ok := v.Symbolic()
	if !ok {
		return "", ARN{}, false
	}
	if arn, ok := ParseARN(text); ok {
		return text, arn, len(resource.Symbols(arn.Service)) == 0
	}
	symbol, begins := resource.SymbolName(text)
	of, generated := resource.GeneratedFor(symbol)
	switch {
	case begins && generated:
		return "the name of " + of, ARN{}, true // that AWS makes up
	case begins || strings.HasPrefix("arn:", text) || strings.HasPrefix(text, "arn:"):
		return "", ARN{}, false
	}
	return text, ARN{}, true
}

// IsAround reports whether a value is a text around an attribute of a resource in the
// input, which names something else.
func (g *Graph) IsAround(v resource.Value) bool {
	o, _ := v.Origin()
	return !o.Whole() && (o.Made || o.Symbolic != "") && slices.ContainsFunc(o.Refs, func(r resource.Ref) bool { return catalog.ByName(g.typeOf(r.Address)) != nil })
}
