package verdict

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A book finds the waivers for a result or a finding. There may be many waivers and many
// results, so it does not compare each with each: waivers with the same controls and
// paths share a page, and on it a waiver without wildcards is indexed by its resource.
type book struct {
	order map[*Waiver]int
	// Pages whose path has no wildcard, by it; the rest is asked about every input.
	literal map[string][]*page
	bases   []string // that these paths are relative to
	open    []*page

	on map[*Waiver]*page       // where a waiver is filed
	of map[aboutResult][]*page // what was asked already
}

// Numbers in benchmarks follow from the control.
type aboutResult struct{ control, input string }

// A page holds the waivers of the configuration with one control, path and base.
type page struct {
	first    *Waiver // represents all: each is about the same results
	whole    []*Waiver
	resource map[string][]*Waiver // by the resource that they name
	globs    []*Waiver
}

func newBook(waivers []*Waiver) *book {
	b := &book{order: make(map[*Waiver]int, len(waivers)), literal: map[string][]*page{}, on: map[*Waiver]*page{}, of: map[aboutResult][]*page{}}
	pages := map[[3]string]*page{}
	for i, w := range waivers {
		b.order[w] = i
		if w.Inline {
			continue // the findings name it
		}
		at := [3]string{w.Control, w.Base, w.Path}
		p := pages[at]
		if p == nil {
			p = &page{first: w, resource: map[string][]*Waiver{}}
			pages[at] = p
			if w.Path == "" || isGlob(w.Path) {
				b.open = append(b.open, p)
			} else {
				b.literal[w.Path] = append(b.literal[w.Path], p)
				if w.Base != "" && !slices.Contains(b.bases, w.Base) {
					b.bases = append(b.bases, w.Base)
				}
			}
		}
		p.add(w)
		b.on[w] = p
	}
	return b
}

func (p *page) add(w *Waiver) {
	switch {
	case w.Resource == "":
		p.whole = append(p.whole, w)
	case isGlob(w.Resource):
		p.globs = append(p.globs, w)
	default:
		p.resource[w.Resource] = append(p.resource[w.Resource], w)
	}
}

// isGlob reports whether a pattern matches more than itself.
func isGlob(pattern string) bool { return strings.ContainsAny(pattern, "*?") }

// about returns the pages about a result.
func (b *book) about(r Result) []*page {
	at := aboutResult{r.Control, r.Input}
	found, known := b.of[at]
	if known {
		return found
	}
	for _, p := range slices.Concat(b.open, b.named(r.Input)) {
		if p.first.concerns(r) {
			found = append(found, p)
		}
	}
	b.of[at] = found
	return found
}

// named returns the pages whose path may be that of an input, in one of the ways to
// write it.
func (b *book) named(input string) (found []*page) {
	if len(b.literal) == 0 {
		return nil
	}
	names := []string{path.Clean(filepath.ToSlash(input))}
	if full, err := filepath.Abs(input); err == nil {
		for _, base := range b.bases {
			if rel, err := filepath.Rel(base, full); err == nil {
				names = append(names, filepath.ToSlash(rel))
			}
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		found = append(found, b.literal[name]...)
	}
	return found
}

// accepting returns the waivers about a finding, in their order.
func (b *book) accepting(r Result, f Finding) (found []*Waiver) {
	resource := f.Resource
	if resource == "" {
		resource = f.Beside
	}
	for _, p := range b.about(r) {
		found = append(found, p.whole...)
		found = append(found, p.resource[resource]...)
		for _, w := range p.globs {
			if w.accepts(r, f) {
				found = append(found, w)
			}
		}
	}
	for _, w := range f.Inline {
		if _, here := b.order[w]; here && w.concerns(r) {
			found = append(found, w)
		}
	}
	return b.sorted(found)
}

// whole returns the waivers about all that is said of a result.
func (b *book) whole(r Result) (found []*Waiver) {
	for _, p := range b.about(r) {
		found = append(found, p.whole...)
	}
	return b.sorted(found)
}

func (b *book) sorted(all []*Waiver) []*Waiver {
	slices.SortFunc(all, func(x, y *Waiver) int { return b.order[x] - b.order[y] })
	return slices.Compact(all)
}

// concerned finds the first result that a waiver applies to.
type concerned struct {
	results []Result
	page    map[*page]int
	pages   map[*Waiver]*page
	inputs  map[string][]int
}

func newConcerned(b *book, results []Result) concerned {
	c := concerned{results: results, page: map[*page]int{}, pages: b.on, inputs: map[string][]int{}}
	for i, r := range results {
		c.inputs[r.Input] = append(c.inputs[r.Input], i)
		for _, p := range b.about(r) {
			if _, earlier := c.page[p]; !earlier {
				c.page[p] = i
			}
		}
	}
	return c
}

// first is its place, -1 if there is none.
func (c concerned) first(w *Waiver) int {
	if !w.Inline {
		if i, ok := c.page[c.pages[w]]; ok {
			return i
		}
		return -1
	}
	for _, i := range c.inputs[w.Input] {
		if w.names(c.results[i]) {
			return i
		}
	}
	return -1
}

// accepts reports whether the waiver, expired or not, is about a finding.
func (w *Waiver) accepts(r Result, f Finding) bool {
	switch {
	case !w.concerns(r):
		return false
	case w.Inline:
		return slices.Contains(f.Inline, w)
	case f.Resource == "" && f.Beside != "":
		return matches(w.Resource, f.Beside)
	}
	return matches(w.Resource, f.Resource)
}

// concerns reports whether the waiver is about the control and the input of a
// result.
func (w *Waiver) concerns(r Result) bool {
	if w.Inline {
		return w.Input == r.Input && w.names(r)
	}
	return w.names(r) && w.coversPath(r.Input)
}

// names reports whether the waiver is about the control of a result.
func (w *Waiver) names(r Result) bool { return names(w.Control, r.Control, r.References) }

func (w *Waiver) coversPath(input string) bool {
	if w.Path == "" {
		return true
	}
	if glob(w.Path, path.Clean(filepath.ToSlash(input)), '/') {
		return true
	}
	full, err := filepath.Abs(input)
	if w.Base == "" || err != nil {
		return false
	}
	rel, err := filepath.Rel(w.Base, full)
	return err == nil && glob(w.Path, filepath.ToSlash(rel), '/')
}
