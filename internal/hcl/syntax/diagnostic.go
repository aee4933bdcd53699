package syntax

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// DiagnosticAt returns an error at a place in the code. Code without a file, such as what a
// function reads, has no place.
func DiagnosticAt(r hcl.Range, format string, args ...any) *diag.Diagnostic {
	d := diag.New(r.Filename, format, args...)
	if d.File != "" {
		d.Line, d.Column = r.Start.Line, r.Start.Column
	}
	return d
}

// Err turns HCL's own diagnostics into errors; nil if none is an error.
func Err(diags hcl.Diagnostics, source []byte) error {
	var all diag.List
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		e := DiagnosticAt(RangeOf(d.Subject), "%s", LowerFirst(d.Summary)).WithHint("%s", d.Detail)
		if line := e.Line; !isSecretLine(source, line) {
			e.Source = lineOf(source, line)
		}
		all = append(all, e)
	}
	return all.Err()
}

// RangeOf returns a range, or the zero one where a diagnostic has none.
func RangeOf(r *hcl.Range) hcl.Range {
	if r == nil {
		return hcl.Range{}
	}
	return *r
}

// LowerFirst lowers the first letter of HCL's sentences, because our errors are in lower case.
func LowerFirst(text string) string {
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' || len(text) == 1 {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

const maxShownLine = 200

func lineOf(source []byte, line int) string {
	for l := range strings.Lines(string(source)) {
		if line--; line == 0 {
			return strings.TrimSpace(Shorten(strings.ToValidUTF8(strings.TrimRight(l, "\r\n"), "\uFFFD")))
		}
	}
	return ""
}

// Position returns the start of a range.
func Position(r hcl.Range) resource.Position {
	return resource.Position{File: r.Filename, Line: r.Start.Line, Column: r.Start.Column}
}

// Errorf returns an error at a place in the code.
func Errorf(r hcl.Range, format string, args ...any) hcl.Diagnostics {
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: fmt.Sprintf(format, args...), Subject: &r}}
}

// WrapError returns the error of a function or an operation.
func WrapError(at hcl.Range, what string, err error) hcl.Diagnostics {
	diags := Errorf(at, "%s%v", what, err)
	var ours value.LimitError
	if errors.As(err, &ours) {
		diags[0].Extra = ours
	}
	return diags
}

func FirstError(diags hcl.Diagnostics) hcl.Diagnostics {
	for _, d := range diags {
		if d.Severity == hcl.DiagError {
			return hcl.Diagnostics{d}
		}
	}
	return nil
}

// FirstMessage returns the first error of some diagnostics, in one line.
func FirstMessage(diags hcl.Diagnostics) string {
	errs := FirstError(diags)
	if len(errs) == 0 {
		return ""
	}
	text := LowerFirst(errs[0].Summary)
	if detail, _, _ := strings.Cut(errs[0].Detail, "\n"); detail != "" {
		text += ": " + strings.TrimSuffix(LowerFirst(detail), ".")
	}
	return text
}

// IsLimit reports whether the error is about one of our bounds: the expression may have
// a value for Terraform.
func IsLimit(diags hcl.Diagnostics) bool {
	return slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool {
		_, ours := d.Extra.(value.LimitError)
		return ours
	})
}

// AsError returns the error of an expression inside another, unchanged.
func AsError(diags hcl.Diagnostics) error {
	if IsLimit(diags) {
		return value.NewLimitError(FirstMessage(diags))
	}
	return errors.New(FirstMessage(diags))
}

// WithHint adds a hint.
func WithHint(diags hcl.Diagnostics, hint string) hcl.Diagnostics {
	for _, d := range diags {
		d.Detail = hint
	}
	return diags
}

// MoveTo moves errors inside a JSON text to where the text is.
func MoveTo(diags hcl.Diagnostics, at hcl.Range) hcl.Diagnostics {
	for _, d := range diags {
		d.Subject = &at
	}
	return diags
}

// Shorten returns the beginning of a text, for an error message.
func Shorten(text string) string {
	if len(text) <= maxShownLine {
		return text
	}
	return strings.ToValidUTF8(text[:maxShownLine], "") + "..."
}

// isSecretLine reports whether a line is in the declaration of a sensitive variable,
// or makes something sensitive, in code that could not be parsed.
func isSecretLine(source []byte, line int) bool {
	lines := strings.Split(string(source), "\n")
	if line < 1 || line > len(lines) {
		return false
	}
	from, to := line-1, line-1
	for from > 0 && !strings.HasPrefix(lines[from], "variable") && !strings.HasPrefix(lines[from], "}") {
		from--
	}
	for to < len(lines)-1 && !strings.HasPrefix(lines[to], "}") {
		to++
	}
	declared := strings.HasPrefix(lines[from], "variable") && strings.Contains(strings.Join(lines[from:to+1], "\n"), "sensitive")
	return declared || strings.Contains(lines[line-1], "sensitive(")
}
