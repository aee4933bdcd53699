package report

import (
	_ "embed"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// A safeText may come from anywhere and is fit to be shown: what moves a cursor,
// changes the direction of text or is an order to a CI system is disarmed. Nothing in a
// page needs it, and pages are written to logs, too. The template escapes the rest.
type safeText string

// newSafeText cleans a text line by line.
func newSafeText(text string) safeText {
	lines := strings.Split(strings.ReplaceAll(text, "\t", "  "), "\n")
	for i, l := range lines {
		lines[i] = terminal.Clean(l)
	}
	return safeText(strings.Join(lines, "\n"))
}

// A webFact is one of the short texts below a heading.
type webFact struct {
	Class string
	Text  safeText
}

// newWebFact returns a fact with a word before it; what has no text is not shown.
func newWebFact(class, before, text string) webFact {
	if text == "" {
		return webFact{}
	}
	return webFact{class, newSafeText(before + text)}
}
