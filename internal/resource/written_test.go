package resource

import (
	"slices"
	"testing"
)

func TestReferences(t *testing.T) {
	got := References([]string{"aws_sns_topic.t.arn", "aws_sns_topic.t", "var.ab", "var.a", "aws_x.y[0]", "aws_x.y", "var.a"})
	if want := []string{"aws_sns_topic.t.arn", "aws_x.y[0]", "var.a", "var.ab"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestDifference(t *testing.T) {
	block := func(name string) []Arguments { return []Arguments{{"name": {Constant: name}}} }
	one := []Written{{"aws_x.a", Arguments{"name": {Constant: `"n"`}, "topic": {References: []string{"var.t"}}, "block": {Blocks: block("b")}}}}
	for _, c := range []struct {
		name, address, argument string
		other                   []Written
	}{
		{"the same", "", "", []Written{{"aws_x.a", Arguments{"name": {Constant: `"n"`}, "topic": {References: []string{"var.t"}}, "block": {Blocks: block("b")}}}}},
		{"another constant", "aws_x.a", "name", []Written{{"aws_x.a", Arguments{"name": {Constant: `"m"`}, "topic": {References: []string{"var.t"}}, "block": {Blocks: block("b")}}}}},
		{"another reference", "aws_x.a", "topic", []Written{{"aws_x.a", Arguments{"name": {Constant: `"n"`}, "topic": {}, "block": {Blocks: block("b")}}}}},
		{"another block", "aws_x.a", "block", []Written{{"aws_x.a", Arguments{"name": {Constant: `"n"`}, "topic": {References: []string{"var.t"}}, "block": {Blocks: block("c")}}}}},
		{"an argument less", "aws_x.a", "block", []Written{{"aws_x.a", Arguments{"name": {Constant: `"n"`}, "topic": {References: []string{"var.t"}}}}}},
		{"another block", "aws_x.a", "", []Written{{"aws_x.b", nil}}},
	} {
		for _, both := range [][2][]Written{{one, c.other}, {c.other, one}} {
			if address, argument := Difference(both[0], both[1]); address != c.address || argument != c.argument {
				t.Errorf("%s: %q, %q", c.name, address, argument)
			}
		}
	}
	for _, a := range []Argument{{Constant: `"x"`}, {References: []string{"var.x"}}, {Blocks: block("x")}} {
		if !a.IsKnown() {
			t.Errorf("%+v is not known", a)
		}
	}
	if (Argument{}).IsKnown() {
		t.Error("an expression that nobody tells is known")
	}
}

func TestInModule(t *testing.T) {
	if got := InModule("module.m", "aws_x.a") + " " + InModule("", "aws_x.a"); got != "module.m.aws_x.a aws_x.a" {
		t.Error(got)
	}
}
