package hcl

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/iacgate/iacgate/internal/resource"
)

// An Error says why a directory cannot be read. Position has no File where the
// fault has no place.
type Error struct {
	Position resource.Position
	Msg      string
	Hint     string
	Source   string // the line at fault
}

// Error is one line: main.tf:3:5: missing newline after argument.
func (e *Error) Error() string {
	p := e.Position
	switch {
	case p.File == "":
		return e.Msg
	case p.Line == 0:
		return p.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, e.Msg)
}

// Hints returns how to mend it, and the line at fault.
func (e *Error) Hints() []string {
	var hints []string
	if e.Source != "" {
		hints = append(hints, e.Source)
	}
	if e.Hint != "" {
		hints = append(hints, e.Hint)
	}
	return hints
}

// faultIn is an error about a file as a whole.
func faultIn(file, format string, args ...any) *Error {
	return &Error{Position: resource.Position{File: file}, Msg: fmt.Sprintf(format, args...)}
}

// diagnosed turns HCL's own diagnostics into errors; nil if none is an error.
func diagnosed(diags hcl.Diagnostics, source []byte) error {
	var all []error
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		e := &Error{Msg: lowered(d.Summary), Hint: d.Detail}
		if d.Subject != nil {
			e.Position = position(*d.Subject)
			if !isSecretLine(source, e.Position.Line) {
				e.Source = lineOf(source, e.Position.Line)
			}
		}
		all = append(all, e)
	}
	return errors.Join(all...)
}

// lowered makes HCL's sentences the house's: they begin with a capital.
func lowered(text string) string {
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' || len(text) == 1 {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

const maxShownLine = 200

func lineOf(source []byte, line int) string {
	for l := range strings.Lines(string(source)) {
		if line--; line == 0 {
			l = strings.ToValidUTF8(strings.TrimRight(l, "\r\n"), "\uFFFD")
			if len(l) > maxShownLine {
				l = strings.ToValidUTF8(l[:maxShownLine], "") + "..."
			}
			return strings.TrimSpace(l)
		}
	}
	return ""
}
