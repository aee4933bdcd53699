package hcl

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// repeat evaluates count, for_each and enabled of a block.
func (s *scope) repeat(b *hclsyntax.Block, name string) repetition {
	if e := enabled(b); e != nil {
		v, diags := e.Value(s.base)
		marks := value.MarksOf(v)
		v, _ = v.UnmarkDeep()
		v = value.TryConvert(v, cty.Bool)
		switch {
		case diags.HasErrors() || v.Type() != cty.Bool || !v.IsKnown() || v.IsNull():
			return s.expansionUnknown(b, name, "enabled", resource.NoKey, marks, diags)
		case v.False():
			return repetition{}
		}
	}
	if e := syntax.Argument(b, "count"); e != nil {
		return s.counted(b, name, e)
	}
	if e := syntax.Argument(b, "for_each"); e != nil {
		return s.forEach(b, name, e)
	}
	return repetition{keys: []iteration{{}}}
}

func (s *scope) counted(b *hclsyntax.Block, name string, e hclsyntax.Expression) repetition {
	v, diags := e.Value(s.base)
	marks := value.MarksOf(v)
	v, _ = v.UnmarkDeep()
	written := v
	v, err := value.Convert(written, cty.Number)
	if diags.HasErrors() || err != nil || v.IsNull() || !v.IsKnown() {
		if err != nil || v.IsNull() && !diags.HasErrors() {
			diags = append(diags, noCount(e, written)...)
		}
		return s.expansionUnknown(b, name, "count", resource.IntKey, marks, diags)
	}
	n, accuracy := v.AsBigFloat().Int64()
	if n < 0 || accuracy != big.Exact {
		return s.expansionUnknown(b, name, "count", resource.IntKey, marks, noCount(e, written))
	}
	r := repetition{kind: resource.IntKey, marks: marks}
	if !s.allow(name, int(min(n, maxInstances+1)), e.Range()) {
		return r
	}
	for i := range int(n) {
		index := cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(int64(i))})
		r.keys = append(r.keys, iteration{resource.Key{Kind: resource.IntKey, Int: i}, map[string]cty.Value{"count": index}})
	}
	return r
}

func (s *scope) forEach(b *hclsyntax.Block, name string, e hclsyntax.Expression) repetition {
	v, diags := e.Value(s.base)
	plain, marks := value.Unmark(v)
	switch {
	case diags.HasErrors() || !plain.IsKnown() && !s.isNoMap(plain, e):
		return s.expansionUnknown(b, name, "for_each", resource.StringKey, value.MarksOf(v), diags)
	case !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() || plain.Type().IsListType() || plain.Type().IsTupleType():
		return s.expansionUnknown(b, name, "for_each", resource.StringKey, value.MarksOf(v), s.noKeys(plain, e))
	}
	r := repetition{kind: resource.StringKey, marks: marks}
	if !s.allow(name, plain.LengthInt(), e.Range()) {
		return r
	}
	for it := plain.ElementIterator(); it.Next(); {
		key, element := it.Element()
		key, _ = key.Unmark()
		if !key.IsKnown() || key.IsNull() || key.Type() != cty.String {
			return s.expansionUnknown(b, name, "for_each", resource.StringKey, value.MarksOf(v), badKey(key, e))
		}
		each := cty.ObjectVal(map[string]cty.Value{"key": key, "value": element.WithMarks(marks)})
		r.keys = append(r.keys, iteration{resource.Key{Kind: resource.StringKey, Str: key.AsString()}, map[string]cty.Value{"each": each}})
	}
	return r
}

// allow reports whether the number of instances is within the bound.
func (s *scope) allow(name string, n int, at hcl.Range) bool {
	s.ev.instances += n
	if n <= maxInstances && s.ev.instances <= 10*maxInstances {
		return true
	}
	s.ev.Fail(syntax.DiagnosticAt(at, "%s: more than %d instances", s.in(name), maxInstances).
		WithHint("iacgate evaluates every instance; no real account has so many alarms"))
	return false
}

// expansionUnknown returns the repetition of a block whose count or keys are unknown.
func (s *scope) expansionUnknown(b *hclsyntax.Block, name, by string, kind resource.KeyKind, marks cty.ValueMarks, diags hcl.Diagnostics) repetition {
	hidden := value.Unknown(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: s.in(name) + "." + by}).WithMarks(value.OfKinds(marks, value.Managed, value.Outside, value.Unset, value.Decider, value.Opaque, value.Sensitive))
	r := repetition{
		kind: kind, marks: value.ConditionMarks(marks, false), unknown: true,
		keys: []iteration{{names: map[string]cty.Value{
			"each": cty.ObjectVal(map[string]cty.Value{
				"key": value.WithSymbol(value.TryConvert(hidden, cty.String), s.in(name)+".each.key"), "value": value.WithSymbol(hidden, s.in(name)+".each.value"),
			}),
			"count": cty.ObjectVal(map[string]cty.Value{"index": value.WithSymbol(hidden, s.in(name)+".count.index")}),
		}}},
	}
	s.refuseCertain(s.in(name), diags, syntax.Argument(b, by))
	reason := "known only after apply"
	if names := append(append(value.AddressesOf(marks, value.Unset), value.AddressesOf(marks, value.Decider)...), value.AddressesOf(marks, value.Placed)...); len(names) > 0 {
		reason = lacking(names)
	} else if diags.HasErrors() {
		reason = syntax.FirstMessage(diags)
	} else if names := value.AddressesOf(marks, value.Opaque); len(names) > 0 {
		reason = names[0] + " is not known"
	}
	p := syntax.Position(b.DefRange())
	r.why = fmt.Sprintf("the instances of %s (%s:%d) are not known: %s", s.in(name), p.File, p.Line, reason)
	return r
}

// lacking names the unknown values that decide, and what would supply them.
func lacking(symbols []string) string {
	var all []string
	for _, symbol := range slices.Compact(slices.Sorted(slices.Values(symbols))) {
		what, settle := resource.ExplainMissing(symbol)
		if settle != "" {
			what += " (" + settle + ")"
		}
		all = append(all, what)
	}
	return strings.Join(all, ", ")
}
