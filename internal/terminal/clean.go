// Package terminal knows what a terminal does with text and makes text from
// outside harmless to it.
//
// It does not lay out, wrap or colour: package report does.
package terminal

import (
	"strings"
	"unicode/utf8"
)

// Clean makes a text from the input fit for a terminal: it keeps its line,
// moves no cursor and does not reorder what stands around it. Line breaks and
// tabs are spelt out, other hostile characters and broken UTF-8 are left out.
// Names come from whoever wrote the change that is judged.
func Clean(s string) string {
	if !strings.ContainsFunc(s, Hostile) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case !Hostile(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Hostile is true of C0 and C1 controls, DEL, and the characters that change
// the direction of text or start new lines
// (https://www.unicode.org/reports/tr9/, https://trojansource.codes).
func Hostile(r rune) bool {
	switch {
	case r < 0x20, 0x7f <= r && r <= 0x9f:
		return true
	case r == 0x061c, 0x200e <= r && r <= 0x200f, 0x2028 <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return false
}
