#!/usr/bin/env bash
# Guess: in the configuration of terraform show -json PLAN an expression that refers to
# nothing has its constant_value, as the documentation of the format says ("set only if the
# expression contains no references to other objects, in which case it gives the resulting
# constant value"), and one that refers to something has references. So who finds
# neither has found an argument that is not set.
#
# Seen with Terraform 1.11.4: where it calls a function it is the empty object, with
# neither: upper("a"), and jsonencode of constants, as most policies of IAM are written.
# 1 + 1 and a condition between constants have their constant_value; an argument that is not
# set has no expression at all. So a policy that follows the configuration, because planned
# values do not tell where they come from, takes such an argument for empty.
#
# Needs terraform 1.11.4 (no provider, no network), jq and bash.
set -euo pipefail
terraform=1.11.4
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
[ "$(terraform version -json | jq -r .terraform_version)" = "$terraform" ]
cat > main.tf <<'TF'
locals {
  a = "a"
}
resource "terraform_data" "text" {
  input = "a"
}
resource "terraform_data" "list" {
  input = ["a", 1 + 1]
}
resource "terraform_data" "conditional" {
  input = 1 == 1 ? "a" : "b"
}
resource "terraform_data" "call" {
  input = upper("a")
}
resource "terraform_data" "document" {
  input = jsonencode({ Version = "2012-10-17" })
}
resource "terraform_data" "reference" {
  input = upper(local.a)
}
resource "terraform_data" "unset" {
}
TF
terraform init >/dev/null
terraform plan -out plan >/dev/null
terraform show -json plan | jq -c '.configuration.root_module.resources[] | [.name, .expressions.input]' | sort > seen
cat > want <<'WANT'
["call",{}]
["conditional",{"constant_value":"a"}]
["document",{}]
["list",{"constant_value":["a",2]}]
["reference",{"references":["local.a"]}]
["text",{"constant_value":"a"}]
["unset",null]
WANT
cat seen
diff -u want seen
echo "Terraform $terraform: as described"
