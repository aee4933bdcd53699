package resource

import (
	"strings"
	"testing"
)

func TestBlock(t *testing.T) {
	for address, want := range map[string]string{
		"aws_sns_topic.t":                          "aws_sns_topic.t",
		"aws_sns_topic.t[0]":                       "aws_sns_topic.t",
		`module.m["a.b"].aws_sns_topic.t["x]\"."]`: "module.m.aws_sns_topic.t",
		"data.aws_region.here":                     "data.aws_region.here",
	} {
		if got := Block(address); got != want {
			t.Errorf("Block(%s) = %s, want %s", address, got, want)
		}
	}
}

// TestPositionOf: an attribute's own place, else that of its resource.
func TestPositionOf(t *testing.T) {
	whole := &Position{File: "main.tf", Line: 1}
	r := Resource{Position: whole, Positions: map[string]Position{"name": {File: "main.tf", Line: 2}}, Attributes: MapValue(map[string]Value{"name": StringValue("n")})}
	if p := r.PositionOf("name"); p.Line != 2 {
		t.Errorf("name is at %+v", p)
	}
	if p := r.PositionOf("other"); p != whole {
		t.Errorf("other is at %+v", p)
	}
	if text, _ := r.Attr("name").Text(); text != "n" {
		t.Errorf("name is %q", text)
	}
}

func TestActionNames(t *testing.T) {
	var names []string
	for a := Exists; a <= Read; a++ {
		names = append(names, a.String())
	}
	if got := strings.Join(names, " "); got != "no-op create update replace delete forget read" {
		t.Error(got)
	}
}

func TestGap(t *testing.T) {
	anything, topics := Gap{Text: "a"}, Gap{Text: "b", Types: []string{"aws_sns_topic"}}
	if !anything.MayHold("aws_kms_key") || topics.MayHold("aws_kms_key") || !topics.MayHold("aws_sns_topic") {
		t.Error("a gap holds what it cannot, or does not hold what it may")
	}
	if got := GapTexts([]Gap{anything, topics}); strings.Join(got, " ") != "a b" {
		t.Errorf("%q", got)
	}
}
