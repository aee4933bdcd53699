package hcl

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestFiles(t *testing.T) {
	names := []string{
		".hidden.tf", "a.tf", "a.tofu", "a.tf~", "b.tf.json", "b.tofu.json", "c.tofu", "d.tf", "override.tf", "x_override.tf", "x_override.tofu",
		"notoverride.tf", "terraform.tfvars", "y.tfvars", "readme.md", "override.tf.json",
	}
	primary, override := configFiles(names)
	if want := []string{"a.tofu", "b.tofu.json", "c.tofu", "d.tf", "notoverride.tf"}; !slices.Equal(primary, want) {
		t.Errorf("%q", primary)
	}
	if want := []string{"override.tf", "x_override.tofu", "override.tf.json"}; !slices.Equal(override, want) {
		t.Errorf("override %q", override)
	}
}

func TestOverrides(t *testing.T) {
	doc := readText(t, `
-- main.tf --
variable "period" { default = 300 }
locals { name = "a" }
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name = local.name
  period     = var.period
  metric_query { id = "one" }
  metric_query { id = "two" }
  lifecycle { ignore_changes = [period] }
}
module "m" {
  source = "./old"
  name   = "m"
}
-- a_override.tf --
variable "period" { default = 60 }
locals { name = "b" }
resource "aws_cloudwatch_metric_alarm" "a" {
  statistic = "Sum"
  metric_query { id = "three" }
}
module "m" { source = "./new" }
-- old/m.tf --
variable "name" {}
-- new/m.tf --
variable "name" {}
resource "aws_sns_topic" "t" { name = var.name }
`)
	check(t, doc, [][3]string{
		{"aws_cloudwatch_metric_alarm.a", "alarm_name", `"b"`},
		{"aws_cloudwatch_metric_alarm.a", "period", `60`},
		{"aws_cloudwatch_metric_alarm.a", "statistic", `"Sum"`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.0.id", `"three"`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.1", `null`},
		{"module.m.aws_sns_topic.t", "name", `"m"`},
	})
}

