# METADATA
# description: >-
#   What each link of a chain has to be. A row holds a finding code, whether it applies, and where: resource, attribute,
#   reason. The level of a code is the configuration's; what it means and how to fix it says `iacgate explain CODE`.
#   Tables are made in bodies: what a head holds OPA compiles slower. What most rows refer to has a name in them: OPA
#   looks up each reference by itself. Rows stand in no comprehension, which would lose those of an undefined reference.
package iacgate.lib.links

# parts holds what each link looks at of a question and of one of its candidates.
parts(q, c) := looked_at if {
	looked_at := {
		"trail": object.union(
			object.filter(c, ["trail", "named_by", "deleted_trail", "fed_by"]),
			object.filter(q, ["events", "every_source", "left_out"]),
		),
		"log_group": object.filter(c, ["trail", "log_group", "group_name", "named_by", "filter", "reads", "deleted_group"]),
		"metric_filter": object.filter(c, ["filter"]),
		"pattern": object.union(object.filter(c, ["filter", "set"]), object.filter(q, ["control"])),
		"metric": object.union(object.filter(c, ["filter", "alarm"]), object.filter(q, ["control"])),
		"alarm": object.filter(c, ["filter", "alarm", "actor"]),
		"action": object.filter(c, ["alarm", "actor", "action"]),
		"topic": object.filter(c, ["alarm", "actor", "action", "topic", "deleted_topic"]),
		"subscription": object.filter(c, ["alarm", "actor", "action", "topic"]),
	}
}

# rows holds the possible findings at a link, of which it sees its part.
rows("trail", c) := trail(c, input.trails[c.trail]) if c.trail != ""

rows("trail", c) := outside(c) if c.trail == ""

rows("log_group", c) := log_group(c) if c.filter != ""

rows("log_group", c) := [] if c.filter == ""

rows("metric_filter", c) := metric_filter(input.metric_filters[c.filter]) if c.filter != ""

rows("metric_filter", c) := [["no-metric-filter", true, "", "", ""]] if c.filter == ""

rows("pattern", c) := pattern(c.filter, input.metric_filters[c.filter].coverage[c.control]) if c.set < 0

rows("pattern", c) := pattern(c.filter, input.controls[c.control].sets[c.set].patterns[c.filter]) if c.set >= 0

rows("metric", c) := table if {
	c.alarm != ""
	w := input.metric_filters[c.filter].watchers[c.alarm]
	table := array.concat(array.concat(metric(c.alarm, w), shares(c.alarm, w)), publishers(c.control, c.filter, input.alarms[c.alarm]))
}

rows("metric", c) := [] if c.alarm == ""

rows("alarm", c) := table if {
	c.alarm != ""
	table := array.concat(
		alarm(input.alarms[c.alarm], input.metric_filters[c.filter].watchers[c.alarm].fires),
		composite(input.alarms[c.alarm].actors[c.actor]),
	)
}

rows("alarm", c) := [["no-alarm", true, c.filter, "", input.metric_filters[c.filter].series.text]] if {
	c.filter != ""
	c.alarm == ""
}

rows("action", c) := array.concat(actor(a), action(c, a, a.actions[c.action])) if {
	a := input.alarms[c.alarm].actors[c.actor]
	c.action != ""
}

rows("action", c) := array.concat(actor(a), [
	["no-action", true, a.address, "alarm_actions", ""],
]) if {
	a := input.alarms[c.alarm].actors[c.actor]
	c.action == ""
}

rows("topic", c) := topic(c, input.alarms[c.alarm].actors[c.actor].actions[c.action])

rows("subscription", c) := subscription(c, object.get(input.topics, c.topic, {"delivering": [], "undelivered": [{
	"code": "subscription-elsewhere", "resource": input.alarms[c.alarm].actors[c.actor].actions[c.action].text,
	"attribute": "", "reason": "",
}]}))

nothing := {"address": "", "class": null, "filters": "unknown", "key": {"state": "none", "code": "", "resource": "", "attribute": "", "reason": ""}, "drifted": [], "change": "", "unknown": {}, "settled": {}, "uncertain": "", "refused": [], "max_message": null}

# name_taken: of resources that AWS keeps under one name one survives, and nobody knows which. survives says whether each of
# them would do alone.
name_taken(t, address, survives) := [[code, true, address, t.attribute, reason] |
	[code, reason] := name_finding(t, survives)
]

name_finding(t, true) := [name_codes[t.link].shared, concat(", ", t.resources)]

name_finding(t, false) := [name_codes[t.link].shared, concat(", ", t.resources)] if t.state == "apart"

name_finding(t, false) := [name_codes[t.link].taken, concat(", ", t.resources)] if t.state == "sure"

name_finding(t, false) := ["value-unknown", t.reason] if t.state == "undecided"

name_codes := {
	"alarm": {"taken": "alarm-name-taken", "shared": "alarm-name-shared"},
	"metric_filter": {"taken": "metric-filter-name-taken", "shared": "metric-filter-name-shared"},
}

# node holds the rows of every node.
node(n) := table if {
	at := n.address
	table := array.concat(
		[
			["refused", count(n.refused) > 0, at, concat("", [r.attribute | some i, r in n.refused; i == 0]), concat("; ", [r.reason | some r in n.refused])],
			["drifted", count(n.drifted) > 0, at, "", concat(", ", n.drifted)],
			["forgotten", n.change == "forget", at, "", ""],
			["replaced", n.change == "replace", at, "", ""],
			["count-undecided", n.uncertain != "", at, "", n.uncertain],
		],
		array.concat(
			[["value-unknown", true, at, attribute, text] | some attribute, text in n.unknown],
			[["link-inferred", true, at, attribute, text] | some attribute, text in n.settled; attribute != "pattern"],
		),
	)
}

# word is the reason that the first of some entries under external gives.
word(entries) := input.config.external[entries[0]].reason
