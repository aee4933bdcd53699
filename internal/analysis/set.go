package analysis

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
)

// A Set is several filters on one log group none of which covers a control, and
// which together do: nothing is lost if each has an alarm of its own. A set of
// one filter says that it may be part of a set, and that this is not decided.
type Set struct {
	Filters []string `json:"filters"`
	// Patterns is the coverage of each, with what all of them together lose.
	Patterns map[string]Coverage `json:"patterns"`
}

// The bounds of the search: how large a set may be, how many are written down,
// among how many filters they are looked for, and how many the solver is asked
// about.
const (
	maxMembers   = 4
	maxSets      = 64
	maxFilters   = 32
	maxQuestions = 256
)

const tooMany = "together with other filters on its log group it may cover the control; they are too many to be tried"

// sets returns the smallest sets of the filters that cover a control together.
func (b *builder) sets(d *Document, control string, filters []string) []Set {
	groups := map[string][]partial{}
	for _, id := range filters {
		f := b.graph.Filter(id)
		if f == nil || d.MetricFilters[id].Coverage[control].Matches != MatchesNotAll {
			continue
		}
		text, _ := f.Pattern.Text()
		if p, err := filterpattern.Parse(text); err == nil {
			groups[read(f)] = append(groups[read(f)], partial{id, p, d.MetricFilters[id].Coverage[control], f.Pattern.IsSensitive()})
		}
	}
	delete(groups, "")
	out := []Set{}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		s := setSearch{control: control, asks: b.asked, filters: groups[group]}
		out = append(out, s.run()...)
	}
	return out
}

// read names the log group that a filter reads, "" where two filters that say
// the same may read two. What has no value is the same within a module.
func read(f *graph.MetricFilter) string {
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
	coverage  Coverage
	sensitive bool
}

// setSearch looks for the sets among the filters of one log group. Every event
// that some of them lost together has to be matched by a member of any set, and
// matching is cheap: few questions reach the solver.
type setSearch struct {
	control   string
	asks      *Controls
	filters   []partial
	asked     int
	witnesses [][]bool // by event, which filters match it
	found     [][]int
	sets      []Set
}

func (s *setSearch) run() []Set {
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

// extend tries all sets of a size that begin with some members. It returns false
// where a bound is reached.
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

// promising: no smaller set is in it, and no event is known that all of it lose.
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
func (s *setSearch) lostBy(members []int) (together Coverage, ok bool) {
	s.asked++
	var have []*filterpattern.Pattern
	for _, i := range members {
		have = append(have, s.filters[i].pattern)
	}
	together = s.asks.together(s.control, have)
	if together.Matches != MatchesNotAll {
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

// set writes down what each member means as part of the set.
func (s *setSearch) set(members []int, together Coverage) Set {
	out := Set{Patterns: map[string]Coverage{}}
	for _, i := range members {
		f := s.filters[i]
		c := f.coverage
		c.Matches, c.Reason, c.Lost, c.Loses, c.Exclusions = together.Matches, together.Reason, together.Lost, together.Loses, together.Exclusions
		c.Enumerates, c.Excludable, c.Serves = together.Enumerates, together.Excludable, ""
		if f.sensitive {
			c.hide()
		}
		out.Filters, out.Patterns[f.id] = append(out.Filters, f.id), c
	}
	return out
}

// undecided makes sets of one of the filters: each may be part of a set.
func (s *setSearch) undecided() []Set {
	sets := s.sets
	undecided := notAimed()
	undecided.Reason = tooMany
	for i := range s.filters {
		sets = append(sets, s.set([]int{i}, undecided))
	}
	return sets
}
