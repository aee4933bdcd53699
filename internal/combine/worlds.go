package combine

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// Alternatives makes one document of those of which an input is one, each with what it
// assumes in When. Of several inputs that are taken as one account none has cases:
// which alternative it is stays open then.
func Alternatives(docs []*resource.Document, combined bool) *resource.Document {
	if len(docs) == 1 {
		return docs[0]
	}
	out := *docs[0]
	out.When = nil
	for _, other := range docs[1:] {
		out.Notes = append(slices.Clone(out.Notes), other.Notes...)
		out.Secrets = append(slices.Clone(out.Secrets), other.Secrets...)
	}
	out.Notes, out.Secrets = sortedOnce(out.Notes), sortedOnce(out.Secrets)
	if combined {
		out.Incomplete = append(out.Incomplete, "whether OpenTofu or Terraform applies "+out.Path+" is not known (--tofu)")
		return &out
	}
	out.Cases = nil
	for _, doc := range docs {
		out.Cases = append(out.Cases, casesOf(doc)...)
	}
	return &out
}

func sortedOnce(texts []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(texts)))
}

// casesOf returns the cases of a document, each under what the document assumes.
func casesOf(doc *resource.Document) []resource.Case {
	if len(doc.Cases) == 0 {
		return []resource.Case{{When: doc.When, Resources: doc.Resources, Incomplete: doc.Incomplete, Gaps: doc.Gaps}}
	}
	cases := slices.Clone(doc.Cases)
	for i := range cases {
		cases[i].When = slices.Concat(doc.When, cases[i].When)
	}
	return cases
}

// each visits every resource of a document once.
func each(doc *resource.Document, visit func(*resource.Resource)) {
	seen := map[*resource.Resource]bool{}
	worlds := [][]*resource.Resource{doc.Resources, doc.Before}
	for _, c := range doc.Cases {
		worlds = append(worlds, c.Resources)
	}
	for _, world := range worlds {
		for _, r := range world {
			if !seen[r] {
				seen[r] = true
				visit(r)
			}
		}
	}
}

func sortByAddress(resources []*resource.Resource) {
	slices.SortStableFunc(resources, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
}
