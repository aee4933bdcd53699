package analysis

import (
	"slices"
	"strings"
	"unicode"
)

// minPiece is how long a run of letters and digits in a secret has to be to
// betray it: the https of a URL does not.
const minPiece = 6

// Line returns a line of code without secrets. Code may write a secret in other
// ways than it reads: escaped, in pieces, over several lines. A line that holds
// any piece of one is withheld, and so is one that makes a value sensitive.
func (r Redactor) Line(line string) string {
	if strings.Contains(line, "sensitive(") || slices.ContainsFunc(r.secrets, func(s string) bool { return betrays(line, s) }) {
		return hidden
	}
	return r.Text(line)
}

// betrays says whether a line holds a secret, a line of it, or a run of letters
// and digits of it.
func betrays(line, secret string) bool {
	for part := range strings.Lines(secret) {
		if part = strings.TrimSpace(part); part != "" && strings.Contains(line, part) {
			return true
		}
	}
	return slices.ContainsFunc(runs(secret), func(run string) bool { return len(run) >= minPiece && strings.Contains(line, run) })
}

func runs(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
