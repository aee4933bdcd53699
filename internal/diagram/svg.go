package diagram

import (
	_ "embed"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

//go:embed svg.css
var style string

// Style returns the style sheet of drawings. It uses the colours of package webpage.
func Style() string { return style }

// SVG returns the picture as an element for an HTML page that has [Style]; ids
// in it begin with id. It returns "" if there is nothing to draw. It has no
// scripts, no styles of its own and refers to nothing outside.
func (g Graph) SVG(id string) string {
	if len(g.Nodes) == 0 {
		return ""
	}
	l := newLayout(g)
	d := drawing{}
	d.printf(`<svg class="chain" role="img" aria-labelledby="%s-title %[1]s-desc" width="%d" height="%d" viewBox="0 0 %[2]d %[3]d">`+"\n",
		escape(id), l.width, l.height)
	d.printf("<title id=\"%s-title\">%s</title>\n<desc id=\"%[1]s-desc\">%s</desc>\n", escape(id), escape(g.Title), escape(g.Describe()))
	for i, k := range l.columns {
		d.printf("<text class=\"column\" x=\"%d\" y=\"%d\">%s</text>\n", margin+i*(boxWidth+columnGap), margin+12, k)
	}
	for _, e := range g.Edges {
		d.line(e, l.boxes[e.From], l.boxes[e.To])
	}
	for _, b := range l.boxes {
		d.box(b)
	}
	d.printf("</svg>")
	return d.String()
}

// Describe returns one sentence about the picture.
func (g Graph) Describe() string {
	var parts []string
	for _, n := range g.Nodes {
		part := n.Kind.String()
		if n.Address != "" {
			part += " " + n.Address
		}
		part += ": " + string(n.State)
		for _, f := range n.Faults {
			part += ", " + f.Code
		}
		parts = append(parts, part)
	}
	for _, e := range g.Edges {
		if e.State == Broken || e.State == Unknown {
			parts = append(parts, fmt.Sprintf("the line from %s to %s is %s", g.Nodes[e.From].Kind, g.Nodes[e.To].Kind, e.State))
		}
	}
	return strings.Join(parts, "; ")
}

type drawing struct{ strings.Builder }

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(d, format, args...) }

// line draws an edge: a curve with an arrowhead, and a sign in its middle unless
// it simply holds. Between two boxes of one column it runs beside them.
func (d *drawing) line(e Edge, from, to box) {
	x1, y1, x2, y2 := from.x+boxWidth, from.middle(), to.x, to.middle()
	bend, tip := (x2-x1)/2, 7
	if from.x == to.x {
		x2, tip = to.x+boxWidth, -7
		d.printf(`<g class="line %s"><path d="M%d %dC%d %d %d %d %d %d"/>`, class(e.State), x1, y1, x1+columnGap, y1, x2+columnGap, y2, x2+7, y2)
	} else {
		d.printf(`<g class="line %s"><path d="M%d %dC%d %d %d %d %d %d"/>`, class(e.State), x1, y1, x1+bend, y1, x2-bend, y2, x2-tip, y2)
	}
	d.printf(`<path class="tip" d="M%d %dl%d -4v8z"/>`, x2, y2, -tip)
	if e.State == Broken || e.State == Unknown {
		d.sign(e.State, (x1+x2)/2-3, (y1+y2)/2)
	}
	d.printf("</g>\n")
}

// box draws a node: its state as a sign and in words, its name, its
// details.
func (d *drawing) box(b box) {
	d.printf(`<g class="box %s">`, class(b.State))
	if b.Address != "" {
		d.printf(`<title>%s</title>`, escape(b.Address))
	}
	d.printf(`<rect x="%d" y="%d" width="%d" height="%d" rx="6"/>`, b.x, b.y, boxWidth, b.height)
	x, y := b.x+padding, b.y+padding+6
	d.sign(b.State, x+6, y)
	d.printf(`<text class="state" x="%d" y="%d">%s</text>`, x+18, y+4, b.State)
	y += stateLine - 6
	for _, part := range []struct {
		class  string
		lines  []string
		height int
	}{{"module", b.module, smallLine}, {"name", b.name, nameLine}, {"detail", b.details, smallLine}} {
		for _, text := range part.lines {
			y += part.height
			d.printf(`<text class="%s" x="%d" y="%d">%s</text>`, part.class, x, y-2, escape(text))
		}
	}
	for _, f := range b.faults {
		y += smallLine
		d.printf(`<text class="fault %s" x="%d" y="%d">%s</text>`, class(f.state), x, y-2, escape(f.text))
	}
	d.printf("</g>\n")
}

// signs are the marks of the states, drawn around 0 0 in a circle.
var signs = map[State]string{
	OK:        "M-3 0l2 2.5l4 -5",
	Inferred:  "M-3 1c1.5 -3 3 0 3 0s1.5 2 3 -1",
	External:  "M-2.5 2.5l5 -5m-3.5 0h3.5v3.5",
	Warned:    "M0 -3.5v4m0 2v.6",
	Unknown:   "M-2 -1.5c0 -2.5 4 -2.5 4 0c0 1.5 -2 1.3 -2 2.7m0 1.6v.4",
	Missing:   "M-3 0h6",
	Broken:    "M-2.6 -2.6l5.2 5.2m0 -5.2l-5.2 5.2",
	NotJudged: "M-1.5 0h3",
}

func (d *drawing) sign(s State, x, y int) {
	d.printf(`<g class="sign" transform="translate(%d %d)"><circle r="6.5"/><path d="%s"/></g>`, x, y, signs[s])
}

func class(s State) string { return strings.ReplaceAll(string(s), " ", "-") }

// escape escapes a text from the input for text and attributes of HTML and XML.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(terminal.Clean(text))) // a Builder takes everything
	return b.String()
}
