package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"slices"
	"strconv"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/verdict"
)

//go:embed page.css
var pageCSS string

// pageStyle is the style sheet of the page; the page's policy holds its hash.
func pageStyle() string { return "\n" + diagram.Style() + pageCSS }

// pagePolicy admits the page's own style sheet and nothing else, whatever the
// names in the report are (https://www.w3.org/TR/CSP3/).
func pagePolicy() string {
	sum := sha256.Sum256([]byte(pageStyle()))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// A webPage is the HTML form: one page that needs nothing but itself. No script
// runs in it and nothing is fetched.
type webPage struct{ markup }

func writeHTML(w io.Writer, r verdict.Report, o Options) error {
	var p webPage
	shown := r.Results
	if o.Quiet {
		shown = slices.DeleteFunc(slices.Clone(shown), func(r verdict.Result) bool { return r.Verdict == verdict.Pass || r.Verdict == verdict.Skip })
	}
	p.WriteString("<!DOCTYPE html>\n")
	p.in("html", func() {
		p.in("head", func() { p.head(r.Summary) })
		p.in("body", func() {
			p.line("a", "To the results", attr{"class", "jump"}, attr{"href", "#results"})
			p.in("header", func() {
				p.summary(r.Summary, o)
				if text := r.Configuration.Text(); text != "" {
					p.line("p", sentence(text), attr{"class", "configuration"})
				}
			})
			p.in("main", func() {
				p.results(shown)
				p.inputs(r.Inputs)
			})
			p.in("footer", func() { p.legend(o) })
		})
	}, attr{"lang", "en"})
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *webPage) head(s verdict.Summary) {
	p.WriteString("<meta charset=\"utf-8\">\n")
	p.open("meta", []attr{{"http-equiv", "Content-Security-Policy"}, {"content", pagePolicy()}})
	p.WriteString("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
		"<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
	p.line("title", "iacgate: "+string(s.Verdict))
	p.WriteString("<style>" + pageStyle() + "</style>\n") // CSS is not escaped in HTML
}

// headings say in a sentence what the worst verdict means.
var headings = map[verdict.Verdict]string{
	verdict.Fail:    "Not every control holds",
	verdict.Unknown: "Not everything can be seen",
	verdict.Waived:  "What does not hold is waived",
	verdict.Pass:    "Every control holds",
	verdict.Skip:    "Nothing here has to do with the controls",
}

// summary counts in the order of the exit status.
func (p *webPage) summary(s verdict.Summary, o Options) {
	p.line("p", toolName(o), attr{"class", "brand"})
	p.in("h1", func() {
		p.badge(string(s.Verdict))
		p.text(" " + headings[s.Verdict])
	})
	p.in("ul", func() {
		for _, c := range []struct {
			n    int
			kind string
		}{{s.Fail, "fail"}, {s.Unknown, "unknown"}, {s.Waived, "waived"}, {s.Pass, "pass"}, {s.Skip, "skip"}, {s.Warnings, "warning"}} {
			if c.n == 0 {
				continue
			}
			noun := c.kind
			if noun == "warning" && c.n > 1 {
				noun = "warnings"
			}
			p.in("li", func() {
				p.put("b", strconv.Itoa(c.n))
				p.text(" " + noun)
			}, attr{"class", c.kind})
		}
	}, attr{"class", "counts"}, attr{"aria-label", "Results by verdict"})
}

func toolName(o Options) string {
	if o.Version == "" {
		return "iacgate"
	}
	return "iacgate " + o.Version
}

// badge is a verdict or a level, in words and in its colour.
func (p *webPage) badge(kind string) { p.put("span", kind, attr{"class", "badge " + kind}) }

// wide is a box of its own that scrolls sideways, also by keyboard.
func (p *webPage) wide(class, label string, body func()) {
	p.in("div", body, attr{"class", class}, attr{"tabindex", "0"}, attr{"role", "region"}, attr{"aria-label", label})
}

func (p *webPage) inputs(inputs []verdict.Input) {
	p.in("section", func() {
		p.line("h2", "Inputs", attr{"id", "inputs"})
		if len(inputs) == 0 {
			p.line("p", "Nothing was read.")
		}
		for _, in := range inputs {
			p.line("h3", in.Path, attr{"class", "path"})
			text := formatName(in.Format) + ", " + verdict.Plural(in.Resources, "resource") + ", " + strconv.Itoa(in.Relevant) + " of them judged"
			if in.Changed > 0 {
				text += ", " + strconv.Itoa(in.Changed) + " changed"
			}
			p.line("p", text)
			p.list("notes", in.Notes)
		}
	}, attr{"aria-labelledby", "inputs"})
}

// list writes items, where there are any.
func (p *webPage) list(class string, items []string) {
	if len(items) == 0 {
		return
	}
	p.in("ul", func() {
		for _, item := range items {
			p.line("li", item)
		}
	}, attr{"class", class})
}

// meanings are what verdicts mean, for those who read a report for the first
// time.
var meanings = []struct {
	verdict verdict.Verdict
	text    string
}{
	{verdict.Pass, "one chain holds from the trail to a subscription"},
	{verdict.Fail, "every chain has a link that is broken or missing"},
	{verdict.Unknown, "no link is known to be broken, but the input does not show all of them"},
	{verdict.Waived, "it does not pass, and a waiver covers it"},
	{verdict.Skip, "the input has nothing to do with the control"},
}

func (p *webPage) legend(o Options) {
	p.line("h2", "How to read this")
	p.in("dl", func() {
		for _, m := range meanings {
			p.in("div", func() {
				p.in("dt", func() { p.badge(string(m.verdict)) })
				p.line("dd", m.text)
			})
		}
	})
	p.in("p", func() {
		p.text("Written by " + toolName(o) + "; the same input gives the same page. ")
		p.put("code", "iacgate explain CODE")
		p.text(" says more about a finding.")
	})
}