func TestJSONSyntax(t *testing.T) {
	doc := readText(t, `
-- main.tf.json --
{
  "//": "a comment",
  "variable": {"names": {"type": "list(string)", "default": ["a", "b"]}},
  "locals": {"prefix": "x-${var.names[0]}"},
  "provider": {"aws": [{"region": "us-east-1"}, {"alias": "eu", "region": "eu-west-1"}]},
  "resource": {
    "aws_sns_topic": {"t": {"for_each": "${toset(var.names)}", "name": "${local.prefix}-${each.key}", "provider": "aws.eu"}},
    "aws_cloudwatch_log_metric_filter": {"f": {
      "name": "f", "pattern": "{ $.errorCode = \"AccessDenied*\" }", "log_group_name": "g",
      "metric_transformation": {"name": "N", "namespace": "S", "value": "1"}
    }},
    "aws_cloudwatch_metric_alarm": [{"a": {
      "alarm_name": "a", "threshold": 1, "actions_enabled": true,
      "alarm_actions": ["${aws_sns_topic.t[\"a\"].arn}", "${[for t in aws_sns_topic.t : t.arn][1]}"],
      "dynamic": {"metric_query": {"for_each": "${var.names}", "content": {"id": "${metric_query.value}", "metric": [{"metric_name": "N", "period": 60}]}}}
    }}, {"b": {
      "alarm_name": "b",
      "dynamic": [{"metric_query": [{"for_each": "${var.names}", "content": [{"id": "${metric_query.value}"}]}, {"for_each": ["c"], "content": {"id": "${metric_query.value}"}}]}]
    }}]
  },
  "output": {"o": {"value": "${aws_sns_topic.t}"}}
}
`)
	check(t, doc, [][3]string{
		{`aws_sns_topic.t["b"]`, "name", `"x-a-b"`},
		{"aws_cloudwatch_log_metric_filter.f", "metric_transformation.0.name", `"N"`},
		{"aws_cloudwatch_log_metric_filter.f", "pattern", `"{ $.errorCode = \"AccessDenied*\" }"`},
		{"aws_cloudwatch_metric_alarm.a", "alarm_actions", `[t["a"].arn t["b"].arn]`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.1.id", `"b"`},
		{"aws_cloudwatch_metric_alarm.a", "metric_query.1.metric.0.period", `60`},
		{"aws_cloudwatch_metric_alarm.a", "threshold", `1`},
		{"aws_cloudwatch_metric_alarm.b", "metric_query.1.id", `"b"`},
		{"aws_cloudwatch_metric_alarm.b", "metric_query.2.id", `"c"`},
	})
	if s := find(t, doc, `aws_sns_topic.t["a"]`).Scope; s.Provider != "aws.eu" || s.Region != "eu-west-1" {
		t.Errorf("%+v", s)
	}
	r := find(t, doc, "aws_cloudwatch_log_metric_filter.f")
	if p := r.Positions["pattern"]; p.Line != 9 || p.Column != 20 {
		t.Errorf("%+v", r.Positions)
	}
}

func TestModules(t *testing.T) {
	doc := readOptions(t, `
-- live/prod/main.tf --
module "alarms" {
  for_each = toset(["a"])
  source   = "../../modules/alarms"
  topic    = "arn"
}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws//modules/x"
  version = "1.0"
}
module "git" {
  source = "git::https://example.com/m.git"
}
module "elsewhere" {
  source = "../../../outside"
}
module "none" {
  count  = 0
  source = "../../modules/alarms"
  topic  = "arn"
}
resource "aws_sns_topic" "t" {
  name = module.vpc.name
}
-- live/prod/.terraform/modules/modules.json --
{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"vpc","Source":"registry.terraform.io/terraform-aws-modules/vpc/aws//modules/x","Version":"1.0","Dir":".terraform/modules/vpc/modules/x"}]}
-- live/prod/.terraform/modules/vpc/modules/x/main.tf --
module "deep" { source = "./deep" }
output "name" { value = module.deep.name }
-- live/prod/.terraform/modules/vpc/modules/x/deep/main.tf --
resource "aws_cloudwatch_log_group" "g" { name = "deep" }
output "name" { value = aws_cloudwatch_log_group.g.name }
-- modules/alarms/main.tf --
variable "topic" {}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name    = "a"
  alarm_actions = [var.topic]
}
`, Options{Dir: "live/prod"})
	want := []string{`aws_sns_topic.t`, `module.alarms["a"].aws_cloudwatch_metric_alarm.a`, `module.vpc.module.deep.aws_cloudwatch_log_group.g`}
	if !slices.Equal(addresses(doc), want) {
		t.Errorf("%q", addresses(doc))
	}
	if len(doc.Gaps) != 2 || !strings.Contains(doc.Gaps[0].Text, "git::https://example.com/m.git is not installed; run: terraform init") ||
		!strings.Contains(doc.Gaps[1].Text, "module.elsewhere") || !strings.Contains(doc.Gaps[1].Text, "outside the directories that are read") {
		t.Errorf("gaps %q", doc.Gaps)
	}
	if got := describe(find(t, doc, "aws_sns_topic.t").Attr("name")); got != `"deep"` {
		t.Error(got)
	}
	r := find(t, doc, want[1])
	if !strings.HasSuffix(r.Position.File, "modules/alarms/main.tf") || r.Position.Line != 2 || r.Positions["alarm_actions.0"].Column != 20 {
		t.Errorf("%+v %+v", r.Position, r.Positions)
	}
	if p := r.Positions[`module.alarms["a"]`]; !strings.HasSuffix(p.File, "live/prod/main.tf") || p.Line != 1 {
		t.Errorf("call %+v", p)
	}
}

func TestMissingModule(t *testing.T) {
	doc := readText(t, `
module "topic" { source = "terraform-aws-modules/sns/aws" }
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_actions = [module.topic.topic_arn]
}
`)
	if got := describe(find(t, doc, "aws_cloudwatch_metric_alarm.a").Attr("alarm_actions", 0)); got != "opaque(module.topic.topic_arn)" {
		t.Error(got)
	}
	if len(doc.Gaps) != 1 || !strings.Contains(doc.Gaps[0].Text, "run: terraform init") {
		t.Errorf("%q", doc.Gaps)
	}
}

func TestInputs(t *testing.T) {
	const code = `
-- main.tf --
variable "v" { default = "default" }
variable "object" {
  type = object({ a = optional(string, "x"), b = number, c = optional(list(string)) })
  default = { b = "1" }
}
variable "required" { type = list(string) }
variable "secret" {
  type      = string
  sensitive = true
}
resource "aws_test" "t" {
  v        = var.v
  object   = var.object
  required = var.required
  secret   = "https://${var.secret}"
}
`
	tests := []struct {
		name  string
		files string
		o     Options
		want  string
	}{
		{"default", "", Options{}, `"default"`},
		{"environment", "", Options{Environ: []string{"TF_VAR_v=env", "TF_VAR_other=x"}}, `"env"`},
		{"tfvars", "-- terraform.tfvars --\nv = \"tfvars\"\n", Options{Environ: []string{"TF_VAR_v=env"}}, `"tfvars"`},
		{"json", "-- terraform.tfvars --\nv = \"tfvars\"\n-- terraform.tfvars.json --\n{\"v\": \"${json}\"}\n", Options{}, `"${json}"`},
		{"auto", "-- terraform.tfvars --\nv = \"tfvars\"\n-- b.auto.tfvars --\nv = \"b\"\n-- a.auto.tfvars --\nv = \"a\"\n", Options{}, `"b"`},
		{"other", "-- prod.tfvars --\nv = \"prod\"\n", Options{}, `"default"`},
		{"var", "-- b.auto.tfvars --\nv = \"b\"\n", Options{Vars: []string{"v=x", "v=${var}"}}, `"${var}"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Keep = keepTests
			doc := readOptions(t, code+tt.files, tt.o)
			check(t, doc, [][3]string{
				{"aws_test.t", "v", tt.want},
				{"aws_test.t", "object", `{a="x" b=1 c=null}`},
				{"aws_test.t", "required", `unset(var.required)`},
				{"aws_test.t", "secret", `unset(var.secret)`},
			})
		})
	}
	file := filepath.Join(t.TempDir(), "x.tfvars")
	if err := os.WriteFile(file, []byte("v = \"file\"\nrequired = [\"a\"]\nunknown = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	doc := readOptions(t, code, Options{Keep: keepTests, VarFiles: []string{file}, Vars: []string{"secret=s3cr3t", `object={b=2,c=["d"]}`}})
	r := find(t, doc, "aws_test.t")
	if got := describe(r.Attr("object")) + describe(r.Attr("v")) + describe(r.Attr("required")); got != `{a="x" b=2 c=["d"]}"file"["a"]` {
		t.Error(got)
	}
	if v := r.Attr("secret"); !v.IsSensitive() || !slices.Contains(doc.Secrets, "https://s3cr3t") {
		t.Errorf("%q, secrets %q", v.Display(), doc.Secrets)
	}
	if len(doc.Notes) > 0 {
		t.Errorf("notes %q", doc.Notes)
	}
}

func TestBadInputs(t *testing.T) {
	const code = "variable \"n\" { type = number }\n"
	for _, tt := range []struct {
		o    Options
		want string
	}{
		{Options{Vars: []string{"n=x"}}, "--var: variable n: a number is required"},
		{Options{Vars: []string{"n"}}, "--var n: no ="},
		{Options{Vars: []string{"m=1"}}, "--var m: no such variable"},
		{Options{VarFiles: []string{"/nowhere/x.tfvars"}}, "/nowhere/x.tfvars: no such file or directory"},
		{Options{Environ: []string{"TF_VAR_n=x"}}, "TF_VAR_n: variable n: a number is required"},
	} {
		if err := failure(t, code, tt.o); err.Error() != tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

func TestUnsettledInstances(t *testing.T) {
	doc := readText(t, `
variable "create" { type = bool }
variable "names" { type = set(string) }
resource "aws_sns_topic" "c" {
  count = var.create ? 1 : 0
}
resource "aws_sns_topic" "e" {
  for_each = var.names
  name     = each.key
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_actions = concat(aws_sns_topic.c[*].arn, [aws_sns_topic.e["x"].arn])
}
`)
	if want := []string{"aws_cloudwatch_metric_alarm.a", "aws_sns_topic.c[*]", "aws_sns_topic.e[*]"}; !slices.Equal(addresses(doc), want) {
		t.Errorf("%q", addresses(doc))
	}
	if find(t, doc, "aws_cloudwatch_metric_alarm.a").Uncertain != "" || find(t, doc, "aws_sns_topic.e[*]").Uncertain == "" {
		t.Error("what exists is not told from what may")
	}
	if why := find(t, doc, "aws_sns_topic.c[*]").Uncertain; !strings.HasSuffix(why, "main.tf:4) are not known: var.create has no value (--var create=VALUE, --var-file or a default)") {
		t.Errorf("%q", why)
	}
	if got := describe(find(t, doc, "aws_cloudwatch_metric_alarm.a").Attr("alarm_actions")); got != "[c[*].arn e[*].arn]" {
		t.Error(got)
	}
	if got := describe(find(t, doc, "aws_sns_topic.e[*]").Attr("name")); got != "unset(var.names)" {
		t.Error(got)
	}
}

func TestProviders(t *testing.T) {
	doc := readText(t, `
-- main.tf --
variable "region" { default = "eu-north-1" }
provider "aws" { region = var.region }
provider "aws" {
  alias  = "audit"
  region = "us-east-1"
  assume_role { role_arn = "arn:aws:iam::222233334444:role/audit" }
}
provider "aws" {
  alias    = "each"
  for_each = toset(["eu-west-1", "eu-west-2"])
  region   = each.value
}
resource "aws_sns_topic" "a" {}
resource "aws_sns_topic" "b" { provider = aws.audit }
resource "aws_sns_topic" "c" { region = "ap-south-1" }
resource "aws_sns_topic" "d" { provider = aws.each["eu-west-2"] }
module "inherits" { source = "./m" }
module "passed" {
  source    = "./m"
  providers = { aws = aws.audit }
}
module "named" {
  source    = "./n"
  providers = { aws.here = aws.audit, aws = aws }
}
module "own" { source = "./o" }
data "aws_caller_identity" "a" { provider = aws.audit }
data "aws_caller_identity" "b" {}
data "aws_region" "b" {}
data "aws_partition" "b" {}
resource "aws_sns_topic" "named" {
  name = "arn:${data.aws_partition.b.partition}:sns:${data.aws_region.b.name}:${data.aws_caller_identity.b.account_id}:x"
}
resource "aws_sns_topic" "audited" { name = data.aws_caller_identity.a.account_id }
-- m/m.tf --
resource "aws_sns_topic" "t" {}
-- n/n.tf --
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.here] }
  }
}
resource "aws_sns_topic" "t" { provider = aws.here }
-- o/o.tf --
provider "aws" { region = "sa-east-1" }
resource "aws_sns_topic" "t" {}
`)
	for address, want := range map[string]resource.Scope{
		"aws_sns_topic.a":                 {Provider: "aws", Region: "eu-north-1"},
		"aws_sns_topic.b":                 {Provider: "aws.audit", Region: "us-east-1", Account: "222233334444"},
		"aws_sns_topic.c":                 {Provider: "aws", Region: "ap-south-1"},
		"aws_sns_topic.d":                 {Provider: `aws.each["eu-west-2"]`, Region: "eu-west-2", AccountOf: "account of aws"},
		"module.inherits.aws_sns_topic.t": {Provider: "aws", Region: "eu-north-1"},
		"module.passed.aws_sns_topic.t":   {Provider: "aws.audit", Region: "us-east-1", Account: "222233334444"},
		"module.named.aws_sns_topic.t":    {Provider: "aws.audit", Region: "us-east-1", Account: "222233334444"},
		"module.own.aws_sns_topic.t":      {Provider: "module.own:aws", Region: "sa-east-1"},
	} {
		if got := find(t, doc, address).Scope; got != want {
			t.Errorf("%s: %+v, want %+v", address, got, want)
		}
	}
	if text, _ := find(t, doc, "aws_sns_topic.named").Attr("name").Symbolic(); resource.Text(text).Words() != "arn:aws:sns:eu-north-1:(account of aws):x" {
		t.Errorf("name = %q", text)
	}
	check(t, doc, [][3]string{
		{"aws_sns_topic.audited", "name", `"222233334444"`},
	})
}

func TestRoots(t *testing.T) {
	dir := unpack(t, `
