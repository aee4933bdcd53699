package cfn

import "github.com/iacgate/iacgate/internal/diag"

// errorAt says what is wrong at a place.
func errorAt(at place, format string, args ...any) *diag.Diagnostic {
	d := diag.New(at.file, format, args...)
	d.Line, d.Column = at.line, at.column
	return d
}
