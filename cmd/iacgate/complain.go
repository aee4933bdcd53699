package main

import (
	"errors"
	"fmt"

	"github.com/iacgate/iacgate/internal/terminal"
)

// A usage is a mistake in the arguments or the environment.
type usage struct{ what string }

func (u usage) Error() string { return "iacgate: " + u.what }

func usagef(format string, args ...any) error { return usage{fmt.Sprintf(format, args...)} }

// hinted is an error that knows how to mend what is wrong.
type hinted interface{ Hints() []string }

// complain writes every error that err joins on a line of its own, with its
// hints below.
func (p *program) complain(err error) {
	for _, e := range flatten(err) {
		fmt.Fprintln(p.stderr, terminal.Clean(e.Error()))
		var h hinted
		if errors.As(e, &h) {
			for _, hint := range h.Hints() {
				fmt.Fprintln(p.stderr, "  hint: "+terminal.Clean(hint))
			}
		}
	}
}

// flatten takes joined errors apart.
func flatten(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	for _, e := range joined.Unwrap() {
		out = append(out, flatten(e)...)
	}
	return out
}
