package chain

import (
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Past is the verdict on a control in the world before the plan.
type Past struct {
	Verdict verdict.Verdict
	Chain   *verdict.Chain
}

// finder pairs filters with the trails that may feed them.
type finder struct {
	base     *facts.Base
	doc      *document.Document
	past     Past
	trails   []string
	dataOnly []string // trails that record no management events
	left     int      // candidates that may still be made
}

// maxCandidates bounds the paths of one input, those of all its controls together.
// Their number is a product: of filters, the trails that write to one group, the
// alarms on one metric and the topics that these notify.
const maxCandidates = 4000

// fill makes the candidates of some filters, alone and in sets. If they are too
// many, none of them is judged, because those beyond the bound are not known.
func (h *finder) fill(f *document.ControlFacts, control string, alone, aimed []string) {
	f.Sets = sets(h.base, control, aimed)
	if len(f.Sets) > 0 {
		alone = slices.DeleteFunc(alone, func(id string) bool { return id == "" })
	}
	for _, id := range alone {
		f.Candidates = append(f.Candidates, h.candidatesOf(id)...)
	}
	for i, s := range f.Sets {
		f.Candidates = append(f.Candidates, h.inSet(i, s)...)
	}
	if h.left < 0 {
		f.Candidates, f.Sets, f.Excess = []document.Candidate{}, []document.Set{}, maxCandidates
		return
	}
	for i := range f.Candidates {
		f.Candidates[i].Index = i
	}
	markAlternatives(h.doc, f.Candidates)
}

// candidatesOf returns the candidates of a filter: with each trail that may feed it, and
// with one outside.
func (h *finder) candidatesOf(filter string) []document.Candidate {
	var out []document.Candidate
	tails := expandActions(h.doc, filter)
	for _, head := range h.prefixes(filter) {
		if h.left < 0 {
			return nil
		}
		made := withSuffixes(head, tails)
		h.left -= len(made)
		out = append(out, made...)
	}
	return out
}

// prefixes returns the beginnings of the candidates of a filter: the trails that write
// to its group, or may; if none may, one other trail represents all of them,
// so that candidates grow with the filters and not with their square.
func (h *finder) prefixes(filter string) []document.Candidate {
	var writing, other []document.Candidate
	alike, several := factSet{}, len(h.trails) > 1
	f := h.base.Graph.Filter(filter)
	for _, trail := range h.trails {
		if t := h.base.Graph.Trail(trail); f != nil && t != nil && len(other) > 0 && h.base.AreApart(f, t) {
			continue
		}
		head := h.prefix(trail, filter)
		switch {
		case readsOtherGroup(head) && len(other) > 0, several && alike.seen(withoutTrail(head), withoutTrailName(h.doc.Trails[trail])):
		case readsOtherGroup(head):
			other = append(other, head)
		default:
			writing = append(writing, head)
		}
	}
	if len(writing) == 0 {
		writing = other
	}
	blind := h.dataOnlyPrefixes(filter)
	writing = append(writing, blind...)
	outside := h.prefix("", filter)
	outside.Assumed = len(h.trails) == 0 && len(blind) == 0
	if f != nil {
		if d := h.base.Graph.MayDeliver(f); d != nil {
			outside.Assumed, outside.FedBy = true, d.ID
		}
	}
	if outside.Assumed || filter != "" && len(outside.NamedBy) > 0 {
		writing = append(writing, outside)
	}
	return writing
}

// dataOnlyPrefixes returns the beginnings with trails that write to a filter's group and record no
// management events: if the group has one, none is assumed elsewhere.
func (h *finder) dataOnlyPrefixes(filter string) (out []document.Candidate) {
	for _, trail := range h.dataOnly {
		if head := h.prefix(trail, filter); head.Reads.State == document.ReadsSame || head.Reads.State == document.ReadsInferred {
			out = append(out, head)
		}
	}
	return out
}

// readsOtherGroup reports whether the trail does not write to the filter's group.
func readsOtherGroup(c document.Candidate) bool {
	return c.Filter != "" && (c.Reads.State == document.ReadsDifferent || c.Reads.State == document.ReadsNone)
}

// withoutTrail returns a prefix without the name of its trail.
func withoutTrail(c document.Candidate) document.Candidate {
	c.Trail = ""
	return c
}

// inSet returns the candidates of each filter of a set.
func (h *finder) inSet(set int, s document.Set) []document.Candidate {
	var out []document.Candidate
	for i, f := range s.Filters {
		for _, c := range h.candidatesOf(f) {
			c.Set, c.PartnerFilters = set, slices.Delete(slices.Clone(s.Filters), i, i+1)
			out = append(out, c)
		}
	}
	return out
}

func (h *finder) prefix(trail, filter string) document.Candidate {
	c := document.Candidate{Trail: trail, Filter: filter, Alternatives: []int{}, Set: -1, PartnerFilters: []string{}}
	target := graph.Target{}
	t := h.base.Graph.Trail(trail)
	if f := h.base.Graph.Filter(filter); f != nil {
		target = f.Group
		if t != nil {
			c.Reads.State, c.Reads.Reason = h.base.SameGroup(f, t)
		}
	} else if t != nil {
		target = t.Group
	}
	c.LogGroup, c.GroupName, c.NamedBy = target.First(), h.base.GroupName(target), h.base.GroupEntries(target)
	if trail == "" && h.past.Chain != nil {
		c.DeletedTrail = findDeleted(h.doc, func(d document.Deleted) bool { return d.Address == h.past.Chain.Trail })
	}
	if g, ok := h.doc.LogGroups[c.LogGroup]; ok && g.External {
		c.DeletedGroup = findDeleted(h.doc, func(d document.Deleted) bool {
			return d.Type == "aws_cloudwatch_log_group" && d.Name != "" && d.Name == c.GroupName
		})
	}
	return c
}
