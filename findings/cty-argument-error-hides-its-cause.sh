#!/usr/bin/env bash
# Guess: an error that a function of go-cty's returns for one of its arguments,
# made with function.NewArgError(i, cause), is an error that wraps its cause:
# errors.Is and errors.As find what Impl gave it, as they do through fmt.Errorf
# with %w and through Go's own *fs.PathError.
#
# Seen with go-cty 1.19.0: ArgError embeds the cause and has no Unwrap, so errors.Is
# and errors.As find the ArgError and nothing behind it, also where the function is
# called through hcl. A function that returns the cause itself is found. So a typed
# error of one's own (a limit, a refusal) is lost where it is told of which argument
# it is.
#
# Needs go and bash; reads from the module proxy.
set -euo pipefail
cty=v1.19.0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
go mod init example.com/finding >/dev/null 2>&1
go get "github.com/zclconf/go-cty@$cty" >/dev/null 2>&1
cat > main.go <<'GO'
package main

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

type limit struct{ bytes int }

func (l limit) Error() string { return fmt.Sprintf("more than %d bytes", l.bytes) }

func calling(fail func(error) error) error {
	f := function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func([]cty.Value, cty.Type) (cty.Value, error) {
			return cty.NilVal, fail(limit{10})
		},
	})
	_, err := f.Call([]cty.Value{cty.StringVal("x")})
	return err
}

func main() {
	for _, c := range []struct {
		name string
		fail func(error) error
	}{
		{"the cause itself", func(err error) error { return err }},
		{"fmt.Errorf %w", func(err error) error { return fmt.Errorf("text: %w", err) }},
		{"NewArgError", func(err error) error { return function.NewArgError(0, err) }},
		{"NewArgErrorf %w", func(err error) error { return function.NewArgErrorf(0, "text: %w", err) }},
	} {
		err := calling(c.fail)
		fmt.Printf("%s: as limit %t, is limit %t, as ArgError %t, unwraps %t\n",
			c.name, errors.As(err, new(limit)), errors.Is(err, limit{10}), errors.As(err, new(function.ArgError)), errors.Unwrap(err) != nil)
	}
}
GO
go mod tidy >/dev/null 2>&1
go run . > seen
cat > want <<'WANT'
the cause itself: as limit true, is limit true, as ArgError false, unwraps false
fmt.Errorf %w: as limit true, is limit true, as ArgError false, unwraps true
NewArgError: as limit false, is limit false, as ArgError true, unwraps false
NewArgErrorf %w: as limit false, is limit false, as ArgError true, unwraps false
WANT
diff -u want seen
echo "go-cty $cty: as described"
