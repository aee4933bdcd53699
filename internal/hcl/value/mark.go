package value

import (
	"cmp"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Mark is where a value comes from. cty carries marks through every operation;
// as they end in a set, one mark holds all facts about a source.
type Mark struct {
	Kind    Kind
	Address string // of a resource instance, or a name as the code writes it
	Path    string // of an attribute
	Kept    bool   // a policy sees the resource
}

// Kind is a kind of mark.
type Kind uint8

const (
	// Managed: an attribute of a resource, or of a data source that is kept.
	Managed Kind = iota
	// Outside: an attribute of another data source.
	Outside
	// Unset: an input variable without a value.
	Unset
	// Opaque: something that cannot be evaluated: a missing module, timestamp().
	Opaque
	// Decider: an input variable without a value decides which value it is.
	Decider
	// Chosen: something that is not known decides which value it is.
	Chosen
	// Made: the value is made from its sources and equals none of them.
	Made
	// Sensitive: the code marks it as sensitive.
	Sensitive
	// Placed: the account, region, partition or workspace, which nothing states:
	// the address is the name of its symbol.
	Placed
	// MaybeOther: it may be a value from none of its sources.
	MaybeOther
)

// Unknown returns an unknown value with one source.
func Unknown(t cty.Type, m Mark) cty.Value { return cty.UnknownVal(t).Mark(m) }

// UnknownSymbol returns an unknown value that is the same wherever its source is.
func UnknownSymbol(t cty.Type, m Mark) cty.Value { return WithSymbol(Unknown(t, m), m.Address) }

// MarksOf returns the marks of a value and of all inside it.
func MarksOf(v cty.Value) cty.ValueMarks {
	if v == cty.NilVal {
		return nil
	}
	if v.Type().IsPrimitiveType() {
		_, marks := v.Unmark() // nothing is inside
		return MarksWithoutOutlines(marks)
	}
	if !v.ContainsMarked() {
		return nil
	}
	_, marks := v.UnmarkDeep()
	return MarksWithoutOutlines(marks)
}

// OfKinds returns the marks of some kinds.
func OfKinds(marks cty.ValueMarks, kinds ...Kind) cty.ValueMarks {
	some := cty.ValueMarks{}
	for m := range marks {
		if m, ok := m.(Mark); ok && slices.Contains(kinds, m.Kind) {
			some[m] = struct{}{}
		}
	}
	return some
}

func HasKind(marks cty.ValueMarks, kind Kind) bool {
	for m := range marks {
		if m, ok := m.(Mark); ok && m.Kind == kind {
			return true
		}
	}
	return false
}

// ConditionMarks returns the marks that a condition leaves on what it decides: its sources
// are not part of the result, but if it is not known they say what decides.
func ConditionMarks(condition cty.ValueMarks, known bool) cty.ValueMarks {
	some := OfKinds(condition, Sensitive)
	if known {
		return some
	}
	some[Mark{Kind: Chosen}] = struct{}{}
	for m := range condition {
		if m, ok := m.(Mark); ok && (m.Kind == Unset || m.Kind == Decider || m.Kind == Placed) {
			some[Mark{Kind: Decider, Address: m.Address}] = struct{}{}
		}
	}
	return some
}

// UnknownPartMarks returns the marks of a value that is an unknown part of another one.
func UnknownPartMarks(marks cty.ValueMarks) cty.ValueMarks {
	some := ConditionMarks(marks, false)
	some[Mark{Kind: MaybeOther}] = struct{}{}
	return some
}

// OriginOf returns the origin of an unknown value, from its marks.
func OriginOf(marks cty.ValueMarks) resource.Origin {
	refs := RefsOf(marks)
	o := resource.Origin{Refs: refs}
	deciders := AddressesOf(marks, Decider)
	open := len(deciders) > 0 || HasKind(marks, Unset) && HasKind(marks, MaybeOther) // it may be what nothing sets
	if len(refs) > 0 {
		deciders = append(deciders, AddressesOf(marks, Unset)...)
		slices.Sort(deciders)
		deciders = slices.Compact(deciders)
	}
	o.Deciders = deciders
	sure := !HasKind(marks, Chosen) && !HasKind(marks, Unset) && !HasKind(marks, Opaque)
	o.Made = HasKind(marks, Made) || HasKind(marks, MaybeOther) || HasKind(marks, Opaque)
	switch {
	case open && len(deciders) > 0:
		o.Cause = resource.Variable
	case len(refs) > 0:
		o.Cause = resource.Outside
		if HasKind(marks, Managed) {
			o.Cause = resource.Referenced
		}
		o.Certain = sure
		o.Exact = sure && len(refs) == 1 && !o.Made
	case HasKind(marks, Unset):
		o.Cause, o.Via = resource.Variable, AddressesOf(marks, Unset)
	default:
		o.Cause, o.Via = resource.Opaque, AddressesOf(marks, Opaque)
	}
	return o
}

func RefsOf(marks cty.ValueMarks) []resource.Ref {
	var refs []resource.Ref
	for m := range OfKinds(marks, Managed, Outside) {
		m := m.(Mark)
		refs = append(refs, resource.Ref{Address: m.Address, Attribute: m.Path})
	}
	slices.SortFunc(refs, compareRefs)
	return refs
}

func compareRefs(a, b resource.Ref) int {
	return cmp.Or(cmp.Compare(a.Address, b.Address), cmp.Compare(a.Attribute, b.Attribute))
}

func AddressesOf(marks cty.ValueMarks, kind Kind) []string {
	names := map[string]bool{}
	for m := range OfKinds(marks, kind) {
		if name := m.(Mark).Address; name != "" {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
