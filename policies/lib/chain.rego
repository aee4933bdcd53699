# METADATA
# description: >-
#   The candidates for a control, how far each gets, and which one is shown. A candidate is one path from a trail to a
#   topic; "" stands for a node that the input does not have.
package iacgate.lib.chain

import data.iacgate.lib.action
import data.iacgate.lib.alarm
import data.iacgate.lib.beside
import data.iacgate.lib.log_group
import data.iacgate.lib.metric
import data.iacgate.lib.metric_filter
import data.iacgate.lib.pattern
import data.iacgate.lib.state
import data.iacgate.lib.subscription
import data.iacgate.lib.topic
import data.iacgate.lib.trail
import data.iacgate.lib.world

# relevant says which controls the input has to do with, before or after the plan.
relevant[control] if {
	some control, _ in input.controls
	count(world.auditing) > 0
}

relevant[control] if {
	some control, _ in input.controls
	some f in input.metric_filters
	concerned(f.coverage[control])
}

relevant[control] if {
	some control, past in input.before
	input.controls[control]
	past.verdict != "skip"
}

concerned(coverage) if coverage.aimed == "yes"

concerned(coverage) if {
	coverage.near
	coverage.names
}

# filters are those that are aimed at a control, else those that may be or nearly are.
filters[control] := aimed(control) if some control, _ in input.controls

aimed(control) := found if {
	found := {f.address | some f in input.metric_filters; f.coverage[control].aimed == "yes"}
	count(found) > 0
} else := found if {
	found := {f.address | some f in input.metric_filters; perhaps(f.coverage[control])}
	count(found) > 0
} else := {""}

perhaps(coverage) if coverage.aimed == "unknown"

perhaps(coverage) if coverage.near

# heads pairs every filter with the trails that may feed it. A trail outside the input is assumed only where the input
# has none, or where the configuration says so.
heads[control] contains {"trail": t, "filter": f} if {
	some control, found in filters
	some f in found
	some t in feeding(f)
}

feeding(f) := world.auditing | {"" | world.settled_group[f]} if {
	count(world.auditing) > 0
} else := {""}

# tails are the ways from a filter to somebody: alarm, actor, action.
tails[f.address] contains {"alarm": w.alarm, "actor": actor.id, "action": action.id} if {
	some f in input.metric_filters
	some w in f.watchers
	some actor in world.alarms[w.alarm].actors
	some action in actor.actions
}

tails[f.address] contains {"alarm": w.alarm, "actor": actor.id, "action": ""} if {
	some f in input.metric_filters
	some w in f.watchers
	some actor in world.alarms[w.alarm].actors
	count(actor.actions) == 0
}

tails[f.address] contains nobody if {
	some f in input.metric_filters
	count(f.watchers) == 0
}

tails[""] contains nobody

nobody := {"alarm": "", "actor": "", "action": ""}

candidates[control] contains object.union(head, tail) if {
	some control, found in heads
	relevant[control]
	some head in found
	some tail in tails[head.filter]
}

# said holds what is said of a candidate, link by link, in the order of the chain.
said(control, c) := [
	{"link": "trail", "findings": of_trail(control, c.trail)},
	{"link": "log_group", "findings": object.get(log_group.findings, [c.trail, c.filter], set())},
	{"link": "metric_filter", "findings": of_filter(control, c.filter)},
	{"link": "pattern", "findings": object.get(pattern.findings, [control, c.filter], set())},
	{"link": "metric", "findings": object.get(metric.findings, [c.filter, c.alarm], set())},
	{"link": "alarm", "findings": of_alarm(control, c)},
	{"link": "action", "findings": of_action(c)},
	{"link": "topic", "findings": object.get(topic.findings, c.action, set())},
	{"link": "subscription", "findings": of_subscription(c)},
]

of_trail(control, "") := {f | some f in trail.elsewhere(control)}

of_trail(control, address) := object.get(trail.findings, [control, address], set()) if address != ""

of_filter(control, "") := {metric_filter.missing(control)}

of_filter(_, address) := object.get(metric_filter.findings, address, set()) if address != ""

of_alarm(control, c) := {alarm.missing(control, c.filter)} if {
	c.alarm == ""
} else := object.get(alarm.findings, [c.filter, c.alarm], set()) | object.get(alarm.composite, c.actor, set())

of_action(c) := set() if {
	c.actor == ""
} else := {action.missing(world.actors[c.actor])} | object.get(action.actor_findings, c.actor, set()) if {
	c.action == ""
} else := object.get(action.findings, c.action, set()) | object.get(action.actor_findings, c.actor, set())

of_subscription(c) := {subscription.settled(world.settled_topic[c.action])} if {
	world.settled_topic[c.action]
} else := object.get(subscription.findings, world.actions[c.action].topic, set()) if {
	world.actions[c.action].topic
} else := set()

# judged is the answer: the shown candidate, its verdict, chain, links and findings.
judged[control] := answer if {
	some control, found in candidates
	some best in found
	order(control, best) == min({order(control, c) | some c in found})
	answer := state.answer(
		control, best, doubted(control, best), verdict(control, best),
		beside.notes(control, {c.trail | some c in found; verdict(control, c) == "pass"}),
	)
}

# doubted are the links of a candidate, with the doubt where it rests on one of several things.
doubted(control, c) := links[control][c] if {
	verdict(control, c) == own[control][c]
} else := [l |
	some link in links[control][c]
	l := doubt(c, link)
]

doubt(c, link) := state.link("action", link.findings | {action.hidden(world.actors[c.actor], world.actions[c.action])}) if {
	link.link == "action"
} else := link

links[control][c] := state.links(said(control, c)) if {
	some control, found in candidates
	some c in found
}

own[control][c] := state.verdict(links[control][c]) if {
	some control, found in candidates
	some c in found
}

# verdict is a candidate's own, unless it rests on one of several things that a hidden value may be: then all of them
# have to do as well.
verdict(control, c) := "unknown" if {
	own[control][c] == "pass"
	some other in rivals(c)
	not holds_too(control, c, other)
} else := own[control][c]

rivals(c) := {other.id |
	group := world.actions[c.action].group
	some other in world.actors[c.actor].actions
	other.group == group
}

holds_too(control, c, other) if own[control][object.union(c, {"action": other})] == "pass"

# order sorts candidates: the best verdict first, then the one with most holding links, then the latest first fault,
# then by address.
order(control, c) := [
	state.rank[verdict(control, c)],
	0 - state.holding(links[control][c]),
	0 - state.first_fault(links[control][c]),
	c.filter, c.trail, c.alarm, c.actor, c.action,
]
