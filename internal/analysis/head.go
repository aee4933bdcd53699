package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
)

// heads pairs filters with the trails that may feed them.
type heads struct {
	*builder
	doc    *Document
	past   Past
	trails []string
	blind  []string // trails that record no management events
	left   int      // candidates that may still be made
}

// maxCandidates bounds the paths of one input, those of all its controls together.
// Their number is a product: of filters, the trails that write to one group, the
// alarms on one metric and the topics that these tell.
const maxCandidates = 4000

// find makes the candidates of some filters, alone and in sets. Where they are too
// many none of them is judged: nobody knows what those behind the bound are.
func (f *ControlFacts) find(h *heads, alone, aimed []string) {
	h.left = maxCandidates - h.made
	f.Sets = h.sets(h.doc, f.control, aimed)
	if len(f.Sets) > 0 {
		alone = slices.DeleteFunc(alone, func(id string) bool { return id == "" })
	}
	for _, id := range alone {
		f.Candidates = append(f.Candidates, h.of(id)...)
	}
	for i, s := range f.Sets {
		f.Candidates = append(f.Candidates, h.inSet(i, s)...)
	}
	if h.left < 0 {
		f.Candidates, f.Sets, f.Excess = []Candidate{}, []Set{}, maxCandidates
		return
	}
	h.made += len(f.Candidates)
	for i := range f.Candidates {
		f.Candidates[i].Index = i
	}
	markRivals(h.doc, f.Candidates)
}

// of returns the candidates of a filter: with each trail that may feed it, and
// with one outside.
func (h *heads) of(filter string) []Candidate {
	var out []Candidate
	tails := h.tails(filter)
	for _, head := range h.feeding(filter) {
		if h.left < 0 {
			return nil
		}
		made := head.through(tails)
		h.left -= len(made)
		out = append(out, made...)
	}
	return out
}

// feeding are the beginnings of the candidates of a filter: the trails that write
// to its group, or may; where none may, one other trail stands for all of them,
// so that candidates grow with the filters and not with their square.
func (h *heads) feeding(filter string) []Candidate {
	var writing, other []Candidate
	alike := alike{}
	for _, trail := range h.trails {
		head := h.head(trail, filter)
		switch {
		case head.isApart() && len(other) > 0, alike.again(head.anyTrail(), h.doc.Trails[trail].nameless()):
		case head.isApart():
			other = append(other, head)
		default:
			writing = append(writing, head)
		}
	}
	if len(writing) == 0 {
		writing = other
	}
	blind := h.blindOn(filter)
	writing = append(writing, blind...)
	outside := h.head("", filter)
	outside.Assumed = len(h.trails) == 0 && len(blind) == 0
	if f := h.graph.Filter(filter); f != nil {
		if d := h.graph.MayDeliver(f); d != nil {
			outside.Assumed, outside.FedBy = true, d.ID
		}
	}
	if outside.Assumed || filter != "" && len(outside.NamedBy) > 0 {
		writing = append(writing, outside)
	}
	return writing
}

// blindOn are the beginnings with trails that write to a filter's group and record no
// management events: where the group has one, none is assumed elsewhere.
func (h *heads) blindOn(filter string) (out []Candidate) {
	for _, trail := range h.blind {
		if head := h.head(trail, filter); head.Reads.State == ReadsSame || head.Reads.State == ReadsInferred {
			out = append(out, head)
		}
	}
	return out
}

// isApart says whether the trail does not write to the filter's group.
func (c Candidate) isApart() bool {
	return c.Filter != "" && (c.Reads.State == ReadsDifferent || c.Reads.State == ReadsNone)
}

// anyTrail is a head without the name of its trail.
func (c Candidate) anyTrail() Candidate {
	c.Trail = ""
	return c
}

// inSet returns the candidates of each filter of a set, as parts of it.
func (h *heads) inSet(set int, s Set) []Candidate {
	var out []Candidate
	for i, f := range s.Filters {
		for _, c := range h.of(f) {
			c.Set, c.With = set, slices.Delete(slices.Clone(s.Filters), i, i+1)
			out = append(out, c)
		}
	}
	return out
}

func (h *heads) head(trail, filter string) Candidate {
	c := Candidate{Trail: trail, Filter: filter, Rivals: []int{}, Set: -1, With: []string{}}
	target := graph.Target{}
	t := h.graph.Trail(trail)
	if f := h.graph.Filter(filter); f != nil {
		target = f.Group
		if t != nil {
			c.Reads.State, c.Reads.Reason = h.sameGroup(f, t)
		}
	} else if t != nil {
		target = t.Group
	}
	c.LogGroup, c.GroupName, c.NamedBy = h.first(target), h.groupName(target), h.groupNamed(target)
	if trail == "" && h.past.Chain != nil {
		c.DeletedTrail = h.gone(func(d Deleted) bool { return d.Address == h.past.Chain.Trail })
	}
	if g, ok := h.doc.LogGroups[c.LogGroup]; ok && g.External {
		c.DeletedGroup = h.gone(func(d Deleted) bool {
			return d.Type == "aws_cloudwatch_log_group" && d.Name != "" && d.Name == c.GroupName
		})
	}
	return c
}

// gone returns the address of a deleted resource.
func (h *heads) gone(is func(Deleted) bool) string {
	if i := slices.IndexFunc(h.doc.Deleted, is); i >= 0 {
		return h.doc.Deleted[i].Address
	}
	return ""
}
