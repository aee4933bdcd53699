package analysis

import (
	"maps"
	"math/bits"
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
)

// A Set is several filters on one log group none of which covers a control, and
// which together do: nothing is lost if each has an alarm of its own.
type Set struct {
	Filters []string `json:"filters"`
	// Patterns is the coverage of each, with what all of them together lose.
	Patterns map[string]Coverage `json:"patterns"`
}

// maxPartial bounds how many filters of one group are tried together: the sets
// of them are looked at one by one.
const maxPartial = 5

// sets returns the smallest sets of the filters that cover a control together.
func (b *builder) sets(d *Document, control string, filters []string) []Set {
	groups := map[string][]string{}
	for _, id := range filters {
		f := graph.Find(b.graph.Filters, id)
		if f != nil && len(f.Group.To) == 1 && d.MetricFilters[id].Coverage[control].Matches == "not-all" {
			groups[f.Group.To[0]] = append(groups[f.Group.To[0]], id)
		}
	}
	out := []Set{}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		if partial := groups[group]; len(partial) <= maxPartial {
			out = append(out, b.setsOf(d, control, partial)...)
		}
	}
	return out
}

// setsOf tries the subsets of some filters, the smaller ones first: what
// contains a set that suffices is none.
func (b *builder) setsOf(d *Document, control string, partial []string) (out []Set) {
	var found []uint
	for size := 2; size <= len(partial); size++ {
		for members := uint(1); members < 1<<len(partial); members++ {
			larger := slices.ContainsFunc(found, func(f uint) bool { return f&members == f })
			if bits.OnesCount(members) != size || larger {
				continue
			}
			if s, ok := b.set(d, control, chosen(partial, members)); ok {
				out, found = append(out, s), append(found, members)
			}
		}
	}
	return out
}

func chosen(all []string, members uint) (out []string) {
	for i, id := range all {
		if members&(1<<i) != 0 {
			out = append(out, id)
		}
	}
	return out
}

// set asks what some filters lose together.
func (b *builder) set(d *Document, control string, filters []string) (s Set, ok bool) {
	var have []*filterpattern.Pattern
	for _, id := range filters {
		text, _ := graph.Find(b.graph.Filters, id).Pattern.Text()
		p, err := filterpattern.Parse(text)
		if err != nil {
			return s, false
		}
		have = append(have, p)
	}
	together := notAimed(true)
	b.references[control].loss(&together, have...)
	s = Set{Filters: filters, Patterns: map[string]Coverage{}}
	for _, id := range filters {
		c := d.MetricFilters[id].Coverage[control]
		c.Matches, c.Reason, c.Lost, c.Loses, c.Exclusions = together.Matches, together.Reason, together.Lost, together.Loses, together.Exclusions
		if graph.Find(b.graph.Filters, id).Pattern.IsSensitive() {
			c.hide()
		}
		s.Patterns[id] = c
	}
	return s, together.Matches != "not-all"
}
