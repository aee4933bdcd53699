package filterpattern

import (
	"strings"
)

// columns is where long lines of an explanation break.
const columns = 100

// An outline collects the lines of an explanation.
type outline struct {
	lines []string
	depth int
}

func (o *outline) addLine(format string, args ...any) {
	o.lines = append(o.lines, strings.Repeat("  ", o.depth)+sprintf(format, args...))
}

// bullets says one line each, all but the last followed by link.
func (o *outline) bullets(lines []string, link string) {
	o.depth++
	for i, line := range lines {
		if i < len(lines)-1 {
			line += link
		}
		o.addLine("- %s", line)
	}
	o.depth--
}

// wrap says alternatives as one bullet, on as many lines as they need.
func (o *outline) wrap(alternatives []string, link string) {
	last := len(alternatives) - 1
	line := "- "
	for i, text := range alternatives {
		switch {
		case i < last-1:
			text += ", "
		case i == last-1:
			text += " or "
		default:
			text += link
		}
		if i > 0 && 2*o.depth+len(line)+len(text) > columns {
			o.addLine("%s", strings.TrimRight(line, " "))
			line = "    "
		}
		line += text
	}
	o.addLine("%s", line)
}
