#!/usr/bin/env bash
# Guess: hclwrite.File.Bytes returns the bytes that were parsed, as its documentation
# says of the tokens of a file: what was not edited through the API keeps its spaces, as
# in hclwrite.ParseConfig(src).Bytes() == src. Formatting is a step of its own,
# hclwrite.Format, as gofmt is beside go/printer.
#
# Seen with hcl v2.25.0: File.Bytes, and File.WriteTo, format the spaces of every line,
# also in a file that nobody edited, and they do it in the file itself:
# File.BuildTokens(nil).Bytes() returns the bytes as they were before the first call of
# Bytes, and formatted ones after it. So a program that edits one argument of a file that
# nobody formatted changes all of its lines, and reading a file changes it.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
hcl=v2.25.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/hashicorp/hcl/v2@$hcl" >/dev/null 2>&1
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

func main() {
	src := "resource \"a\" \"b\" {\n name=\"x\"\n}\n"
	f, diags := hclwrite.ParseConfig([]byte(src), "main.tf", hcl.InitialPos)
	if diags.HasErrors() {
		panic(diags)
	}
	fmt.Printf("BuildTokens as parsed: %t\n", string(f.BuildTokens(nil).Bytes()) == src)
	fmt.Printf("Bytes as parsed: %t\n", string(f.Bytes()) == src)
	fmt.Printf("Bytes formatted: %t\n", string(f.Bytes()) == string(hclwrite.Format([]byte(src))))
	fmt.Printf("BuildTokens as parsed after Bytes: %t\n", string(f.BuildTokens(nil).Bytes()) == src)
}
GO
go mod tidy >/dev/null 2>&1
go run . > seen
cat > want <<'WANT'
BuildTokens as parsed: true
Bytes as parsed: false
Bytes formatted: true
BuildTokens as parsed after Bytes: false
WANT
diff -u want seen
echo "hcl $hcl: as described"
