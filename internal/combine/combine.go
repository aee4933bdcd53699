// Package combine merges several documents into one: inputs that belong to one account, a
// plan and the code that it was made from, or the scenarios of one input.
//
// It reads no files and does not know where documents come from.
package combine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// Path is the path of a document that is made of several inputs.
const Path = "(combined)"

// Inputs makes one document of the documents of several inputs, in the order of their
// paths. Of templates that were read together there is one document; only such a
// document may have cases.
func Inputs(docs []*resource.Document, paths []string) *resource.Document {
	out := &resource.Document{Path: Path, Format: docs[0].Format}
	out.Notes = append(out.Notes, "as one account: "+strings.Join(paths, ", "))
	for _, doc := range docs {
		each(doc, shareProvider)
		if doc.Format != out.Format {
			out.Format = resource.Mixed
		}
		out.Notes = append(out.Notes, doc.Notes...)
		out.Secrets = append(out.Secrets, doc.Secrets...)
		out.Total, out.Changed = out.Total+doc.Total, out.Changed+doc.Changed
	}
	out.Resources = world(docs, after)
	if slices.ContainsFunc(docs, func(d *resource.Document) bool { return d.Before != nil }) {
		out.Before = world(docs, before)
	}
	for _, doc := range docs {
		out.Incomplete, out.Gaps = append(out.Incomplete, doc.Incomplete...), append(out.Gaps, doc.Gaps...)
	}
	out.Cases = cases(docs, out)
	if note := assumption(out.Resources); note != "" {
		out.Notes = append(out.Notes, note)
	}
	out.Locate, out.InlineWaivers = locateIn(docs), waiversIn(docs)
	return out
}

func locateIn(docs []*resource.Document) func(address string) *resource.Resource {
	return func(address string) *resource.Resource {
		for _, doc := range docs {
			if doc.Locate == nil {
				continue
			}
			if r := doc.Locate(address); r != nil {
				return r
			}
		}
		return nil
	}
}

func waiversIn(docs []*resource.Document) func() []*resource.InlineWaiver {
	return func() (all []*resource.InlineWaiver) {
		for _, doc := range docs {
			if doc.InlineWaivers != nil {
				all = append(all, doc.InlineWaivers()...)
			}
		}
		return all
	}
}

// sharedProvider is the provider of all resources of a combination: a region or account
// that one input does not know is that of the others.
const sharedProvider = "all inputs"

func shareProvider(r *resource.Resource) {
	w := resource.Rewriting{Ref: func(r resource.Ref) resource.Ref { return r }, Text: func(s string) string {
		for _, symbol := range resource.Symbols(s) {
			if what, isPlace := resource.PlaceOf(symbol); isPlace && resource.IsOfProvider(symbol) {
				s = strings.ReplaceAll(s, resource.Symbol(symbol), resource.Symbol(resource.OfProvider(what, sharedProvider)))
			}
		}
		return s
	}}
	r.Attributes, r.Scope.Provider = w.Value(r.Attributes), sharedProvider
	for _, name := range []*string{&r.Scope.RegionOf, &r.Scope.AccountOf} {
		if resource.IsOfProvider(*name) {
			*name = ""
		}
	}
}

func after(d *resource.Document) []*resource.Resource { return d.Resources }

func before(d *resource.Document) []*resource.Resource {
	if d.Before != nil {
		return d.Before
	}
	return d.Resources
}

// world returns what several inputs have together. A resource that two of them have is in it
// once: as a plan has it, else as the first one does.
func world(docs []*resource.Document, of func(*resource.Document) []*resource.Resource) []*resource.Resource {
	ordered := slices.Clone(docs)
	slices.SortStableFunc(ordered, func(a, b *resource.Document) int { return statesLast(a) - statesLast(b) })
	var all []*resource.Resource
	seen := map[string]bool{}
	for _, doc := range ordered {
		for _, r := range of(doc) {
			key := dedupKey(r)
			if key != "" && seen[key] {
				continue
			}
			seen[key] = true
			all = append(all, r)
		}
	}
	sortByAddress(all)
	return all
}

func statesLast(d *resource.Document) int {
	if d.Format == resource.State {
		return 1
	}
	return 0
}

// dedupKey returns the same for one resource in two inputs: its ARN, or its id with type and
// region. It is "" if neither is known for certain.
func dedupKey(r *resource.Resource) string {
	if r.Mode == resource.Data {
		return ""
	}
	for _, attribute := range []string{"arn", "id"} {
		text, ok := r.Attr(attribute).Text()
		if ok && text != "" && len(resource.Symbols(text)) == 0 {
			return fmt.Sprintf("%s %s %s %s", r.Type, attribute, r.Scope.Region, text)
		}
	}
	return ""
}

// cases returns those of the one document that has them, each with what the others have.
func cases(docs []*resource.Document, whole *resource.Document) []resource.Case {
	i := slices.IndexFunc(docs, func(d *resource.Document) bool { return len(d.Cases) > 0 })
	if i < 0 {
		return nil
	}
	var out []resource.Case
	for _, c := range docs[i].Cases {
		one := *docs[i]
		one.Resources = c.Resources
		others := slices.Clone(docs)
		others[i] = &one
		c.Resources = world(others, after)
		c.Incomplete = append(slices.Clone(whole.Incomplete), c.Incomplete...)
		c.Gaps = append(slices.Clone(whole.Gaps), c.Gaps...)
		out = append(out, c)
	}
	return out
}

// assumption says that regions or accounts are taken to be one where some input does
// not tell them; "" if all do.
func assumption(resources []*resource.Resource) string {
	for _, r := range resources {
		if r.Scope.Region == "" || r.Scope.Account == "" {
			return "a region or account that an input does not tell is taken to be that of the others"
		}
	}
	return ""
}
