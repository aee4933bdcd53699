#!/usr/bin/env bash
# Guess: OPA reads YAML against the core schema of YAML 1.2, as the notes of its
# release 1.21.0 say. There octal numbers are written 0o17, and 017 is seventeen:
# an account written without quotes loses its leading zero, and no more.
#
# Seen with OPA 1.22.3: a number that begins with 0 is octal if all of its digits are
# below 8, as in YAML 1.1, and decimal otherwise. Of the accounts 012345678901 and
# 012345670123 the first is 12345678901 and the second 1402433619. Also 0b11 is 3 and
# 1_000 is 1000, which are texts in the core schema; yes and NO are texts, as noted.
# It holds for yaml.unmarshal and for the input and the data that OPA loads.
# A list of exempt accounts, or an account in a template, is right for some accounts
# and another number for the rest; sprintf("%012d") restores only the first kind.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
opa=v1.22.3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/open-policy-agent/opa/v1/rego@$opa" >/dev/null 2>&1
printf 'eight: 012345678901\nseven: 012345670123\n' > accounts.yaml
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/rego"
)

func main() {
	for _, query := range []string{
		`x := [data.eight, data.seven]`,
		`x := [sprintf("%012d", [data.eight]), sprintf("%012d", [data.seven])]`,
		`x := yaml.unmarshal("[017, 0o17, 08, 0b11, 1_000, yes, NO]")`,
		`x := yaml.unmarshal("017") == json.unmarshal("17")`,
	} {
		rs, err := rego.New(rego.Query(query), rego.Load([]string{"accounts.yaml"}, nil)).Eval(context.Background())
		if err != nil {
			panic(err)
		}
		fmt.Println(rs[0].Bindings["x"])
	}
}
GO
go run . > seen
cat > want <<'WANT'
[12345678901 1402433619]
[012345678901 001402433619]
[15 15 8 3 1000 yes NO]
false
WANT
cat seen
diff -u want seen
echo "OPA $opa: as described"
