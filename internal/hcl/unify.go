package hcl

import (
	"fmt"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// maxMixed bounds the elements whose types are made one by comparing each with
// each, as cty does it.
const maxMixed = 1000

// few elements are left to cty.
const few = 16

var errMixed = beyond(fmt.Sprintf("more than %d elements of different types", maxMixed))

// lengthy converts the elements of a long tuple or object one by one; done is
// false where there is none. As cty does it, the time is the square of their
// number, although most are alike.
func lengthy(v cty.Value, typ cty.Type) (out cty.Value, done bool, err error) {
	plain, marks := v.Unmark()
	if !plain.IsKnown() || plain.IsNull() || countIn(plain.Type()) == 0 || !typ.IsCollectionType() && !typ.IsObjectType() {
		return v, false, nil
	}
	if typ.IsObjectType() {
		out, err = lengthyInside(plain, typ)
		return out.WithMarks(marks), false, err
	}
	if countIn(plain.Type()) <= few {
		return v, false, nil
	}
	element := typ.ElementType()
	if element == cty.DynamicPseudoType {
		if element, err = unified(distinctIn(plain.Type())); err != nil {
			return v, true, err
		}
	}
	names, elements, err := retypedEach(plain, element)
	switch {
	case err != nil && countIn(plain.Type()) <= maxMixed:
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

// retypedEach converts elements to one type, and fails where that leaves them
// different. Those of an object have names.
func retypedEach(v cty.Value, element cty.Type) (names []string, elements []cty.Value, err error) {
	for it := v.ElementIterator(); it.Next(); {
		key, e := it.Element()
		if name, ok := plainText(key); ok {
			names = append(names, name)
		}
		if e, err = retyped(e, element); err != nil {
			return nil, nil, err
		}
		if len(elements) > 0 && !e.Type().Equals(elements[0].Type()) {
			return nil, nil, errMixed
		}
		elements = append(elements, e)
	}
	return names, elements, nil
}

// lengthyInside converts the attributes of an object that are long themselves.
func lengthyInside(v cty.Value, typ cty.Type) (cty.Value, error) {
	if !v.Type().IsObjectType() {
		return v, nil
	}
	fields := v.AsValueMap()
	for name, e := range fields {
		if typ.HasAttribute(name) {
			long, done, err := lengthy(e, typ.AttributeType(name))
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
