package funcs

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/truth"
)

// empty reports whether a value is null or "".
func empty(v cty.Value) truth.Truth {
	plain, _ := v.Unmark()
	if plain.IsKnown() && plain.IsNull() {
		return truth.Yes
	}
	if text, ok := value.TextOf(v); ok {
		if _, isSymbol := text.Symbol(); isSymbol && isNever(v) {
			return truth.No
		}
		return text.Equal("")
	}
	if plain.IsKnown() || isNever(v) {
		return truth.No
	}
	return truth.Unknown
}

// isNever reports whether an unknown value is never empty: a value that a resource
// computes is not.
func isNever(v cty.Value) bool {
	marks := value.MarksOf(v)
	return !value.HasKind(marks, value.Unset) && !value.HasKind(marks, value.Decider) && !value.HasKind(marks, value.Chosen) && !value.HasKind(marks, value.Opaque) && len(value.RefsOf(marks)) > 0
}

func coalesce(args []cty.Value) (cty.Value, error) {
	for n, a := range args {
		switch empty(a) {
		case truth.Unknown:
			marks := value.MarksOf(value.OneOf(args[n:]...))
			return cty.DynamicVal.WithMarks(marks, value.ConditionMarks(value.MarksOf(a), false)), nil
		case truth.No:
			return a, nil
		}
	}
	return cty.NilVal, errors.New("all arguments are null or empty")
}

func compact(v cty.Value) (cty.Value, error) {
	list, ok, err := value.Elements(v)
	if parts, isPartly := value.PartsOf(v); isPartly {
		list = parts
	} else if err != nil || !ok {
		return value.OneOf(v), err
	}
	var kept []cty.Value
	for _, e := range list {
		switch empty(e) {
		case truth.Unknown:
			kept, ok = append(kept, e), false
		case truth.No:
			kept = append(kept, value.TryConvert(e, cty.String))
		}
	}
	if !ok {
		return value.WithParts(value.OneOf(list...), kept), nil
	}
	return cty.TupleVal(kept), nil
}

func element(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	list, ok, err := value.Elements(args[0])
	if err != nil || !ok {
		return value.OneOf(args[0]), err
	}
	if len(list) == 0 {
		return cty.NilVal, errors.New("an element of an empty list")
	}
	key, marks := value.Unmark(args[1])
	if !key.IsKnown() {
		return value.OneOf(list...).WithMarks(value.ConditionMarks(marks, false)), nil
	}
	n, ok := value.KnownNumber(value.TryConvert(key, cty.Number))
	if !ok || n != float64(int(n)) {
		return cty.NilVal, errors.New("the index is not a whole number")
	}
	i := int(n) % len(list)
	if i < 0 {
		i += len(list)
	}
	return list[i], nil
}

func (l *Library) index(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	list, ok, err := value.Elements(args[0])
	if err != nil || !ok {
		return cty.UnknownVal(cty.Number), err
	}
	if err := l.touchCompared(len(list), args[1]); err != nil {
		return cty.NilVal, err
	}
	for i, e := range list {
		switch sameOrConverted(e, args[1]) {
		case truth.Unknown:
			return cty.UnknownVal(cty.Number).WithMarks(value.ConditionMarks(value.MarksOf(value.OneOf(args...)), false)), nil
		case truth.Yes:
			return cty.NumberIntVal(int64(i)), nil
		}
	}
	return cty.NilVal, errors.New("no such element")
}

func lookup(args []cty.Value) (cty.Value, error) {
	if len(args) < 2 || len(args) > 3 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two or three", len(args))
	}
	plain, marks := value.Unmark(args[0])
	key, keyMarks := value.Unmark(args[1])
	if !plain.IsKnown() {
		return value.OneOf(args[0]).WithMarks(value.ConditionMarks(keyMarks, key.IsKnown())), nil
	}
	if plain.IsNull() || !(plain.Type().IsObjectType() || plain.Type().IsMapType()) {
		return cty.NilVal, errors.New("not a map")
	}
	if !key.IsKnown() {
		return value.OneOf(args...).WithMarks(value.ConditionMarks(keyMarks, false)), nil
	}
	name, ok := value.ScalarText(key)
	if !ok {
		return cty.NilVal, errors.New("a key is not a string")
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
	list, ok, err := value.Elements(v)
	switch {
	case err != nil || !ok:
		return value.OneOf(v), err
	case len(list) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case len(list) > 1:
		return cty.NilVal, fmt.Errorf("%d elements, not one", len(list))
	}
	return list[0], nil
}

func (l *Library) matchKeys(args []cty.Value) (cty.Value, error) {
	if len(args) != 3 {
		return cty.NilVal, fmt.Errorf("%d arguments, not three", len(args))
	}
	list, ok, err := value.Elements(args[0])
	keys, okKeys, errKeys := value.Elements(args[1])
	wanted, okWanted, errWanted := value.Elements(args[2])
	if err := errors.Join(err, errKeys, errWanted); err != nil {
		return cty.NilVal, err
	}
	if !ok || !okKeys || !okWanted {
		return value.OneOf(args[0]).Mark(value.Mark{Kind: value.Chosen}), nil
	}
	if len(list) != len(keys) {
		return cty.NilVal, errors.New("lists of different lengths")
	}
	var kept []cty.Value
	for i, k := range keys {
		if err := l.touchCompared(len(wanted), k); err != nil {
			return cty.NilVal, err
		}
		switch containedIn(wanted, k) {
		case truth.Unknown:
			return value.OneOf(args[0]).WithMarks(value.ConditionMarks(value.MarksOf(value.OneOf(args[1:]...)), false)), nil
		case truth.Yes:
			kept = append(kept, list[i])
		}
	}
	return cty.TupleVal(kept), nil
}
