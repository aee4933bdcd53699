package filterpattern

import "strings"

// An outline collects the lines of an explanation.
type outline struct {
	lines []string
	depth int
}

func (o *outline) say(format string, args ...any) {
	o.lines = append(o.lines, strings.Repeat("  ", o.depth)+sprintf(format, args...))
}
