package diagram

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// Mermaid writes pictures as one flowchart with a subgraph for each
// (https://mermaid.js.org/syntax/flowchart.html). GitHub and GitLab draw it in
// Markdown.
func Mermaid(w io.Writer, graphs []Graph) error {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	boxes, lines := map[State]bool{}, map[State][]string{} // the states of boxes, and the numbers of lines in a state
	first, drawn := 1, 0
	for i, g := range graphs {
		fmt.Fprintf(&b, "  subgraph g%d[%s]\n    direction LR\n", i+1, mermaidText(g.Title))
		for n, node := range g.boxes() {
			fmt.Fprintf(&b, "    n%d[%s]:::%s\n", first+n, mermaidText(node.lines()...), mermaidClass(node.State))
			boxes[node.State] = true
		}
		for _, e := range g.Edges {
			fmt.Fprintf(&b, "    n%d %s n%d\n", first+e.From, e.arrow(), first+e.To)
			lines[e.State] = append(lines[e.State], strconv.Itoa(drawn))
			drawn++
		}
		b.WriteString("  end\n")
		first += len(g.boxes())
	}
	for _, s := range bySeverity {
		mermaidStyle(&b, s, boxes[s], lines[s])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// arrow returns a line with a cross if it is broken, and dots if it is uncertain.
func (e Edge) arrow() string {
	line := "-->"
	switch {
	case e.State == Broken:
		line = "--x"
	case e.State.uncertain():
		line = "-.->"
	}
	if text := e.lines(); len(text) > 0 {
		line += "|" + mermaidText(text...) + "|"
	}
	return line
}

func mermaidClass(s State) string { return strings.ReplaceAll(string(s), " ", "-") }

// mermaidStyle says how a state is drawn. Boxes have no fill: they take that of
// the page's theme, light or dark.
func mermaidStyle(b *strings.Builder, s State, boxes bool, lines []string) {
	style := "stroke:" + colors[s]
	if s == OK {
		style = "stroke-width:1px"
	}
	if s.isFault() {
		style += ",stroke-width:3px"
	}
	dash := ""
	if s.uncertain() {
		dash = ",stroke-dasharray:5 4"
	}
	if boxes {
		fmt.Fprintf(b, "  classDef %s %s%s\n", mermaidClass(s), style, dash)
	}
	if len(lines) > 0 && s != OK {
		fmt.Fprintf(b, "  linkStyle %s %s\n", strings.Join(lines, ","), style)
	}
}

// mermaidText quotes the lines of a label. Characters with a meaning in
// Mermaid, in the Markdown of its labels or in the resulting HTML are written as character
// codes (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
func mermaidText(lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteString("<br/>")
		}
		for _, r := range terminal.Clean(l) {
			if harmless(r) {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, "#%d;", r)
			}
		}
	}
	return `"` + b.String() + `"`
}

func harmless(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r >= 0xa0:
		return true
	}
	return strings.ContainsRune(" ./:,_-", r)
}
