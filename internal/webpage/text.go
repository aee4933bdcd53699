package webpage

import (
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// A Text may come from anywhere and is safe to show: it has no control characters, changes
// of text direction or commands to a CI system, because pages are written to logs, too. The
// template escapes the rest.
type Text string

// NewText cleans a text line by line.
func NewText(text string) Text {
	lines := strings.Split(strings.ReplaceAll(text, "\t", "  "), "\n")
	for i, l := range lines {
		lines[i] = terminal.Clean(l)
	}
	return Text(strings.Join(lines, "\n"))
}
