package value

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// Convert converts a value to a type, within bounds.
func Convert(v cty.Value, typ cty.Type) (cty.Value, error) {
	if err := CheckNumerals(v, typ); err != nil {
		return cty.NilVal, err
	}
	if v == cty.NilVal {
		return convert.Convert(v, typ)
	}
	v, done, err := convertLong(v, typ)
	if done || err != nil {
		return v, err
	}
	return convert.Convert(v, typ)
}

// ScalarText returns the text of a known string, number or truth value.
func ScalarText(v cty.Value) (string, bool) {
	if v == cty.NilVal {
		return "", false
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || !v.Type().IsPrimitiveType() {
		return "", false
	}
	if n, whole := wholeNumber(v); whole {
		return strconv.FormatInt(n, 10), true
	}
	v, err := Convert(v, cty.String)
	return v.AsString(), err == nil
}

// wholeNumber returns a number that int64 holds. Its text takes a hundredth of the time of the
// text of a cty number, which has 512 bits; -0 is left to cty.
func wholeNumber(v cty.Value) (int64, bool) {
	if v.Type() != cty.Number {
		return 0, false
	}
	n, accuracy := v.AsBigFloat().Int64()
	return n, accuracy == big.Exact && (n != 0 || !v.AsBigFloat().Signbit())
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

// CheckNumerals refuses long texts where a type asks for a number.
func CheckNumerals(v cty.Value, typ cty.Type) error {
	if v == cty.NilVal || !hasNumber(typ) {
		return nil
	}
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown() || v.IsNull():
		return nil
	case typ == cty.Number:
		return CheckNumeral(v)
	case !v.CanIterateElements():
		return nil
	}
	n := 0
	for it := v.ElementIterator(); it.Next(); n++ {
		key, e := it.Element()
		if err := CheckNumerals(e, partOf(typ, key, n)); err != nil {
			return err
		}
	}
	return nil
}

func CheckNumeral(v cty.Value) error {
	if text, ok := KnownString(v); ok && len(text) > maxNumeral {
		return ErrLongNumeral
	}
	return nil
}

// maxNumeral bounds a text that is to become a number, in bytes: reading one takes
// the square of its length, and real ones have some ten digits.
const maxNumeral = 1024

var ErrLongNumeral = NewLimitError(fmt.Sprintf("a string of more than %d bytes is used as a number", maxNumeral))

// partOf returns the type that the element with a key, the nth, is to have.
func partOf(typ cty.Type, key cty.Value, n int) cty.Type {
	switch {
	case typ.IsCollectionType():
		return typ.ElementType()
	case typ.IsTupleType() && n < typ.Length():
		return typ.TupleElementType(n)
	case typ.IsObjectType():
		if name, ok := KnownString(key); ok && typ.HasAttribute(name) {
			return typ.AttributeType(name)
		}
	}
	return cty.DynamicPseudoType
}

// hasNumber reports whether a type asks for a number anywhere.
func hasNumber(typ cty.Type) bool {
	switch {
	case typ == cty.Number:
		return true
	case typ == cty.NilType || typ == cty.DynamicPseudoType || typ.IsPrimitiveType():
		return false
	case typ.IsCollectionType():
		return hasNumber(typ.ElementType())
	case typ.IsTupleType():
		for _, t := range typ.TupleElementTypes() {
			if hasNumber(t) {
				return true
			}
		}
	case typ.IsObjectType():
		for _, t := range typ.AttributeTypes() {
			if hasNumber(t) {
				return true
			}
		}
	}
	return false
}

// CheckIndex refuses a long text as the index of a list.
func CheckIndex(v cty.Value, key string) error {
	if t := v.Type(); len(key) > maxNumeral && (t.IsListType() || t.IsTupleType()) {
		return ErrLongNumeral
	}
	return nil
}

// maxMixedTypes bounds the elements whose types are made one by comparing each with
// each, as cty does it.
const maxMixedTypes = 1000

// fewElements elements are left to cty.
const fewElements = 16

var errMixedTypes = NewLimitError(fmt.Sprintf("more than %d elements of different types", maxMixedTypes))

// convertLong converts the elements of a long tuple or object one by one; done is
// false if there is none. As cty does it, the time is the square of their
// number, although most are alike.
func convertLong(v cty.Value, typ cty.Type) (out cty.Value, done bool, err error) {
	plain, marks := v.Unmark()
	if !plain.IsKnown() || plain.IsNull() || elementTypeCount(plain.Type()) == 0 || !typ.IsCollectionType() && !typ.IsObjectType() {
		return v, false, nil
	}
	if typ.IsObjectType() {
		out, err = convertLongAttributes(plain, typ)
		return out.WithMarks(marks), false, err
	}
	if elementTypeCount(plain.Type()) <= fewElements {
		return v, false, nil
	}
	element := typ.ElementType()
	if element == cty.DynamicPseudoType {
		if element, err = UnifyTypes(distinctTypes(plain.Type())); err != nil {
			return v, true, err
		}
	}
	names, elements, err := convertEach(plain, element)
	switch {
	case err != nil && elementTypeCount(plain.Type()) <= maxMixedTypes:
		return v, false, nil // cty says what is wrong
	case err != nil:
		return v, true, err
	case typ.IsMapType() && names == nil || !typ.IsMapType() && names != nil:
		return v, false, nil
	case typ.IsListType():
		return cty.ListVal(elements).WithMarks(marks), true, nil
	case typ.IsSetType():
		return cty.SetVal(elements).WithMarks(marks), true, nil
	}
	fields := make(map[string]cty.Value, len(names))
	for i, name := range names {
		fields[name] = elements[i]
	}
	return cty.MapVal(fields).WithMarks(marks), true, nil
}

// convertEach converts elements to one type, and fails where that leaves them
// different. Those of an object have names.
func convertEach(v cty.Value, element cty.Type) (names []string, elements []cty.Value, err error) {
	for it := v.ElementIterator(); it.Next(); {
		key, e := it.Element()
		if name, ok := KnownString(key); ok {
			names = append(names, name)
		}
		if e, err = Convert(e, element); err != nil {
			return nil, nil, err
		}
		if len(elements) > 0 && !e.Type().Equals(elements[0].Type()) {
			return nil, nil, errMixedTypes
		}
		elements = append(elements, e)
	}
	return names, elements, nil
}

// convertLongAttributes converts the attributes of an object that are long themselves.
func convertLongAttributes(v cty.Value, typ cty.Type) (cty.Value, error) {
	if !v.Type().IsObjectType() {
		return v, nil
	}
	fields := v.AsValueMap()
	for name, e := range fields {
		if typ.HasAttribute(name) {
			long, done, err := convertLong(e, typ.AttributeType(name))
			if err != nil {
				return v, err
			}
			if done {
				fields[name] = long
			}
		}
	}
	return cty.ObjectVal(fields), nil
}

// UnifyTypes returns the type that all of some have; any if there is none.
func UnifyTypes(types []cty.Type) (cty.Type, error) {
	if len(types) > maxMixedTypes {
		return cty.DynamicPseudoType, errMixedTypes
	}
	typ, _ := convert.UnifyUnsafe(types)
	if typ == cty.NilType {
		typ = cty.DynamicPseudoType
	}
	return typ, nil
}

// elementTypeCount returns how many elements a tuple or object type has types for.
func elementTypeCount(typ cty.Type) int {
	switch {
	case typ.IsTupleType():
		return typ.Length()
	case typ.IsObjectType():
		return len(typ.AttributeTypes())
	}
	return 0
}

// distinctTypes returns the types in a tuple or object type, each once, up to one more
// than there may be.
func distinctTypes(typ cty.Type) (found []cty.Type) {
	types := slices.Values([]cty.Type(nil))
	if typ.IsTupleType() {
		types = slices.Values(typ.TupleElementTypes())
	} else if typ.IsObjectType() {
		types = maps.Values(typ.AttributeTypes())
	}
	for t := range types {
		if slices.ContainsFunc(found, t.Equals) {
			continue
		}
		if found = append(found, t); len(found) > maxMixedTypes {
			break
		}
	}
	return found
}
