package remedy

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoted writes a text as HCL does, where nothing in it is a template:
// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#quoted-templates.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case (r == '$' || r == '%') && strings.HasPrefix(text[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 1<<16:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// format indents code and aligns the equals signs of arguments that follow each
// other, as terraform fmt does, which the tests compare it with. Package hclwrite
// would take its part of every start of the program.
func format(code string) string {
	lines := strings.Split(strings.TrimRight(code, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimLeft(lines[i], " ")
	}
	chain := 0
	for i := range lines {
		if assignment(lines[i]) == 0 {
			align(lines[chain:i])
			chain = i + 1
		}
	}
	align(lines[chain:])
	var open []int // how many brackets each indent stands for
	for i, l := range lines {
		lines[i] = indent(l, &open)
	}
	return strings.Join(lines, "\n")
}

// align puts the equals signs of arguments below each other.
func align(lines []string) {
	widest := 0
	for _, l := range lines {
		widest = max(widest, utf8.RuneCountInString(l[:assignment(l)]))
	}
	for i, l := range lines {
		at := assignment(l)
		lines[i] = l[:at] + strings.Repeat(" ", widest-utf8.RuneCountInString(l[:at])) + l[at:]
	}
}

// indent moves a line to its place. A line that opens brackets moves what comes
// after it by one step, however many it opens.
func indent(line string, open *[]int) string {
	if line == "" {
		return ""
	}
	net, depth := brackets(line), len(*open)
	for ; net < 0 && depth > 0; depth-- {
		top := &(*open)[depth-1]
		if *top+net > 0 {
			*top += net
			break
		}
		net += *top
	}
	*open = (*open)[:depth]
	if net > 0 {
		*open = append(*open, net)
	}
	return strings.Repeat("  ", depth) + line
}

// assignment returns where the name ends of an argument that stands on one line,
// and 0 where a line is none.
func assignment(line string) int {
	name, value, found := strings.Cut(line, " = ")
	if !found || strings.ContainsAny(name, "[]{}()") || brackets(value) != 0 {
		return 0
	}
	return len(name)
}

// brackets is how many more brackets a line opens than it closes.
func brackets(line string) (net int) {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '{', '[', '(':
			net++
		case '}', ']', ')':
			net--
		case '"':
			i += len(leading(line[i:])) - 1
		}
	}
	return net
}

// leading is the quoted text that a line begins with, with the quoted texts in
// its templates.
func leading(line string) string {
	depth := 0
	for i := 1; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && depth == 0:
			i++
		case c == '"' && depth == 0:
			return line[:i+1]
		case c == '"':
			i += len(leading(line[i:])) - 1
		case (c == '$' || c == '%') && depth == 0 && strings.HasPrefix(line[i+1:], string(c)+"{"):
			i += 2
		case (c == '$' || c == '%') && depth == 0 && strings.HasPrefix(line[i+1:], "{"):
			depth, i = 1, i+1
		case c == '{' && depth > 0:
			depth++
		case c == '}' && depth > 0:
			depth--
		}
	}
	return line
}
