package hcl

import (
	"errors"
	"maps"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/iacgate/iacgate/internal/resource"
)

// elements returns what is in a list, with the marks of the list on each; ok is
// false where it cannot be told.
func elements(v cty.Value) (list []cty.Value, ok bool, err error) {
	plain, marks := unmark(v)
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

// either is unknown and made of some of the values.
func either(values ...cty.Value) cty.Value {
	marks := cty.ValueMarks{}
	for _, v := range values {
		maps.Copy(marks, marksOf(v))
	}
	return cty.DynamicVal.WithMarks(marks)
}

func (l *library) distinct(v cty.Value) (cty.Value, error) {
	list, ok, err := elements(v)
	if err != nil || !ok {
		return either(v), err
	}
	var kept []cty.Value
	sure, seen := true, map[string]bool{}
	for _, e := range list {
		if text, isText := textOf(e); isText && len(seen) == len(kept) { // so far all are known
			if text = e.Type().FriendlyName() + " " + text; !seen[text] {
				seen[text], kept = true, append(kept, e)
			}
			continue
		}
		if err := l.touchCompared(len(kept), e); err != nil {
			return cty.NilVal, err
		}
		switch within(kept, e) {
		case resource.No:
			kept = append(kept, e)
		case resource.Maybe:
			kept, sure = append(kept, e), false
		}
	}
	if !sure {
		return withParts(either(v), kept), nil
	}
	return cty.TupleVal(kept), nil
}

// touchCompared counts how often a value is compared with others.
func (l *library) touchCompared(times int, v cty.Value) error {
	w, err := weigh(v)
	if err != nil {
		return err
	}
	return l.budget.touchEach(times, w.work(usual))
}

// within says whether a value is in a list.
func within(list []cty.Value, v cty.Value) resource.Tri {
	found := resource.No
	for _, e := range list {
		found = max(found, same(e, v))
	}
	return found
}

func (l *library) flatten(v cty.Value) (cty.Value, error) {
	list, sure, err := elements(v)
	if parts, ok := partsOf(v); ok {
		list = parts
	} else if err != nil || !sure {
		return either(v), err
	}
	var flat []cty.Value
	for _, e := range list {
		plain, _ := e.Unmark()
		t := plain.Type()
		isList := t.IsListType() || t.IsTupleType() || t.IsSetType()
		_, partly := partsOf(e)
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
			more, known, _ := elements(inner)
			if parts, ok := partsOf(inner); ok {
				more = parts
			}
			if err := l.budget.touch(len(more) * valueWork); err != nil {
				return cty.NilVal, err
			}
			flat, sure = append(flat, more...), sure && known
		}
	}
	if !sure {
		return withParts(either(v), flat), nil
	}
	return cty.TupleVal(flat), nil
}

func length(v cty.Value) (cty.Value, error) {
	plain, marks := unmark(v)
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
		return cty.NumberIntVal(int64(plain.LengthInt())).WithMarks(only(marks, secret)), nil
	}
	return cty.NilVal, errors.New("neither text nor collection")
}

func merge(args []cty.Value) (cty.Value, error) {
	fields, marks := map[string]cty.Value{}, cty.ValueMarks{}
	for _, a := range args {
		plain, own := unmark(a)
		switch {
		case !plain.IsKnown():
			return either(args...), nil
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
	list, ok, err := elements(v)
	if err != nil || !ok {
		return either(v), err
	}
	turned := make([]cty.Value, len(list))
	for i, e := range list {
		turned[len(list)-1-i] = e
	}
	return cty.TupleVal(turned), nil
}

func values(v cty.Value) (cty.Value, error) {
	plain, marks := unmark(v)
	if !plain.IsKnown() {
		return either(v), nil
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
	list, ok, err := elements(v)
	if err != nil || !ok {
		return cty.UnknownVal(cty.Number).WithMarks(marksOf(v)), err
	}
	if len(list) == 0 {
		return cty.NilVal, errors.New("the sum of nothing")
	}
	total := cty.Zero
	for _, e := range list {
		n, err := retyped(unoutlined(e), cty.Number)
		if err != nil || n.IsNull() {
			return cty.NilVal, errors.New("an element that is no number")
		}
		total = total.Add(n)
	}
	return total, nil
}

// allAre is alltrue, or anytrue, where one true element settles the answer.
func allAre(all bool) func(v cty.Value) (cty.Value, error) {
	return func(v cty.Value) (cty.Value, error) {
		list, ok, err := elements(v)
		if err != nil || !ok {
			return cty.UnknownVal(cty.Bool).WithMarks(marksOf(v)), err
		}
		unknown := false
		for _, e := range list {
			e, _ = e.UnmarkDeep()
			e = as(e, cty.Bool)
			switch {
			case !e.IsKnown():
				unknown = true
			case e.IsNull() && all:
				return cty.False, nil
			case e.IsNull():
			case e.Type() != cty.Bool:
				return cty.NilVal, errors.New("an element that is no truth value")
			case e.True() != all:
				return cty.BoolVal(!all), nil
			}
		}
		if unknown {
			return cty.UnknownVal(cty.Bool).WithMarks(marksOf(v)), nil
		}
		return cty.BoolVal(all), nil
	}
}

func transpose(v cty.Value) (cty.Value, error) {
	plain, _ := v.UnmarkDeep()
	marks := marksOf(v)
	if !plain.IsWhollyKnown() {
		return cty.DynamicVal.WithMarks(marks), nil
	}
	if plain.IsNull() || !(plain.Type().IsObjectType() || plain.Type().IsMapType()) {
		return cty.NilVal, errors.New("not a map")
	}
	turned := map[string][]cty.Value{}
	for it := plain.ElementIterator(); it.Next(); {
		key, inner := it.Element()
		list, _, err := elements(inner)
		if err != nil {
			return cty.NilVal, err
		}
		for _, e := range list {
			text, ok := textOf(e)
			if !ok {
				return cty.NilVal, errors.New("an element that is no text")
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

// formatList formats the elements of lists one by one, so that each keeps its
// own sources.
func formatList(args []cty.Value) (cty.Value, error) {
	if len(args) == 0 {
		return cty.NilVal, errors.New("no format")
	}
	n := -1
	lists := make([][]cty.Value, len(args))
	for i, a := range args {
		plain, _ := a.Unmark()
		t := plain.Type()
		switch {
		case t == cty.DynamicPseudoType && !plain.IsKnown(), !plain.IsKnown() && !t.IsPrimitiveType():
			return either(args...), nil
		case plain.IsNull() || t.IsPrimitiveType():
			continue
		}
		list, _, err := elements(a)
		if err != nil {
			return cty.NilVal, err
		}
		if n >= 0 && n != len(list) {
			return cty.NilVal, errors.New("lists of different lengths")
		}
		lists[i], n = list, len(list)
	}
	if n < 0 {
		n = 1
	}
	all := make([]cty.Value, n)
	total := 0
	for k := range all {
		one := make([]cty.Value, len(args))
		for i, a := range args {
			if one[i] = a; lists[i] != nil {
				one[i] = lists[i][k]
			}
		}
		size, err := formatted(one)
		if total += size; err == nil && total > maxText {
			err = errTextTooLong
		}
		if err != nil {
			return cty.NilVal, err
		}
		v, err := spell("format", stdlib.FormatFunc, one)
		if err != nil {
			return cty.NilVal, err
		}
		if all[k] = v; v.IsMarked() {
			all[k] = v.Mark(mark{kind: made})
		}
	}
	return cty.TupleVal(all), nil
}
