package hcl_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestRegionArguments: a region argument is the resource's, known or not, and the
// provider's only where it says the same.
func TestRegionArguments(t *testing.T) {
	doc := hcltest.ReadOptions(t, `
-- main.tf --
provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "open"
  region = var.r
}
variable "r" {}
variable "s" {}
variable "none" { default = null }
data "aws_region" "open" { provider = aws.open }
resource "aws_sns_topic" "known" { region = "eu-west-1" }
resource "aws_sns_topic" "null" { region = var.none }
resource "aws_sns_topic" "r" { region = var.r }
resource "aws_sns_topic" "s" { region = var.s }
resource "aws_sns_topic" "made" { region = "${var.r}-1" }
resource "aws_sns_topic" "each" {
  for_each = toset(["a", "b"])
  region   = "${each.key}${var.r}"
}
resource "aws_sns_topic" "same" {
  provider = aws.open
  region   = var.r
}
resource "aws_sns_topic" "stated" {
  provider = aws.open
  region   = "eu-west-1"
}
resource "aws_sns_topic" "asked" {
  provider = aws.open
  region   = data.aws_region.open.region
}
variable "missing" {}
module "m" {
  source  = "./m"
  missing = var.missing
}
-- m/m.tf --
variable "r" { default = null }
resource "aws_sns_topic" "t" { region = "${var.r}${var.missing}" }
variable "missing" {}
`, hcl.Options{})
	at := func(address string) resource.Scope { return hcltest.Find(t, doc, address).Scope }
	for _, tt := range []struct {
		a, b string
		want truth.Truth
	}{
		{"aws_sns_topic.null", "aws_sns_topic.known", truth.No},
		{"aws_sns_topic.r", "aws_sns_topic.null", truth.Unknown},
		{"aws_sns_topic.r", "aws_sns_topic.r", truth.Yes},
		{"aws_sns_topic.r", "aws_sns_topic.s", truth.Unknown},
		{"aws_sns_topic.r", "aws_sns_topic.made", truth.Unknown},
		{"aws_sns_topic.r", "aws_sns_topic.known", truth.Unknown},
		{`aws_sns_topic.each["a"]`, `aws_sns_topic.each["b"]`, truth.Unknown},
		{"aws_sns_topic.same", "aws_sns_topic.asked", truth.Yes},
		{"aws_sns_topic.same", "aws_sns_topic.stated", truth.Unknown},
		{"module.m.aws_sns_topic.t", "aws_sns_topic.r", truth.Unknown},
	} {
		if got := at(tt.a).SameRegion(at(tt.b)); got != tt.want {
			t.Errorf("%s %+v and %s %+v: %v, want %v", tt.a, at(tt.a), tt.b, at(tt.b), got, tt.want)
		}
	}
	if got := at("aws_sns_topic.r"); got.InPartition() != "aws" || got.Provider != "aws" {
		t.Errorf("%+v", got)
	}
}

// TestAliases: provider configurations that say the same are one place, and those
// that differ in the region alone one account.
func TestAliases(t *testing.T) {
	for _, tt := range []struct {
		name, a, b      string
		region, account truth.Truth
	}{
		{"nothing said", ``, ``, truth.Yes, truth.Yes},
		{"one region", `region = "eu-west-1"`, `region = "eu-west-1"`, truth.Yes, truth.Yes},
		{"two regions", `region = "eu-west-1"`, `region = "eu-west-2"`, truth.No, truth.Yes},
		{"one variable", `region = var.a`, `region   =   var.a`, truth.Yes, truth.Yes},
		{"two variables", `region = var.a`, `region = var.b`, truth.Unknown, truth.Yes},
		{"one says it", `region = var.a`, ``, truth.Unknown, truth.Yes},
		{"null is nothing", `profile = null`, ``, truth.Yes, truth.Yes},
		{"tags and checks", "max_retries = 3\n default_tags {\n tags = { a = var.a }\n }", `skip_region_validation = true`, truth.Yes, truth.Yes},
		{"one profile, from two places", `profile = "x"`, `profile = local.x`, truth.Yes, truth.Yes},
		{"two profiles", `profile = "x"`, `profile = "y"`, truth.Unknown, truth.Unknown},
		{"profiles of one variable", `profile = "${var.a}-x"`, `profile = "${var.a}-y"`, truth.Unknown, truth.Unknown},
		{"two profiles in one region", "region = var.a\nprofile = \"x\"", "region = var.a\nprofile = \"y\"", truth.Yes, truth.Unknown},
		{"one role", "assume_role {\n role_arn = var.a\n }", "assume_role {\n role_arn = var.a\n }", truth.Yes, truth.Yes},
		{"two roles", "assume_role {\n role_arn = var.a\n }", "assume_role {\n role_arn = var.b\n }", truth.Unknown, truth.Unknown},
		{"roles in one account", "assume_role {\n role_arn = \"arn:aws:iam::111122223333:role/a\"\n }", `allowed_account_ids = ["111122223333"]`, truth.Unknown, truth.Yes},
		{"a last role that is not known", "assume_role {\n role_arn = \"arn:aws:iam::111122223333:role/a\"\n }\n assume_role {\n role_arn = var.a\n }", `allowed_account_ids = ["111122223333"]`, truth.Unknown, truth.Unknown},
		{"an endpoint", "endpoints {\n sts = \"https://a\"\n }", ``, truth.Unknown, truth.Unknown},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := hcltest.ReadOptions(t, `
-- main.tf --
variable "a" {}
variable "b" {}
locals { x = "x" }
provider "aws" {
  `+tt.a+`
}
provider "aws" {
  alias = "other"
  `+tt.b+`
}
resource "aws_sns_topic" "a" {}
resource "aws_sns_topic" "b" { provider = aws.other }
`, hcl.Options{})
			a, b := hcltest.Find(t, doc, "aws_sns_topic.a").Scope, hcltest.Find(t, doc, "aws_sns_topic.b").Scope
			if r, acc := a.SameRegion(b), a.SameAccount(b); r != tt.region || acc != tt.account {
				t.Errorf("%+v and %+v: region %v, account %v; want %v and %v", a, b, r, acc, tt.region, tt.account)
			}
		})
	}
}

