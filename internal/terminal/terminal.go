// Package terminal knows how terminals and the logs of CI systems interpret text, and
// makes foreign text harmless to them.
//
// It does not lay out, wrap or colour text: package report does.
package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes a text from the input fit for a terminal: it keeps its line,
// moves no cursor, does not reorder what is around it and gives no orders
// to the agent of a CI system. Line breaks and tabs are spelt out, other hostile
// characters and broken UTF-8 are left out. Names come from whoever wrote the
// change that is judged.
func Clean(s string) string {
	if !strings.ContainsFunc(s, Hostile) && utf8.ValidString(s) {
		return disarm(s)
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
	return disarm(b.String())
}

// disarm puts a backslash into what an agent of a CI system takes for an order.
// GitHub's runner obeys ::name at the start of a line and ##[name anywhere
// (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs),
// that of Azure Pipelines ##vso[ anywhere
// (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands).
// Wrapping may put any word at the start of a line.
func disarm(s string) string {
	if !strings.Contains(s, "##") && !strings.Contains(s, "::") {
		return s
	}
	var b strings.Builder
	previous := ' '
	for i, r := range s {
		if previous == '#' && bracketed(s[i:]) || unicode.IsSpace(previous) && addressed(s[i:]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		previous = r
	}
	return b.String()
}

// bracketed reports whether a text begins like an order after its first #.
func bracketed(s string) bool {
	rest, ok := strings.CutPrefix(s, "#")
	return ok && (strings.HasPrefix(rest, "[") || len(rest) > 3 && strings.EqualFold(rest[:4], "vso["))
}

// addressed reports whether a text begins with :: and a name; ::/0 is not an order.
func addressed(s string) bool {
	rest, ok := strings.CutPrefix(s, "::")
	name, _ := utf8.DecodeRuneInString(rest)
	return ok && unicode.IsLetter(name)
}

// Hostile is true of C0 and C1 controls, DEL, the characters that change the
// direction of text or start new lines
// (https://www.unicode.org/reports/tr9/, https://trojansource.codes), and those
// that write a text which people do not see: tags and the byte order mark
// (https://www.unicode.org/charts/PDF/UE0000.pdf).
func Hostile(r rune) bool {
	switch {
	case r < 0x20, 0x7f <= r && r <= 0x9f:
		return true
	case r == 0x061c, 0x200e <= r && r <= 0x200f, 0x2028 <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return true
	case r == 0xfeff, 0xe0000 <= r && r <= 0xe007f:
		return true
	}
	return false
}
