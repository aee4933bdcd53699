#!/usr/bin/env bash
# Guess: a SARIF log that go-sarif reads and writes again says the same. What is absent
# stays absent, or gets the default of SARIF 2.1.0, which is -1 ("not set") for
# ruleIndex, rank and the index of a file, as in results that go-sarif makes itself.
#
# Seen with go-sarif 3.3.1: what is absent is written as 0. A result with ruleId "b" and
# no ruleIndex comes back with ruleIndex 0, the place of rule "a"; a location in
# second.tf comes back with index 0, the place of first.tf; rank becomes the lowest.
# The empty suppressions of a result ("none", unlike absent: "not known") are gone,
# and Validate refuses the log as soon as it is read, though it is valid.
# Who filters, merges or signs reports of several checkers in Go attributes findings to
# other rules and files. Zeros are written since "don't omit zero ruleIndex"
# (https://github.com/owenrumney/go-sarif/pull/97).
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
gosarif=v3.3.1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif@$gosarif" >/dev/null 2>&1
cat > main.go <<'GO'
package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

const log = `{"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{
  "tool": {"driver": {"name": "checker", "rules": [{"id": "a"}, {"id": "b"}]}},
  "artifacts": [{"location": {"uri": "first.tf"}}, {"location": {"uri": "second.tf"}}],
  "results": [{"ruleId": "b", "message": {"text": "no alarm"}, "suppressions": [], "locations": [
    {"physicalLocation": {"artifactLocation": {"uri": "second.tf"}, "region": {"startLine": 3}}}]}]}]}`

type document struct {
	Runs []struct {
		Results []map[string]any
	}
}

func print(when string, text []byte) {
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		panic(err)
	}
	r := d.Runs[0].Results[0]
	place := r["locations"].([]any)[0].(map[string]any)["physicalLocation"].(map[string]any)["artifactLocation"]
	_, suppressions := r["suppressions"]
	fmt.Printf("%s: ruleId %v, ruleIndex %v, rank %v, file %v, suppressions %t\n",
		when, r["ruleId"], r["ruleIndex"], r["rank"], place, suppressions)
}

func main() {
	report, err := sarif.FromString(log)
	if err != nil {
		panic(err)
	}
	var again bytes.Buffer
	if err := report.Write(&again); err != nil {
		panic(err)
	}
	print("read", []byte(log))
	print("written", again.Bytes())
	fmt.Println("valid:", report.Validate() == nil)
	made := sarif.NewRuleResult("b")
	fmt.Printf("made: ruleIndex %d, rank %v\n", made.RuleIndex, made.Rank)
}
GO
go run . > seen
cat > want <<'WANT'
read: ruleId b, ruleIndex <nil>, rank <nil>, file map[uri:second.tf], suppressions true
written: ruleId b, ruleIndex 0, rank 0, file map[index:0 uri:second.tf], suppressions false
valid: false
made: ruleIndex -1, rank -1
WANT
cat seen
diff -u want seen
echo "go-sarif $gosarif: as described"
