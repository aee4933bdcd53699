package diagram

import (
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/truth"
)

// alarms draws the lines from metric to alarm, and to composite alarms.
func (d facts) alarms(g *Graph) {
	for _, f := range sorted(d.MetricFilters) {
		for id, w := range sorted(f.Watchers) {
			state, label := watcherState(w)
			g.edge(g.node(Metric, metric(f), OK), g.node(Alarm, id, OK), state, label)
		}
	}
	for id, a := range sorted(d.Alarms) {
		for _, actor := range sorted(a.Notifiers) {
			n := len(actor.Composite)
			if n == 0 {
				continue
			}
			below := g.node(Alarm, id, OK)
			if n > 1 {
				below = g.node(Composite, actor.Composite[n-2], OK)
			}
			g.edge(below, g.node(Composite, actor.Composite[n-1], OK), answerStates[actor.Fires], actor.Reason)
		}
	}
}

// watcherState returns the state of the line from a filter's metric to an alarm.
func watcherState(w document.Watcher) (State, string) {
	if w.Matches != truth.Yes {
		var why []string
		for _, d := range w.Differences {
			why = append(why, d.Text)
		}
		return answerStates[w.Matches], strings.Join(why, "; ")
	}
	switch w.Fires.State {
	case "fires":
		return OK, ""
	case "unknown":
		return Unknown, w.Fires.Reason
	}
	return Broken, w.Fires.Reason
}

// topics draws the lines from alarm to topic to subscription.
func (d facts) topics(g *Graph) {
	for id, a := range sorted(d.Alarms) {
		for _, actor := range sorted(a.Notifiers) {
			from := g.node(Alarm, id, OK)
			if len(actor.Composite) > 0 {
				from = g.node(Composite, actor.Address, OK)
			}
			for _, action := range sorted(actor.Actions) {
				state, label := actionState(actor, action)
				g.edge(from, g.target(action), state, label)
			}
		}
	}
	for id, t := range sorted(d.Topics) {
		for _, s := range t.Subscriptions {
			state, label := checkState(d.Subscriptions[s].Delivers)
			g.edge(g.node(Topic, id, OK), g.node(Subscription, s, OK), state, label)
		}
	}
}

// target returns the box of an action's topic.
func (g *Graph) target(a document.Action) int {
	if a.Topic != "" {
		return g.node(Topic, a.Topic, OK)
	}
	i := g.node(Topic, a.Text, External)
	if a.Foreign != "" {
		g.describe(i, "no topic: "+a.Foreign)
	}
	return i
}

// actionState returns the state of the line from an alarm to the topic of an action.
func actionState(actor document.Notifier, a document.Action) (State, string) {
	if actor.Enabled != nil && !*actor.Enabled {
		return Broken, "actions are disabled"
	}
	if a.Foreign != "" {
		return External, ""
	}
	if a.Region == truth.No {
		return Broken, "the topic is in another region"
	}
	state, label := referenceState(document.Link{State: a.State, Reason: a.Reason})
	if a.Topic == "" {
		return state, label
	}
	for _, c := range []document.Check{a.Publish, a.Key} {
		if s, why := checkState(c); worse(state, s) != state {
			state, label = s, why
		}
	}
	return state, label
}
