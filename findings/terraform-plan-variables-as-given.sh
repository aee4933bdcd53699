#!/usr/bin/env bash
# Guess: variables.NAME.value of terraform show -json PLAN is the value that the plan
# uses: of the declared type, with the defaults of optional attributes, as
# var.NAME is in every expression. A default is there in that form, "30" of a number
# as 30.
#
# Seen with Terraform 1.11.4: a value that is set is there as it was given. -var days=30
# and TF_VAR_days=30 are the text "30" for a number, days = 30 of a .tfvars file is the
# number; a set keeps its duplicates, and an object lacks its optional attributes.
# In Rego each text is greater than each number, so that
# input.variables.days.value >= 365 is true for "30": the decision of a policy on the
# variables of a plan depends on how the pipeline passes them.
# The documentation of the format says "all the variables provided".
#
# Needs terraform 1.11.4 (no provider, no network), jq and bash.
set -euo pipefail
terraform=1.11.4
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
unset "${!TF_VAR_@}"
[ "$(terraform version -json | jq -r .terraform_version)" = "$terraform" ]
cat > main.tf <<'TF'
variable "days" {
  type    = number
  default = "30"
}
variable "regions" {
  type    = set(string)
  default = ["a", "a"]
}
variable "trail" {
  type    = object({ multi_region = optional(bool, true) })
  default = {}
}
output "used" {
  value = [var.days, var.regions, var.trail]
}
TF
cat > given.tfvars <<'TF'
days    = 30
regions = ["a", "a"]
trail   = {}
TF
terraform init >/dev/null
plan() {
	echo "$1:"
	shift
	terraform plan -out plan "$@" >/dev/null
	terraform show -json plan | jq -c '{given: .variables | map_values(.value), used: .planned_values.outputs.used.value}'
}
{
	plan "default"
	plan "file" -var-file given.tfvars
	plan "flags" -var days=30 -var 'regions=["a","a"]' -var 'trail={}'
	TF_VAR_days=30 plan "environment"
} > seen
cat > want <<'WANT'
default:
{"given":{"days":30,"regions":["a"],"trail":{"multi_region":true}},"used":[30,["a"],{"multi_region":true}]}
file:
{"given":{"days":30,"regions":["a","a"],"trail":{}},"used":[30,["a"],{"multi_region":true}]}
flags:
{"given":{"days":"30","regions":["a","a"],"trail":{}},"used":[30,["a"],{"multi_region":true}]}
environment:
{"given":{"days":"30","regions":["a"],"trail":{"multi_region":true}},"used":[30,["a"],{"multi_region":true}]}
WANT
cat seen
diff -u want seen
echo "Terraform $terraform: as described"
