package value

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

var (
	topic    = Mark{Kind: Managed, Address: "aws_sns_topic.t", Path: "arn"}
	account  = Mark{Kind: Outside, Address: "data.aws_x.a", Path: "id"}
	variable = Mark{Kind: Unset, Address: "var.a"}
	missing  = Mark{Kind: Opaque, Address: "module.m"}
)

func marks(all ...any) cty.ValueMarks { return cty.NewValueMarks(all...) }

func TestOriginOf(t *testing.T) {
	for name, tt := range map[string]struct {
		marks cty.ValueMarks
		want  resource.Origin
	}{
		"one resource":            {marks(topic), resource.Origin{Cause: resource.Referenced, Certain: true, Exact: true}},
		"a derived text":          {marks(topic, Mark{Kind: Made}), resource.Origin{Cause: resource.Referenced, Certain: true, Made: true}},
		"two resources":           {marks(topic, account), resource.Origin{Cause: resource.Referenced, Certain: true}},
		"a data source":           {marks(account), resource.Origin{Cause: resource.Outside, Certain: true, Exact: true}},
		"one of several":          {marks(topic, Mark{Kind: Chosen}), resource.Origin{Cause: resource.Referenced}},
		"a variable":              {marks(variable), resource.Origin{Cause: resource.Variable, Via: []string{"var.a"}}},
		"what a variable decides": {marks(topic, Mark{Kind: Decider, Address: "var.a"}), resource.Origin{Cause: resource.Variable, Deciders: []string{"var.a"}}},
		"a missing module":        {marks(missing), resource.Origin{Cause: resource.Opaque, Via: []string{"module.m"}, Made: true}},
	} {
		got := OriginOf(tt.marks)
		if got.Cause != tt.want.Cause || got.Certain != tt.want.Certain || got.Exact != tt.want.Exact || got.Made != tt.want.Made ||
			!slices.Equal(got.Via, tt.want.Via) || !slices.Equal(got.Deciders, tt.want.Deciders) {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
	if refs := RefsOf(marks(account, topic, variable)); len(refs) != 2 || refs[0].Address != "aws_sns_topic.t" || refs[1].Attribute != "id" {
		t.Errorf("%+v", refs)
	}
}

func TestConditionMarks(t *testing.T) {
	condition := marks(topic, variable, Mark{Kind: Sensitive})
	if got := ConditionMarks(condition, true); len(got) != 1 || !HasKind(got, Sensitive) {
		t.Errorf("known: %v", got)
	}
	if got := ConditionMarks(condition, false); len(got) != 3 || !HasKind(got, Chosen) || !slices.Equal(AddressesOf(got, Decider), []string{"var.a"}) {
		t.Errorf("unknown: %v", got)
	}
	if got := UnknownPartMarks(condition); !HasKind(got, MaybeOther) || HasKind(got, Managed) {
		t.Errorf("part: %v", got)
	}
}

// What is known of a text goes through Encode and back, and ends with WithoutOutlines.
func TestOutlines(t *testing.T) {
	symbol := UnknownSymbol(cty.String, variable)
	text, ok := TextOf(symbol)
	if name, isSymbol := text.Symbol(); !ok || !isSymbol || name != "var.a" {
		t.Errorf("%q, %t", text, ok)
	}
	list := cty.TupleVal([]cty.Value{symbol, cty.StringVal("x"), cty.Zero, cty.NullVal(cty.String), cty.UnknownVal(cty.Bool)})
	back, err := DecodeDeep(Encode(list))
	if err != nil || !back.RawEquals(cty.TupleVal([]cty.Value{WithText(cty.UnknownVal(cty.String).RefineNotNull().Mark(variable), text), cty.StringVal("x"), cty.Zero, cty.NullVal(cty.String), cty.UnknownVal(cty.Bool)})) {
		t.Errorf("%#v, %v", back, err)
	}
	if _, err := DecodeDeep(cty.ObjectVal(map[string]cty.Value{string(text): cty.Zero})); !errors.Is(err, errNamedBySymbol) {
		t.Error(err)
	}
	if bare := WithoutOutlines(list); bare.Index(cty.Zero).HasMark(outline{Text: text}) || !bare.Index(cty.Zero).HasMark(variable) {
		t.Errorf("%#v", bare)
	}
	if _, ok := TextOf(symbol.Mark(outline{Text: "other"})); ok {
		t.Error("two outlines are one")
	}
	parts := WithParts(OneOf(symbol), []cty.Value{cty.Zero})
	if got, ok := PartsOf(parts); !ok || len(got) != 1 {
		t.Errorf("%v, %t", got, ok)
	}
	if plain, left := Unmark(parts); plain.IsKnown() || len(left) != 1 || !HasKind(left, Unset) {
		t.Errorf("%v", left)
	}
}

func TestEqual(t *testing.T) {
	a, b := UnknownSymbol(cty.String, variable), UnknownSymbol(cty.String, missing)
	list := func(v ...cty.Value) cty.Value { return cty.TupleVal(v) }
	for _, tt := range []struct {
		a, b cty.Value
		want truth.Truth
	}{
		{cty.StringVal("x"), cty.StringVal("x"), truth.Yes},
		{cty.StringVal("x"), cty.StringVal("y").Mark(topic), truth.No},
		{cty.StringVal("1"), cty.NumberIntVal(1), truth.No},
		{a, a, truth.Yes},
		{a, b, truth.Unknown},
		{a, cty.StringVal("x"), truth.Unknown},
		{cty.UnknownVal(cty.String), cty.StringVal("x"), truth.Unknown},
		{list(cty.Zero), list(cty.Zero), truth.Yes},
		{list(cty.Zero), list(cty.True), truth.No},
		{list(a), list(a), truth.Unknown},
	} {
		if got := Equal(tt.a, tt.b); got != tt.want {
			t.Errorf("%#v and %#v: %v", tt.a, tt.b, got)
		}
	}
}

func TestElements(t *testing.T) {
	list, ok, err := Elements(cty.TupleVal([]cty.Value{cty.Zero, cty.True}).Mark(topic))
	if err != nil || !ok || len(list) != 2 || !list[1].HasMark(topic) {
		t.Errorf("%v, %t, %v", list, ok, err)
	}
	if _, ok, err := Elements(cty.DynamicVal); ok || err != nil {
		t.Errorf("unknown: %t, %v", ok, err)
	}
	if _, _, err := Elements(cty.StringVal("x")); err == nil {
		t.Error("a text has elements")
	}
}

func TestScalars(t *testing.T) {
	for _, tt := range []struct {
		v    cty.Value
		want string
		ok   bool
	}{
		{cty.NumberIntVal(7).Mark(topic), "7", true}, {cty.True, "true", true}, {cty.StringVal("x"), "x", true},
		{cty.NilVal, "", false}, {cty.UnknownVal(cty.String), "", false}, {cty.EmptyTupleVal, "", false}, {cty.NullVal(cty.String), "", false},
	} {
		if got, ok := ScalarText(tt.v); got != tt.want || ok != tt.ok {
			t.Errorf("%#v: %q, %t", tt.v, got, ok)
		}
	}
	if n, ok := KnownNumber(cty.NumberIntVal(7)); !ok || n != 7 {
		t.Errorf("%v, %t", n, ok)
	}
	if _, ok := KnownNumber(cty.StringVal("7")); ok {
		t.Error("a text is a number")
	}
	if v := TryConvert(UnknownSymbol(cty.String, variable), cty.Number); v.Type() != cty.Number || v.HasMark(outline{Text: resource.Text(resource.Symbol("var.a"))}) {
		t.Errorf("%#v", v)
	}
	if v := TryConvert(cty.StringVal("x"), cty.Number); v.Type() != cty.String {
		t.Errorf("%#v", v)
	}
}

func TestCommonType(t *testing.T) {
	null := cty.NullVal(cty.DynamicPseudoType)
	for _, tt := range []struct {
		a, b cty.Value
		want cty.Type
	}{
		{cty.Zero, cty.Zero, cty.Number}, {cty.Zero, cty.StringVal("x"), cty.String}, {null, cty.Zero, cty.Number}, {cty.Zero, null, cty.Number},
		{cty.DynamicVal, cty.Zero, cty.DynamicPseudoType}, {cty.EmptyObjectVal, cty.Zero, cty.DynamicPseudoType},
	} {
		if got := CommonType(tt.a, tt.b); !got.Equals(tt.want) {
			t.Errorf("%#v and %#v: %s", tt.a, tt.b, got.FriendlyName())
		}
	}
}

func TestWeigh(t *testing.T) {
	list := cty.TupleVal([]cty.Value{cty.StringVal("abc"), cty.NumberIntVal(1), cty.DynamicVal.Mark(topic)})
	w, err := Weigh(list, cty.NilVal)
	if err != nil || w.Size() != 5*ElementSize+3 || w.Work(2) != 5*ElementWork+6 {
		t.Errorf("%+v, %v", w, err)
	}
	if _, err := Weigh(cty.StringVal(strings.Repeat("x", MaxText+1))); !IsSpent(err) {
		t.Error(err)
	}
	huge := cty.MustParseNumberVal("1e70000")
	if _, err := Weigh(huge); !IsLimitError(err) || CheckNumber(huge) == nil || CheckNumber(cty.Zero) != nil || CheckNumber(cty.NilVal) != nil {
		t.Error(err)
	}
	if err := CheckIndex(cty.EmptyTupleVal, strings.Repeat("1", maxNumeral+1)); !IsLimitError(err) || !strings.Contains(err.Error(), "1024 bytes") {
		t.Error(err)
	}
	if inner := errors.New("x"); !errors.Is(LimitError{Err: inner}, inner) {
		t.Error("what a limit error wraps is lost")
	}
}
