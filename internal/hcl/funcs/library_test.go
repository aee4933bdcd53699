package funcs_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// functionTests are calls of the functions, and what Terraform makes of them.
var functionTests = []struct{ expr, want string }{
	{`startswith("abc", "ab")`, `true`}, {`endswith("abc", "ab")`, `false`}, {`strcontains("abc", "b")`, `true`},
	{`replace("a.b.c", ".", "-")`, `"a-b-c"`}, {`replace("a1b22", "/[0-9]+/", "#")`, `"a#b#"`}, {`replace("ab", "/(a)(b)/", "$2$1")`, `"ba"`},
	{`length("héé")`, `3`}, {`length([1, 2])`, `2`}, {`length({ a = 1 })`, `1`}, {`length(toset(["a", "a"]))`, `1`},
	{`coalesce("", null, "x")`, `"x"`}, {`coalescelist([], ["x"])`, `["x"]`}, {`compact(["", "a", null])`, `["a"]`},
	{`lookup({ a = 1 }, "a", 2)`, `1`}, {`lookup({ a = 1 }, "b", 2)`, `2`}, {`lookup(tomap({ a = 1 }), "b", 2)`, `2`},
	{`index(["a", "b"], "b")`, `1`}, {`sum([1, 2, 3])`, `6`}, {`alltrue([true, "true"])`, `true`}, {`alltrue([])`, `true`},
	{`anytrue([false, true])`, `true`}, {`anytrue([])`, `false`}, {`one([])`, `null`}, {`one(["a"])`, `"a"`}, {`one(toset(["a"]))`, `"a"`},
	{`element(["a", "b"], 3)`, `"b"`}, {`element(["a", "b"], -1)`, `"b"`}, {`flatten([["a", ["b"]], []])`, `["a" "b"]`},
	{`merge({ a = 1 }, null, { b = 2, a = 3 })`, `{a=3 b=2}`}, {`keys({ b = 1, a = 2 })`, `["a" "b"]`}, {`values({ b = 1, a = 2 })`, `[2 1]`},
	{`distinct(["a", "b", "a"])`, `["a" "b"]`}, {`reverse([1, 2])`, `[2 1]`}, {`transpose({ a = ["x", "y"], b = ["x"] })`, `{x=["a" "b"] y=["a"]}`},
	{`matchkeys(["i1", "i2"], ["a", "b"], ["b"])`, `["i2"]`}, {`zipmap(["a"], [1])`, `{a=1}`}, {`slice(["a", "b", "c"], 1, 3)`, `["b" "c"]`},
	{`toset(["b", "a", "b"])`, `["a" "b"]`}, {`setproduct(["a"], ["x", "y"])`, `[["a" "x"] ["a" "y"]]`}, {`chunklist([1, 2, 3], 2)`, `[[1 2] [3]]`},
	{`format("%03d-%s", 7, "x")`, `"007-x"`}, {`formatlist("%s-%s", "a", ["x", "y"])`, `["a-x" "a-y"]`}, {`join("-", ["a", "b"])`, `"a-b"`},
	{`split(",", "a,b")`, `["a" "b"]`}, {`title("ab cd")`, `"Ab Cd"`}, {`trimsuffix("arn:*", ":*")`, `"arn"`}, {`substr("hello", 1, 3)`, `"ell"`},
	{`regex("(?P<a>[0-9]+)", "x12")`, `{a="12"}`}, {`regexall("[0-9]", "1a2")`, `["1" "2"]`}, {`indent(2, "a\nb")`, `"a\n  b"`},
	{`jsonencode({ b = [1, true, null], a = "x" })`, `"{\"a\":\"x\",\"b\":[1,true,null]}"`}, {`jsondecode("{\"a\": [1]}")`, `{a=[1]}`},
	{`yamldecode("a: [1, yes, 0x10, 1.5, 2020-01-01]\nb: |\n  x\n")`, `{a=[1 "yes" 16 1.5 "2020-01-01"] b="x\n"}`}, {`yamldecode("")`, `null`},
	{`jsondecode(yamlencode({ a = ["x"] }))`, `{a=["x"]}`}, {`csvdecode("a,b\n1,2\n")`, `[{a="1" b="2"}]`},
	{`base64encode("x")`, `"eA=="`}, {`base64decode("eA==")`, `"x"`}, {`md5("x")`, `"9dd4e461268c8034f5c8564e155c67a6"`}, {`sha1("")`, `"da39a3ee5e6b4b0d3255bfef95601890afd80709"`},
	{`urlencode("a b")`, `"a+b"`}, {`basename("a/b.txt")`, `"b.txt"`}, {`dirname("a/b.txt")`, `"a"`}, {`parseint("ff", 16)`, `255`}, {`ceil(1.2)`, `2`},
	{`timecmp("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")`, `-1`}, {`formatdate("YYYY", "2020-01-01T00:00:00Z")`, `"2020"`},
	{`tonumber("1") + 1`, `2`}, {`tostring(true)`, `"true"`}, {`tobool("false")`, `false`}, {`max(1, 2)`, `2`}, {`max([1, 5]...)`, `5`}, {`core::upper("a")`, `"A"`},
	{`nonsensitive("a")`, `"a"`}, {`issensitive(sensitive("a"))`, `true`}, {`range(3)`, `[0 1 2]`},
	{`can(regex("x", "y"))`, `false`}, {`try(tonumber("x"), "y")`, `"y"`},
	{`"%{ for x in ["a", "b"] ~}${x},%{ endfor ~}"`, `"a,b,"`}, {`"%{ if true }yes%{ else }no%{ endif }"`, `"yes"`},
	{`[for i, x in ["a", "b"] : "${i}${x}"]`, `["0a" "1b"]`}, {`{ for x in ["a", "b"] : upper(x) => x if x != "b" }`, `{A="a"}`},
	{`{ for x in ["a", "b", "a"] : x => x... }`, `{a=["a" "a"] b=["b"]}`}, {`[{ n = 1 }, { n = 2 }][*].n`, `[1 2]`}, {`null == null ? 1 : 2`, `1`},
	{`{ (join("", ["a", "b"])) = 1, "c${1}" = 2, d : 3 }`, `{ab=1 c1=2 d=3}`}, {`true ? { a = 1 } : {}`, `{a=1}`}, {`false ? [1] : ["a", "b"]`, `["a" "b"]`},
}

