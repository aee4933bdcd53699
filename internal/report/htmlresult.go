package report

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/verdict"
)

// resultID is where a result stands on the page.
func resultID(i int) string { return "result-" + strconv.Itoa(i+1) }

// results writes a table of all results and then each of them.
func (p *webPage) results(results []verdict.Result) {
	if len(results) == 0 {
		p.line("p", "There is no result to show.", attr{"id", "results"})
		return
	}
	p.in("section", func() {
		p.line("h2", "Results", attr{"id", "results"})
		p.wide("wide", "Table of results", func() { p.table(results) })
	}, attr{"aria-labelledby", "results"})
	for i, r := range results {
		p.in("article", func() { p.result(resultID(i), r) },
			attr{"id", resultID(i)}, attr{"class", "result " + string(r.Verdict)}, attr{"aria-labelledby", resultID(i) + "-title"})
	}
}

func (p *webPage) table(results []verdict.Result) {
	p.in("table", func() {
		p.in("thead", func() {
			p.in("tr", func() {
				for _, column := range []string{"Verdict", "Control", "Severity", "Input"} {
					p.line("th", column, attr{"scope", "col"})
				}
				for _, column := range []string{"Faults", "Warnings"} {
					p.line("th", column, attr{"scope", "col"}, attr{"class", "number"})
				}
			})
		})
		p.in("tbody", func() {
			for i, r := range results {
				p.in("tr", func() { p.tableRow(i, r) })
			}
		})
	}, attr{"class", "list"})
}

func (p *webPage) tableRow(i int, r verdict.Result) {
	faults, warnings := 0, 0
	for _, f := range r.Findings {
		switch f.Level {
		case verdict.Error, verdict.Unclear:
			faults++
		case verdict.Warning:
			warnings++
		}
	}
	p.in("td", func() { p.badge(string(r.Verdict)) })
	p.in("td", func() { p.put("a", cmp.Or(r.Title, r.Control), attr{"href", "#" + resultID(i)}) })
	p.line("td", r.Severity)
	p.line("td", r.Input, attr{"class", "path"})
	p.line("td", strconv.Itoa(faults), attr{"class", "number"})
	p.line("td", strconv.Itoa(warnings), attr{"class", "number"})
}

// result writes one result: the chain drawn, what is wrong with it, and every
// link in words.
func (p *webPage) result(id string, r verdict.Result) {
	p.in("h2", func() {
		p.badge(string(r.Verdict))
		p.text(" " + cmp.Or(r.Title, r.Control))
	}, attr{"id", id + "-title"})
	p.facts(fact{class: "code", text: r.Control}, fact{before: "severity ", text: r.Severity}, fact{text: references(r.References, 2)}, fact{class: "path", text: r.Input})
	if change := changeText(r); change != "" {
		p.line("p", change, attr{"class", "change"})
	}
	if r.Waiver != nil {
		p.line("p", waiverText(*r.Waiver), attr{"class", "change"})
	}
	p.picture(diagram.Chain(r), id+"-chain", "The chain, drawn")
	if len(r.Findings) > 0 {
		p.line("h3", "Findings")
	}
	for i, f := range r.Findings {
		if r.Verdict == verdict.Waived {
			f.Waiver = nil // that of the result says it
		}
		at := id + "-finding-" + strconv.Itoa(i+1)
		p.in("section", func() { p.finding(at, f) }, attr{"class", "finding " + string(f.Level)}, attr{"aria-labelledby", at})
	}
	p.links(r.Links)
	if len(r.Candidates) > 1 {
		p.more("Every chain that was considered", func() {
			p.picture(diagram.Considered(r), id+"-considered", "Every chain that was considered, drawn")
		})
	}
}

// picture puts a drawing, which escapes what it writes, into a box.
func (p *webPage) picture(g diagram.Graph, id, label string) {
	if svg := g.SVG(id); svg != "" {
		p.wide("picture", label, func() { p.WriteString(svg + "\n") })
	}
}

// more is what opens on demand; on paper it is open.
func (p *webPage) more(summary string, body func()) {
	p.in("details", func() {
		p.line("summary", summary)
		body()
	})
}

// links writes the chain in words.
func (p *webPage) links(steps []verdict.Step) {
	if len(steps) == 0 {
		return
	}
	p.more("The chain in words", func() {
		p.wide("wide", "Links of the chain", func() {
			p.in("table", func() {
				p.in("thead", func() {
					p.in("tr", func() {
						for _, column := range []string{"Link", "State", "Resource", "Detail"} {
							p.line("th", column, attr{"scope", "col"})
						}
					})
				})
				p.in("tbody", func() {
					for _, s := range steps {
						p.in("tr", func() { p.step(s) }, attr{"class", string(s.State)})
					}
				})
			}, attr{"class", "list links"})
		})
	})
}

func (p *webPage) step(s verdict.Step) {
	p.line("th", linkName(s.Link), attr{"scope", "row"})
	p.line("td", cmp.Or(string(s.State), "not judged"))
	p.line("td", s.Resource, attr{"class", "code"})
	p.line("td", s.Detail, attr{"class", "code"})
}

func linkName(l verdict.Link) string { return strings.ReplaceAll(string(l), "_", " ") }

// A fact is one of the short texts below a heading.
type fact struct {
	class        string
	before, text string
}

// facts writes those that have a text.
func (p *webPage) facts(facts ...fact) {
	p.in("ul", func() {
		for _, f := range facts {
			if f.text != "" {
				p.line("li", f.before+f.text, attr{"class", cmp.Or(f.class, "plain")})
			}
		}
	}, attr{"class", "facts"})
}
