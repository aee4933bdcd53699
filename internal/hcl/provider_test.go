package hcl_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/resource"
)

func TestProviders(t *testing.T) {
	doc := hcltest.ReadText(t, `
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
		"module.own.aws_sns_topic.t":      {Provider: "module.own:aws", Region: "sa-east-1", AccountOf: "account of aws"},
	} {
		if got := hcltest.Find(t, doc, address).Scope; got != want {
			t.Errorf("%s: %+v, want %+v", address, got, want)
		}
	}
	if text, _ := hcltest.Find(t, doc, "aws_sns_topic.named").Attr("name").Symbolic(); resource.Text(text).Words() != "arn:aws:sns:eu-north-1:(account of aws):x" {
		t.Errorf("name = %q", text)
	}
	hcltest.Check(t, doc, [][3]string{
		{"aws_sns_topic.audited", "name", `"222233334444"`},
	})
}
