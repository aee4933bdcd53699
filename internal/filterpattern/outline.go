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

// bullets says one line each, all but the last followed by link.
func (o *outline) bullets(lines []string, link string) {
	o.depth++
	for i, line := range lines {
		if i < len(lines)-1 {
			line += link
		}
		o.say("- %s", line)
	}
	o.depth--
}

// list says a formula: the operands of its outermost connective as bullets,
// inner ones below them.
func (o *outline) list(x expr, leaf func(*condition) string) {
	operands, link := []expr{x}, ""
	switch x := x.(type) {
	case and:
		operands, link = x, ", and"
	case or:
		operands, link = x, ", or"
	}
	o.depth++
	defer func() { o.depth-- }()
	for i, operand := range operands {
		if i == len(operands)-1 {
			link = ""
		}
		o.item(operand, link, leaf)
	}
}

func (o *outline) item(x expr, link string, leaf func(*condition) string) {
	switch x := x.(type) {
	case *condition:
		o.say("- %s%s", leaf(x), link)
		return
	case and:
		o.say("- all of these hold:")
	case or:
		o.say("- one of these holds:")
	}
	o.list(x, leaf)
	if link != "" {
		o.lines[len(o.lines)-1] += strings.Replace(link, ",", ";", 1)
	}
}