// TestProviderInstances: the instances of a provider block with for_each are as
// many places as their arguments make them.
func TestProviderInstances(t *testing.T) {
	doc := hcltest.ReadOptions(t, `
-- main.tf --
variable "open" {}
locals { roles = { a = "arn:aws:iam::111122223333:role/r", b = "arn:aws:iam::222233334444:role/r" } }
provider "aws" {
  alias    = "in"
  for_each = local.roles
  assume_role {
    role_arn = each.value
  }
}
provider "aws" {
  alias    = "one"
  for_each = local.roles
  profile  = "x"
}
provider "aws" {
  alias    = "open"
  for_each = var.open
  profile  = each.value
}
provider "aws" {
  alias    = "keyed"
  for_each = var.open
  region   = each.key
}
resource "aws_sns_topic" "eu" { provider = aws.keyed["eu-west-1"] }
resource "aws_sns_topic" "us" { provider = aws.keyed["us-east-1"] }
resource "aws_sns_topic" "eu_too" {
  provider = aws.keyed["us-east-1"]
  region   = "eu-west-1"
}
resource "aws_sns_topic" "a" { provider = aws.in["a"] }
resource "aws_sns_topic" "b" { provider = aws.in["b"] }
resource "aws_sns_topic" "x" { provider = aws.in[var.open] }
resource "aws_sns_topic" "y" { provider = aws.in[var.open] }
resource "aws_sns_topic" "same_a" { provider = aws.one["a"] }
resource "aws_sns_topic" "same_b" { provider = aws.one["b"] }
resource "aws_sns_topic" "open_a" { provider = aws.open["a"] }
resource "aws_sns_topic" "open_b" { provider = aws.open["b"] }
module "m" {
  source    = "./m"
  for_each  = local.roles
  providers = { aws = aws.in[each.key] }
}
-- m/m.tf --
resource "aws_sns_topic" "t" {}
`, hcl.Options{})
	for _, tt := range []struct {
		a, b string
		want truth.Truth
	}{
		{"aws_sns_topic.a", "aws_sns_topic.b", truth.No},
		{"aws_sns_topic.a", "aws_sns_topic.x", truth.Unknown},
		{"aws_sns_topic.x", "aws_sns_topic.y", truth.Yes},
		{"aws_sns_topic.same_a", "aws_sns_topic.same_b", truth.Yes},
		{"aws_sns_topic.open_a", "aws_sns_topic.open_b", truth.Unknown},
		{"aws_sns_topic.eu", "aws_sns_topic.us", truth.No},
		{"aws_sns_topic.eu", "aws_sns_topic.eu_too", truth.Yes}, // one environment, whatever the region
		{`module.m["a"].aws_sns_topic.t`, "aws_sns_topic.a", truth.Yes},
		{`module.m["a"].aws_sns_topic.t`, `module.m["b"].aws_sns_topic.t`, truth.No},
	} {
		a, b := hcltest.Find(t, doc, tt.a).Scope, hcltest.Find(t, doc, tt.b).Scope
		if got := a.Same(b); got != tt.want {
			t.Errorf("%s %+v and %s %+v: %v, want %v", tt.a, a, tt.b, b, got, tt.want)
		}
	}
}

