package gate

import (
	"github.com/iacgate/iacgate/internal/analysis"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// reporter joins what policies answer with what they do not carry: titles,
// positions and general advice.
type reporter struct {
	doc      *resource.Document
	world    *graph.Graph
	redactor analysis.Redactor
}

func (r reporter) input() verdict.Input {
	in := verdict.Input{
		Path: r.doc.Path, Format: string(r.doc.Format), Resources: r.doc.Total, Changed: r.doc.Changed, Notes: []string{},
	}
	for _, x := range r.doc.Resources {
		if x.Mode == resource.Managed {
			in.Relevant++
		}
	}
	for _, n := range append(r.doc.Incomplete, r.doc.Notes...) {
		in.Notes = append(in.Notes, r.redactor.Text(n))
	}
	return in
}

func (r reporter) result(c verdict.Control, a policy.Answer) verdict.Result {
	out := verdict.Result{
		Control: c.ID, Title: c.Title, Severity: c.Severity, References: c.References, Input: r.doc.Path,
		Verdict: a.Verdict, Chain: a.Chain, Links: a.Links, Findings: []verdict.Finding{},
	}
	for _, f := range a.Findings {
		out.Findings = append(out.Findings, r.finding(f))
	}
	verdict.Sort(out.Findings)
	return out
}

func (r reporter) finding(f verdict.Finding) verdict.Finding {
	if code, ok := finding.Lookup(f.Code); ok && f.Fix == "" && f.Level != verdict.Note {
		f.Fix = code.Fix
	}
	if x := r.world.Resource(f.Resource); x != nil {
		f.Location = location(x, f.Attribute)
	}
	return f
}

// location is where an attribute is written, or the resource that lacks it.
func location(x *resource.Resource, attribute string) *verdict.Location {
	at := x.Position
	if p, ok := x.Positions[attribute]; ok {
		at = &p
	}
	if at == nil {
		return nil
	}
	return &verdict.Location{File: at.File, Line: at.Line, Column: at.Column}
}
