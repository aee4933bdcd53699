package gate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Judge judges one input. Where it may be one of several worlds, a verdict has
// to hold in all of them.
func (g *Gate) Judge(ctx context.Context, doc *resource.Document) (Judgement, error) {
	waivers := newInline(doc)
	j, err := g.judgeAll(ctx, doc, waivers)
	j.Waivers, j.Ignores = waivers.all(), waivers.ignores()
	return j, err
}

// judgeAll judges every case of an input.
func (g *Gate) judgeAll(ctx context.Context, doc *resource.Document, waivers *inline) (Judgement, error) {
	if len(doc.Cases) == 0 {
		return g.judgeOne(ctx, doc, waivers)
	}
	var all []Judgement
	for _, c := range doc.Cases {
		one := *doc
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
func (g *Gate) together(doc *resource.Document, all []Judgement, waivers *inline) Judgement {
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

// worstFirst is the order in which the result of a case is shown.
var worstFirst = []verdict.Verdict{verdict.Fail, verdict.Unknown, verdict.Skip, verdict.Pass}

// common is the result that holds in every case, else an unknown one: that of
// the worst case, with what it depends on.
func (g *Gate) common(results []verdict.Result, doc *resource.Document, waivers *inline) verdict.Result {
	worst := 0
	for i, r := range results {
		if slices.Index(worstFirst, r.Verdict) < slices.Index(worstFirst, results[worst].Verdict) {
			worst = i
		}
	}
	out := results[worst]
	out.Unread = !slices.ContainsFunc(results, func(r verdict.Result) bool { return r.Verdict != verdict.Skip && !r.Unread })
	out.Findings = mendedAlike(out.Findings, results)
	for i, f := range results[worst].Findings {
		if own := ownTo(f, worst, results, doc.Cases); len(own) > 0 {
			out.Findings[i].Message += " (where " + waivers.redactor.Said(strings.Join(own, " and ")) + ")"
		}
	}
	if slices.ContainsFunc(results, func(r verdict.Result) bool { return r.Verdict != results[0].Verdict }) {
		g.leaveOpen(&out, dependsOn(results, doc, waivers.redactor), waivers)
	}
	return out
}

// leaveOpen makes a result of cases that differ: what a verdict depends on is one more
// finding.
func (g *Gate) leaveOpen(out *verdict.Result, depends verdict.Finding, waivers *inline) {
	if configured, ok := g.config.Levels[depends.Code]; ok {
		depends.Level = configured
	}
	if depends.Level == verdict.Error {
		out.Verdict = verdict.Fail
	} else {
		out.Verdict, out.Findings, out.Links, out.With = verdict.Unknown, undecided(out.Findings), open(out.Links), doubtful(out.With)
	}
	depends.Inline = waivers.whole()
	out.Findings = append(slices.Clone(out.Findings), depends)
	verdict.Sort(out.Findings)
}

// dependsOn is the finding for a verdict that is not the same in every case.
func dependsOn(results []verdict.Result, doc *resource.Document, r document.Redactor) verdict.Finding {
	id := "depends-on-parameter"
	if doc.Tofu != nil {
		id = "depends-on-tofu"
	}
	code, _ := finding.Lookup(id)
	return verdict.Finding{Code: code.ID, Level: code.Level, Fix: code.Fix, Message: code.Title + ": " + r.Said(told(results, doc.Cases))}
}

// mendedAlike leaves no code that mends a fault in one case where another case
// asks for other code: it would break that one. The advice stands in its place.
func mendedAlike(findings []verdict.Finding, results []verdict.Result) []verdict.Finding {
	out := slices.Clone(findings)
	for i, f := range out {
		differs := func(other verdict.Finding) bool {
			return other.Code == f.Code && other.Resource == f.Resource && other.Change != nil && other.Fix != f.Fix
		}
		if f.Change != nil && slices.ContainsFunc(results, func(r verdict.Result) bool { return slices.ContainsFunc(r.Findings, differs) }) {
			code, _ := finding.Lookup(f.Code)
			out[i].Change, out[i].Fix = nil, inTemplateWords(code.Fix)
		}
	}
	return out
}

// told says which verdict there is in which case: one case for each verdict, as
// near to each other as there are, without what is the same in all of them.
func told(results []verdict.Result, cases []resource.Case) string {
	var shown []int
	for _, v := range worstFirst {
		nearest := -1
		for i, r := range results {
			if r.Verdict == v && (nearest < 0 || len(shown) > 0 && apart(cases, i, shown[0]) < apart(cases, nearest, shown[0])) {
				nearest = i
			}
		}
		if nearest >= 0 {
			shown = append(shown, nearest)
		}
	}
	var words []string
	for _, i := range shown {
		own := slices.DeleteFunc(slices.Clone(cases[i].When), func(word string) bool {
			return !slices.ContainsFunc(shown, func(other int) bool { return !slices.Contains(cases[other].When, word) })
		})
		words = append(words, fmt.Sprintf("%s where %s", results[i].Verdict, strings.Join(own, " and ")))
	}
	return strings.Join(words, ", ")
}

// apart counts what is assumed in one of two cases only.
func apart(cases []resource.Case, a, b int) int {
	n := 0
	for _, pair := range [][2]int{{a, b}, {b, a}} {
		for _, word := range cases[pair[0]].When {
			if !slices.Contains(cases[pair[1]].When, word) {
				n++
			}
		}
	}
	return n
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

// doubtful is undecided for the faults of paths.
func doubtful(paths []verdict.Candidate) []verdict.Candidate {
	out := slices.Clone(paths)
	for i, p := range out {
		if p.Fault != nil {
			out[i].Fault = &undecided([]verdict.Finding{*p.Fault})[0]
		}
	}
	return out
}

func open(links []verdict.Step) []verdict.Step {
	out := slices.Clone(links)
	for i := range out {
		if out[i].State == verdict.Broken || out[i].State == verdict.Missing {
			out[i].State = verdict.Undecided
		}
	}
	return out
}