-- live/a/main.tf --
module "m" { source = "../../modules/m" }
-- live/b/main.tofu --
resource "aws_sns_topic" "t" {}
-- live/b/inner/main.tf --
broken {
-- modules/m/main.tf --
resource "aws_sns_topic" "t" {}
-- modules/unused/main.tf --
resource "aws_sns_topic" "t" {}
-- modules/unused/examples/x/main.tf.json --
{}
-- modules/root/main.tf --
terraform {
  backend "s3" {}
}
-- .terraform/modules/x/main.tf --
-- docs/readme.md --
`)
	for _, tt := range []struct {
		dir       string
		recursive bool
		want      []string
	}{
		{".", false, nil},
		{"live", false, []string{"live/a", "live/b"}},
		{"live/b", false, []string{"live/b"}},
		{"live/b", true, []string{"live/b", "live/b/inner"}},
		{"modules/m", true, []string{"modules/m"}},
		{".", true, []string{"live/a", "live/b", "live/b/inner", "modules/root"}},
		{"docs", true, nil},
	} {
		roots, err := Roots(filepath.Join(dir, tt.dir), tt.recursive)
		for i := range roots {
			roots[i], _ = filepath.Rel(dir, roots[i])
		}
		if err != nil || !slices.Equal(roots, tt.want) {
			t.Errorf("%s, %t: %q, %v; want %q", tt.dir, tt.recursive, roots, err, tt.want)
		}
	}
	if _, err := Roots(filepath.Join(dir, "none"), false); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
