package cfn

import "fmt"

// An Error says where a template cannot be read, and why.
type Error struct {
	File         string // of a nested template; "" for the input itself
	Line, Column int    // from 1; 0 if there is no place
	Msg          string
	Hint         string
}

func (e *Error) Error() string {
	s := e.Msg
	if e.Line > 0 {
		s = fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, s)
	}
	if e.File != "" {
		s = e.File + ": " + s
	}
	return s
}

func errorAt(at place, format string, args ...any) *Error {
	return &Error{File: at.file, Line: at.line, Column: at.column, Msg: fmt.Sprintf(format, args...)}
}

func (e *Error) hint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}
