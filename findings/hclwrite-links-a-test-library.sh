#!/usr/bin/env bash
# Guess: a program that formats HCL with hclwrite links what formatting needs.
# go-cmp, which says of itself that it is for tests only, is a requirement of the
# module for its own tests.
#
# Seen with HCL 2.25.0: hclwrite imports go-cmp outside of its tests (node.go), so
# that five of its packages are in every such program, and prepare themselves,
# with compiled expressions, before main runs.
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

	"github.com/hashicorp/hcl/v2/hclwrite"
)

func main() { fmt.Printf("%s", hclwrite.Format([]byte("a=1\n"))) }
GO
go mod tidy >/dev/null 2>&1
go build -o program .
{
	./program
	echo "linked:"
	go list -deps . | grep '^github.com/google/go-cmp' | LC_ALL=C sort
	echo "prepared before main:"
	GODEBUG=inittrace=1 ./program 2>&1 >/dev/null | awk '$2 == "github.com/google/go-cmp/cmp" { print $2 }'
} > seen
cat > want <<'WANT'
a = 1
linked:
github.com/google/go-cmp/cmp
github.com/google/go-cmp/cmp/internal/diff
github.com/google/go-cmp/cmp/internal/flags
github.com/google/go-cmp/cmp/internal/function
github.com/google/go-cmp/cmp/internal/value
prepared before main:
github.com/google/go-cmp/cmp
WANT
diff -u want seen
echo "hcl $hcl: as described"
