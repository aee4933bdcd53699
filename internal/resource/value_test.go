package resource

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRewriting(t *testing.T) {
	w := Rewriting{
		Text: strings.ToUpper,
		Ref:  func(r Ref) Ref { return Ref{Address: "in:" + r.Address, Attribute: r.Attribute} },
	}
	before := MapValue(map[string]Value{
		"name": StringValue("a").AsSensitive(),
		"list": ListValue(UnknownValue(Origin{Cause: Referenced, Refs: []Ref{{"aws_sns_topic.t", "arn"}}, Symbolic: "b"}), NumberValue("1")),
	})
	after := w.Value(before)
	o, _ := after.Get("list", 0).Origin()
	if text, _ := after.Get("name").Text(); text != "A" || !after.Get("name").IsSensitive() || o.Refs[0].Address != "in:aws_sns_topic.t" || o.Symbolic != "B" {
		t.Errorf("%q, %+v", text, o)
	}
	if o, _ := before.Get("list", 0).Origin(); o.Refs[0].Address != "aws_sns_topic.t" || o.Symbolic != "b" {
		t.Errorf("the value before has changed: %+v", o)
	}
}

// TestKinds: what each kind of value says of itself.
func TestKinds(t *testing.T) {
	none := Origin{Cause: Variable, Refs: []Ref{{Address: "var.x"}}}
	for _, c := range []struct {
		value           Value
		kind            Kind
		text, display   string
		hasText         bool
		truth, hasTruth bool
		number          float64
		hasNumber       bool
	}{
		{NullValue(), Null, "", "", false, false, false, 0, false},
		{BoolValue(true), Bool, "true", "true", true, true, true, 0, false},
		{StringValue("false"), String, "false", "false", true, false, true, 0, false},
		{StringValue("5"), String, "5", "5", true, false, false, 5, true},
		{NumberValue("1.50"), Number, "1.50", "1.50", true, false, false, 1.5, true},
		{StringValue("x").AsSensitive(), String, "x", Hidden, true, false, false, 0, false},
		{UnknownValue(none), Unknown, "", "var.x", false, false, false, 0, false},
		{UnknownValue(Origin{}), Unknown, "", "(known after apply)", false, false, false, 0, false},
		{UnknownValue(Origin{Symbolic: "a-" + Symbol("var.x")}), Unknown, "", "a-(var.x)", false, false, false, 0, false},
		{ListValue(StringValue("a")), List, "", "", false, false, false, 0, false},
		{StringValue("x").WithOrigin(none), String, "x", "x", true, false, false, 0, false},
	} {
		v := c.value
		text, hasText := v.Text()
		truth, hasTruth := v.Truth()
		number, hasNumber := v.Number()
		if v.Kind() != c.kind || v.IsNull() != (c.kind == Null) || v.IsUnknown() != (c.kind == Unknown) || v.Display() != c.display {
			t.Errorf("%+v: kind %d, %q", v, v.Kind(), v.Display())
		}
		if text != c.text || hasText != c.hasText || truth != c.truth || hasTruth != c.hasTruth || number != c.number && hasNumber || hasNumber != c.hasNumber {
			t.Errorf("%+v: text %q %v, truth %v %v, number %v %v", v, text, hasText, truth, hasTruth, number, hasNumber)
		}
	}
}

func TestOrigin(t *testing.T) {
	if _, ok := StringValue("x").Origin(); ok {
		t.Error("a text without an origin has one")
	}
	if o, ok := StringValue("x").WithOrigin(Origin{Cause: Outside}).Origin(); !ok || o.Cause != Outside {
		t.Errorf("%+v, %v", o, ok)
	}
	arn := Ref{"aws_sns_topic.t", "arn"}
	for _, c := range []struct {
		origin Origin
		whole  bool
		text   string
	}{
		{Origin{Refs: []Ref{arn}}, true, "aws_sns_topic.t.arn"},
		{Origin{Refs: []Ref{arn, {Address: "var.x"}}}, false, "aws_sns_topic.t.arn, var.x"},
		{Origin{Refs: []Ref{arn}, Made: true}, false, "aws_sns_topic.t.arn"},
		{Origin{Refs: []Ref{arn}, Symbolic: "x"}, false, "aws_sns_topic.t.arn"},
		{Origin{Refs: []Ref{arn}, Symbolic: "x", Exact: true}, true, "aws_sns_topic.t.arn"},
		{Origin{Refs: []Ref{arn}, Via: []string{"local.a", "local.b"}}, true, "local.a"},
		{Origin{Deciders: []string{"var.x", "terraform.workspace"}}, false, "what var.x, the workspace decides"},
	} {
		if c.origin.Whole() != c.whole || c.origin.Text() != c.text {
			t.Errorf("%+v: %v, %q", c.origin, c.origin.Whole(), c.origin.Text())
		}
	}
}

