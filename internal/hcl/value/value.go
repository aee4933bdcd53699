// Package value adds to cty the sources of a value (marks), the known parts of unknown
// values (outlines), conversion within bounds, and the cost of all this. It evaluates no expressions.
//
// A mark goes wherever the value goes. Sources are marks that cty carries through every
// operation; an outline is a mark that every operation that makes a new value removes.
package value

import (
	"errors"
	"maps"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/truth"
)

// Elements returns the elements of a list, with the marks of the list on each; ok is
// false if it cannot be determined.
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

// OneOf returns an unknown value that is one of some values.
func OneOf(values ...cty.Value) cty.Value {
	marks := cty.ValueMarks{}
	for _, v := range values {
		maps.Copy(marks, MarksOf(v))
	}
	return cty.DynamicVal.WithMarks(marks)
}

// Equal compares two values as far as they are known: texts, and lists of them.
func Equal(a, b cty.Value) truth.Truth {
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
		return truth.Unknown
	}
	if x.Type().Equals(y.Type()) && x.RawEquals(y) {
		return truth.Yes
	}
	return truth.No
}

// samePlain compares known numbers, texts and truth values of one type, as most values
// in long lists are.
func samePlain(a, b cty.Value) (equal truth.Truth, ok bool) {
	x, _ := a.Unmark()
	y, _ := b.Unmark()
	if t := x.Type(); !t.IsPrimitiveType() || t != y.Type() || !x.IsKnown() || !y.IsKnown() || x.IsNull() || y.IsNull() {
		return truth.Unknown, false
	}
	if x.RawEquals(y) {
		return truth.Yes, true
	}
	return truth.No, true
}

// sameKind reports whether two texts are equal where the values are: "1" is not 1.
func sameKind(a, b cty.Type) bool {
	return a == b || a == cty.DynamicPseudoType && b == cty.String || b == cty.DynamicPseudoType && a == cty.String
}

// TryConvert converts a value if that is possible.
func TryConvert(v cty.Value, typ cty.Type) cty.Value {
	if typ == cty.NilType || typ == cty.DynamicPseudoType || v == cty.NilVal || v.Type() == cty.DynamicPseudoType {
		return v
	}
	converted, err := Convert(v, typ)
	if err != nil {
		return v
	}
	if v.Type() == cty.String && typ != cty.String {
		return WithoutOutlines(converted) // the text of the number need not be the text
	}
	return converted
}

// CommonType returns the type that both arms of a conditional have; any if there is
// none.
func CommonType(a, b cty.Value) cty.Type {
	if a.Type() == cty.DynamicPseudoType || b.Type() == cty.DynamicPseudoType {
		if a.IsKnown() && a.IsNull() {
			return b.Type()
		}
		if b.IsKnown() && b.IsNull() {
			return a.Type()
		}
		return cty.DynamicPseudoType
	}
	if a.Type().Equals(b.Type()) {
		return a.Type()
	}
	if elementTypeCount(a.Type())+elementTypeCount(b.Type()) > maxMixedTypes {
		return cty.DynamicPseudoType // each arm keeps its own
	}
	typ, err := UnifyTypes([]cty.Type{a.Type(), b.Type()})
	if err != nil {
		return cty.DynamicPseudoType
	}
	return typ
}
