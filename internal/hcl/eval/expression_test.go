package eval_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/widetest"
)

// TestExpressions holds what expressions come to, also where parts are not known.
func TestExpressions(t *testing.T) {
	const code = `
variable "s" { type = string }
variable "l" { type = list(string) }
variable "o" { type = object({ a = string, b = optional(list(string), ["x"]) }) }
variable "n" { default = 2 }
locals {
  map   = { a = "x", b = "y" }
  pairs = [{ k = "a", v = "x" }, { k = "a", v = "y" }]
}
resource "aws_sns_topic" "a" { name = "a" }
resource "aws_sns_topic" "c" {
  count = 2
  name  = "c${count.index}"
}
resource "aws_test" "t" {
  v = EXPRESSION
}
-- t.tpl --
%{ for x in list ~}${x};%{ endfor }
`
	for expression, want := range map[string]string{
		`1 + 2 * var.n`:                                 "5",
		`-var.n`:                                        "-2",
		`!(var.n == 2)`:                                 "false",
		`var.n > 1 && true`:                             "true",
		`local.map["a"]`:                                `"x"`,
		`local.map[format("%s", "b")]`:                  `"y"`,
		`[local.map].0.a`:                               `"x"`,
		`(local.map).b`:                                 `"y"`,
		`{ for k, v in local.map : v => k }`:            `{x="a" y="b"}`,
		`{ for p in local.pairs : p.k => p.v... }`:      `{a=["x" "y"]}`,
		`[for k, v in local.map : v if k != "a"]`:       `["y"]`,
		`[for v in concat(["a"], var.l) : upper(v)][0]`: "unset(var.l)",
		`local.pairs[*].v`:                              `["x" "y"]`,
		`aws_sns_topic.c[*].name`:                       `["c0" "c1"]`,
		`aws_sns_topic.c[var.n - 1].name`:               `"c1"`,
		`aws_sns_topic.c[length(local.map) - 1].name`:   `"c1"`,
		`max([1, 2]...)`:                                "2",
		`"${var.n}-${aws_sns_topic.a.name}"`:            `"2-a"`,
		`"%{ if var.n == 2 }yes%{ else }no%{ endif }"`:  `"yes"`,
		`<<-EOT` + "\n    a\n      b\n  EOT\n":          `"a\n  b\n"`,
		`templatefile("t.tpl", { list = ["a", "b"] })`:  `"a;b;\n"`,
		`templatestring("$${x}", { x = 1 })`:            "1",
		`convert("1", number)`:                          "1",
		`convert(["a"], set(string))`:                   `["a"]`,
		`try(local.map.none, "x")`:                      `"x"`,
		`can(local.map.none)`:                           "false",
		`var.s`:                                         "unset(var.s)",
		`var.o.b`:                                       "unset(var.o)",
		`var.l[0]`:                                      "unset(var.l)",
		`{ (var.s) = "x" }`:                             "unset(var.s)",
		`var.s == var.s`:                                "true",
		`uuid()`:                                        "opaque(uuid())",
		`timestamp() == "x" ? aws_sns_topic.a.arn : ""`: "~a.arn",
	} {
		doc := hcltest.ReadOptions(t, "-- main.tf --"+strings.Replace(code, "EXPRESSION", expression, 1), hcl.Options{Keep: hcltest.KeepTests})
		if got := hcltest.Describe(hcltest.Find(t, doc, "aws_test.t").Attr("v")); got != want {
			t.Errorf("%s: %s, want %s; notes %q", expression, got, want, doc.Notes)
		}
	}
}

// TestTypes holds what types variables may have, and what becomes of their values.
func TestTypes(t *testing.T) {
	for typ, tt := range map[string]struct{ given, want string }{
		`string`:           {"1", `"1"`},
		`number`:           {"1", "1"},
		`list`:             {`["a"]`, `["a"]`},
		`map`:              {`{ a = 1 }`, "{a=1}"},
		`set(string)`:      {`["a", "a"]`, `["a"]`},
		`tuple([string])`:  {`[1]`, `["1"]`},
		`map(list(any))`:   {`{ a = [1] }`, "{a=[1]}"},
		`object({a=bool})`: {`{ a = "true" }`, "{a=true}"},
		`"string"`:         {"x", `main.tf:2:10: type = "string": a type in quotes`},
		`"list"`:           {"[]", `a type in quotes`},
		`set`:              {"[]", "type = set: the element type is missing"},
		`strings`:          {"x", "invalid type specification"},
	} {
		code := "variable \"v\" {\n  type = " + typ + "\n}\nresource \"aws_test\" \"t\" {\n  v = var.v\n}\n"
		dir := hcltest.Unpack(t, code)
		doc, err := hcl.Read(t.Context(), hcl.Options{Dir: dir, Boundary: dir, Vars: []string{"v=" + tt.given}, Keep: hcltest.KeepTests})
		if err != nil {
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v, want %s", typ, err, tt.want)
			}
			continue
		}
		if got := hcltest.Describe(hcltest.Find(t, doc, "aws_test.t").Attr("v")); got != tt.want {
			t.Errorf("%s: %s, want %s", typ, got, tt.want)
		}
	}
}

// TestLimits holds that evaluation ends, with the place at which it had to.
func TestLimits(t *testing.T) {
	for code, want := range map[string]string{
		"locals {\n  x = local.y\n  y = local.x\n}\n":                                                                                                                        "main.tf:2:3: a cycle: local.x -> local.y -> local.x",
		"locals {\n  x = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]\n}\n":                                                                  "takes more than 3000000 steps",
		"locals {\n  a = join(\"\", [for i in range(1000) : \"0123456789012345\"])\n  b = join(\"\", [for i in range(1000) : local.a])\n  x = \"${local.b}${local.b}\"\n}\n": "a string of more than 16 MiB",
	} {
		if strings.Contains(want, "steps") && !widetest.All() {
			continue // three million of them take seconds
		}
		err := hcltest.Failure(t, "-- main.tf --\n"+code+"resource \"aws_sns_topic\" \"t\" {\n  name = local.x\n}\n", hcl.Options{})
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestIterators holds what the content of dynamic blocks calls an element.
func TestIterators(t *testing.T) {
	for _, iterator := range []string{"metric_query", "q"} {
		named := ""
		if iterator == "q" {
			named = "iterator = q"
		}
		doc := hcltest.ReadText(t, `
resource "aws_cloudwatch_metric_alarm" "a" {
  dynamic "metric_query" {
    for_each = ["a", "b"]
    `+named+`
    content { id = "${`+iterator+`.key}-${`+iterator+`.value}" }
  }
}
`)
		hcltest.Check(t, doc, [][3]string{{"aws_cloudwatch_metric_alarm.a", "metric_query.1.id", `"1-b"`}})
	}
}
