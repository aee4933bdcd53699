package hcl

import (
	"fmt"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// maxMixed bounds the elements whose types are made one by comparing each with
// each, as cty does.
const maxMixed = 1000

var errMixed = beyond(fmt.Sprintf("more than %d elements of different types", maxMixed))

// settled is the type that a value is converted to, where that leaves the type of
// the elements of a long list open: that of most is the same.
func settled(v cty.Value, typ cty.Type) (cty.Type, error) {
	from := v.Type()
	if !typ.IsCollectionType() || countIn(from) <= maxMixed || !typ.HasDynamicTypes() {
		return typ, nil
	}
	if typ.ElementType() != cty.DynamicPseudoType {
		return typ, errMixed
	}
	element, err := unified(distinctIn(from))
	switch {
	case err != nil:
		return typ, err
	case typ.IsListType():
		return cty.List(element), nil
	case typ.IsSetType():
		return cty.Set(element), nil
	}
	return cty.Map(element), nil
}

// unified is the type that all of some have; any if there is none.
func unified(types []cty.Type) (cty.Type, error) {
	if len(types) > maxMixed {
		return cty.DynamicPseudoType, errMixed
	}
	typ, _ := convert.UnifyUnsafe(types)
	if typ == cty.NilType {
		typ = cty.DynamicPseudoType
	}
	return typ, nil
}

// countIn is how many elements a tuple or object type has types for.
func countIn(typ cty.Type) int {
	switch {
	case typ.IsTupleType():
		return typ.Length()
	case typ.IsObjectType():
		return len(typ.AttributeTypes())
	}
	return 0
}

// distinctIn are the types in a tuple or object type, each once, up to one more
// than there may be.
func distinctIn(typ cty.Type) (found []cty.Type) {
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
		if found = append(found, t); len(found) > maxMixed {
			break
		}
	}
	return found
}
