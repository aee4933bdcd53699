package chain

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
)

// Bounds of the search: the size of a set, the number of sets, of filters to combine, and
// of questions to the solver.
const (
	maxMembers   = 4
	maxSets      = 64
	maxFilters   = 32
	maxQuestions = 256
)

const tooMany = "together with other filters on its log group it may cover the control, but there are too many combinations to try"

// sets returns the smallest sets of the filters that cover a control together.
func sets(b *facts.Base, control string, filters []string) []document.Set {
	groups := map[string][]partial{}
	for _, id := range filters {
		f := b.Graph.Filter(id)
		if f == nil || b.Document.MetricFilters[id].Coverage[control].Matches != document.MatchesNotAll {
			continue
		}
		text, _ := f.Pattern.Text()
		if p, err := filterpattern.Parse(text); err == nil {
			groups[groupOf(f)] = append(groups[groupOf(f)], partial{id, p, b.Document.MetricFilters[id].Coverage[control], f.Pattern.IsSensitive()})
		}
	}
	delete(groups, "")
	out := []document.Set{}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		s := setSearch{control: control, asks: b.Controls, filters: groups[group]}
		out = append(out, s.run()...)
	}
	return out
}

// groupOf names the log group that a filter reads, "" if two filters that say
// the same may read two. The same unknown value is equal within a module.
func groupOf(f *graph.MetricFilter) string {
	switch {
	case len(f.Group.To) == 1:
		return f.Group.To[0]
	case len(f.Group.To) == 0 && f.Group.State == graph.External:
		module, _, _ := strings.Cut(f.Resource.Address, f.Resource.Type+".")
		return module + " " + f.Group.Text
	}
	return ""
}

// A partial is a filter that loses some events of a control.
type partial struct {
	id        string
	pattern   *filterpattern.Pattern
	coverage  document.Coverage
	sensitive bool
}

// setSearch looks for the sets among the filters of one log group. Every event
// that some of them lost together has to be matched by a member of any set, and
// matching is cheap: few questions reach the solver.
type setSearch struct {
	control   string
	asks      *coverage.Controls
	filters   []partial
	asked     int
	witnesses [][]bool // by event, which filters match it
	found     [][]int
	sets      []document.Set
}

func (s *setSearch) run() []document.Set {
	all := make([]int, len(s.filters))
	for i := range all {
		all[i] = i
	}
	if len(all) < 2 || !s.covers(all) {
		return nil
	}
	if len(all) > maxFilters {
		return s.undecided()
	}
	for size := 2; size <= min(maxMembers, len(all)); size++ {
		if !s.extend(nil, 0, size) {
			return s.undecided()
		}
	}
	if len(s.sets) == 0 {
		return s.undecided()
	}
	return s.sets
}

// extend tries all sets of a size that begin with some members. It returns false if a
// bound is reached.
func (s *setSearch) extend(members []int, next, size int) bool {
	if len(members) == size {
		if !s.promising(members) {
			return true
		}
		if s.asked == maxQuestions || len(s.sets) == maxSets {
			return false
		}
		if together, ok := s.lostBy(members); ok {
			s.found, s.sets = append(s.found, slices.Clone(members)), append(s.sets, s.set(members, together))
		}
		return true
	}
	for i := next; i < len(s.filters); i++ {
		if !s.extend(append(members, i), i+1, size) {
			return false
		}
	}
	return true
}

// promising reports whether no smaller set is in it, and no event is known that all of its
// members lose.
func (s *setSearch) promising(members []int) bool {
	for _, smaller := range s.found {
		if !slices.ContainsFunc(smaller, func(i int) bool { return !slices.Contains(members, i) }) {
			return false
		}
	}
	for _, matched := range s.witnesses {
		if !slices.ContainsFunc(members, func(i int) bool { return matched[i] }) {
			return false
		}
	}
	return true
}

func (s *setSearch) covers(members []int) bool {
	_, ok := s.lostBy(members)
	return ok
}

// lostBy asks the solver what some filters lose together, and remembers the event.
func (s *setSearch) lostBy(members []int) (together document.Coverage, ok bool) {
	s.asked++
	var have []*filterpattern.Pattern
	for _, i := range members {
		have = append(have, s.filters[i].pattern)
	}
	together = s.asks.Together(s.control, have)
	if together.Matches != document.MatchesNotAll {
		return together, true
	}
	event := filterpattern.Object(together.Lost)
	matched := make([]bool, len(s.filters))
	for i, f := range s.filters {
		matched[i] = f.pattern.MatchMessage(event)
	}
	s.witnesses = append(s.witnesses, matched)
	return together, false
}

// set records the coverage of each member as part of the set.
func (s *setSearch) set(members []int, together document.Coverage) document.Set {
	out := document.Set{Patterns: map[string]document.Coverage{}}
	for _, i := range members {
		f := s.filters[i]
		c := f.coverage
		c.Matches, c.Reason, c.Lost, c.Loses, c.Exclusions = together.Matches, together.Reason, together.Lost, together.Loses, together.Exclusions
		c.Enumerates, c.Excludable, c.Serves = together.Enumerates, together.Excludable, ""
		if f.sensitive {
			coverage.Hide(&c)
		}
		out.Filters, out.Patterns[f.id] = append(out.Filters, f.id), c
	}
	return out
}

// undecided makes a set of each filter alone, which may be part of a larger one.
func (s *setSearch) undecided() []document.Set {
	sets := s.sets
	undecided := coverage.NotAimed()
	undecided.Reason = tooMany
	for i := range s.filters {
		sets = append(sets, s.set([]int{i}, undecided))
	}
	return sets
}
