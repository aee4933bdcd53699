package hcl

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// repetition says how often a resource or module is there.
type repetition struct {
	kind  resource.KeyKind
	keys  []turn
	marks cty.ValueMarks // of what decides
	// unsettled says that how often cannot be told: one instance without a key
	// stands for all then.
	unsettled bool
	why       string
}

// A turn is one instance of what is repeated.
type turn struct {
	key   resource.Key
	names map[string]cty.Value // each or count
}

// repeat evaluates count, for_each and enabled of a block.
func (s *scope) repeat(b *hclsyntax.Block, name string) repetition {
	if e := enabled(b); e != nil {
		v, diags := e.Value(s.base)
		marks := marksOf(v)
		v, _ = v.UnmarkDeep()
		v = as(v, cty.Bool)
		switch {
		case diags.HasErrors() || v.Type() != cty.Bool || !v.IsKnown() || v.IsNull():
			return s.unsettled(b, name, "enabled", resource.NoKey, marks, diags)
		case v.False():
			return repetition{}
		}
	}
	if e := argument(b, "count"); e != nil {
		return s.counted(b, name, e)
	}
	if e := argument(b, "for_each"); e != nil {
		return s.forEach(b, name, e)
	}
	return repetition{keys: []turn{{}}}
}

// enabled is OpenTofu's lifecycle { enabled = ... }.
func enabled(b *hclsyntax.Block) hclsyntax.Expression {
	for _, inner := range b.Body.Blocks {
		if inner.Type == "lifecycle" {
			return argument(inner, "enabled")
		}
	}
	return nil
}

func (s *scope) counted(b *hclsyntax.Block, name string, e hclsyntax.Expression) repetition {
	v, diags := e.Value(s.base)
	marks := marksOf(v)
	v, _ = v.UnmarkDeep()
	written := v
	v, err := retyped(written, cty.Number)
	if diags.HasErrors() || err != nil || v.IsNull() || !v.IsKnown() {
		if err != nil || v.IsNull() && !diags.HasErrors() {
			diags = append(diags, noCount(e, written)...)
		}
		return s.unsettled(b, name, "count", resource.IntKey, marks, diags)
	}
	n, accuracy := v.AsBigFloat().Int64()
	if n < 0 || accuracy != big.Exact {
		return s.unsettled(b, name, "count", resource.IntKey, marks, noCount(e, written))
	}
	r := repetition{kind: resource.IntKey, marks: marks}
	if !s.allow(name, int(min(n, maxInstances+1)), e.Range()) {
		return r
	}
	for i := range int(n) {
		index := cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(int64(i))})
		r.keys = append(r.keys, turn{resource.Key{Kind: resource.IntKey, Int: i}, map[string]cty.Value{"count": index}})
	}
	return r
}

func (s *scope) forEach(b *hclsyntax.Block, name string, e hclsyntax.Expression) repetition {
	v, diags := e.Value(s.base)
	plain, marks := unmark(v)
	switch {
	case diags.HasErrors() || !plain.IsKnown() && !s.isNoMap(plain, e):
		return s.unsettled(b, name, "for_each", resource.StringKey, marksOf(v), diags)
	case !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() || plain.Type().IsListType() || plain.Type().IsTupleType():
		return s.unsettled(b, name, "for_each", resource.StringKey, marksOf(v), s.noKeys(plain, e))
	}
	r := repetition{kind: resource.StringKey, marks: marks}
	if !s.allow(name, plain.LengthInt(), e.Range()) {
		return r
	}
	for it := plain.ElementIterator(); it.Next(); {
		key, element := it.Element()
		key, _ = key.Unmark()
		if !key.IsKnown() || key.IsNull() || key.Type() != cty.String {
			return s.unsettled(b, name, "for_each", resource.StringKey, marksOf(v), badKey(key, e))
		}
		each := cty.ObjectVal(map[string]cty.Value{"key": key, "value": element.WithMarks(marks)})
		r.keys = append(r.keys, turn{resource.Key{Kind: resource.StringKey, Str: key.AsString()}, map[string]cty.Value{"each": each}})
	}
	return r
}

// allow says whether there may be so many instances.
func (s *scope) allow(name string, n int, at hcl.Range) bool {
	s.ev.instances += n
	if n <= maxInstances && s.ev.instances <= 10*maxInstances {
		return true
	}
	s.ev.fail(errorAt(at, "%s: more than %d instances", s.in(name), maxInstances).
		WithHint("iacgate evaluates every instance; no real account has so many alarms"))
	return false
}

// unsettled is the repetition of what cannot be told.
func (s *scope) unsettled(b *hclsyntax.Block, name, by string, kind resource.KeyKind, marks cty.ValueMarks, diags hcl.Diagnostics) repetition {
	hidden := unknownFrom(cty.DynamicPseudoType, mark{kind: opaque, address: s.in(name) + "." + by}).WithMarks(only(marks, managed, outside, unset, decider, opaque, secret))
	r := repetition{
		kind: kind, marks: deciding(marks, false), unsettled: true,
		keys: []turn{{names: map[string]cty.Value{
			"each": cty.ObjectVal(map[string]cty.Value{
				"key": withSymbol(as(hidden, cty.String), s.in(name)+".each.key"), "value": withSymbol(hidden, s.in(name)+".each.value"),
			}),
			"count": cty.ObjectVal(map[string]cty.Value{"index": withSymbol(hidden, s.in(name)+".count.index")}),
		}}},
	}
	s.refuseCertain(s.in(name), diags, argument(b, by))
	reason := "known only after apply"
	if names := append(append(namesOf(marks, unset), namesOf(marks, decider)...), namesOf(marks, placed)...); len(names) > 0 {
		reason = lacking(names)
	} else if diags.HasErrors() {
		reason = first(diags)
	} else if names := namesOf(marks, opaque); len(names) > 0 {
		reason = names[0] + " is not known"
	}
	p := position(b.DefRange())
	r.why = fmt.Sprintf("the instances of %s (%s:%d) are not known: %s", s.in(name), p.File, p.Line, reason)
	return r
}

// lacking says what is not known of what decides, and what would settle it.
func lacking(symbols []string) string {
	var all []string
	for _, symbol := range slices.Compact(slices.Sorted(slices.Values(symbols))) {
		what, settle := resource.Lacking(symbol)
		if settle != "" {
			what += " (" + settle + ")"
		}
		all = append(all, what)
	}
	return strings.Join(all, ", ")
}

// first is the first error of some diagnostics, in one line.
func first(diags hcl.Diagnostics) string {
	errs := firstOf(diags)
	if len(errs) == 0 {
		return ""
	}
	text := lowered(errs[0].Summary)
	if detail, _, _ := strings.Cut(errs[0].Detail, "\n"); detail != "" {
		text += ": " + strings.TrimSuffix(lowered(detail), ".")
	}
	return text
}