func TestFunctions(t *testing.T) {
	var code strings.Builder
	for i, tt := range functionTests {
		fmt.Fprintf(&code, "resource \"aws_test\" \"t%d\" {\n  v = %s\n}\n", i, tt.expr)
	}
	doc := hcltest.ReadOptions(t, code.String(), hcl.Options{Keep: hcltest.KeepTests})
	for i, tt := range functionTests {
		if got := hcltest.Describe(hcltest.Find(t, doc, fmt.Sprintf("aws_test.t%d", i)).Attr("v")); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.expr, got, tt.want)
		}
	}
	if len(doc.Notes) > 0 {
		t.Errorf("%q", doc.Notes)
	}
}

// TestSourcesSurvive holds that a source goes through any combination of what
// modules wrap their values in.
func TestSourcesSurvive(t *testing.T) {
	scalars := []string{
		`try(%s, "")`, `try({}.no, %s)`, `coalesce(%s, "x")`, `coalesce("", %s)`, `element([%s], 0)`, `one([%s])`, `[%s][0]`,
		`lookup({ a = %s }, "a", "")`, `lookup({}, "a", %s)`, `{ a = %s }.a`, `merge({ a = 1 }, { a = %s })["a"]`, `"${%s}"`, `"${%s}:*"`, `true ? %s : ""`,
		`var.create ? %s : null`, `element(concat([%s], [""]), 0)`, `compact(["", %s])[0]`, `flatten([[%s], []])[0]`, `distinct([%s, %[1]s])[0]`,
		`values({ a = %s })[0]`, `zipmap(["a"], [%s])["a"]`, `[for x in [%s] : x][0]`, `{ for x in [%s] : "k" => x }.k`, `tostring(%s)`, `reverse([%s])[0]`,
		`slice([%s, "x"], 0, 1)[0]`, `tolist([%s])[0]`, `join("", [%s])`, `format("%%s", %s)`, `replace(%s, "a", "b")`, `trimsuffix(%s, ":*")`, `lower(%s)`,
		`jsonencode({ a = %s })`, `split(",", %s)[0]`, `sensitive(%s)`, `coalescelist([], [%s])[0]`, `tomap({ a = %s })["a"]`, `([{ n = %s }][*].n)[0]`,
		`(can(%s) ? %[1]s : "")`, `nonsensitive(%s)`, `formatlist("%%s", [%s])[0]`, `chunklist([%s], 1)[0][0]`, `provider::x::y(%s)`, `var.hidden ? %s : "x"`,
	}
	r := rand.New(rand.NewPCG(1, 2))
	var exprs []string
	var code strings.Builder
	code.WriteString(hcltest.Infrastructure)
	for i := range 500 {
		e := "aws_sns_topic.one[0].arn"
		for range 1 + r.IntN(4) {
			e = fmt.Sprintf(scalars[r.IntN(len(scalars))], e)
			e, _, _ = strings.Cut(e, "%!(EXTRA")
		}
		exprs = append(exprs, e)
		fmt.Fprintf(&code, "resource \"aws_test\" \"t%d\" {\n  v = %s\n}\n", i, e)
	}
	doc := hcltest.ReadOptions(t, code.String(), hcl.Options{Keep: hcltest.KeepTests})
	want := resource.Ref{Address: "aws_sns_topic.one[0]", Attribute: "arn"}
	for i, e := range exprs {
		v := hcltest.Find(t, doc, fmt.Sprintf("aws_test.t%d", i)).Attr("v")
		if o, _ := v.Origin(); !v.IsUnknown() || len(o.Refs) != 1 || o.Refs[0] != want {
			t.Errorf("%s: %s", e, hcltest.Describe(v))
		}
	}
}

