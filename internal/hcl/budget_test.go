package hcl

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

func TestBudget(t *testing.T) {
	var b budget
	if err := errors.Join(b.touch(maxTouched), b.hold(maxHeld), b.touchEach(0, math.MaxInt)); err != nil {
		t.Error(err)
	}
	for range 2 { // what is spent stays spent
		if err := b.touch(1); !errors.Is(err, errTouched) {
			t.Error(err)
		}
		if err := b.hold(1); !errors.Is(err, errHeld) {
			t.Error(err)
		}
	}
	for _, overflow := range []error{new(budget).touchEach(math.MaxInt, math.MaxInt), new(budget).touch(math.MinInt), new(budget).hold(-1)} {
		if overflow == nil {
			t.Error("no error")
		}
	}
}

// TestLengthy compares what long lists and objects become with what cty makes of
// them.
func TestLengthy(t *testing.T) {
	mixed := func(n int, of ...cty.Value) []cty.Value {
		var all []cty.Value
		for i := range n {
			all = append(all, of[i%len(of)])
		}
		return all
	}
	object := func(values []cty.Value) cty.Value {
		fields := map[string]cty.Value{}
		for i, v := range values {
			fields[fmt.Sprint("k", i)] = v
		}
		return cty.ObjectVal(fields)
	}
	one, text := cty.NumberIntVal(1), cty.StringVal("1")
	marked := cty.UnknownVal(cty.String).Mark(mark{kind: managed, address: "a"})
	types := []cty.Type{cty.DynamicPseudoType, cty.String, cty.Number, cty.Bool, cty.List(cty.String), cty.Object(map[string]cty.Type{"a": cty.Number})}
	for _, n := range []int{1, few, few + 1, 100} {
		for _, of := range [][]cty.Value{{one}, {text}, {one, text}, {text, cty.True}, {marked, text}, {cty.EmptyObjectVal, text}, {cty.NullVal(cty.DynamicPseudoType), one},
			{cty.TupleVal([]cty.Value{one}), cty.TupleVal([]cty.Value{text})}, {cty.ObjectVal(map[string]cty.Value{"a": text})}} {
			for _, v := range []cty.Value{cty.TupleVal(mixed(n, of...)), object(mixed(n, of...)), cty.TupleVal(mixed(n, of...)).Mark(mark{kind: secret})} {
				for _, element := range types {
					for _, typ := range []cty.Type{cty.List(element), cty.Set(element), cty.Map(element), cty.Object(map[string]cty.Type{"k0": element})} {
						want, wantErr := convert.Convert(v, typ)
						got, err := retyped(v, typ)
						if (err == nil) != (wantErr == nil) || err != nil && !typ.IsMapType() && err.Error() != wantErr.Error() { // of which element of a map cty speaks is left to chance
							t.Errorf("%d of %#v as %#v: %v, cty says %v", n, of, typ, err, wantErr)
						} else if err == nil && !got.RawEquals(want) {
							t.Errorf("%d of %#v as %#v: %#v, cty says %#v", n, of, typ, got, want)
						}
					}
				}
			}
		}
	}
	different := cty.TupleVal(mixed(maxMixed+1, one, cty.EmptyObjectVal))
	if _, err := retyped(different, cty.List(cty.DynamicPseudoType)); !errors.Is(err, errMixed) {
		t.Error(err)
	}
}

func TestNumerals(t *testing.T) {
	long, short := cty.StringVal(strings.Repeat("1", maxNumeral+1)), cty.StringVal(strings.Repeat("1", maxNumeral))
	object := func(v cty.Value) cty.Value { return cty.ObjectVal(map[string]cty.Value{"n": v, "s": long}) }
	typ := cty.Object(map[string]cty.Type{"n": cty.Number, "s": cty.String})
	for _, wrap := range []struct {
		value func(cty.Value) cty.Value
		typ   cty.Type
	}{
		{func(v cty.Value) cty.Value { return v }, cty.Number},
		{func(v cty.Value) cty.Value { return cty.TupleVal([]cty.Value{cty.Zero, v.Mark(mark{kind: secret})}) }, cty.List(cty.Number)},
		{object, typ},
		{func(v cty.Value) cty.Value { return cty.ObjectVal(map[string]cty.Value{"k": object(v)}) }, cty.Map(typ)},
		{func(v cty.Value) cty.Value { return cty.TupleVal([]cty.Value{v}) }, cty.Tuple([]cty.Type{cty.Number})},
	} {
		if _, err := retyped(wrap.value(short), wrap.typ); err != nil {
			t.Errorf("%#v: %v", wrap.typ, err)
		}
		if _, err := retyped(wrap.value(long), wrap.typ); !errors.Is(err, errLongNumeral) {
			t.Errorf("%#v: %v", wrap.typ, err)
		}
	}
}

func TestFormatted(t *testing.T) {
	text := cty.StringVal(strings.Repeat("x", 1<<20))
	for layout, ok := range map[string]bool{
		"%s": true, "%5s%%%-9.3f": true, strings.Repeat("%[1]s", 15): true, strings.Repeat("%[1]s", 17): false,
		strings.Repeat("%9999s", 1000): true, strings.Repeat("%9999s", 2000): false, strings.Repeat("%.9999f", 2000): false,
	} {
		if _, err := formatted([]cty.Value{cty.StringVal(layout), text}); (err == nil) != ok && !errors.Is(err, errLongNumeral) {
			t.Errorf("%.40s: %v", layout, err)
		}
	}
	if _, err := formatted([]cty.Value{cty.StringVal("%d"), text}); !errors.Is(err, errLongNumeral) {
		t.Error(err)
	}
	if _, err := formatted([]cty.Value{cty.StringVal(strings.Repeat("%*d", 20)), cty.NumberIntVal(1 << 20)}); !errors.Is(err, errTextTooLong) {
		t.Error(err)
	}
}

func TestMatches(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		found         int
	}{{"a", "banana", 3}, {"", "ab", 3}, {"x*", "axxb", 4}, {"[", "a", 0}, {"é", "éaé", 2}, {"a|b", "", 0}} {
		if got, err := newLibrary(new(budget), host{}).matches(tt.pattern, tt.text, 1000); err != nil || got != tt.found {
			t.Errorf("%q in %q: %d, %v", tt.pattern, tt.text, got, err)
		}
	}
	for pattern, want := range map[string]error{"a.*b|a": errTouched, "a": errTooManyParts, strings.Repeat("a", maxPattern+1): errLongPattern} {
		if _, err := newLibrary(new(budget), host{}).matches(pattern, strings.Repeat("a", maxParts+1), maxText); !errors.Is(err, want) {
			t.Errorf("%.20s: %v", pattern, err)
		}
	}
}
