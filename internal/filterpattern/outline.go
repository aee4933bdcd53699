package filterpattern

import (
	"slices"
	"strings"
)

// columns is where long lines of an explanation break.
const columns = 100

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
func (o *outline) list(x expr) {
	operands, link := []expr{x}, ""
	switch x := x.(type) {
	case and:
		operands, link = x, ", and"
	case or:
		operands, link = x, ", or"
	}
	o.depth++
	defer func() { o.depth-- }()
	for len(operands) > 0 {
		n := 1
		if link != ", and" {
			n = max(1, choices(operands))
		}
		if n == len(operands) {
			link = ""
		}
		o.item(operands[:n], link)
		operands = operands[n:]
	}
}

// item says one operand, or several alternatives for one field at once.
func (o *outline) item(operands []expr, link string) {
	x := operands[0]
	if alternatives, ok := x.(or); ok && len(operands) == 1 && choices(alternatives) == len(alternatives) {
		x, operands = alternatives[0], alternatives
	}
	switch x := x.(type) {
	case *condition:
		o.wrap(append([]string{x.explain()}, texts(operands[1:])...), link)
		return
	case and:
		o.say("- all of these hold:")
	case or:
		o.say("- one of these holds:")
	}
	o.list(x)
	if link != "" {
		o.lines[len(o.lines)-1] += strings.Replace(link, ",", ";", 1)
	}
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
			o.say("%s", strings.TrimRight(line, " "))
			line = "    "
		}
		line += text
	}
	o.say("%s", line)
}

// choices counts the operands that ask for other texts in the place that the
// first one looks at.
func choices(operands []expr) int {
	subject := ""
	n := slices.IndexFunc(operands, func(x expr) bool {
		c, ok := x.(*condition)
		if !ok || c.op != equal || c.value.kind != textLiteral || !c.value.only() {
			return true
		}
		if subject == "" {
			subject = c.subject()
		}
		return subject != c.subject()
	})
	if n < 0 {
		return len(operands)
	}
	return n
}

// texts quotes what conditions compare with.
func texts(operands []expr) []string {
	var quoted []string
	for _, x := range operands {
		if c, ok := x.(*condition); ok {
			quoted = append(quoted, sprintf("%q", c.value.text))
		}
	}
	return quoted
}
