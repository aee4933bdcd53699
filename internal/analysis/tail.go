package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
)

// A tail is what a candidate is behind its filter: how it reaches somebody.
type tail struct {
	alarm, actor, action string
	topic, deletedTopic  string
	reach                int
}

// through are the candidates that begin with a head.
func (c Candidate) through(tails []tail) []Candidate {
	switch {
	case c.DeletedTrail != "":
		return reaching(c, reachTrail)
	case c.DeletedGroup != "":
		return reaching(c, reachGroup)
	}
	out := make([]Candidate, len(tails))
	for i, t := range tails {
		c.Alarm, c.Actor, c.Action, c.Topic, c.DeletedTopic, c.Reach = t.alarm, t.actor, t.action, t.topic, t.deletedTopic, t.reach
		out[i] = c
	}
	return out
}

func reaching(c Candidate, links int) []Candidate {
	c.Reach = links
	return []Candidate{c}
}

// tails follows a filter to everybody who is told. Of tails that differ in the
// names of alarms alone the first stands for all: they are as good as each other.
func (h *heads) tails(filter string) []tail {
	if filter == "" {
		return []tail{{reach: reachFilter}}
	}
	watchers := h.doc.MetricFilters[filter].Watchers
	if len(watchers) == 0 {
		return []tail{{reach: reachAlarm}}
	}
	var out []tail
	alike := alike{}
	for _, alarm := range slices.Sorted(maps.Keys(watchers)) {
		facts := h.doc.Alarms[alarm]
		for _, actor := range slices.Sorted(maps.Keys(facts.Actors)) {
			by := facts.Actors[actor]
			for _, t := range h.actions(by) {
				action := by.Actions[t.action]
				if action.Group != "" || h.doc.isTaken(append(by.Composite, alarm)...) || !alike.again(watchers[alarm], facts.nameless(), by.nameless(alarm), action, t) {
					t.alarm, t.actor = alarm, actor
					out = append(out, t)
				}
			}
		}
	}
	return out
}

// actions are the tails of one actor.
func (h *heads) actions(actor Actor) []tail {
	if len(actor.Actions) == 0 {
		return []tail{{reach: reachAction}}
	}
	var out []tail
	for _, id := range slices.Sorted(maps.Keys(actor.Actions)) {
		action := actor.Actions[id]
		t := tail{action: id, topic: action.Topic, reach: everyLink}
		t.deletedTopic = h.gone(func(d Deleted) bool { return d.Type == "aws_sns_topic" && d.ARN == action.Text && d.ARN != "" })
		switch {
		case action.Foreign != "", action.Topic == "" && action.State != LinkState(graph.External):
			t.reach = reachAction
		case t.deletedTopic != "":
			t.reach = reachTopic
		}
		out = append(out, t)
	}
	return out
}

// markRivals tells candidates of each other that differ only in what one hidden
// value holds.
func markRivals(d *Document, cs []Candidate) {
	type place struct {
		set                                int
		trail, filter, alarm, actor, group string
	}
	together := map[place][]int{}
	for i, c := range cs {
		if group := d.Alarms[c.Alarm].Actors[c.Actor].Actions[c.Action].Group; group != "" {
			at := place{c.Set, c.Trail, c.Filter, c.Alarm, c.Actor, group}
			together[at] = append(together[at], i)
		}
	}
	for _, rivals := range together {
		for n, i := range rivals {
			cs[i].Rivals = slices.Delete(slices.Clone(rivals), n, n+1)
		}
	}
}
