package document

import (
	"slices"
	"strings"
	"unicode"

	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

// minPiece is how long a run of letters and digits in a secret has to be to
// betray it: the https of a URL does not.
const minPiece = 6

// Line returns a line of code without secrets. Code may write a secret in other
// ways than it reads: escaped, in pieces, over several lines. A line that holds
// any piece of one is withheld, and so is one that makes a value sensitive.
func (r Redactor) Line(line string) string {
	if strings.Contains(line, "sensitive(") || slices.ContainsFunc(r.secrets, func(s string) bool { return containsSecret(line, s) }) {
		return resource.Hidden
	}
	return r.Text(line)
}

// containsSecret reports whether a line holds a secret, a line of it, or a run of letters
// and digits of it.
func containsSecret(line, secret string) bool {
	for part := range strings.Lines(secret) {
		if part = strings.TrimSpace(part); part != "" && strings.Contains(line, part) {
			return true
		}
	}
	return slices.ContainsFunc(alphanumericRuns(secret), func(run string) bool { return len(run) >= minPiece && strings.Contains(line, run) })
}

func alphanumericRuns(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// A Redactor takes sensitive texts out of everything that leaves the program.
type Redactor struct {
	veil    resource.Veil
	secrets []string          // all of them, also the short ones
	names   map[string]string // of the addresses in a document
}

// NewRedactor hides these texts wherever they occur.
func NewRedactor(secrets []string) Redactor {
	return Redactor{veil: resource.NewVeil(secrets), secrets: secrets}
}

// Text returns a text without secrets, and with words in place of symbols:
// the account of a provider.
func (r Redactor) Text(s string) string {
	return withWords(r.veil.Text(s))
}

// Name is Text for the name of something outside the input, which is one of its
// values as a whole.
func (r Redactor) Name(s string) string {
	if r.veil.IsSecret(s) {
		return resource.Hidden
	}
	return r.Text(s)
}

// Message is Text for our own messages, in which short secrets are hidden, too: they
// quote little, and whoever reads one knows what it quotes.
func (r Redactor) Message(s string) string { return withWords(r.veil.Message(s)) }

func withWords(s string) string {
	return strings.ReplaceAll(resource.Text(s).Words(), iampolicy.UnknownMark, "…")
}
