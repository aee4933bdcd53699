package resource

import "testing"

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