func TestGet(t *testing.T) {
	v := MapValue(map[string]Value{
		"block":  ListValue(MapValue(map[string]Value{"name": StringValue("n")})),
		"secret": MapValue(map[string]Value{"list": ListValue(StringValue("s"))}).AsSensitive(),
		"later":  UnknownValue(Origin{Cause: Local}),
	})
	for _, c := range []struct {
		path []any
		want string
	}{
		{[]any{"block", 0, "name"}, "n"},
		{[]any{"block", "name"}, "n"}, // the one block
		{[]any{"block", 1, "name"}, ""},
		{[]any{"block", -1}, ""},
		{[]any{"absent", "x"}, ""},
		{[]any{"secret", "list", 0}, Hidden},
		{[]any{"later", "x", 0}, "(known after apply)"},
		{[]any{1.5}, ""},
	} {
		if got := v.Get(c.path...).Display(); got != c.want {
			t.Errorf("%v: %q, want %q", c.path, got, c.want)
		}
	}
	if o, _ := v.Get("later", "x").Origin(); o.Cause != Local {
		t.Errorf("below an unknown value: %+v", o)
	}
	if got := v.Get("secret").Get("list").List(); len(got) != 1 || !got[0].IsSensitive() {
		t.Errorf("%+v", got)
	}
	if got := v.Keys(); !slices.Equal(got, []string{"block", "later", "secret"}) {
		t.Errorf("%q", got)
	}
}

// TestWalk: every value once, maps in key order, until visit has seen enough.
func TestWalk(t *testing.T) {
	v := MapValue(map[string]Value{"b": ListValue(StringValue("1"), StringValue("2")), "a": NullValue()})
	var paths []string
	v.Walk(func(path []any, _ Value) bool {
		paths = append(paths, fmt.Sprint(path))
		return fmt.Sprint(path) != "[b 0]"
	})
	if want := []string{"[]", "[a]", "[b]", "[b 0]"}; !slices.Equal(paths, want) {
		t.Errorf("%q, want %q", paths, want)
	}
}

func TestWith(t *testing.T) {
	before := MapValue(map[string]Value{"a": StringValue("1"), "b": StringValue("2")}).AsSensitive()
	after := before.With(map[string]Value{"b": BoolValue(true), "c": NullValue()})
	if got := after.Keys(); !slices.Equal(got, []string{"a", "b", "c"}) || after.Get("b").Kind() != Bool || !after.IsSensitive() {
		t.Errorf("%v: %v", got, after.Get("b"))
	}
	if got := before.Keys(); !slices.Equal(got, []string{"a", "b"}) || before.Get("b").Kind() != String {
		t.Errorf("it changed the value that it adds to: %v", got)
	}
}

func TestIsPlain(t *testing.T) {
	plain := MapValue(map[string]Value{"a": ListValue(StringValue("1"), BoolValue(true), NullValue()), "b": NumberValue("1")})
	if !plain.IsPlain() || !NullValue().IsPlain() {
		t.Error("what is known as it is written is not plain")
	}
	for name, v := range map[string]Value{
		"unknown": UnknownValue(Origin{}), "sensitive": StringValue("1").AsSensitive(), "with a symbol": StringValue("a" + Symbol("b")),
	} {
		for _, in := range []Value{v, ListValue(v), plain.With(map[string]Value{"c": ListValue(plain, v)})} {
			if in.IsPlain() {
				t.Errorf("%s: %v is plain", name, in)
			}
		}
	}
}
