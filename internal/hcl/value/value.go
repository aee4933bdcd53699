// Package value has what is to be known of values besides cty: which sources a value
// comes from (marks), what is known of one that is not known as a whole (outlines),
// how values become others of another type, and what all of that costs.
//
// A mark goes where the value goes. Sources are marks that cty carries through every
// operation; an outline is one that whatever makes a new value takes off.
package value

import (
	"errors"
	"maps"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// ScalarText is the text of a known string, number or truth value.
func ScalarText(v cty.Value) (string, bool) {
	if v == cty.NilVal {
		return "", false
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || !v.Type().IsPrimitiveType() {
		return "", false
	}
	v, err := Convert(v, cty.String)
	return v.AsString(), err == nil
}

func KnownString(v cty.Value) (string, bool) {
	v, _ = v.Unmark()
	if v == cty.NilVal || !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

func KnownNumber(v cty.Value) (float64, bool) {
	v, _ = v.Unmark()
	if v == cty.NilVal || !v.IsKnown() || v.IsNull() || v.Type() != cty.Number {
		return 0, false
	}
	n, _ := v.AsBigFloat().Float64()
	return n, true
}

// Elements returns what is in a list, with the marks of the list on each; ok is
// false where it cannot be told.
func Elements(v cty.Value) (list []cty.Value, ok bool, err error) {
	plain, marks := Unmark(v)
	if !plain.IsKnown() {
		return nil, false, nil
	}
	t := plain.Type()
	if plain.IsNull() || !(t.IsListType() || t.IsTupleType() || t.IsSetType()) {
		return nil, false, errors.New("not a list")
	}
	for it := plain.ElementIterator(); it.Next(); {
		_, e := it.Element()
		list = append(list, e.WithMarks(marks))
	}
	return list, true, nil
}

// OneOf is unknown and made of some of the values.
func OneOf(values ...cty.Value) cty.Value {
	marks := cty.ValueMarks{}
	for _, v := range values {
		maps.Copy(marks, MarksOf(v))
	}
	return cty.DynamicVal.WithMarks(marks)
}

// Equal compares two values as far as they are known: texts, and lists of them.
func Equal(a, b cty.Value) resource.Tri {
	if equal, ok := samePlain(a, b); ok {
		return equal
	}
	if x, ok := TextOf(a); ok {
		if y, ok := TextOf(b); ok && sameKind(a.Type(), b.Type()) {
			return x.Equal(y)
		}
	}
	x, _ := a.UnmarkDeep()
	y, _ := b.UnmarkDeep()
	if !x.IsWhollyKnown() || !y.IsWhollyKnown() {
		return resource.Maybe
	}
	if x.Type().Equals(y.Type()) && x.RawEquals(y) {
		return resource.Yes
	}
	return resource.No
}

// samePlain compares known numbers, texts and truth values of one type, which most
// values in long lists are.
func samePlain(a, b cty.Value) (equal resource.Tri, ok bool) {
	x, _ := a.Unmark()
	y, _ := b.Unmark()
	if t := x.Type(); !t.IsPrimitiveType() || t != y.Type() || !x.IsKnown() || !y.IsKnown() || x.IsNull() || y.IsNull() {
		return resource.Maybe, false
	}
	if x.RawEquals(y) {
		return resource.Yes, true
	}
	return resource.No, true
}

// sameKind says whether two texts are equal where the values are: "1" is not 1.
func sameKind(a, b cty.Type) bool {
	return a == b || a == cty.DynamicPseudoType && b == cty.String || b == cty.DynamicPseudoType && a == cty.String
}
