#!/usr/bin/env bash
# Guess: the configuration of a plan, read by terraform-json, holds the arguments
# of every block that the code writes, whichever nesting mode its schema has:
# list, set, map or single (as timeouts has).
#
# Seen with terraform-json 0.29.0: blocks that Terraform writes as a list are
# there. A block of nesting mode single is an object in the plan (Terraform 1.11.4
# writes timeouts { create = "60m" } of an aws_vpc_endpoint so), which is taken for
# an expression of its own: no blocks, no constant, no references, no error, and
# written back it is {}. Whoever looks for references in the configuration of a
# plan misses those in such blocks.
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

// What terraform show -json writes of the expressions of a resource.
const resource = `{
  "address": "aws_vpc_endpoint.a", "mode": "managed", "type": "aws_vpc_endpoint", "name": "a", "provider_config_key": "aws", "schema_version": 0,
  "expressions": {
    "vpc_id": {"references": ["aws_vpc.a.id", "aws_vpc.a"]},
    "dns_options": [{"dns_record_ip_type": {"references": ["var.dns"]}}],
    "timeouts": {"create": {"references": ["var.patience"]}}
  }
}`

func main() {
	var r tfjson.ConfigResource
	if err := json.Unmarshal([]byte(resource), &r); err != nil {
		panic(err)
	}
	for _, name := range []string{"vpc_id", "dns_options", "timeouts"} {
		x := r.Expressions[name]
		again, err := json.Marshal(x)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s: %d blocks, references %v, written back %s\n", name, len(x.NestedBlocks), x.References, again)
	}
}
GO
go mod tidy >/dev/null 2>&1
go run . > seen
cat > want <<'WANT'
vpc_id: 0 blocks, references [aws_vpc.a.id aws_vpc.a], written back {"references":["aws_vpc.a.id","aws_vpc.a"]}
dns_options: 1 blocks, references [], written back [{"dns_record_ip_type":{"references":["var.dns"]}}]
timeouts: 0 blocks, references [], written back {}
WANT
diff -u want seen
echo "terraform-json $tfjson: as described"
