package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// clean makes a text from the input fit for a terminal: it keeps its line,
// moves no cursor and does not reorder what stands around it. Names come from
// whoever wrote the change that is judged.
func clean(s string) string {
	if !strings.ContainsFunc(s, hostile) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case !hostile(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hostile is true of C0 and C1 controls, DEL, and the characters that change
// the direction of text or start new lines.
func hostile(r rune) bool {
	switch {
	case r < 0x20, 0x7f <= r && r <= 0x9f:
		return true
	case r == 0x061c, 0x200e <= r && r <= 0x200f, 0x2028 <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return true
	}
	return false
}

// escapeHostile writes the same JSON without hostile characters: inside JSON
// text they stand in strings only, where an escape means the same.
func escapeHostile(data []byte) []byte {
	var b strings.Builder
	for _, r := range string(data) {
		if r != '\n' && hostile(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return []byte(b.String())
}
