#!/usr/bin/env bash
# Guess: a conditional whose condition is not known and whose arms are equal is
# treated alike whatever the arms are: not known for a text, a number and a truth
# value.
#
# Seen with hcl 2.25.0 and go-cty 1.19.0: with arms that are equal numbers the
# result is that number, since a range from 1 to 1 holds one value. With equal
# texts, truth values, tuples and empty objects it stays unknown. So
# (b ? 1 : 1) == 1 is true, and (b ? "1" : "1") == "1" is not known.
# Moreover what lies outside of the arms is known to be wrong for numbers,
# (b ? 1 : 2) == 5 is false, and not known for texts.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
hcl=v2.25.0 cty=v1.19.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/hashicorp/hcl/v2@$hcl" "github.com/zclconf/go-cty@$cty" >/dev/null 2>&1
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func main() {
	ctx := &hcl.EvalContext{Variables: map[string]cty.Value{"b": cty.UnknownVal(cty.Bool)}}
	for _, text := range []string{
		`b ? 1 : 1`, `b ? 1.5 : 1.5`, `b ? "1" : "1"`, `b ? true : true`, `b ? [1] : [1]`, `b ? {} : {}`,
		`(b ? 1 : 1) == 1`, `(b ? "1" : "1") == "1"`, `(b ? 1 : 2) == 5`, `(b ? "1" : "2") == "5"`,
	} {
		expr, diags := hclsyntax.ParseExpression([]byte(text), "x.hcl", hcl.InitialPos)
		if diags.HasErrors() {
			panic(diags)
		}
		v, diags := expr.Value(ctx)
		if diags.HasErrors() {
			panic(diags)
		}
		switch {
		case !v.IsKnown():
			fmt.Printf("%s => not known\n", text)
		case v.Type() == cty.Bool:
			fmt.Printf("%s => %t\n", text, v.True())
		default:
			fmt.Printf("%s => %s\n", text, v.AsBigFloat().Text('g', -1))
		}
	}
}
GO
go mod tidy >/dev/null 2>&1
go run . > seen
cat > want <<'WANT'
b ? 1 : 1 => 1
b ? 1.5 : 1.5 => 1.5
b ? "1" : "1" => not known
b ? true : true => not known
b ? [1] : [1] => not known
b ? {} : {} => not known
(b ? 1 : 1) == 1 => true
(b ? "1" : "1") == "1" => not known
(b ? 1 : 2) == 5 => false
(b ? "1" : "2") == "5" => not known
WANT
diff -u want seen
echo "hcl $hcl, go-cty $cty: as described"
