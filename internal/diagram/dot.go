package diagram

import (
	"fmt"
	"io"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// DOT writes pictures in the language of Graphviz
// (https://graphviz.org/doc/info/lang.html): one digraph with a cluster for
// each, because tools only read the first digraph of a file.
func DOT(w io.Writer, graphs []Graph) error {
	var b strings.Builder
	b.WriteString("digraph iacgate {\n" +
		"  graph [rankdir=LR, fontname=\"Helvetica\", bgcolor=\"white\"];\n" +
		"  node [shape=box, style=\"rounded\", fontname=\"Helvetica\", fontsize=11];\n" +
		"  edge [fontname=\"Helvetica\", fontsize=9];\n")
	first := 1
	for i, g := range graphs {
		fmt.Fprintf(&b, "  subgraph cluster_%d {\n    label=%s;\n", i+1, dotText(g.Title))
		for n, node := range g.boxes() {
			fmt.Fprintf(&b, "    n%d [label=%s%s];\n", first+n, dotText(node.lines()...), dotStyle(node.State, "rounded,"))
		}
		for _, e := range g.Edges {
			fmt.Fprintf(&b, "    n%d -> n%d", first+e.From, first+e.To)
			if e.State != OK {
				fmt.Fprintf(&b, " [label=%s%s]", dotText(e.lines()...), dotStyle(e.State, ""))
			}
			b.WriteString(";\n")
		}
		b.WriteString("  }\n")
		first += len(g.boxes())
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// dotText quotes the lines of a label. Backslashes start escapes in labels and
// ampersands start entities, which Graphviz resolves
// (https://graphviz.org/docs/attr-types/escString/).
func dotText(lines ...string) string {
	for i, l := range lines {
		lines[i] = dotEscapes.Replace(terminal.Clean(l))
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}

var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")

// dotStyle shows a state by its line, not by colour alone.
func dotStyle(s State, shape string) string {
	if s == OK {
		return ""
	}
	line, width := "solid", 1
	if s.uncertain() {
		line = "dashed"
	}
	if s.isFault() {
		width = 2
	}
	return fmt.Sprintf(`, color="%s", fontcolor="%[1]s", style="%s%s", penwidth=%d`, colors[s], shape, line, width)
}

// colors has the colour of a state on white and, for DOT and Mermaid alike, legible
// on dark grounds.
var colors = map[State]string{
	OK: "#1f2328", Inferred: "#1f2328", External: "#57606a", Warned: "#8a5a00", Unknown: "#8a5a00", Missing: "#b3261e", Broken: "#b3261e", NotJudged: "#6e7781",
}
