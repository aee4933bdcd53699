package diagram

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
)

func count(n int, noun string) string { return strconv.Itoa(n) + " " + noun }

// short returns the name of a resource without its type, which its column shows, and
// the module that it is in: module.a["x"].aws_sns_topic.t["k"] is t["k"] in
// module.a["x"]. Other texts are returned unchanged.
func short(address string) (name, module string) {
	parts := split(address)
	n := len(parts)
	if n < 2 || !isResourceType(parts[n-2]) {
		return address, ""
	}
	name, parts = parts[n-1], parts[:n-2]
	if len(parts) > 0 && parts[len(parts)-1] == "data" {
		parts = parts[:len(parts)-1]
	}
	return name, strings.Join(parts, ".")
}

// isResourceType reports whether a part of an address is a resource type.
func isResourceType(part string) bool {
	return strings.HasPrefix(part, "aws_") || strings.HasPrefix(part, "awscc_")
}

// split cuts an address at its dots, not at those inside of keys.
func split(address string) []string {
	var parts []string
	start, depth, quoted := 0, 0, false
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == '.' && depth == 0:
			parts, start = append(parts, address[start:i]), i+1
		}
	}
	return append(parts, address[start:])
}

// fold breaks a text into at most n lines of a width, after blanks and marks
// if it can; dots replace the rest.
func fold(text string, width, n int) []string {
	text = terminal.Clean(text)
	var lines []string
	for text != "" {
		end := cut(text, width)
		if len(lines) == n-1 && end < len(text) {
			return append(lines, text[:cut(text, width-1)]+"…")
		}
		if line := strings.TrimSpace(text[:end]); line != "" {
			lines = append(lines, line)
		}
		text = strings.TrimLeft(text[end:], " ")
	}
	return lines
}

// cut returns where the first line of a text ends: in its second half where there is
// a good place, best after a blank.
func cut(text string, width int) int {
	cells, blank, mark := 0, 0, 0
	for i, r := range text {
		if cells += cellsOf(r); cells > width {
			return cmp.Or(blank, mark, max(i, utf8.RuneLen(r)))
		}
		switch {
		case cells <= width/2:
		case r == ' ':
			blank = i + 1
		case strings.ContainsRune("_-./:[(,", r):
			mark = i + 1
		}
	}
	return len(text)
}

// cellsOf returns how many columns a character takes where all have the same width:
// two from the Hangul on, roughly (https://www.unicode.org/reports/tr11/).
func cellsOf(r rune) int {
	if r >= 0x1100 {
		return 2
	}
	return 1
}

// wrap breaks a text between words.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(terminal.Clean(text)) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}