func TestPolicyDocuments(t *testing.T) {
	doc := hcltest.ReadText(t, `
provider "aws" {}
data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "known" {
  statement {
    sid       = "publish"
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
}
data "aws_iam_policy_document" "merged" {
  source_policy_documents = [data.aws_iam_policy_document.known.json]
  dynamic "statement" {
    for_each = ["a", "b"]
    content {
      sid           = statement.value
      effect        = "Deny"
      not_actions   = ["sns:*", "s3:*"]
      not_resources = ["arn:aws:s3:::&{aws:username}"]
      principals {
        type        = "*"
        identifiers = ["*"]
      }
    }
  }
}
data "aws_iam_policy_document" "unknown" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.t.arn]
  }
}
resource "aws_sns_topic" "t" {}
resource "aws_sns_topic_policy" "known" { policy = data.aws_iam_policy_document.known.json }
resource "aws_sns_topic_policy" "merged" { policy = data.aws_iam_policy_document.merged.minified_json }
resource "aws_sns_topic_policy" "unknown" { policy = data.aws_iam_policy_document.unknown.json }
`)
	text, _ := hcltest.Find(t, doc, "aws_sns_topic_policy.known").Attr("policy").Symbolic()
	if want := `"aws:SourceAccount": "` + iampolicy.SymbolMark("account of aws") + `"`; !strings.Contains(text, want) {
		t.Errorf("no %s in %s", want, text)
	}
	if _, err := iampolicy.Parse(text); err != nil {
		t.Error(err)
	}
	text, _ = hcltest.Find(t, doc, "aws_sns_topic_policy.merged").Attr("policy").Symbolic()
	for _, want := range []string{`"Sid": "publish"`, `"Sid": "b"`, `"Principal": "*"`, `"NotResource": "arn:aws:s3:::${aws:username}"`, `"sns:*",`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if got := hcltest.Describe(hcltest.Find(t, doc, "aws_sns_topic_policy.unknown").Attr("policy")); got != "data.aws_iam_policy_document.unknown.json" {
		t.Error(got)
	}
	if got := hcltest.Describe(hcltest.Find(t, doc, "data.aws_iam_policy_document.unknown").Attr("statement", 0, "resources")); got != "[t.arn]" {
		t.Error(got)
	}
}

// TestAcceptedBlocks holds that blocks which make nothing are not a fault.
func TestAcceptedBlocks(t *testing.T) {
	doc := hcltest.ReadText(t, `
terraform {
  required_version = ">= 1.5"
  backend "s3" {}
}
moved {
  from = aws_sns_topic.old
  to   = aws_sns_topic.t
}
import {
  to = aws_sns_topic.t
  id = "x"
}
removed {
  from = aws_sns_topic.gone
  lifecycle { destroy = false }
}
check "health" {
  data "aws_sns_topic" "inner" { name = "x" }
  assert {
    condition     = data.aws_sns_topic.inner.arn != ""
    error_message = "x"
  }
}
ephemeral "aws_secretsmanager_secret_version" "e" {}
resource "aws_sns_topic" "t" {
  name = "t"
  lifecycle {
    prevent_destroy = true
    precondition {
      condition     = false
      error_message = "x"
    }
  }
  provisioner "local-exec" { command = self.name }
  timeouts { create = "1m" }
}
resource "aws_sns_topic" "off" {
  lifecycle { enabled = false }
}
resource "aws_kms_key" "k" {
  description = ephemeral.aws_secretsmanager_secret_version.e.secret_string
}
`)
	hcltest.Check(t, doc, [][3]string{
		{"aws_sns_topic.t", "name", `"t"`}, {"aws_sns_topic.t", "timeouts", `null`},
		{"aws_kms_key.k", "description", "opaque(ephemeral.aws_secretsmanager_secret_version.e.secret_string)"},
	})
	if len(doc.Resources) != 2 || doc.Total != 2 {
		t.Errorf("%q", hcltest.Addresses(doc))
	}
}
