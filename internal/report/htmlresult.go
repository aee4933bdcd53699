package report

import (
	"cmp"
	"html/template"
	"strconv"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/internal/webpage"
)

// A webResult is one result on the page: a row of the table, the diagram of the chain,
// its findings, and every link in words.
type webResult struct {
	ID, Verdict, Title, Severity, Input webpage.Text

	Faults, Warnings int
	Facts            []webFact
	Remarks          []webpage.Text
	Chain            webPicture
	Considered       *webPicture    // nil if there is one chain at most
	Folded           bool           // it has nothing of its own to say
	Above            []webpage.Text // codes of what it shares with other results
	Findings         []webFinding
	Links            []webLink
}

// A webPicture is a diagram, already escaped; "" for none.
type webPicture struct {
	Label string
	SVG   template.HTML
}

// A webLink is a link of the chain in words.
type webLink struct{ Class, Link, State, Resource, Detail webpage.Text }

// newWebResult returns the result at a place of the page, from 0.
func newWebResult(i int, r verdict.Result, causes causes, several bool) webResult {
	id := "result-" + strconv.Itoa(i+1)
	out := webResult{
		ID: webpage.Text(id), Verdict: webpage.NewText(string(r.Verdict)), Title: webpage.NewText(cmp.Or(r.Title, r.Control)), Severity: webpage.NewText(r.Severity), Input: webpage.NewText(r.Input),
		Facts: []webFact{
			newWebFact("code", "", r.Control), newWebFact("plain", "severity ", r.Severity), newWebFact("plain", "", references(r.References, 2)),
			newWebFact("path", "", r.Input),
		},
		Chain: newWebPicture(diagram.Chain(r), id+"-chain", "The chain, drawn"),
	}
	if change := changeText(r); change != "" {
		out.Remarks = append(out.Remarks, webpage.NewText(change))
	}
	if r.Waiver != nil {
		out.Remarks = append(out.Remarks, webpage.NewText(waiverText(*r.Waiver)))
	}
	out.addFindings(id, r, causes)
	out.Folded = several && !causes.isOwn(r)
	for _, s := range r.Links {
		out.Links = append(out.Links, webLink{
			webpage.NewText(string(s.State)), webpage.NewText(linkName(s.Link)), webpage.NewText(cmp.Or(string(s.State), "not judged")), webpage.NewText(s.Resource), webpage.NewText(s.Detail),
		})
	}
	if len(r.Candidates) > 1 {
		p := newWebPicture(diagram.Considered(r), id+"-considered", "Every chain that was considered, drawn")
		out.Considered = &p
	}
	return out
}

func (r *webResult) addFindings(id string, of verdict.Result, causes causes) {
	for i, f := range of.Findings {
		switch f.Level {
		case verdict.Error, verdict.Unclear:
			r.Faults++
		case verdict.Warning:
			r.Warnings++
		}
		if causes.shared(of, f) != nil {
			r.Above = append(r.Above, webpage.NewText(f.Code))
			continue
		}
		if of.Verdict == verdict.Waived {
			f.Waiver = nil // that of the result says it
		}
		r.Findings = append(r.Findings, newWebFinding(id+"-finding-"+strconv.Itoa(i+1), f))
	}
}

func newWebPicture(g diagram.Graph, id, label string) webPicture {
	return webPicture{label, template.HTML(g.SVG(id))}
}
