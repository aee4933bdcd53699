package report

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// control is the JSON form of a control.
type control struct {
	ID          string            `json:"id"`
	Title       string            `json:"title"`
	Severity    string            `json:"severity"`
	References  map[string]string `json:"references"`
	Description string            `json:"description,omitempty"`
	Events      string            `json:"events,omitempty"`
	MustMatch   string            `json:"must_match,omitempty"`
	Accepted    []string          `json:"accepted,omitempty"`
	Remediation string            `json:"remediation,omitempty"`
	Errata      []string          `json:"errata,omitempty"`
	Resources   []string          `json:"related_resources,omitempty"`
}

func newControl(c verdict.Control) control {
	return control{
		ID: c.ID, Title: c.Title, Severity: c.Severity, References: c.References, Description: c.Description,
		Events: c.Events, MustMatch: c.MustMatch, Accepted: c.Accepted, Remediation: c.Remediation, Errata: c.Errata,
		Resources: c.Resources,
	}
}

// explainIndent is the indent of explanations below their headings.
const explainIndent = 2

// Control writes what one control requires.
func Control(w io.Writer, c verdict.Control, o Options) error {
	p := &page{w: w, color: o.Color}
	p.line(p.paint(bold, terminal.Clean(c.ID)), "  ", terminal.Clean(c.Title))
	p.line(strings.Repeat(" ", explainIndent), "severity ", terminal.Clean(c.Severity))
	p.prose(explainIndent, references(c.References, len(c.References)))
	p.section("What and why", c.Description)
	p.section("The trail must record", events(c.Events))
	p.code("A filter pattern must match everything that this one matches", c.MustMatch)
	p.code("Published variants", c.Accepted...)
	p.section("How to fix it", c.Remediation)
	for i, e := range c.Errata {
		if i == 0 {
			p.heading("Errata in the published texts")
		}
		p.prose(explainIndent, "- "+e)
	}
	p.pages(c.Resources)
	return p.err
}

// pages lists further reading.
func (p *page) pages(urls []string) {
	if len(urls) > 0 {
		p.heading("See")
	}
	for _, u := range urls {
		p.line(strings.Repeat(" ", explainIndent), terminal.Clean(u))
	}
}

func events(kind string) string {
	if kind == "" {
		return ""
	}
	return "management events: " + kind
}

// ControlJSON writes one control as JSON.
func ControlJSON(w io.Writer, c verdict.Control) error { return JSON(w, newControl(c)) }

// Code explains a finding code.
func Code(w io.Writer, c finding.Code, o Options) error {
	p := &page{w: w, color: o.Color}
	p.line(p.paint(bold, c.ID), "  ", c.Title)
	where := "any link"
	if c.Link != "" {
		where = "link " + strings.ReplaceAll(string(c.Link), "_", " ")
	}
	p.line(strings.Repeat(" ", explainIndent), string(c.Level), ", ", where)
	p.section("Why it matters", c.Why)
	p.section("How to fix it", c.Fix)
	p.pages(c.References)
	return p.err
}

// Link writes what may be wrong with a link of the chain: its codes, a line each.
func Link(w io.Writer, l verdict.Link, codes []finding.Code, o Options) error {
	p := &page{w: w, color: o.Color}
	p.heading(linkName(l))
	longest := 0
	for _, c := range codes {
		longest = max(longest, len(c.ID))
	}
	for _, c := range codes {
		p.line("  ", pad(c.ID, longest), "  ", pad(string(c.Level), 7), "  ", c.Title)
	}
	return p.err
}

// CodeJSON writes a finding code as JSON.
func CodeJSON(w io.Writer, c finding.Code) error { return JSON(w, c) }

func (p *page) heading(text string) {
	p.line()
	p.line(p.paint(bold, text))
}

func (p *page) section(title, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	p.heading(title)
	for i, part := range strings.Split(text, "\n\n") {
		if i > 0 {
			p.line()
		}
		p.prose(explainIndent, strings.Join(strings.Fields(part), " "))
	}
}

// code writes patterns as they are, each on its line.
func (p *page) code(title string, lines ...string) {
	for i, l := range lines {
		if l == "" {
			continue
		}
		if i == 0 {
			p.heading(title)
		}
		p.line(strings.Repeat(" ", explainIndent), terminal.Clean(l))
	}
}

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
