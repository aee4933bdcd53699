package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/iacgate/iacgate/internal/terminal"
)

// A program is one run: its streams and what the commands share.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	environ        []string // NAME=value
	ending         ending
}

// printErrors writes every error that err joins on a line of its own, with its
// hints below.
func (p *program) printErrors(err error) {
	for _, e := range flatten(err) {
		fmt.Fprintln(p.stderr, terminal.Clean(e.Error()))
		var h hinter
		if errors.As(e, &h) {
			for _, hint := range h.Hints() {
				fmt.Fprintln(p.stderr, "  hint: "+terminal.Clean(hint))
			}
		}
	}
}
