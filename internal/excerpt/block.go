package excerpt

import "strings"

// block is the part of the lines around one that belongs to the same block, by
// indentation: what stands next to it belongs to somebody else, whose secrets
// nobody has asked for. A line that opens a block is shown with what it opens.
func block(lines []string, at int) (from, to int) {
	own := indent(lines[at])
	from, to = at, at+1
	opens := to < len(lines) && indent(lines[to]) > own
	belongs := func(l string) bool {
		if opens {
			return indent(l) > own
		}
		return indent(l) >= own && own > 0
	}
	for to < len(lines) && to-at <= around && belongs(lines[to]) {
		to++
	}
	for !opens && from > 0 && at-from < around && belongs(lines[from-1]) {
		from--
	}
	return from, to
}

// indent is how far a line stands from the margin, -1 for an empty one.
func indent(line string) int {
	rest := strings.TrimLeft(line, " \t")
	if strings.TrimSpace(rest) == "" {
		return -1
	}
	return len(line) - len(rest)
}
