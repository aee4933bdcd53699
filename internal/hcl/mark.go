package hcl

import (
	"cmp"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// A mark is where a value comes from. cty carries marks through every operation;
// as they end in a set, all that is to be known of a source is in one mark.
type mark struct {
	kind    source
	address string // of a resource instance, or a name as the code writes it
	path    string // of an attribute
	kept    bool   // a policy sees the resource
}

// source is a kind of mark.
type source uint8

const (
	// managed: an attribute of a resource, or of a data source that is kept.
	managed source = iota
	// outside: an attribute of another data source.
	outside
	// unset: an input variable without a value.
	unset
	// opaque: what cannot be evaluated: a missing module, timestamp().
	opaque
	// decider: an input variable without a value decides which value it is.
	decider
	// chosen: something that is not known decides which value it is.
	chosen
	// made: the value is made from its sources and equals none of them.
	made
	// secret: the code marks it as sensitive.
	secret
	// placed: the account, region, partition or workspace, which nothing states:
	// the address is the name of its symbol.
	placed
	// other: it may be something that is none of its sources.
	other
)

// unknownFrom is an unknown value with one source.
func unknownFrom(t cty.Type, m mark) cty.Value { return cty.UnknownVal(t).Mark(m) }

// symbolFrom is an unknown value that is the same wherever its source is.
func symbolFrom(t cty.Type, m mark) cty.Value { return withSymbol(unknownFrom(t, m), m.address) }

// marksOf returns the marks of a value and of all inside it.
func marksOf(v cty.Value) cty.ValueMarks {
	if v == cty.NilVal || !v.ContainsMarked() {
		return nil
	}
	_, marks := v.UnmarkDeep()
	return withoutOutlines(marks)
}

// only returns the marks of some kinds.
func only(marks cty.ValueMarks, kinds ...source) cty.ValueMarks {
	some := cty.ValueMarks{}
	for m := range marks {
		if m, ok := m.(mark); ok && slices.Contains(kinds, m.kind) {
			some[m] = struct{}{}
		}
	}
	return some
}

func has(marks cty.ValueMarks, kind source) bool {
	for m := range marks {
		if m, ok := m.(mark); ok && m.kind == kind {
			return true
		}
	}
	return false
}

// deciding are the marks that a condition leaves on what it decides: its sources
// are no part of the result, but where it is not known they say what decides.
func deciding(condition cty.ValueMarks, known bool) cty.ValueMarks {
	some := only(condition, secret)
	if known {
		return some
	}
	some[mark{kind: chosen}] = struct{}{}
	for m := range condition {
		if m, ok := m.(mark); ok && (m.kind == unset || m.kind == decider || m.kind == placed) {
			some[mark{kind: decider, address: m.address}] = struct{}{}
		}
	}
	return some
}

// undecided are the marks of a value of which it is not known which part of
// something it is.
func undecided(marks cty.ValueMarks) cty.ValueMarks {
	some := deciding(marks, false)
	some[mark{kind: other}] = struct{}{}
	return some
}

// originOf says what marks tell of an unknown value.
func originOf(marks cty.ValueMarks) resource.Origin {
	refs := refsOf(marks)
	o := resource.Origin{Refs: refs}
	deciders := namesOf(marks, decider)
	open := len(deciders) > 0 || has(marks, unset) && has(marks, other) // it may be what nothing sets
	if len(refs) > 0 {
		deciders = append(deciders, namesOf(marks, unset)...)
		slices.Sort(deciders)
		deciders = slices.Compact(deciders)
	}
	o.Deciders = deciders
	sure := !has(marks, chosen) && !has(marks, unset) && !has(marks, opaque)
	o.Made = has(marks, made) || has(marks, other) || has(marks, opaque)
	switch {
	case open && len(deciders) > 0:
		o.Cause = resource.Variable
	case len(refs) > 0:
		o.Cause = resource.Outside
		if has(marks, managed) {
			o.Cause = resource.Referenced
		}
		o.Certain = sure
		o.Exact = sure && len(refs) == 1 && !o.Made
	case has(marks, unset):
		o.Cause, o.Via = resource.Variable, namesOf(marks, unset)
	default:
		o.Cause, o.Via = resource.Opaque, namesOf(marks, opaque)
	}
	return o
}

func refsOf(marks cty.ValueMarks) []resource.Ref {
	var refs []resource.Ref
	for m := range only(marks, managed, outside) {
		m := m.(mark)
		refs = append(refs, resource.Ref{Address: m.address, Attribute: m.path})
	}
	slices.SortFunc(refs, compareRefs)
	return refs
}

func compareRefs(a, b resource.Ref) int {
	return cmp.Or(cmp.Compare(a.Address, b.Address), cmp.Compare(a.Attribute, b.Attribute))
}

func namesOf(marks cty.ValueMarks, kind source) []string {
	names := map[string]bool{}
	for m := range only(marks, kind) {
		if name := m.(mark).address; name != "" {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
