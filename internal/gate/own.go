package gate

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// ownTo is what has to be assumed for a finding of the case that is shown: no
// case without the finding assumes all of it. It is empty where every case has
// the finding, and for notes.
func ownTo(f verdict.Finding, shown int, results []verdict.Result, cases []resource.Case) []string {
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

// assumes says whether a case assumes all of some words.
func assumes(c resource.Case, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(c.When, w) })
}
