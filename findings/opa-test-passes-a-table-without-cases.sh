#!/usr/bin/env bash
# Guess: a test of Rego's that is driven by data (test_x[note] if some note, tc in
# cases) and finds no cases fails, as the same body fails in a plain test_x:
# a test rule that is not true is reported as FAIL.
#
# Seen with OPA 1.22.3: it passes, with an empty table and with one that is not there
# at all (data.cases.limitz, or a file of cases that was not loaded), since the
# object of cases is empty and no member of it is false. A set that is empty,
# test_x contains note, fails. --fail-on-empty does not help: it counts rules.
# Who keeps the cases of a policy in a data file has a green run after a rename.
# The documentation of parameterized tests does not mention it.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
opa=v1.22.3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/open-policy-agent/opa/v1/tester@$opa" >/dev/null 2>&1
mkdir policy
cat > policy/cases.json <<'JSON'
{"cases": {"limits": {"two": {"in": 2, "want": true}, "nine": {"in": 9, "want": false}}, "none": {}}}
JSON
cat > policy/limit_test.rego <<'REGO'
package limit_test

limit(n) := n < 5

test_filled[note] if {
	some note, tc in data.cases.limits
	limit(tc.in) == tc.want
}

test_empty[note] if {
	some note, tc in data.cases.none
	limit(tc.in) == tc.want
}

test_missing[note] if {
	some note, tc in data.cases.limitz
	limit(tc.in) == tc.want
}

test_missing_plain if {
	some tc in data.cases.limitz
	limit(tc.in) == tc.want
}

test_missing_set contains note if {
	some note, tc in data.cases.limitz
	limit(tc.in) == tc.want
}
REGO
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
)

func main() {
	ctx := context.Background()
	modules, store, err := tester.Load([]string{"policy"}, nil)
	if err != nil {
		panic(err)
	}
	txn := storage.NewTransactionOrDie(ctx, store)
	results, err := tester.NewRunner().SetStore(store).SetModules(modules).RunTests(ctx, txn)
	if err != nil {
		panic(err)
	}
	for r := range results {
		fmt.Printf("%s pass=%t cases=%d\n", r.Name, r.Pass(), len(r.SubResults))
	}
}
GO
go run . | sort > seen
cat > want <<'WANT'
test_empty pass=true cases=0
test_filled pass=true cases=2
test_missing pass=true cases=0
test_missing_plain pass=false cases=0
test_missing_set pass=false cases=0
WANT
cat seen
diff -u want seen
echo "OPA $opa: as described"
