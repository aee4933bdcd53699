package diagram

import (
	"strings"
)

// boxes returns the boxes to print: a picture without any has one that says so.
func (g Graph) boxes() []Node {
	if len(g.Nodes) == 0 {
		return []Node{{Kind: nothing, State: NotJudged}}
	}
	return g.Nodes
}

// lines returns the label of a box in DOT and Mermaid: its kind, address and details.
func (n Node) lines() []string {
	title := n.Kind.String()
	if n.State != OK && n.Kind != nothing {
		title += ": " + string(n.State)
	}
	out := []string{title}
	if n.Address != "" {
		out = append(out, fold(n.Address, labelWidth, 4)...)
	}
	for _, d := range n.Details {
		out = append(out, fold(d, labelWidth, 4)...)
	}
	for _, f := range n.Faults {
		out = append(out, f.String())
	}
	return out
}

// lines returns the label of a line, none if it holds.
func (e Edge) lines() []string {
	if e.State == OK {
		return nil
	}
	text := string(e.State)
	if e.Label != "" {
		text += ": " + e.Label
	}
	out := wrap(text, labelWidth)
	if len(out) > maxLines {
		out = append(out[:maxLines:maxLines], "…")
	}
	for i, l := range out {
		out[i] = strings.Join(fold(l, 2*labelWidth, 1), "")
	}
	return out
}

// maxLines is how many lines of a reason an edge shows.
const maxLines = 4

// labelWidth is the width of labels in DOT and Mermaid.
const labelWidth = 40
