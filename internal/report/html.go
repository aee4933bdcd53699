package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// writeHTML writes one page that needs nothing but itself: no script runs in it
// and nothing is fetched, whatever the names in the report are.
func writeHTML(w io.Writer, r verdict.Report, o Options) error {
	page, err := template.New("page").Funcs(template.FuncMap{
		"join": strings.Join, "location": location, "proves": proves, "blame": blame, "waiver": waiverText, "change": changeText,
		"references": references, "format": formatName, "plural": plural, "level": levelName, "link": linkName, "short": ShortEvent,
	}).Parse(pageHTML)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := page.Execute(&b, newWebPage(r, o)); err != nil {
		return err
	}
	_, err = w.Write(harmless(b.Bytes()))
	return err
}

// harmless leaves out what moves a cursor or changes the direction of text:
// nothing in the page needs it.
func harmless(page []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r != '\n' && terminal.Hostile(r) {
			return -1
		}
		return r
	}, bytes.ToValidUTF8(page, nil))
}

// webPage is what the template page.html shows.
type webPage struct {
	Style   template.CSS
	Policy  string // Content-Security-Policy
	Version string
	Heading string
	Inputs  []verdict.Input
	Results []webResult
	Counts  []webCount
	Summary verdict.Summary
}

// A webCount is a number of results with one verdict.
type webCount struct {
	N       int
	Verdict verdict.Verdict
}

func newWebPage(r verdict.Report, o Options) webPage {
	style := "\n" + diagram.Style() + pageCSS
	sum := sha256.Sum256([]byte(style))
	p := webPage{
		Style:   template.CSS(style), // its own text, no part of the report
		Policy:  "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		Version: o.Version, Heading: headings[r.Summary.Verdict], Inputs: r.Inputs, Summary: r.Summary,
	}
	for _, v := range []webCount{
		{r.Summary.Fail, verdict.Fail}, {r.Summary.Unknown, verdict.Unknown}, {r.Summary.Waived, verdict.Waived},
		{r.Summary.Pass, verdict.Pass}, {r.Summary.Skip, verdict.Skip},
	} {
		if v.N > 0 {
			p.Counts = append(p.Counts, v)
		}
	}
	for _, result := range r.Results {
		if o.Quiet && slices.Contains([]verdict.Verdict{verdict.Pass, verdict.Skip}, result.Verdict) {
			continue
		}
		p.Results = append(p.Results, newWebResult(len(p.Results)+1, result))
	}
	return p
}

// headings say in a sentence what the worst verdict means.
var headings = map[verdict.Verdict]string{
	verdict.Fail:    "Not every control holds",
	verdict.Unknown: "Not everything can be seen",
	verdict.Waived:  "What does not hold is waived",
	verdict.Pass:    "Every control holds",
	verdict.Skip:    "Nothing here has to do with the controls",
}
