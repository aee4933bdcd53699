#!/usr/bin/env bash
# Guess: Rego's to_number takes what JSON takes as a number, and is undefined for
# "1_000", "+1", ".5" and "0x1p4", as it is for "0x10" and " 1": whatever it returns
# can be marshalled again.
#
# Seen with OPA 1.22.0: it takes all four. The numbers compare as numbers do, but
# json.marshal of each is undefined, and a result that holds one cannot be
# serialised: Go's encoding/json raises "invalid number literal".
# A policy that reads a number from a tag or an environment variable in this way
# decides, and then the report of its decision fails.
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

func eval(query string) (any, bool) {
	rs, err := rego.New(rego.Query(query)).Eval(context.Background())
	if err != nil {
		panic(err)
	}
	if len(rs) == 0 {
		return nil, false
	}
	return rs[0].Expressions[0].Value, true
}

func main() {
	for _, text := range []string{"1000", "1_000", "+1", ".5", "0x1p4", "0x10", " 1"} {
		number, defined := eval(fmt.Sprintf("to_number(%q)", text))
		_, err := json.Marshal(number)
		_, marshalled := eval(fmt.Sprintf("json.marshal(to_number(%q))", text))
		fmt.Printf("%q taken=%t json.marshal=%t serialised=%t\n", text, defined, marshalled, err == nil)
	}
	same, _ := eval(`to_number("1_000") == 1000`)
	fmt.Println("1_000 == 1000:", same)
}
GO
go mod tidy >/dev/null 2>&1
go run . > seen
cat > want <<'WANT'
"1000" taken=true json.marshal=true serialised=true
"1_000" taken=true json.marshal=false serialised=false
"+1" taken=true json.marshal=false serialised=false
".5" taken=true json.marshal=false serialised=false
"0x1p4" taken=true json.marshal=false serialised=false
"0x10" taken=false json.marshal=false serialised=true
" 1" taken=false json.marshal=false serialised=true
1_000 == 1000: true
WANT
diff -u want seen
echo "OPA $opa: as described"
