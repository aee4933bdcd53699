package hcl

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// concat joins lists. One that is not known stands for any number of elements,
// and so the result is not known; the elements that are there stay.
func concat(args []cty.Value) (cty.Value, error) {
	var parts []cty.Value
	known := true
	for _, a := range args {
		list, ok, err := elements(a)
		if err != nil {
			return cty.NilVal, err
		}
		if more, isPartly := partsOf(a); isPartly {
			list = more
		} else if !ok {
			list = []cty.Value{a}
		}
		known, parts = known && ok, append(parts, list...)
	}
	if !known {
		return withParts(either(args...), parts), nil
	}
	return cty.TupleVal(parts), nil
}

func coalesceList(args []cty.Value) (cty.Value, error) {
	for n, a := range args {
		if plain, _ := a.Unmark(); plain.IsNull() {
			continue
		}
		list, ok, err := elements(a)
		switch {
		case err != nil:
			return cty.NilVal, err
		case !ok:
			return either(args[n:]...).WithMarks(deciding(marksOf(a), false)), nil
		case len(list) > 0:
			return a, nil
		}
	}
	return cty.NilVal, errors.New("no argument that is not empty")
}

// contains compares in three values: Yes for one element settles it, No for all.
func (l *library) contains(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	list, ok, err := elements(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	found := resource.Maybe
	if ok {
		found = resource.No
	}
	if err := l.touchCompared(len(list), args[1]); err != nil {
		return cty.NilVal, err
	}
	for _, e := range list {
		found = max(found, sameOrConverted(e, args[1]))
	}
	return truthOf(found, args...), nil
}

// sameOrConverted compares as a list of one type would: 1 is "1" there.
func sameOrConverted(e, want cty.Value) resource.Tri {
	if e.Type() != want.Type() {
		if converted, err := retyped(e, want.Type()); err == nil {
			e = converted
		}
	}
	return same(e, want)
}

// truthOf is what a comparison in three values comes to.
func truthOf(t resource.Tri, args ...cty.Value) cty.Value {
	marks := marksOf(either(args...))
	if t == resource.Maybe {
		return cty.UnknownVal(cty.Bool).WithMarks(marks)
	}
	return cty.BoolVal(t == resource.Yes).WithMarks(only(marks, secret))
}

func sliceOf(args []cty.Value) (cty.Value, error) {
	if len(args) != 3 {
		return cty.NilVal, fmt.Errorf("%d arguments, not three", len(args))
	}
	list, ok, err := elements(args[0])
	from, okFrom := plainNumber(as(args[1], cty.Number))
	to, okTo := plainNumber(as(args[2], cty.Number))
	switch {
	case err != nil:
		return cty.NilVal, err
	case !ok || !okFrom || !okTo:
		return either(args...).WithMarks(deciding(marksOf(either(args[1:]...)), okFrom && okTo)), nil
	case from < 0 || to > float64(len(list)) || from > to:
		return cty.NilVal, fmt.Errorf("elements %g to %g of a list of %d", from, to, len(list))
	}
	return cty.TupleVal(list[int(from):int(to)]), nil
}

func zipMap(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	keys, okKeys, errKeys := elements(args[0])
	list, ok, err := elements(args[1])
	if err := errors.Join(errKeys, err); err != nil {
		return cty.NilVal, err
	}
	if !okKeys || !ok {
		return either(args...), nil
	}
	if len(keys) != len(list) {
		return cty.NilVal, errors.New("lists of different lengths")
	}
	fields := map[string]cty.Value{}
	for i, key := range keys {
		name, ok := textOf(key)
		if !ok {
			return either(args...).WithMarks(deciding(marksOf(key), false)), nil
		}
		fields[name] = list[i]
	}
	return cty.ObjectVal(fields).WithMarks(deciding(marksOf(args[0]), true)), nil
}

func toText(v cty.Value) (cty.Value, error) { return retyped(v, cty.String) }

func toList(v cty.Value) (cty.Value, error) {
	return retyped(v, cty.List(cty.DynamicPseudoType))
}

func toMap(v cty.Value) (cty.Value, error) {
	return retyped(v, cty.Map(cty.DynamicPseudoType))
}

// toSet keeps apart what a set would mix: cty's merges the marks of its elements.
// How many there are is not known before the elements are.
func toSet(v cty.Value) (cty.Value, error) {
	list, ok, err := elements(v)
	if err != nil {
		return cty.NilVal, err
	}
	if plain, _ := v.UnmarkDeep(); ok && !plain.IsWhollyKnown() {
		return withParts(cty.UnknownVal(cty.Set(cty.DynamicPseudoType)).WithMarks(marksOf(v)), list), nil
	}
	if parts, isPartly := partsOf(v); isPartly {
		return withParts(cty.UnknownVal(cty.Set(cty.DynamicPseudoType)).WithMarks(marksOf(v)), parts), nil
	}
	return retyped(v, cty.Set(cty.DynamicPseudoType))
}

// textTest asks a question about two texts.
func textTest(test func(text, part resource.Text) resource.Tri) maker {
	return variadic(func(args []cty.Value) (cty.Value, error) {
		text, part, err := twoTexts(args)
		if err != nil {
			return cty.NilVal, err
		}
		a, okA := textual(text)
		b, okB := textual(part)
		if !okA || !okB {
			return truthOf(resource.Maybe, args...), nil
		}
		return truthOf(test(a, b), args...), nil
	})
}

func twoTexts(args []cty.Value) (a, b cty.Value, err error) {
	if len(args) != 2 {
		return cty.NilVal, cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	a, err = retyped(args[0], cty.String)
	if err != nil {
		return a, b, err
	}
	b, err = retyped(args[1], cty.String)
	if p, _ := a.Unmark(); p.IsNull() {
		err = errors.New("null is no text")
	}
	if p, _ := b.Unmark(); p.IsNull() {
		err = errors.New("null is no text")
	}
	return a, b, err
}

// trimming takes off an end, where it is known that there is one.
func trimming(test func(text, part resource.Text) resource.Tri, trim func(text, part string) string) maker {
	return variadic(func(args []cty.Value) (cty.Value, error) {
		v, part, err := twoTexts(args)
		if err != nil {
			return cty.NilVal, err
		}
		text, okText := textual(v)
		end, okEnd := textual(part)
		unknown := cty.UnknownVal(cty.String).WithMarks(marksOf(v), marksOf(part)).Mark(mark{kind: made})
		if !okText || !okEnd {
			return unknown, nil
		}
		switch test(text, end) {
		case resource.No:
			return v.WithMarks(deciding(marksOf(part), true)), nil
		case resource.Yes:
			left := cty.StringVal(trim(string(text), string(end))).WithMarks(marksOf(v), only(marksOf(part), secret), cty.NewValueMarks(mark{kind: made}))
			return decoded(left), nil
		}
		return unknown, nil
	})
}
