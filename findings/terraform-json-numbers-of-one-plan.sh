#!/usr/bin/env bash
# Guess: Plan.UseJSONNumber(true) makes every number of a plan a json.Number, so
# that one value is the same wherever the plan repeats it: planned, prior and
# configured.
#
# Seen with terraform-json 0.29.0: planned_values, resource_changes and variables do;
# prior_state, the constants of the configuration and the defaults of its
# variables stay float64, so that 9007199254740993 is one less there. They decode
# themselves, and the setting is the plan's alone. A program that compares what is
# planned with what was there sees a change where there is none.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
tfjson=v0.29.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/hashicorp/terraform-json@$tfjson" >/dev/null 2>&1
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
)

const head = `"address": "example_thing.a", "mode": "managed", "type": "example_thing", "name": "a", "provider_name": "registry.terraform.io/example/example"`

const plan = `{
  "format_version": "1.2", "terraform_version": "1.11.4",
  "variables": {"size": {"value": 9007199254740993}},
  "planned_values": {"root_module": {"resources": [{` + head + `, "schema_version": 0, "values": {"size": 9007199254740993}}]}},
  "resource_changes": [{` + head + `, "change": {"actions": ["no-op"], "before": {"size": 9007199254740993}, "after": {"size": 9007199254740993}}}],
  "prior_state": {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [
    {` + head + `, "schema_version": 0, "values": {"size": 9007199254740993}}]}}},
  "configuration": {"root_module": {
    "resources": [{` + head + `, "schema_version": 0, "expressions": {"size": {"constant_value": 9007199254740993}}}],
    "variables": {"size": {"default": 9007199254740993}}}}
}`

func main() {
	var p tfjson.Plan
	p.UseJSONNumber(true)
	if err := json.Unmarshal([]byte(plan), &p); err != nil {
		panic(err)
	}
	show := func(where string, v any) { fmt.Printf("%s: %T %v\n", where, v, v) }
	show("variables", p.Variables["size"].Value)
	show("planned_values", p.PlannedValues.RootModule.Resources[0].AttributeValues["size"])
	show("resource_changes", p.ResourceChanges[0].Change.After.(map[string]any)["size"])
	show("prior_state", p.PriorState.Values.RootModule.Resources[0].AttributeValues["size"])
	show("configuration", p.Config.RootModule.Resources[0].Expressions["size"].ConstantValue)
	show("default", p.Config.RootModule.Variables["size"].Default)
}
GO
go mod tidy >/dev/null 2>&1
go run . > seen
cat > want <<'WANT'
variables: json.Number 9007199254740993
planned_values: json.Number 9007199254740993
resource_changes: json.Number 9007199254740993
prior_state: float64 9.007199254740992e+15
configuration: float64 9.007199254740992e+15
default: float64 9.007199254740992e+15
WANT
diff -u want seen
echo "terraform-json $tfjson: as described"
