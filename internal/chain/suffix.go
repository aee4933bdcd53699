package chain

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
)

// The number of links up to and including the one with the missing node.
const (
	reachTrail  = 1
	reachGroup  = 2
	reachFilter = 3
	reachAlarm  = 6
	reachAction = 7
	reachTopic  = 8
	everyLink   = 9
)

// A suffix is the part of a candidate after its filter: from the metric to the topic.
type suffix struct {
	alarm, actor, action string
	topic, deletedTopic  string
	reach                int
}

// withSuffixes returns the candidates that begin with a prefix.
func withSuffixes(c document.Candidate, tails []suffix) []document.Candidate {
	switch {
	case c.DeletedTrail != "":
		return endingAt(c, reachTrail)
	case c.DeletedGroup != "":
		return endingAt(c, reachGroup)
	}
	out := make([]document.Candidate, len(tails))
	for i, t := range tails {
		c.Alarm, c.Notifier, c.Action, c.Topic, c.DeletedTopic, c.Reach = t.alarm, t.actor, t.action, t.topic, t.deletedTopic, t.reach
		out[i] = c
	}
	return out
}

func endingAt(c document.Candidate, links int) []document.Candidate {
	c.Reach = links
	return []document.Candidate{c}
}

// expandActions follows a filter to all topics that are notified. Of suffixes that only
// differ in the names of alarms, the first represents all.
func expandActions(d *document.Document, filter string) []suffix {
	if filter == "" {
		return []suffix{{reach: reachFilter}}
	}
	watchers := d.MetricFilters[filter].Watchers
	if len(watchers) == 0 {
		return []suffix{{reach: reachAlarm}}
	}
	var all []suffix
	for _, alarm := range slices.Sorted(maps.Keys(watchers)) {
		notifiers := d.Alarms[alarm].Notifiers
		for _, actor := range slices.Sorted(maps.Keys(notifiers)) {
			for _, t := range notifierSuffixes(d, notifiers[actor]) {
				t.alarm, t.actor = alarm, actor
				all = append(all, t)
			}
		}
	}
	return distinctSuffixes(d, watchers, all)
}

// distinctSuffixes returns those that no earlier one equals.
func distinctSuffixes(d *document.Document, watchers map[string]document.Watcher, all []suffix) []suffix {
	if len(all) < 2 {
		return all
	}
	var out []suffix
	alike := factSet{}
	for _, t := range all {
		facts := d.Alarms[t.alarm]
		by := facts.Notifiers[t.actor]
		action := by.Actions[t.action]
		if action.Group != "" || isTaken(d, append(by.Composite, t.alarm)...) || !alike.seen(watchers[t.alarm], withoutAlarmName(facts), withoutAlarmAddress(by, t.alarm), action) {
			out = append(out, t)
		}
	}
	return out
}

// actions returns the suffixes of one notifier.
func notifierSuffixes(d *document.Document, actor document.Notifier) []suffix {
	if len(actor.Actions) == 0 {
		return []suffix{{reach: reachAction}}
	}
	var out []suffix
	for _, id := range slices.Sorted(maps.Keys(actor.Actions)) {
		action := actor.Actions[id]
		t := suffix{action: id, topic: action.Topic, reach: everyLink}
		t.deletedTopic = findDeleted(d, func(x document.Deleted) bool { return x.Type == "aws_sns_topic" && x.ARN == action.Text && x.ARN != "" })
		switch {
		case action.Foreign != "", action.Topic == "" && action.State != document.LinkState(graph.External):
			t.reach = reachAction
		case t.deletedTopic != "":
			t.reach = reachTopic
		}
		out = append(out, t)
	}
	return out
}

// markAlternatives links candidates that only differ in one hidden value.
func markAlternatives(d *document.Document, cs []document.Candidate) {
	type place struct {
		set                                int
		trail, filter, alarm, actor, group string
	}
	together := map[place][]int{}
	for i, c := range cs {
		if group := d.Alarms[c.Alarm].Notifiers[c.Notifier].Actions[c.Action].Group; group != "" {
			at := place{c.Set, c.Trail, c.Filter, c.Alarm, c.Notifier, group}
			together[at] = append(together[at], i)
		}
	}
	for _, rivals := range together {
		for n, i := range rivals {
			cs[i].Alternatives = slices.Delete(slices.Clone(rivals), n, n+1)
		}
	}
}

// findDeleted returns the address of a deleted resource.
func findDeleted(d *document.Document, is func(document.Deleted) bool) string {
	if i := slices.IndexFunc(d.Deleted, is); i >= 0 {
		return d.Deleted[i].Address
	}
	return ""
}
