package main

import (
	"errors"
	"fmt"
	"strings"
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
		fmt.Fprintln(p.stderr, printable(e.Error()))
		var h hinted
		if errors.As(e, &h) {
			for _, hint := range h.Hints() {
				fmt.Fprintln(p.stderr, "  hint: "+printable(hint))
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

// printable keeps a message on one line and free of what moves the cursor:
// messages quote file names and file contents.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20, 0x7f <= r && r <= 0x9f, r == 0x061c, 0x200e <= r && r <= 0x200f, 0x2028 <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
