package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/iacgate/iacgate/internal/diag"
)

// errorAt is an error at a place in the code. Code without a file, such as what a
// function reads, has no place.
func errorAt(r hcl.Range, format string, args ...any) *diag.Diagnostic {
	d := diag.New(r.Filename, format, args...)
	if d.File != "" {
		d.Line, d.Column = r.Start.Line, r.Start.Column
	}
	return d
}

// diagnosed turns HCL's own diagnostics into errors; nil if none is an error.
func diagnosed(diags hcl.Diagnostics, source []byte) error {
	var all diag.List
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		e := errorAt(orNowhere(d.Subject), "%s", lowered(d.Summary)).WithHint("%s", d.Detail)
		if line := e.Line; !isSecretLine(source, line) {
			e.Source = lineOf(source, line)
		}
		all = append(all, e)
	}
	return all.Err()
}

// orNowhere is a range, or the zero one where a diagnostic has none.
func orNowhere(r *hcl.Range) hcl.Range {
	if r == nil {
		return hcl.Range{}
	}
	return *r
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
			return strings.TrimSpace(shown(strings.ToValidUTF8(strings.TrimRight(l, "\r\n"), "\uFFFD")))
		}
	}
	return ""
}
