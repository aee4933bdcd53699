package funcs

import (
	"errors"
	"fmt"
	"maps"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/truth"
)

func (l *Library) distinct(v cty.Value) (cty.Value, error) {
	list, ok, err := value.Elements(v)
	if err != nil || !ok {
		return value.OneOf(v), err
	}
	var kept []cty.Value
	sure, seen := true, map[string]bool{}
	for _, e := range list {
		if text, isText := value.ScalarText(e); isText && len(seen) == len(kept) { // so far all are known
			if text = e.Type().FriendlyName() + " " + text; !seen[text] {
				seen[text], kept = true, append(kept, e)
			}
			continue
		}
		if err := l.touchCompared(len(kept), e); err != nil {
			return cty.NilVal, err
		}
		switch containedIn(kept, e) {
		case truth.No:
			kept = append(kept, e)
		case truth.Unknown:
			kept, sure = append(kept, e), false
		}
	}
	if !sure {
		return value.WithParts(value.OneOf(v), kept), nil
	}
	return cty.TupleVal(kept), nil
}

// touchCompared counts how often a value is compared with others.
func (l *Library) touchCompared(times int, v cty.Value) error {
	w, err := value.Weigh(v)
	if err != nil {
		return err
	}
	return l.budget.TouchEach(times, w.Work(value.ByteWork))
}

// containedIn reports whether a value is in a list.
func containedIn(list []cty.Value, v cty.Value) truth.Truth {
	found := truth.No
	for _, e := range list {
		found = max(found, value.Equal(e, v))
	}
	return found
}

func (l *Library) flatten(v cty.Value) (cty.Value, error) {
	list, sure, err := value.Elements(v)
	if parts, ok := value.PartsOf(v); ok {
		list = parts
	} else if err != nil || !sure {
		return value.OneOf(v), err
	}
	var flat []cty.Value
	for _, e := range list {
		plain, _ := e.Unmark()
		t := plain.Type()
		isList := t.IsListType() || t.IsTupleType() || t.IsSetType()
		_, partly := value.PartsOf(e)
		switch {
		case !plain.IsKnown() && !partly && (isList || t == cty.DynamicPseudoType):
			flat, sure = append(flat, e), false // one that may be several
		case !partly && (plain.IsNull() || !isList):
			flat = append(flat, e)
		default:
			inner, err := l.flatten(e)
			if err != nil {
				return cty.NilVal, err
			}
			more, known, _ := value.Elements(inner)
			if parts, ok := value.PartsOf(inner); ok {
				more = parts
			}
			if err := l.budget.Touch(len(more) * value.ElementWork); err != nil {
				return cty.NilVal, err
			}
			flat, sure = append(flat, more...), sure && known
		}
	}
	if !sure {
		return value.WithParts(value.OneOf(v), flat), nil
	}
	return cty.TupleVal(flat), nil
}

func length(v cty.Value) (cty.Value, error) {
	plain, marks := value.Unmark(v)
	t := plain.Type()
	switch {
	case !plain.IsKnown() && t.IsTupleType():
		return cty.NumberIntVal(int64(t.Length())), nil
	case !plain.IsKnown():
		return cty.UnknownVal(cty.Number).WithMarks(marks), nil
	case plain.IsNull():
		return cty.NilVal, errors.New("the length of null")
	case t == cty.String:
		n, err := textLength(plain)
		return n.WithMarks(marks), err
	case plain.CanIterateElements():
		return cty.NumberIntVal(int64(plain.LengthInt())).WithMarks(value.OfKinds(marks, value.Sensitive)), nil
	}
	return cty.NilVal, errors.New("neither a string nor a collection")
}

func merge(args []cty.Value) (cty.Value, error) {
	fields, marks := map[string]cty.Value{}, cty.ValueMarks{}
	for _, a := range args {
		plain, own := value.Unmark(a)
		switch {
		case !plain.IsKnown():
			return value.OneOf(args...), nil
		case plain.IsNull():
			continue
		case !plain.Type().IsObjectType() && !plain.Type().IsMapType():
			return cty.NilVal, errors.New("not a map")
		}
		maps.Copy(marks, own)
		maps.Copy(fields, plain.AsValueMap())
	}
	return cty.ObjectVal(fields).WithMarks(marks), nil
}

