// Package diag has the common form of an error in something that a user wrote: a place, a
// message and a hint. Readers, the configuration and policies return it, and the command
// prints it. The package itself finds no errors.
package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// A Diagnostic is one thing that is wrong. The message is one line.
type Diagnostic struct {
	File    string // "" if the text has no name
	Line    int    // from 1; 0 for the whole file
	Column  int    // in bytes, from 1; 0 for the whole line
	Message string
	Hint    string // what to do about it; "" for nothing
	Source  string // the line at fault, where it may be shown
}

// New returns a diagnostic of a file as a whole.
func New(file, format string, args ...any) *Diagnostic {
	return &Diagnostic{File: file, Message: fmt.Sprintf(format, args...)}
}

// At returns an error as a diagnostic of a file, nil for none. Its place and hint stay,
// and what the system's errors repeat, the operation and the path, is left out.
func At(file string, err error) error {
	var known *Diagnostic
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return &Diagnostic{File: file, Message: known.Error(), Hint: known.Hint}
	}
	return &Diagnostic{File: file, Message: Cause(err).Error()}
}

// Cause returns an error without the operation and the path that the system's errors
// repeat.
func Cause(err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &linkErr):
		return linkErr.Err
	}
	return err
}

// WithHint returns the diagnostic, with what to do about it.
func (d *Diagnostic) WithHint(format string, args ...any) *Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// Error is one line: main.tf:3:5: missing newline after argument.
func (d *Diagnostic) Error() string {
	if at := d.place(); at != "" {
		return at + ": " + d.Message
	}
	return d.Message
}

func (d *Diagnostic) place() string {
	switch {
	case d.File == "" && d.Line == 0:
		return ""
	case d.File == "" && d.Column == 0:
		return fmt.Sprintf("line %d", d.Line)
	case d.File == "":
		return fmt.Sprintf("line %d, column %d", d.Line, d.Column)
	case d.Line == 0:
		return d.File
	case d.Column == 0:
		return fmt.Sprintf("%s:%d", d.File, d.Line)
	}
	return fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Column)
}

// Hints returns the lines to print below the message: the line at fault, and what to do.
func (d *Diagnostic) Hints() []string {
	var hints []string
	for _, h := range []string{d.Source, d.Hint} {
		if h != "" {
			hints = append(hints, h)
		}
	}
	return hints
}

// A List is all that is wrong, in the order of the file.
type List []*Diagnostic

// Err returns the list as an error, nil if it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error has a line for each diagnostic.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = d.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single diagnostics.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, d := range l {
		errs[i] = d
	}
	return errs
}
