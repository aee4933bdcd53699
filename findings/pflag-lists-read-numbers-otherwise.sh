#!/usr/bin/env bash
# Guess: a flag that takes several whole numbers reads each as the flag that takes one does.
# pflag's documentation says it of integer flags without a difference: they accept 1234,
# 0664 and 0x1234.
#
# Seen with pflag 1.1.0: Int reads 010 as 8 and 0x10 as 16, as documented; IntSlice,
# StringToInt and StringToInt64 read 010 as 10 and refuse 0x10. Int32Slice and Int64Slice
# are as Int, so that a list of the plain type is read otherwise than one with a size.
# Who changes a flag from one value to several, of file modes for instance, gets other
# numbers from the same command line, without an error. That 010 is octal for Int was
# discussed (https://github.com/spf13/pflag/issues/304), the lists were not.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
pflag=v1.1.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/spf13/pflag@$pflag" >/dev/null 2>&1
cat > main.go <<'GO'
package main

import (
	"fmt"
	"io"

	"github.com/spf13/pflag"
)

func main() {
	for _, text := range []string{"10", "010", "0x10"} {
		for _, define := range []func(*pflag.FlagSet){
			func(f *pflag.FlagSet) { f.Int("n", 0, "") },
			func(f *pflag.FlagSet) { f.Int64("n", 0, "") },
			func(f *pflag.FlagSet) { f.IntSlice("n", nil, "") },
			func(f *pflag.FlagSet) { f.Int32Slice("n", nil, "") },
			func(f *pflag.FlagSet) { f.Int64Slice("n", nil, "") },
			func(f *pflag.FlagSet) { f.StringToInt("n", nil, "") },
			func(f *pflag.FlagSet) { f.StringToInt64("n", nil, "") },
		} {
			f := pflag.NewFlagSet("f", pflag.ContinueOnError)
			f.SetOutput(io.Discard)
			define(f)
			flag := f.Lookup("n")
			value := text
			if typ := flag.Value.Type(); typ == "stringToInt" || typ == "stringToInt64" {
				value = "a=" + text
			}
			said := "refused"
			if err := f.Parse([]string{"--n=" + value}); err == nil {
				said = flag.Value.String()
			}
			fmt.Printf("%-5s %-14s %s\n", text, flag.Value.Type(), said)
		}
	}
}
GO
go run . > seen
cat > want <<'WANT'
10    int            10
10    int64          10
10    intSlice       [10]
10    int32Slice     [10]
10    int64Slice     [10]
10    stringToInt    [a=10]
10    stringToInt64  [a=10]
010   int            8
010   int64          8
010   intSlice       [10]
010   int32Slice     [8]
010   int64Slice     [8]
010   stringToInt    [a=10]
010   stringToInt64  [a=10]
0x10  int            16
0x10  int64          16
0x10  intSlice       refused
0x10  int32Slice     [16]
0x10  int64Slice     [16]
0x10  stringToInt    refused
0x10  stringToInt64  refused
WANT
cat seen
diff -u want seen
echo "pflag $pflag: as described"
