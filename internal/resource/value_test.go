package resource

import (
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
