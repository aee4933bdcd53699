package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Candidate is one path from a trail to a topic, "" standing for a node that
// the input does not have. Candidates stand in the order of their addresses.
type Candidate struct {
	Index     int    `json:"index"`
	Trail     string `json:"trail"`
	Assumed   bool   `json:"assumed"` // the input has no trail, so one is assumed elsewhere
	LogGroup  string `json:"log_group"`
	GroupName string `json:"group_name"`
	Filter    string `json:"filter"`
	Alarm     string `json:"alarm"`
	Actor     string `json:"actor"`
	Action    string `json:"action"`
	Topic     string `json:"topic"`
	Reads     Reads  `json:"reads"`
	// What this plan deletes and the candidate needs.
	DeletedTrail string `json:"deleted_trail"`
	DeletedGroup string `json:"deleted_group"`
	DeletedTopic string `json:"deleted_topic"`
	// Reach is how many links it has; behind a missing node nothing is judged.
	Reach int `json:"reach"`
	// Rivals are candidates that differ in one hidden value: the input does not
	// say which of them is real.
	Rivals []int `json:"rivals"`
	// Set is which of the control's sets of filters it belongs to, -1 for none;
	// With are the other filters of that set.
	Set  int      `json:"set"`
	With []string `json:"with"`
}

// The number of links up to and with the one in which a node is missing.
const (
	reachTrail  = 1
	reachGroup  = 2
	reachFilter = 3
	reachAlarm  = 6
	reachAction = 7
	reachTopic  = 8
	everyLink   = 9
)

// control finds the candidates for one control, and whether the input has to do
// with it at all.
func (b *builder) control(d *Document, c verdict.Control, past Past) ControlFacts {
	filters, concerned := aimedAt(d, c.ID)
	trails := auditing(d)
	facts := ControlFacts{
		Events: c.Events, MustMatch: b.references[c.ID].want.String(), Sources: b.references[c.ID].sources(), Candidates: []Candidate{}, Sets: []Set{},
		Relevant: concerned || len(trails) > 0 || past.isRelevant(), Hidden: []string{},
	}
	if !facts.Relevant {
		facts.Hidden = append(facts.Hidden, unread(d, c.ID)...)
		return facts
	}
	facts.Certain = past.isRelevant() || certain(d, filters, trails)
	heads := heads{builder: b, doc: d, past: past, trails: trails}
	for _, f := range filters {
		facts.Candidates = append(facts.Candidates, heads.of(f)...)
	}
	facts.Sets = b.sets(d, c.ID, filters)
	for i, s := range facts.Sets {
		facts.Candidates = append(facts.Candidates, heads.inSet(i, s)...)
	}
	for i := range facts.Candidates {
		facts.Candidates[i].Index = i
	}
	markRivals(d, facts.Candidates)
	return facts
}

// isRelevant says whether the world before the plan has to do with the control.
func (p Past) isRelevant() bool { return p.Verdict != "" && p.Verdict != verdict.Skip }

// aimedAt returns the filters that are aimed at a control, else those that may
// be or nearly are, else "". concerned says that the input tries to meet it.
func aimedAt(d *Document, control string) (filters []string, concerned bool) {
	var perhaps []string
	for _, id := range slices.Sorted(maps.Keys(d.MetricFilters)) {
		switch c := d.MetricFilters[id].Coverage[control]; {
		case c.Aimed == "yes":
			filters = append(filters, id)
		case c.Aimed == "unknown", c.Near:
			perhaps = append(perhaps, id)
			concerned = concerned || c.Near && c.Names
		}
	}
	switch {
	case len(filters) > 0:
		return filters, true
	case len(perhaps) > 0:
		return perhaps, concerned
	}
	return []string{""}, false
}

// auditing returns the trails that record management events, as far as can be
// seen.
func auditing(d *Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management != "no" {
			out = append(out, id)
		}
	}
	return out
}

// heads pairs filters with the trails that may feed them.
type heads struct {
	*builder
	doc    *Document
	past   Past
	trails []string
}

