package present

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// WorstFirst is the order in which the result of a case is shown.
var WorstFirst = []verdict.Verdict{verdict.Fail, verdict.Unknown, verdict.Skip, verdict.Pass}

// DependsOn returns the finding for a verdict that is not the same in every case.
func DependsOn(results []verdict.Result, doc *resource.Document, r document.Redactor) verdict.Finding {
	code, _ := finding.Lookup(dependsCode(doc))
	return verdict.Finding{Code: code.ID, Level: code.Level, Fix: code.Fix, Message: code.Title + ": " + r.Message(summarizeCases(results, doc.Cases))}
}

// dependsCode returns the code of the finding that DependsOn makes.
func dependsCode(doc *resource.Document) string {
	if doc.Tofu != nil {
		return "depends-on-tofu"
	}
	return "depends-on-parameter"
}

// CaseOf says in a document which of several cases of an input it is.
func CaseOf(doc *resource.Document) *document.Case {
	if doc.Case.Of == 0 {
		return nil
	}
	return &document.Case{Number: doc.Case.Number, Of: doc.Case.Of, Differ: dependsCode(doc)}
}

// SameFixes leaves out code that fixes a fault in one case where another case needs
// other code: it would break that one. The general advice takes its place.
func SameFixes(findings []verdict.Finding, results []verdict.Result) []verdict.Finding {
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

// summarizeCases says which verdict there is in which case: one case for each verdict, as
// near to each other as there are, without what is the same in all of them.
func summarizeCases(results []verdict.Result, cases []resource.Case) string {
	var shown []int
	for _, v := range WorstFirst {
		nearest := -1
		for i, r := range results {
			if r.Verdict == v && (nearest < 0 || len(shown) > 0 && distance(cases, i, shown[0]) < distance(cases, nearest, shown[0])) {
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

// distance counts what is assumed in one of two cases only.
func distance(cases []resource.Case, a, b int) int {
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

// RequiredAssumptions returns what has to be assumed for a finding of the case that is shown: no
// case without the finding assumes all of it. It is empty where every case has
// the finding, and for notes.
func RequiredAssumptions(f verdict.Finding, shown int, results []verdict.Result, cases []resource.Case) []string {
	var without []resource.Case
	for i, r := range results {
		if !slices.ContainsFunc(r.Findings, func(g verdict.Finding) bool { return sameFault(f, g) }) {
			without = append(without, cases[i])
		}
	}
	if len(without) == 0 || f.Level == verdict.Note {
		return nil
	}
	own := slices.Clone(cases[shown].When)
	for _, word := range cases[shown].When {
		rest := slices.DeleteFunc(slices.Clone(own), func(w string) bool { return w == word })
		if !slices.ContainsFunc(without, func(c resource.Case) bool { return assumes(c, rest) }) {
			own = rest
		}
	}
	return own
}

func sameFault(a, b verdict.Finding) bool {
	return a.Code == b.Code && a.Resource == b.Resource && a.Attribute == b.Attribute && a.Message == b.Message
}

// assumes reports whether a case assumes all of some words.
func assumes(c resource.Case, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(c.When, w) })
}
