package graph

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
)

// An instance key is no part of a name.
func TestSplitAddress(t *testing.T) {
	for address, want := range map[string]string{
		`a.b[10].c`:         "a b c",
		`a.b["x.y"].c[2].d`: "a b c d",
		`a[b[0]].c`:         "a c",
	} {
		if got := strings.Join(splitAddress(address), " "); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// Of several managed policies with one ARN the one that the input manages counts, then
// the first address, whatever the order in which a map is read.
func TestManagedPolicy(t *testing.T) {
	world := resourcetest.World(t, `
data "aws_iam_policy" "a" { arn = "arn:aws:iam::111122223333:policy/p" }
aws_iam_policy "c" { arn = "arn:aws:iam::111122223333:policy/p" }
aws_iam_policy "b" { arn = "arn:aws:iam::111122223333:policy/p" }
aws_iam_policy "other" { arn = "arn:aws:iam::111122223333:policy/other" }
aws_sns_topic "t" { arn = "arn:aws:iam::111122223333:policy/topic" }
`)
	for range 20 {
		slices.Reverse(world)
		g := Build(world)
		if got, ok := g.managedPolicy("arn:aws:iam::111122223333:policy/p", nil); !ok || got.State != Known || !slices.Equal(got.To, []string{"aws_iam_policy.b"}) {
			t.Fatalf("%v %v, want aws_iam_policy.b", got, ok)
		}
		if got, ok := g.managedPolicy("arn:aws:iam::111122223333:policy/topic", nil); ok {
			t.Fatalf("a topic is taken for a policy: %v", got)
		}
	}
	read := Build(slices.DeleteFunc(world, func(r *resource.Resource) bool {
		return r.Address == "aws_iam_policy.b" || r.Address == "aws_iam_policy.c"
	}))
	if got, _ := read.managedPolicy("arn:aws:iam::111122223333:policy/p", nil); !slices.Equal(got.To, []string{"data.aws_iam_policy.a"}) {
		t.Errorf("%v, want the one that is read", got)
	}
}

// The name of a log group is no ARN, however it is written.
func TestRefersToName(t *testing.T) {
	g := Build(resourcetest.World(t, `
aws_cloudwatch_log_group "g" { name = "trail" }
aws_sns_topic "t" { name = "told" }
`))
	for value, want := range map[string]bool{
		`aws_cloudwatch_log_group.g.name`:       true,
		`aws_cloudwatch_log_group.g.id`:         true,
		`aws_cloudwatch_log_group.g.arn`:        false,
		`aws_sns_topic.t.name`:                  false,
		`made(aws_cloudwatch_log_group.g.name)`: false,
		`var.x`:                                 false,
		`"trail"`:                               false,
	} {
		if got := refersToName(valueOf(t, value), g); got != want {
			t.Errorf("%s: %v", value, got)
		}
	}
}

// A function may be called "function": only what has an account or more before that
// word is an ARN.
func TestFunctionName(t *testing.T) {
	for text, want := range map[string][2]string{
		"f":                            {"f", ""},
		"f:live":                       {"f", "live"},
		"111122223333:function:f":      {"f", ""},
		"111122223333:function:f:live": {"f", "live"},
		"arn:aws:lambda:eu-west-1:111122223333:function:f":             {"f", ""},
		"arn:aws:lambda:eu-west-1:111122223333:function:f:live":        {"f", "live"},
		"arn:aws:lambda:eu-west-1:111122223333:function:function:live": {"function", "live"},
		"function":                             {"function", ""},
		"function:live":                        {"function", "live"},
		"arn:aws:sns:eu-west-1:111122223333:t": {"", ""},
	} {
		if name, qualifier := functionName(text); [2]string{name, qualifier} != want {
			t.Errorf("%s: %q %q, want %q", text, name, qualifier, want)
		}
	}
}