func (h heads) of(filter string) []Candidate {
	var out []Candidate
	for _, trail := range h.trails {
		out = append(out, h.tails(h.head(trail, filter))...)
	}
	outside := h.head("", filter)
	outside.Assumed = len(h.trails) == 0
	if filter != "" || outside.Assumed {
		out = append(out, h.tails(outside)...)
	}
	return out
}

// inSet returns the candidates of each filter of a set, as parts of it.
func (h heads) inSet(set int, s Set) []Candidate {
	var out []Candidate
	for i, f := range s.Filters {
		for _, c := range h.of(f) {
			c.Set, c.With = set, slices.Delete(slices.Clone(s.Filters), i, i+1)
			out = append(out, c)
		}
	}
	return out
}

func (h heads) head(trail, filter string) Candidate {
	c := Candidate{Trail: trail, Filter: filter, Rivals: []int{}, Set: -1, With: []string{}}
	target := graph.Target{}
	if f := graph.Find(h.graph.Filters, filter); f != nil {
		target = f.Group
		if t := graph.Find(h.graph.Trails, trail); t != nil {
			c.Reads.State, c.Reads.Reason = h.sameGroup(f, t)
		}
	} else if t := graph.Find(h.graph.Trails, trail); t != nil {
		target = t.Group
	}
	c.LogGroup, c.GroupName = h.first(target), h.groupName(target)
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
func (h heads) gone(is func(Deleted) bool) string {
	if i := slices.IndexFunc(h.doc.Deleted, is); i >= 0 {
		return h.doc.Deleted[i].Address
	}
	return ""
}

// tails follows a filter to everybody who is told.
func (h heads) tails(head Candidate) []Candidate {
	switch {
	case head.DeletedTrail != "":
		return reaching(head, reachTrail)
	case head.DeletedGroup != "":
		return reaching(head, reachGroup)
	case head.Filter == "":
		return reaching(head, reachFilter)
	}
	watchers := h.doc.MetricFilters[head.Filter].Watchers
	if len(watchers) == 0 {
		return reaching(head, reachAlarm)
	}
	var out []Candidate
	for _, alarm := range slices.Sorted(maps.Keys(watchers)) {
		actors := h.doc.Alarms[alarm].Actors
		for _, actor := range slices.Sorted(maps.Keys(actors)) {
			head.Alarm, head.Actor = alarm, actor
			out = append(out, h.actions(head, actors[actor])...)
		}
	}
	return out
}

func (h heads) actions(head Candidate, actor Actor) []Candidate {
	if len(actor.Actions) == 0 {
		return reaching(head, reachAction)
	}
	var out []Candidate
	for _, id := range slices.Sorted(maps.Keys(actor.Actions)) {
		action := actor.Actions[id]
		c := head
		c.Action, c.Topic, c.Reach = id, action.Topic, everyLink
		c.DeletedTopic = h.gone(func(d Deleted) bool { return d.Type == "aws_sns_topic" && d.ARN == action.Text && d.ARN != "" })
		switch {
		case action.Foreign != "", action.Topic == "" && action.State != string(graph.External):
			c.Reach = reachAction
		case c.DeletedTopic != "":
			c.Reach = reachTopic
		}
		out = append(out, c)
	}
	return out
}

func reaching(c Candidate, links int) []Candidate {
	c.Reach = links
	return []Candidate{c}
}

// markRivals tells candidates of each other that differ only in what one hidden
// value holds.
func markRivals(d *Document, cs []Candidate) {
	group := func(c Candidate) string { return d.Alarms[c.Alarm].Actors[c.Actor].Actions[c.Action].Group }
	for i := range cs {
		for j := range cs {
			a, b := cs[i], cs[j]
			if i != j && group(a) != "" && group(a) == group(b) &&
				a.Set == b.Set && a.Trail == b.Trail && a.Filter == b.Filter && a.Alarm == b.Alarm && a.Actor == b.Actor {
				cs[i].Rivals = append(cs[i].Rivals, j)
			}
		}
	}
}
