package report

import (
	_ "embed"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/internal/webpage"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// pageTemplate is parsed on first use, because most runs write no page.
var pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageHTML)) })

// A webPage is the data of page.html: a self-contained page without scripts, which fetches
// nothing.
type webPage struct {
	Policy        string
	Style         template.CSS
	Tool          webpage.Text
	Verdict       webpage.Text
	Heading       string
	Counts        []webCount
	Configuration webpage.Text
	Shared        []webShared
	Results       []webResult
	Inputs        []webInput
	Meanings      []webMeaning
}

// A webCount is the number of results with a verdict.
type webCount struct {
	Class, Noun string
	Number      int
}

// A webShared holds what several controls share.
type webShared struct {
	ID, Level, Title, Controls webpage.Text
	Findings                   []webFinding
}

func newWebShared(i int, g *sharedGroup) webShared {
	id := "shared-" + strconv.Itoa(i+1)
	out := webShared{
		ID: webpage.Text(id), Level: webpage.NewText(string(g.level())), Title: webpage.NewText("In " + verdict.Plural(len(g.controls), "control")),
		Controls: webpage.NewText(strings.Join(g.controls, ", ")),
	}
	for n, c := range g.causes {
		out.Findings = append(out.Findings, newWebFinding(id+"-finding-"+strconv.Itoa(n+1), c.Finding))
	}
	return out
}

// A webInput is one input with its results and notes.
type webInput struct {
	Path, Text webpage.Text
	Notes      []webpage.Text
}

// A webMeaning explains a verdict.
type webMeaning struct {
	Verdict verdict.Verdict
	Text    string
}

func writeHTML(w io.Writer, r verdict.Report, o Options) error {
	shown := r.Results
	if o.Quiet {
		shown = withoutQuiet(shown)
	}
	p := webPage{
		Policy: webpage.Policy(pageStyle()), Style: template.CSS(pageStyle()), Tool: webpage.NewText(toolName(o)),
		Verdict: webpage.NewText(string(r.Summary.Verdict)), Heading: headings[r.Summary.Verdict], Counts: webCounts(r.Summary), Meanings: meanings,
	}
	if text := r.Configuration.Text(); text != "" {
		p.Configuration = webpage.NewText(sentence(text))
	}
	causes := causes{}
	if len(r.Results) > 1 {
		causes = newCauses(shown)
	}
	for i, g := range causes.sharedGroups(shown) {
		p.Shared = append(p.Shared, newWebShared(i, g))
	}
	for i, res := range shown {
		p.Results = append(p.Results, newWebResult(i, res, causes, len(r.Results) > 1))
	}
	for _, in := range r.Inputs {
		p.Inputs = append(p.Inputs, newWebInput(in))
	}
	var b strings.Builder // so that nothing is written of a page that cannot be
	if err := pageTemplate().Execute(&b, p); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// pageStyle returns the style sheet of the page; the page's policy holds its hash.
func pageStyle() string { return webpage.Style(diagram.Style() + pageCSS) }

// headings say in a sentence what the worst verdict means.
var headings = map[verdict.Verdict]string{
	verdict.Fail:    "Not every control holds",
	verdict.Unknown: "Not everything can be seen",
	verdict.Waived:  "Every failure is waived",
	verdict.Pass:    "Every control holds",
	verdict.Skip:    "None of the controls applies",
}

// meanings explain the verdicts to first-time readers.
var meanings = []webMeaning{
	{verdict.Pass, "one chain is complete from the trail to a subscription"},
	{verdict.Fail, "every chain has a link that is broken or missing"},
	{verdict.Unknown, "no link is known to be broken, but the input does not show all of them"},
	{verdict.Waived, "it does not pass, and a waiver covers it"},
	{verdict.Skip, "the control does not apply to the input"},
}

// webCounts counts in the order of the exit status.
func webCounts(s verdict.Summary) []webCount {
	var counts []webCount
	for _, c := range []webCount{
		{"fail", "fail", s.Fail}, {"unknown", "unknown", s.Unknown}, {"waived", "waived", s.Waived}, {"pass", "pass", s.Pass},
		{"skip", "skip", s.Skip}, {"warning", "warning", s.Warnings},
	} {
		if c.Class == "warning" && c.Number > 1 {
			c.Noun = "warnings"
		}
		if c.Number > 0 {
			counts = append(counts, c)
		}
	}
	return counts
}

func newWebInput(in verdict.Input) webInput {
	text := formatName(in.Format) + ", " + verdict.Plural(in.Resources, "resource") + ", " + strconv.Itoa(in.Relevant) + " of them judged"
	if in.Changed > 0 {
		text += ", " + strconv.Itoa(in.Changed) + " changed"
	}
	shown := webInput{Path: webpage.NewText(in.Path), Text: webpage.NewText(text)}
	for _, n := range in.Notes {
		shown.Notes = append(shown.Notes, webpage.NewText(n))
	}
	return shown
}
