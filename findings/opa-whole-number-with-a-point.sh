#!/usr/bin/env bash
# Guess: a number that Rego holds to be the same as another prints the same. 3.0
# and 3 are equal, one member of a set and one key of an object, so
# sprintf("%d", [3.0]) is "3".
#
# Seen with OPA 1.22.0: they are equal in each of these ways, but "%d" of 3.0 is
# "%!d(float64=3)" and no error, "%v" of it is "3", and json.marshal of it is
# "3.0". 1e3 behaves the same. Inputs that other tools wrote hold numbers of both
# spellings, so that a message which is right for one is broken for the other.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
opa=v1.22.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/open-policy-agent/opa@$opa" >/dev/null 2>&1
cat > main.go <<'GO'
package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/rego"
)

func main() {
	input := map[string]any{"point": json.Number("3.0"), "whole": json.Number("3"), "power": json.Number("1e3")}
	for _, query := range []string{
		`input.point == input.whole`, `count({input.point, input.whole})`, `{input.whole: "found"}[input.point]`,
		`sprintf("%d", [input.whole])`, `sprintf("%d", [input.point])`, `sprintf("%d", [input.power])`,
		`sprintf("%v", [input.point])`, `json.marshal(input.point)`,
	} {
		rs, err := rego.New(rego.Query(query), rego.Input(input)).Eval(context.Background())
		if err != nil || len(rs) != 1 {
			panic(fmt.Sprint(query, err, rs))
		}
		fmt.Printf("%s => %v\n", query, rs[0].Expressions[0].Value)
	}
}
GO
go mod tidy >/dev/null 2>&1
go run . > seen
cat > want <<'WANT'
input.point == input.whole => true
count({input.point, input.whole}) => 1
{input.whole: "found"}[input.point] => found
sprintf("%d", [input.whole]) => 3
sprintf("%d", [input.point]) => %!d(float64=3)
sprintf("%d", [input.power]) => %!d(float64=1000)
sprintf("%v", [input.point]) => 3
json.marshal(input.point) => 3.0
WANT
diff -u want seen
echo "OPA $opa: as described"
