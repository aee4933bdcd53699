package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		text, module, static, path string
		key                        resource.Key
	}{
		{"aws_sns_topic.t", "", "aws_sns_topic.t", "", resource.Key{}},
		{"aws_sns_topic.t.arn", "", "aws_sns_topic.t", "arn", resource.Key{}},
		{`aws_x.f["unauth"].metric_transformation[0].name`, "", "aws_x.f", "metric_transformation.0.name",
			resource.Key{Kind: resource.StringKey, Str: "unauth"}},
		{`module.m["a.b"].x.y[1]`, `module.m["a.b"]`, "module.m.x.y", "", resource.Key{Kind: resource.IntKey, Int: 1}},
		{`module.m[0].module.n["c]\"d"].data.x.y`, `module.m[0].module.n["c]\"d"]`, "module.m.module.n.data.x.y", "", resource.Key{}},
		{`x.y["$${e}"]`, "", "x.y", "", resource.Key{Kind: resource.StringKey, Str: "${e}"}},
		{`x.y["%%{e}"].tags["a.b"]`, "", "x.y", "tags.a.b", resource.Key{Kind: resource.StringKey, Str: "%{e}"}},
	}
	for _, tt := range tests {
		a, ok := parseAddress(tt.text)
		if !ok || a.module.String() != tt.module || a.static() != tt.static || attribute(a.path) != tt.path || a.key != tt.key {
			t.Errorf("%s: %+v", tt.text, a)
		}
		if prefix := modulePrefix(tt.text); prefix != tt.module {
			t.Errorf("%s: module %s", tt.text, prefix)
		}
	}
	for _, text := range []string{"", "x", "module.m", "data.x", "var", `["x"].y`} {
		if a, ok := parseAddress(text); ok {
			t.Errorf("%q: %+v", text, a)
		}
	}
}

func TestDirectReferences(t *testing.T) {
	tests := []struct{ refs, want []string }{
		{[]string{"t.x.arn", "t.x"}, []string{"t.x.arn"}},
		{[]string{"t.x[0].a[1].b", "t.x[0].a[1]", "t.x[0].a", "t.x[0]", "t.x"}, []string{"t.x[0].a[1].b"}},
		{[]string{"t.x.arn", "t.x", "t.x.arn", "t.x"}, []string{"t.x.arn", "t.x.arn"}},
		// A splat beside an index of the same resource.
		{[]string{`t.x["a"].id`, `t.x["a"]`, "t.x", "t.x"}, []string{`t.x["a"].id`, "t.x"}},
		{[]string{`module.m["a"].id`, `module.m["a"]`, "module.m", "each.key"}, []string{`module.m["a"].id`, "module.m", "each.key"}},
		{[]string{`module.m["a"]`, "module.m"}, []string{`module.m["a"]`}},
		{[]string{"t.xy.arn", "t.xy", "t.x"}, []string{"t.xy.arn", "t.x"}},
		{[]string{"each.value.arn", "each.value", "local.a", "local.a"}, []string{"each.value.arn", "local.a", "local.a"}},
		{nil, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, expression{References: tt.refs}.direct()); diff != "" {
			t.Error(diff)
		}
	}
}
