package show

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
)

// width is that of the text.
const width = 80

// page collects lines.
type page struct {
	b     bytes.Buffer
	color bool
	quiet []string // controls without alarms and events
}

func (p *page) line(format string, args ...any) {
	p.b.WriteString(strings.TrimRight(terminal.Clean(fmt.Sprintf(format, args...)), " ") + "\n")
}

func (p *page) heading(text string) {
	text = terminal.Clean(text)
	if p.color {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	p.b.WriteString(text + "\n")
}

// prose wraps a sentence.
func (p *page) prose(indent, text string) {
	line := indent
	for _, word := range strings.Fields(text) {
		if len(line) > len(indent) && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			p.line("%s", line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	p.line("%s", line)
}