// TestGivenPlace: what is said beside the code is true of the main configuration
// and of those that take region or account from where it does.
func TestGivenPlace(t *testing.T) {
	const code = `
-- main.tf --
variable "r" {}
provider "aws" { region = var.r }
provider "aws" {
  alias = "env"
}
provider "aws" {
  alias   = "other"
  region  = var.r2
  profile = "x"
}
variable "r2" {}
provider "aws" {
  alias  = "stated"
  region = "eu-west-1"
  allowed_account_ids = ["222233334444"]
}
data "aws_region" "here" {}
resource "aws_sns_topic" "main" { name = data.aws_region.here.region }
resource "aws_sns_topic" "env" { provider = aws.env }
resource "aws_sns_topic" "other" { provider = aws.other }
resource "aws_sns_topic" "stated" { provider = aws.stated }
`
	for _, tt := range []struct {
		options hcl.Options
		want    map[string]resource.Scope
	}{
		{hcl.Options{Region: "us-east-1", Account: "111122223333", Around: "ap-south-1"}, map[string]resource.Scope{
			"main":   {Provider: "aws", Region: "us-east-1", Account: "111122223333"},
			"env":    {Provider: "aws.env", Region: "us-east-1", Account: "111122223333", AccountOf: "account of aws"},
			"other":  {Provider: "aws.other"},
			"stated": {Provider: "aws.stated", Region: "eu-west-1", Account: "222233334444"},
		}},
		{hcl.Options{Around: "ap-south-1"}, map[string]resource.Scope{
			"main": {Provider: "aws"},
			"env":  {Provider: "aws.env", AccountOf: "account of aws", EnvRegion: "ap-south-1"},
		}},
	} {
		doc := hcltest.ReadOptions(t, code, tt.options)
		for name, want := range tt.want {
			if got := hcltest.Find(t, doc, "aws_sns_topic."+name).Scope; got != want {
				t.Errorf("%s: %+v, want %+v", name, got, want)
			}
		}
		want := `"us-east-1"`
		if tt.options.Region == "" {
			want = `data.aws_region.here.region`
		}
		hcltest.Check(t, doc, [][3]string{{"aws_sns_topic.main", "name", want}})
	}
}

// TestOnlyAlias: where nothing has the configuration without an alias, the only
// other one is the main one.
func TestOnlyAlias(t *testing.T) {
	for own, want := range map[string]string{"provider = aws.audit": "111122223333", "": ""} {
		doc := hcltest.ReadOptions(t, `
-- main.tf --
provider "aws" {
  alias   = "audit"
  profile = "audit"
}
resource "aws_sns_topic" "a" { provider = aws.audit }
resource "aws_sns_topic" "b" {
  `+own+`
}
`, hcl.Options{Account: "111122223333"})
		if got := hcltest.Find(t, doc, "aws_sns_topic.a").Scope.Account; got != want {
			t.Errorf("%q: account %q, want %q", own, got, want)
		}
	}
}

func TestPartition(t *testing.T) {
	for _, tt := range []struct{ name, more, want string }{
		{"none", ``, ""},
		{"one", `locals { a = "arn:aws-cn:s3:::x" }`, "aws-cn"},
		{"two", `locals { a = ["arn:aws-cn:s3:::x", "arn:aws:s3:::x"] }`, ""},
		{"in a comment", `# arn:aws:s3:::x`, ""},
		{"in a module", "module \"m\" { source = \"./m\" }\n-- m/m.tf --\nlocals { a = \"arn:aws-us-gov:s3:::${var.x}\" }\nvariable \"x\" { default = \"b\" }", "aws-us-gov"},
		{"in a value", "variable \"x\" {}\n-- terraform.tfvars --\nx = \"arn:aws-cn:s3:::x\"", "aws-cn"},
		{"the region's", "provider \"aws\" { region = \"eu-west-1\" }\nlocals { a = \"arn:aws-cn:s3:::x\" }", "aws"},
	} {
		doc := hcltest.ReadOptions(t, "-- main.tf --\ndata \"aws_partition\" \"here\" {}\nresource \"aws_sns_topic\" \"t\" { name = data.aws_partition.here.partition }\n"+tt.more+"\n", hcl.Options{})
		r := hcltest.Find(t, doc, "aws_sns_topic.t")
		want := `"` + tt.want + `"`
		if tt.want == "" {
			want = `data.aws_partition.here.partition`
		}
		if r.Scope.InPartition() != tt.want {
			t.Errorf("%s: %+v", tt.name, r.Scope)
		}
		hcltest.Check(t, doc, [][3]string{{"aws_sns_topic.t", "name", want}})
	}
}
