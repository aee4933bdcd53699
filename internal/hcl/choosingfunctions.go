package hcl

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// empty says whether a value is null or "".
func empty(v cty.Value) resource.Tri {
	plain, _ := v.Unmark()
	if plain.IsKnown() && plain.IsNull() {
		return resource.Yes
	}
	if text, ok := textual(v); ok {
		if _, isSymbol := text.Symbol(); isSymbol && isNever(v) {
			return resource.No
		}
		return text.Equal("")
	}
	if plain.IsKnown() || isNever(v) {
		return resource.No
	}
	return resource.Maybe
}

// isNever says whether an unknown value is never empty: what a resource computes
// is not.
func isNever(v cty.Value) bool {
	marks := marksOf(v)
	return !has(marks, unset) && !has(marks, decider) && !has(marks, chosen) && !has(marks, opaque) && len(refsOf(marks)) > 0
}

func coalesce(args []cty.Value) (cty.Value, error) {
	for n, a := range args {
		switch empty(a) {
		case resource.Maybe:
			marks := marksOf(either(args[n:]...))
			return cty.DynamicVal.WithMarks(marks, deciding(marksOf(a), false)), nil
		case resource.No:
			return a, nil
		}
	}
	return cty.NilVal, errors.New("no argument that is neither null nor empty")
}

func compact(v cty.Value) (cty.Value, error) {
	list, ok, err := elements(v)
	if parts, isPartly := partsOf(v); isPartly {
		list = parts
	} else if err != nil || !ok {
		return either(v), err
	}
	var kept []cty.Value
	for _, e := range list {
		switch empty(e) {
		case resource.Maybe:
			kept, ok = append(kept, e), false
		case resource.No:
			kept = append(kept, as(e, cty.String))
		}
	}
	if !ok {
		return withParts(either(list...), kept), nil
	}
	return cty.TupleVal(kept), nil
}

func element(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	list, ok, err := elements(args[0])
	if err != nil || !ok {
		return either(args[0]), err
	}
	if len(list) == 0 {
		return cty.NilVal, errors.New("an element of an empty list")
	}
	key, marks := unmark(args[1])
	if !key.IsKnown() {
		return either(list...).WithMarks(deciding(marks, false)), nil
	}
	n, ok := plainNumber(as(key, cty.Number))
	if !ok || n != float64(int(n)) {
		return cty.NilVal, errors.New("an index that is no whole number")
	}
	i := int(n) % len(list)
	if i < 0 {
		i += len(list)
	}
	return list[i], nil
}

func (l *library) index(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	list, ok, err := elements(args[0])
	if err != nil || !ok {
		return cty.UnknownVal(cty.Number), err
	}
	if err := l.touchCompared(len(list), args[1]); err != nil {
		return cty.NilVal, err
	}
	for i, e := range list {
		switch sameOrConverted(e, args[1]) {
		case resource.Maybe:
			return cty.UnknownVal(cty.Number).WithMarks(deciding(marksOf(either(args...)), false)), nil
		case resource.Yes:
			return cty.NumberIntVal(int64(i)), nil
		}
	}
	return cty.NilVal, errors.New("no such element")
}

func lookup(args []cty.Value) (cty.Value, error) {
	if len(args) < 2 || len(args) > 3 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two or three", len(args))
	}
	plain, marks := unmark(args[0])
	key, keyMarks := unmark(args[1])
	if !plain.IsKnown() {
		return either(args[0]).WithMarks(deciding(keyMarks, key.IsKnown())), nil
	}
	if plain.IsNull() || !(plain.Type().IsObjectType() || plain.Type().IsMapType()) {
		return cty.NilVal, errors.New("not a map")
	}
	if !key.IsKnown() {
		return either(args...).WithMarks(deciding(keyMarks, false)), nil
	}
	name, ok := textOf(key)
	if !ok {
		return cty.NilVal, errors.New("a key that is no text")
	}
	if v, ok := plain.AsValueMap()[name]; ok {
		return v.WithMarks(marks), nil
	}
	if len(args) == 2 {
		return cty.NilVal, fmt.Errorf("no element %q", name)
	}
	return args[2], nil
}

func one(v cty.Value) (cty.Value, error) {
	list, ok, err := elements(v)
	switch {
	case err != nil || !ok:
		return either(v), err
	case len(list) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case len(list) > 1:
		return cty.NilVal, fmt.Errorf("%d elements, not one", len(list))
	}
	return list[0], nil
}

func (l *library) matchKeys(args []cty.Value) (cty.Value, error) {
	if len(args) != 3 {
		return cty.NilVal, fmt.Errorf("%d arguments, not three", len(args))
	}
	list, ok, err := elements(args[0])
	keys, okKeys, errKeys := elements(args[1])
	wanted, okWanted, errWanted := elements(args[2])
	if err := errors.Join(err, errKeys, errWanted); err != nil {
		return cty.NilVal, err
	}
	if !ok || !okKeys || !okWanted {
		return either(args[0]).Mark(mark{kind: chosen}), nil
	}
	if len(list) != len(keys) {
		return cty.NilVal, errors.New("lists of different lengths")
	}
	var kept []cty.Value
	for i, k := range keys {
		if err := l.touchCompared(len(wanted), k); err != nil {
			return cty.NilVal, err
		}
		switch within(wanted, k) {
		case resource.Maybe:
			return either(args[0]).WithMarks(deciding(marksOf(either(args[1:]...)), false)), nil
		case resource.Yes:
			kept = append(kept, list[i])
		}
	}
	return cty.TupleVal(kept), nil
}