func reverse(v cty.Value) (cty.Value, error) {
	list, ok, err := value.Elements(v)
	if err != nil || !ok {
		return value.OneOf(v), err
	}
	turned := make([]cty.Value, len(list))
	for i, e := range list {
		turned[len(list)-1-i] = e
	}
	return cty.TupleVal(turned), nil
}

func values(v cty.Value) (cty.Value, error) {
	plain, marks := value.Unmark(v)
	if !plain.IsKnown() {
		return value.OneOf(v), nil
	}
	if plain.IsNull() || !(plain.Type().IsObjectType() || plain.Type().IsMapType()) {
		return cty.NilVal, errors.New("not a map")
	}
	var list []cty.Value
	for it := plain.ElementIterator(); it.Next(); {
		_, e := it.Element()
		list = append(list, e.WithMarks(marks))
	}
	return cty.TupleVal(list), nil
}

func sum(v cty.Value) (cty.Value, error) {
	list, ok, err := value.Elements(v)
	if err != nil || !ok {
		return cty.UnknownVal(cty.Number).WithMarks(value.MarksOf(v)), err
	}
	if len(list) == 0 {
		return cty.NilVal, errors.New("the sum of nothing")
	}
	total := cty.Zero
	for _, e := range list {
		n, err := value.Convert(value.WithoutOutlines(e), cty.Number)
		if err != nil || n.IsNull() {
			return cty.NilVal, errors.New("an element is not a number")
		}
		total = total.Add(n)
	}
	return total, nil
}

// allAre implements alltrue, and anytrue, where one true element decides.
func allAre(all bool) func(v cty.Value) (cty.Value, error) {
	return func(v cty.Value) (cty.Value, error) {
		list, ok, err := value.Elements(v)
		if err != nil || !ok {
			return cty.UnknownVal(cty.Bool).WithMarks(value.MarksOf(v)), err
		}
		unknown := false
		for _, e := range list {
			e, _ = e.UnmarkDeep()
			e = value.TryConvert(e, cty.Bool)
			switch {
			case !e.IsKnown():
				unknown = true
			case e.IsNull() && all:
				return cty.False, nil
			case e.IsNull():
			case e.Type() != cty.Bool:
				return cty.NilVal, errors.New("an element is not a boolean")
			case e.True() != all:
				return cty.BoolVal(!all), nil
			}
		}
		if unknown {
			return cty.UnknownVal(cty.Bool).WithMarks(value.MarksOf(v)), nil
		}
		return cty.BoolVal(all), nil
	}
}

func transpose(v cty.Value) (cty.Value, error) {
	plain, _ := v.UnmarkDeep()
	marks := value.MarksOf(v)
	if !plain.IsWhollyKnown() {
		return cty.DynamicVal.WithMarks(marks), nil
	}
	if plain.IsNull() || !(plain.Type().IsObjectType() || plain.Type().IsMapType()) {
		return cty.NilVal, errors.New("not a map")
	}
	turned := map[string][]cty.Value{}
	for it := plain.ElementIterator(); it.Next(); {
		key, inner := it.Element()
		list, _, err := value.Elements(inner)
		if err != nil {
			return cty.NilVal, err
		}
		for _, e := range list {
			text, ok := value.ScalarText(e)
			if !ok {
				return cty.NilVal, errors.New("an element is not a string")
			}
			turned[text] = append(turned[text], key)
		}
	}
	fields := map[string]cty.Value{}
	for name, keys := range turned {
		fields[name] = cty.ListVal(keys)
	}
	return cty.ObjectVal(fields).WithMarks(marks), nil
}

// concat joins lists. An unknown list may have any number of elements, so the result
// is unknown, but keeps the known elements as parts.
func concat(args []cty.Value) (cty.Value, error) {
	var parts []cty.Value
	known := true
	for _, a := range args {
		list, ok, err := value.Elements(a)
		if err != nil {
			return cty.NilVal, err
		}
		if more, isPartly := value.PartsOf(a); isPartly {
			list = more
		} else if !ok {
			list = []cty.Value{a}
		}
		known, parts = known && ok, append(parts, list...)
	}
	if !known {
		return value.WithParts(value.OneOf(args...), parts), nil
	}
	return cty.TupleVal(parts), nil
}

