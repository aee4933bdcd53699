package report

import (
	_ "embed"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// A safeText may come from anywhere and is safe to show: it has no control characters,
// changes of text direction or commands to a CI system, because pages are written to logs,
// too. The template escapes the rest.
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

// newWebFact returns a fact with a label; one without text is not shown.
func newWebFact(class, before, text string) webFact {
	if text == "" {
		return webFact{}
	}
	return webFact{class, newSafeText(before + text)}
}
