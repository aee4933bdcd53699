package gate

import (
	"context"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/present"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Judge judges one input. Where it may be one of several worlds, a verdict has
// to hold in all of them.
func (g *Gate) Judge(ctx context.Context, doc *resource.Document) (Judgement, error) {
	waivers := newInlineWaivers(doc)
	j, err := g.judgeAll(ctx, doc, waivers)
	j.Waivers, j.InlineWaivers, j.Modules, j.Redactor = waivers.all(), waivers.ignores(), doc.Modules, waivers.redactor
	return j, err
}

// judgeAll judges every case of an input.
func (g *Gate) judgeAll(ctx context.Context, doc *resource.Document, waivers *inlineWaivers) (Judgement, error) {
	if len(doc.Cases) == 0 {
		return g.judgeOne(ctx, doc, waivers)
	}
	var all []Judgement
	for i, c := range doc.Cases {
		one := *doc
		one.Case.Number, one.Case.Of = i+1, len(doc.Cases)
		one.Cases, one.When, one.Resources, one.Incomplete, one.Gaps = nil, c.When, c.Resources, c.Incomplete, c.Gaps
		j, err := g.judgeOne(ctx, &one, waivers)
		if err != nil {
			return j, err
		}
		all = append(all, j)
	}
	return g.together(doc, all, waivers), nil
}

// together makes one judgement of those of all cases.
func (g *Gate) together(doc *resource.Document, all []Judgement, waivers *inlineWaivers) Judgement {
	out := Judgement{Input: all[0].Input}
	for _, j := range all {
		out.Documents = append(out.Documents, j.Documents...)
		out.Input.Relevant = max(out.Input.Relevant, j.Input.Relevant)
		for _, n := range j.Input.Notes {
			if !slices.Contains(out.Input.Notes, n) {
				out.Input.Notes = append(out.Input.Notes, n)
			}
		}
	}
	for i := range g.controls {
		results := make([]verdict.Result, len(all))
		for n, j := range all {
			results[n] = j.Results[i]
		}
		out.Results = append(out.Results, g.common(results, doc, waivers))
	}
	return out
}

// common returns the result that holds in every case, else an unknown one: that of
// the worst case, with what it depends on.
func (g *Gate) common(results []verdict.Result, doc *resource.Document, waivers *inlineWaivers) verdict.Result {
	worst := 0
	for i, r := range results {
		if slices.Index(present.WorstFirst, r.Verdict) < slices.Index(present.WorstFirst, results[worst].Verdict) {
			worst = i
		}
	}
	out := results[worst]
	out.Unread = !slices.ContainsFunc(results, func(r verdict.Result) bool { return r.Verdict != verdict.Skip && !r.Unread })
	out.Findings = present.SameFixes(out.Findings, results)
	for i, f := range results[worst].Findings {
		if own := present.RequiredAssumptions(f, worst, results, doc.Cases); len(own) > 0 {
			out.Findings[i].Message += " (where " + waivers.redactor.Message(strings.Join(own, " and ")) + ")"
		}
	}
	if slices.ContainsFunc(results, func(r verdict.Result) bool { return r.Verdict != results[0].Verdict }) {
		g.leaveOpen(&out, present.DependsOn(results, doc, waivers.redactor), waivers)
	}
	return out
}

// leaveOpen makes a result of cases that differ: what a verdict depends on is one more
// finding.
func (g *Gate) leaveOpen(out *verdict.Result, depends verdict.Finding, waivers *inlineWaivers) {
	if configured, ok := g.config.Levels[depends.Code]; ok {
		depends.Level = configured
	}
	if depends.Level == verdict.Error {
		out.Verdict = verdict.Fail
	} else {
		out.Verdict, out.Findings, out.Links, out.With = verdict.Unknown, undecided(out.Findings), openLinks(out.Links), undecidedPaths(out.With)
	}
	depends.Inline = waivers.whole()
	out.Findings = append(slices.Clone(out.Findings), depends)
	verdict.Sort(out.Findings)
}

// undecided makes faults of what is a fault in some cases only.
func undecided(findings []verdict.Finding) []verdict.Finding {
	out := slices.Clone(findings)
	for i := range out {
		if out[i].Level == verdict.Error {
			out[i].Level = verdict.Unclear
		}
	}
	return out
}

// undecidedPaths is undecided for the faults of paths.
func undecidedPaths(paths []verdict.Candidate) []verdict.Candidate {
	out := slices.Clone(paths)
	for i, p := range out {
		if p.Fault != nil {
			out[i].Fault = &undecided([]verdict.Finding{*p.Fault})[0]
		}
	}
	return out
}

func openLinks(links []verdict.Step) []verdict.Step {
	out := slices.Clone(links)
	for i := range out {
		if out[i].State == verdict.Broken || out[i].State == verdict.Missing {
			out[i].State = verdict.Undecided
		}
	}
	return out
}
