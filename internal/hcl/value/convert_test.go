package value

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

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
	marked := cty.UnknownVal(cty.String).Mark(Mark{Kind: Managed, Address: "a"})
	types := []cty.Type{cty.DynamicPseudoType, cty.String, cty.Number, cty.Bool, cty.List(cty.String), cty.Object(map[string]cty.Type{"a": cty.Number})}
	for _, n := range []int{1, fewElements, fewElements + 1, 100} {
		for _, of := range [][]cty.Value{{one}, {text}, {one, text}, {text, cty.True}, {marked, text}, {cty.EmptyObjectVal, text}, {cty.NullVal(cty.DynamicPseudoType), one},
			{cty.TupleVal([]cty.Value{one}), cty.TupleVal([]cty.Value{text})}, {cty.ObjectVal(map[string]cty.Value{"a": text})}} {
			for _, v := range []cty.Value{cty.TupleVal(mixed(n, of...)), object(mixed(n, of...)), cty.TupleVal(mixed(n, of...)).Mark(Mark{Kind: Sensitive})} {
				for _, element := range types {
					for _, typ := range []cty.Type{cty.List(element), cty.Set(element), cty.Map(element), cty.Object(map[string]cty.Type{"k0": element})} {
						want, wantErr := convert.Convert(v, typ)
						got, err := Convert(v, typ)
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
	different := cty.TupleVal(mixed(maxMixedTypes+1, one, cty.EmptyObjectVal))
	if _, err := Convert(different, cty.List(cty.DynamicPseudoType)); !errors.Is(err, errMixedTypes) {
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
		{func(v cty.Value) cty.Value { return cty.TupleVal([]cty.Value{cty.Zero, v.Mark(Mark{Kind: Sensitive})}) }, cty.List(cty.Number)},
		{object, typ},
		{func(v cty.Value) cty.Value { return cty.ObjectVal(map[string]cty.Value{"k": object(v)}) }, cty.Map(typ)},
		{func(v cty.Value) cty.Value { return cty.TupleVal([]cty.Value{v}) }, cty.Tuple([]cty.Type{cty.Number})},
	} {
		if _, err := Convert(wrap.value(short), wrap.typ); err != nil {
			t.Errorf("%#v: %v", wrap.typ, err)
		}
		if _, err := Convert(wrap.value(long), wrap.typ); !errors.Is(err, ErrLongNumeral) {
			t.Errorf("%#v: %v", wrap.typ, err)
		}
	}
}

// TestNumbersAreWrittenAsCty compares the short way for whole numbers with cty's own.
func TestNumbersAreWrittenAsCty(t *testing.T) {
	minusZero := new(big.Float).Neg(new(big.Float))
	numbers := []cty.Value{
		cty.Zero, cty.NumberIntVal(math.MaxInt64), cty.NumberIntVal(math.MinInt64), cty.NumberUIntVal(math.MaxUint64), cty.NumberFloatVal(0.5),
		cty.NumberFloatVal(-1e21), cty.NumberFloatVal(1e18), cty.MustParseNumberVal("12345678901234567890.5"), cty.NumberVal(minusZero), cty.PositiveInfinity,
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		numbers = append(numbers, cty.NumberIntVal(random.Int64()-random.Int64()), cty.NumberFloatVal(random.NormFloat64()*1e6))
	}
	for _, n := range numbers {
		want, err := convert.Convert(n, cty.String)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ScalarText(n); !ok || got != want.AsString() {
			t.Errorf("%#v: %q, want %q", n, got, want.AsString())
		}
	}
}
