package syntax_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/widetest"
)

// TestHostile holds that code which is meant to hurt ends in one error that says
// where.
func TestHostile(t *testing.T) {
	deep := func(open, inner, shut string, n int) string {
		return "locals {\n  x = " + strings.Repeat(open, n) + inner + strings.Repeat(shut, n) + "\n}\n"
	}
	use := "resource \"aws_sns_topic\" \"t\" {\n  name = local.x\n}\n"
	doubling := func(first, step string) string {
		var b strings.Builder
		b.WriteString("locals {\n  a0 = " + first + "\n")
		for i := range 40 {
			b.WriteString(strings.ReplaceAll(fmt.Sprintf("  a%d = %s\n", i+1, step), "@", fmt.Sprintf("local.a%d", i)))
		}
		return b.String() + "  x = local.a40\n}\n" + use
	}
	chain := func(n int) string {
		var b strings.Builder
		b.WriteString("locals {\n  a0 = 1\n")
		for i := range n {
			fmt.Fprintf(&b, "  a%d = local.a%d\n", i+1, i)
		}
		fmt.Fprintf(&b, "  x = local.a%d\n}\n", n)
		return b.String() + use
	}
	many := 10_000 // far beyond the bounds; more takes seconds
	if widetest.All() {
		many = 100_000
	}
	tests := []struct{ name, code, want string }{
		{"parentheses", deep("(", "1", ")", many), "main.tf:2:261: brackets nested more than 256 deep"},
		{"lists", deep("[", "", "]", 10_000), "more than 256 deep"},
		{"objects", deep("{a=", "1", "}", 10_000), "more than 256 deep"},
		{"templates", deep(`"${`, "1", `}"`, 10_000), "more than 256 deep"},
		{"blocks", strings.Repeat("a {\n", 10_000) + strings.Repeat("}\n", 10_000), "more than 256 deep"},
		{"negation", deep("!", "true", "", many), "more than 2048 parts"},
		{"minus", deep("-", "1", "", many), "more than 2048 parts"},
		{"sum", deep("1+", "1", "", many), "more than 2048 parts"},
		{"conditionals", deep("true ? 1 : ", "1", "", many), "more than 2048 parts"},
		{"indexes", deep("", "a", "[0]", many), "more than 2048 parts"},
		{"attributes", deep("", "a", ".b", many), "more than 2048 parts"},
		{"splats", deep("", "a", "[*].b", many), "more than 2048 parts"},
		{"directives", "locals {\n  x = \"" + strings.Repeat("%{if true}", many) + "\"\n}\n", "more than 2048 parts"},
		{"number", deep("1e999999999", "", "", 1), "a number of more than 10,000 digits"},
		{"product", doubling("1e9999", "@*@"), ""},
		{"cycle", "locals {\n  x = local.y\n  y = local.x\n}\n" + use, "main.tf:2:3: a cycle: local.x -> local.y -> local.x"},
		{"cycle of resources", "resource \"aws_sns_topic\" \"t\" {\n  name = aws_sns_topic.t.name\n}\n", "a cycle: aws_sns_topic.t.name -> aws_sns_topic.t.name"},
		{"cycle of count", "resource \"aws_sns_topic\" \"t\" {\n  count = length(aws_sns_topic.t)\n}\n", "cycle: the instances of aws_sns_topic.t depend on themselves"},
		{"cycle of variables", "module \"m\" {\n  source = \"./m\"\n  v = module.m.v\n}\n" + strings.ReplaceAll(use, "local.x", "module.m.v") + "-- m/m.tf --\nvariable \"v\" {}\noutput \"v\" { value = var.v }\n", "a cycle: module.m.output.v -> module.m.var.v -> module.m.output.v"},
		{"chain", chain(10_000), "a chain of more than 256 references"},
		{"module calls itself", "module \"m\" { source = \"./.\" }\n", "more than 10000 modules, or 64 inside each other"},
		{"modules fan out", "module \"a\" { source = \"./b\" }\n-- b/b.tf --\nmodule \"x\" {\n  count = 200\n  source = \"../c\"\n}\n-- c/c.tf --\nmodule \"x\" {\n  count = 200\n  source = \"../d\"\n}\n-- d/d.tf --\n", "more than 10000 modules"},
		{"count", "resource \"aws_sns_topic\" \"t\" {\n  count = 1000000000\n}\n", "main.tf:2:11: aws_sns_topic.t: more than 10000 instances"},
		{"setproduct", "resource \"aws_sns_topic\" \"t\" {\n  for_each = toset([for p in setproduct(range(1000), range(1000)) : join(\"-\", p)])\n}\n", ""},
		{"lists of lists", doubling("[0]", "[@, @]"), "more than 1000000 values"},
		{"concat", doubling("[0]", "concat(@, @)"), "more than 1000000 values"},
		{"text", doubling(`"xxxxxxxxxx"`, `"${@}${@}"`), "more than 16 MiB"},
		{"join", doubling(`"xxxxxxxxxx"`, `join(@, [@, @])`), "more than 16 MiB"},
		{"replace", doubling(`"xxxxxxxxxx"`, `replace(@, "x", "xx")`), "more than 16 MiB"},
		{"format", deep(`format("%999999999d", 1)`, "", "", 1) + use, ""},
		{"indent", deep(`indent(999999999, "a\nb")`, "", "", 1) + use, ""},
		{"yaml", deep(`yamldecode("a: &a [0,0,0,0,0,0,0,0,0]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]")`, "", "", 1) + use, "yamldecode: more than 1000000 values"},
		{"yaml in itself", deep(`yamldecode("&a [*a]")`, "", "", 1) + use, ""},
		{"json", deep(`jsondecode(join("", [for i in range(1000) : "["]))`, "", "", 1) + use, ""},
		{"not UTF-8", "locals {\n  x = \"a\xffb\"\n}\n", "main.tf:2:9: not UTF-8"},
		{"syntax", "resource \"aws_sns_topic\" \"t\" {\n  name = \n}\n", "main.tf:2:10: invalid expression"},
		{"labels", "resource \"aws_sns_topic\" {}\n", "a resource block must have two labels"},
		{"twice", "variable \"a\" {}\nvariable \"a\" {}\n", `main.tf:2:1: variable "a" is defined twice`},
		{"templates in templates", deep(`templatefile("t.tpl", {})`, "", "", 1) + use + "-- t.tpl --\n${templatefile(\"t.tpl\", {})}\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if slices.Contains([]string{"concat", "yaml", "lists of lists"}, tt.name) && !widetest.All() {
				t.Skip("makes a million values; IACGATE_WIDE=1 asks for it")
			}
			if !strings.HasPrefix(tt.code, "-- ") {
				tt.code = "-- main.tf --\n" + tt.code
			}
			dir := hcltest.Unpack(t, tt.code)
			doc, err := hcl.Read(t.Context(), hcl.Options{Dir: dir, Boundary: dir})
			switch {
			case tt.want == "" && err == nil:
				if len(doc.Notes) == 0 && doc.Resources[0].Uncertain == "" {
					t.Error("no note")
				}
			case err == nil:
				t.Errorf("no error; notes %q, incomplete %q", doc.Notes, doc.Incomplete)
			case tt.want == "" || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n"):
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestSyntaxErrors(t *testing.T) {
	err := hcltest.Failure(t, "-- a.tf --\nlocals {\n  x = [1, 2\n}\n-- b.tf --\nresource {\n-- c.tf.json --\n{\"a\": 1,}\n", hcl.Options{})
	var e *diag.Diagnostic
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if want := "}"; len(e.Hints()) != 2 || e.Hints()[0] != want {
		t.Errorf("%q", e.Hints())
	}
	for _, want := range []string{"a.tf:3:1: missing item separator", "b.tf:1:10: unclosed configuration block", "c.tf.json:1:9: invalid character '}'"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}
