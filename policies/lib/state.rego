# METADATA
# description: >-
#   What findings make of a link, what links make of a verdict, and the answer as it is given. Unknown is decided here
#   and nowhere else.
package iacgate.lib.state

import data.iacgate.lib.world

# missing are the codes that say that there is nothing, not that something is wrong.
missing := {
	"no-metric-filter", "no-alarm", "no-action", "no-subscription",
	"trail-deleted", "log-group-deleted", "topic-deleted",
}

rank := {"pass": 0, "unknown": 1, "fail": 2}

# links gives every link its state; behind a missing resource nothing is judged.
links(said) := [judged |
	some i, s in said
	end := min({j | some j, other in said; nothing(other.findings)} | {count(said)})
	i <= end
	judged := link(s.link, s.findings)
]

link(name, findings) := {"link": name, "state": state(findings), "findings": findings}

nothing(findings) if {
	some f in findings
	f.code in missing
	f.level == "error"
}

# state is the gravest thing that is said. Where the input does not tell the whole world, absence proves nothing.
state(findings) := "unknown" if {
	nothing(findings)
	count(input.incomplete) > 0
} else := "missing" if {
	nothing(findings)
} else := "broken" if {
	"error" in levels(findings)
} else := "unknown" if {
	"unknown" in levels(findings)
} else := "inferred" if {
	some f in findings
	f.code == "link-inferred"
} else := "ok"

levels(findings) := {f.level | some f in findings}

# verdict: one broken or missing link fails, whatever else cannot be seen.
verdict(links) := "fail" if {
	some l in links
	l.state in {"broken", "missing"}
} else := "unknown" if {
	some l in links
	l.state == "unknown"
} else := "unknown" if {
	count(input.incomplete) > 0
} else := "pass"

holding(links) := count([l | some l in links; l.state in {"ok", "inferred"}])

first_fault(links) := min({i | some i, l in links; not l.state in {"ok", "inferred"}} | {count(links)})

# answer is what Go is told of the shown candidate.
answer(control, c, judged, verdict, notes) := {
	"verdict": verdict,
	"chain": chain(control, c),
	"links": [{"link": l.link, "state": l.state, "resource": resource(c, l.link), "detail": detail(c, l.link)} | some l in judged],
	"findings": array.concat([explained(control, f) | some l in judged; some f in l.findings], notes),
}

# explained adds what this plan has to do with a fault, and softens absence where absence proves nothing.
explained(control, f) := object.union(softened(f), {"cause": cause(control, f)})

softened(f) := object.union(f, {"level": "unknown"}) if {
	f.code in missing
	f.level == "error"
	count(input.incomplete) > 0
} else := f

cause(control, f) := sprintf("this plan deletes %s%s", [gone, why(world.deleted[gone])]) if {
	f.level == "error"
	gone := was(control, f.link)
	world.deleted[gone]
} else := "this plan causes it: before it, this link held" if {
	f.level == "error"
	changed(f.resource)
	past := input.before[control]
	past.verdict != "skip"
	not repeated(past.findings, f)
} else := ""

repeated(findings, f) if {
	some p in findings
	p.code == f.code
	p.resource == f.resource
}

why(d) := sprintf(" (%s)", [d.reason]) if d.reason

why(d) := "" if not d.reason

# was is a node that a link had before this plan.
was(control, link) := input.before[control].chain[link] if link != "subscription"

was(control, "subscription") := [s |
	some s in input.before[control].chain.subscriptions
	world.deleted[s]
][0]

changed(address) if {
	some nodes in [input.trails, input.log_groups, input.metric_filters, input.alarms, input.topics, input.subscriptions]
	some n in nodes
	n.address == address
	n.change in {"update", "replace"}
}

chain(_, c) := {k: v |
	some k, v in {
		"trail": c.trail,
		"log_group": group(c),
		"metric_filter": c.filter,
		"metric": series(c),
		"alarm": c.alarm,
		"composite_alarm": composite(c),
		"topic": topic(c),
		"subscriptions": subscriptions(c),
	}
	not v in {"", []}
}

group(c) := world.filters[c.filter].log_group.to[0] if {
	count(world.filters[c.filter].log_group.to) > 0
} else := world.trails[c.trail].log_group.to[0] if {
	count(world.trails[c.trail].log_group.to) > 0
} else := ""

series(c) := world.filters[c.filter].series.text if {
	c.filter != ""
} else := ""

composite(c) := last if {
	on_the_way := world.actors[c.actor].composite
	last := on_the_way[count(on_the_way) - 1]
} else := ""

topic(c) := world.actions[c.action].topic if {
	world.actions[c.action].topic
} else := world.actions[c.action].text if {
	world.actions[c.action].text
} else := ""

subscriptions(c) := world.topics[topic(c)].subscriptions if {
	world.topics[topic(c)]
} else := []

# resource and detail are what a person reads of a link.
resource(c, "trail") := c.trail

resource(c, "log_group") := group(c)

resource(c, link) := c.filter if link in {"metric_filter", "pattern"}

resource(c, "metric") := series(c)

resource(c, "alarm") := c.alarm

resource(c, "action") := composite(c) if {
	composite(c) != ""
} else := c.alarm

resource(c, "topic") := topic(c)

resource(c, "subscription") := concat(", ", subscriptions(c))

detail(c, "log_group") := name if {
	name := world.log_groups[group(c)].name
	not name in {group(c), null}
} else := ""

detail(c, "pattern") := world.filters[c.filter].pattern if {
	world.filters[c.filter].pattern != null
} else := ""

detail(c, "alarm") := within(c) if {
	within(c)
} else := ""

detail(_, link) := "" if link in {"trail", "metric_filter", "metric", "action", "topic", "subscription"}

within(c) := sprintf("%s, within %s", [data.iacgate.lib.finding.plural(w.fires.events, "event"), data.iacgate.lib.finding.duration(w.fires.delay)]) if {
	some w in world.filters[c.filter].watchers
	w.alarm == c.alarm
	w.fires.state == "yes"
}
