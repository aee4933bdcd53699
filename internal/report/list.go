package report

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// List writes one line per control: id, severity, benchmark numbers, title.
func List(w io.Writer, controls []verdict.Control, o Options) error {
	p := &page{w: w, color: o.Color}
	table := [][]string{{"ID", "SEVERITY", "BENCHMARKS", "TITLE"}}
	for _, c := range controls {
		table = append(table, []string{terminal.Clean(c.ID), terminal.Clean(c.Severity), terminal.Clean(references(c.References, 1)), terminal.Clean(c.Title)})
	}
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for n, row := range table {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(pad(cell, widths[i]+2))
		}
		t := plain
		if n == 0 {
			t = bold
		}
		p.line(p.paint(t, strings.TrimRight(line.String(), " ")))
	}
	return p.err
}

// ListJSON writes the controls as a JSON array.
func ListJSON(w io.Writer, controls []verdict.Control) error {
	list := []control{}
	for _, c := range controls {
		list = append(list, newControl(c))
	}
	return JSON(w, list)
}
