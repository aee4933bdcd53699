package hcl

import (
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// maxNumeral bounds a text that is to become a number, in bytes: reading one takes
// the square of its length, and real ones have some ten digits.
const maxNumeral = 1024

var errLongNumeral = beyond(fmt.Sprintf("a text of more than %d bytes where a number is asked for", maxNumeral))

// retyped gives a value another type. This is the one way to do so.
func retyped(v cty.Value, typ cty.Type) (cty.Value, error) {
	if err := checkNumerals(v, typ); err != nil {
		return cty.NilVal, err
	}
	if v == cty.NilVal {
		return convert.Convert(v, typ)
	}
	v, done, err := lengthy(v, typ)
	if done || err != nil {
		return v, err
	}
	return convert.Convert(v, typ)
}

// checkNumerals refuses long texts where a type asks for a number.
func checkNumerals(v cty.Value, typ cty.Type) error {
	if v == cty.NilVal || !hasNumber(typ) {
		return nil
	}
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown() || v.IsNull():
		return nil
	case typ == cty.Number:
		return checkNumeral(v)
	case !v.CanIterateElements():
		return nil
	}
	n := 0
	for it := v.ElementIterator(); it.Next(); n++ {
		key, e := it.Element()
		if err := checkNumerals(e, partOf(typ, key, n)); err != nil {
			return err
		}
	}
	return nil
}

func checkNumeral(v cty.Value) error {
	if text, ok := plainText(v); ok && len(text) > maxNumeral {
		return errLongNumeral
	}
	return nil
}

// partOf is the type that the element with a key, the nth, is to have.
func partOf(typ cty.Type, key cty.Value, n int) cty.Type {
	switch {
	case typ.IsCollectionType():
		return typ.ElementType()
	case typ.IsTupleType() && n < typ.Length():
		return typ.TupleElementType(n)
	case typ.IsObjectType():
		if name, ok := plainText(key); ok && typ.HasAttribute(name) {
			return typ.AttributeType(name)
		}
	}
	return cty.DynamicPseudoType
}

// hasNumber says whether a type asks for a number anywhere.
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

// checkIndex refuses a long text as the index of a list.
func checkIndex(v cty.Value, key string) error {
	if t := v.Type(); len(key) > maxNumeral && (t.IsListType() || t.IsTupleType()) {
		return errLongNumeral
	}
	return nil
}

func numeralSize(args []cty.Value) error { return checkNumeral(args[0]) }

// formatsNumber says whether a verb of a format writes a number.
func formatsNumber(layout string) bool {
	for _, verb := range strings.Split(layout, "%")[1:] {
		if end := strings.IndexFunc(verb, isLetter); end >= 0 && strings.IndexByte("bdeEfFgGoxX", verb[end]) >= 0 {
			return true
		}
	}
	return false
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