func coalesceList(args []cty.Value) (cty.Value, error) {
	for n, a := range args {
		if plain, _ := a.Unmark(); plain.IsNull() {
			continue
		}
		list, ok, err := value.Elements(a)
		switch {
		case err != nil:
			return cty.NilVal, err
		case !ok:
			return value.OneOf(args[n:]...).WithMarks(value.ConditionMarks(value.MarksOf(a), false)), nil
		case len(list) > 0:
			return a, nil
		}
	}
	return cty.NilVal, errors.New("all arguments are empty")
}

// contains compares in three-valued logic: Yes for one element decides, or No for all.
func (l *Library) contains(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	list, ok, err := value.Elements(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	found := truth.Unknown
	if ok {
		found = truth.No
	}
	if err := l.touchCompared(len(list), args[1]); err != nil {
		return cty.NilVal, err
	}
	for _, e := range list {
		found = max(found, sameOrConverted(e, args[1]))
	}
	return truthValue(found, args...), nil
}

func sliceOf(args []cty.Value) (cty.Value, error) {
	if len(args) != 3 {
		return cty.NilVal, fmt.Errorf("%d arguments, not three", len(args))
	}
	list, ok, err := value.Elements(args[0])
	from, okFrom := value.KnownNumber(value.TryConvert(args[1], cty.Number))
	to, okTo := value.KnownNumber(value.TryConvert(args[2], cty.Number))
	switch {
	case err != nil:
		return cty.NilVal, err
	case !ok || !okFrom || !okTo:
		return value.OneOf(args...).WithMarks(value.ConditionMarks(value.MarksOf(value.OneOf(args[1:]...)), okFrom && okTo)), nil
	case from < 0 || to > float64(len(list)) || from > to:
		return cty.NilVal, fmt.Errorf("elements %g to %g of a list of %d", from, to, len(list))
	}
	return cty.TupleVal(list[int(from):int(to)]), nil
}

func zipMap(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	keys, okKeys, errKeys := value.Elements(args[0])
	list, ok, err := value.Elements(args[1])
	if err := errors.Join(errKeys, err); err != nil {
		return cty.NilVal, err
	}
	if !okKeys || !ok {
		return value.OneOf(args...), nil
	}
	if len(keys) != len(list) {
		return cty.NilVal, errors.New("lists of different lengths")
	}
	fields := map[string]cty.Value{}
	for i, key := range keys {
		name, ok := value.ScalarText(key)
		if !ok {
			return value.OneOf(args...).WithMarks(value.ConditionMarks(value.MarksOf(key), false)), nil
		}
		fields[name] = list[i]
	}
	return cty.ObjectVal(fields).WithMarks(value.ConditionMarks(value.MarksOf(args[0]), true)), nil
}

func toText(v cty.Value) (cty.Value, error) { return value.Convert(v, cty.String) }

func toList(v cty.Value) (cty.Value, error) {
	return value.Convert(v, cty.List(cty.DynamicPseudoType))
}

func toMap(v cty.Value) (cty.Value, error) {
	return value.Convert(v, cty.Map(cty.DynamicPseudoType))
}

// toSet returns a list, because cty's sets merge the marks of their elements. Its
// length is not known before the elements are.
func toSet(v cty.Value) (cty.Value, error) {
	list, ok, err := value.Elements(v)
	if err != nil {
		return cty.NilVal, err
	}
	if plain, _ := v.UnmarkDeep(); ok && !plain.IsWhollyKnown() {
		return value.WithParts(cty.UnknownVal(cty.Set(cty.DynamicPseudoType)).WithMarks(value.MarksOf(v)), list), nil
	}
	if parts, isPartly := value.PartsOf(v); isPartly {
		return value.WithParts(cty.UnknownVal(cty.Set(cty.DynamicPseudoType)).WithMarks(value.MarksOf(v)), parts), nil
	}
	return value.Convert(v, cty.Set(cty.DynamicPseudoType))
}
