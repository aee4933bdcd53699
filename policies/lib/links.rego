# METADATA
# description: >-
#   What each link of a chain has to be. A row holds a finding code, whether it applies, and where: resource, attribute,
#   reason. The level of a code is the configuration's; what it means and how to fix it says `iacgate explain CODE`.
package iacgate.lib.links

# parts holds what each link looks at of a question and of one of its candidates.
parts(q, c) := {
	"trail": {
		"trail": c.trail, "named_by": c.named_by, "deleted_trail": c.deleted_trail, "fed_by": c.fed_by,
		"events": q.events, "every_source": q.every_source, "left_out": q.left_out,
	},
	"log_group": {
		"trail": c.trail, "log_group": c.log_group, "group_name": c.group_name, "named_by": c.named_by, "filter": c.filter, "reads": c.reads,
		"deleted_group": c.deleted_group,
	},
	"metric_filter": {"filter": c.filter},
	"pattern": {"control": q.control, "filter": c.filter, "set": c.set},
	"metric": {"control": q.control, "filter": c.filter, "alarm": c.alarm},
	"alarm": {"filter": c.filter, "alarm": c.alarm, "actor": c.actor},
	"action": {"alarm": c.alarm, "actor": c.actor, "action": c.action},
	"topic": {
		"alarm": c.alarm, "actor": c.actor, "action": c.action, "topic": c.topic, "deleted_topic": c.deleted_topic,
	},
	"subscription": {"alarm": c.alarm, "actor": c.actor, "action": c.action, "topic": c.topic},
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

rows("metric", c) := array.concat(array.concat(metric(c.alarm, w), shares(c.alarm, w)), publishers(c.control, c.filter, input.alarms[c.alarm])) if {
	c.alarm != ""
	w := input.metric_filters[c.filter].watchers[c.alarm]
}

rows("metric", c) := [] if c.alarm == ""

rows("alarm", c) := array.concat(
	alarm(input.alarms[c.alarm], input.metric_filters[c.filter].watchers[c.alarm].fires),
	composite(input.alarms[c.alarm].actors[c.actor]),
) if {
	c.alarm != ""
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

# The trail is multi-region, logs, records the management events that the control needs, and delivers to a log group
# through a role that may write there. Leaving out the two noisiest sources is common, and costs their calls alone; a
# control of one of them has no events then, and a control of other sources loses none.
trail(c, t) := array.concat(node(t), [
	["trail-not-multi-region", t.multi_region == false, t.address, "is_multi_region_trail", ""],
	["trail-logging-off", t.logging == false, t.address, "enable_logging", ""],
	["trail-without-global-events", t.global_events == false, t.address, "include_global_service_events", ""],
	["trail-misses-events", lost != "", t.address, t.records.attribute, lost],
	["trail-misses-events", count(needed) > 0, t.address, t.records.attribute, concat(", ", needed)],
	["trail-excludes-sources", count(spared) > 0, t.address, t.records.attribute, concat(", ", spared)],
	["value-unknown", t.records.unknown != "", t.address, t.records.attribute, t.records.unknown],
	["trail-without-log-group", t.log_group.state == "none", t.address, "cloud_watch_logs_group_arn", ""],
	["trail-without-role", t.role.state == "none", t.address, "cloud_watch_logs_role_arn", ""],
	[t.role.code, t.role.state in {"broken", "hidden", "partial", "unknown"}, t.role.resource, t.role.attribute, t.role.reason],
	["trail-log-group-arn", t.group_suffix != "", t.address, "cloud_watch_logs_group_arn", t.group_suffix],
]) if {
	lost := t.records.lost[c.events]
	excluded := {s | some s in t.records.excluded} & {s | some s in c.left_out}
	spared := {s | some s in excluded; c.every_source; s in {"kms.amazonaws.com", "rdsdata.amazonaws.com"}}
	needed := excluded - spared
}

# left_out are the sources whose events some trail does not record.
left_out := {s | some t in input.trails; some s in t.records.excluded}

# concerns: a control without sources is about all of them.
concerns(control, _) if count(control.sources) == 0

concerns(control, source) if source in control.sources

# A trail outside the input is assumed only where the input has none, or where the configuration says so.
outside(c) := [["trail-deleted", true, c.deleted_trail, "", ""]] if {
	c.deleted_trail != ""
} else := [["trail-external", true, "", "", entry.reason]] if {
	some entry in input.config.external
	entry.trail
} else := [["trail-external", true, "", "", reason]] if {
	reason := word(c.named_by)
} else := [["trail-elsewhere", true, c.fed_by, "", ""]]

# The group that the trail writes to and the filter reads is the same one, in one account and region, and of a class
# that admits metric filters.
log_group(c) := array.concat(node(g), [
	["log-group-mismatch", c.reads.state == "different", c.filter, "log_group_name", c.reads.reason],
	["log-group-other-region", c.reads.state == "other-place", c.filter, "log_group_name", c.reads.reason],
	["value-unknown", c.reads.state == "unknown", c.filter, "log_group_name", c.reads.reason],
	["link-inferred", c.reads.state == "inferred", c.filter, "log_group_name", c.reads.reason],
	["log-group-class", g.filters == "no", g.address, "log_group_class", g.class],
	["log-group-key", g.key.state == "broken", g.key.resource, "policy", g.key.reason],
	["log-group-deleted", c.deleted_group != "", c.deleted_group, "", ""],
	["log-group-elsewhere", elsewhere == "unsettled", c.filter, "log_group_name", c.group_name],
	["log-group-external", elsewhere == "settled", c.filter, "log_group_name", c.group_name],
]) if {
	g := object.get(input.log_groups, c.log_group, nothing)
	elsewhere := fed_from_elsewhere(c)
}

nothing := {"address": "", "class": null, "filters": "unknown", "key": {"state": "none", "resource": "", "reason": ""}, "drifted": [], "change": "", "unknown": {}, "settled": {}, "uncertain": "", "refused": [], "max_message": null}

# A trail that is vouched for does its part for a group that the input makes.
fed_from_elsewhere(c) := "no" if {
	c.trail != ""
} else := "no" if {
	c.deleted_group != ""
} else := "settled" if {
	word(c.named_by)
} else := "no" if {
	some entry in input.config.external
	entry.trail
	input.log_groups[c.log_group].external == false
} else := "unsettled"

# The filter publishes a usable value for every match.
metric_filter(f) := array.concat(node(f), [
	["metric-value-zero", f.value.state == "zero", f.address, "metric_transformation.value", ""],
	["metric-value-absent", f.value.state == "selector", f.address, "metric_transformation.value", f.value.text],
	["metric-filter-refused", f.value.state == "invalid", f.address, "metric_transformation.value", f.value.text],
	["metric-filter-refused", f.contradiction != "", f.address, "metric_transformation.default_value", f.contradiction],
	["metric-filter-looks-elsewhere", f.elsewhere, f.address, "field_selection_criteria", f.criteria],
	["metric-filter-narrowed", f.criteria != null, f.address, "field_selection_criteria", f.criteria],
	["metric-filter-transformed", f.transform.state == "field", f.address, "apply_on_transformed_logs", f.transform.reason],
	["metric-filter-transformer-unknown", f.transform.state == "unknown", f.address, "apply_on_transformed_logs", f.transform.reason],
	["too-many-metric-filters", f.siblings > 100, f.address, "log_group_name", ""],
	["too-many-metric-filters", f.regex_siblings > 5, f.address, "log_group_name", ""],
])

# The pattern matches every event that the control is about, apart from declared exclusions, and no everyday event.
# Losing only events that nobody has ever recorded is forgiven.
pattern(address, p) := [
	["pattern-invalid", p.invalid != "", address, "pattern", p.invalid],
	["pattern-never-matches", p.matches == "never", address, "pattern", p.loses, p.lost],
	["pattern-misses-events", p.matches == "not-all", address, "pattern", p.loses, p.lost],
	["pattern-narrower-than-reference", p.matches == "not-unrecorded", address, "pattern", p.loses, p.lost],
	["pattern-enumerates", count(p.enumerates) > 0, address, "pattern", concat(", ", p.enumerates)],
	["pattern-undecided", p.matches == "unknown", address, "pattern", p.reason],
	["pattern-floods", p.beyond == "everyday", address, "pattern", p.gains, p.extra],
	["pattern-is-wide", p.beyond == "some", address, "pattern", "", p.extra],
	["pattern-texts-differ", p.differs != "", address, "pattern", p.differs],
	["pattern-exclusions", count(p.exclusions) > 0, address, "pattern", concat(", ", p.exclusions)],
	["link-inferred", settled_pattern(address) != "", address, "pattern", settled_pattern(address)],
]

# settled_pattern says where the code writes a pattern that the plan leaves open.
settled_pattern(address) := object.get(input.metric_filters, [address, "settled", "pattern"], "")

# The alarm watches exactly the series that the filter publishes: name, namespace, dimensions, unit, region, account.
metric(alarm, w) := [[code, true, alarm, d.attribute, d.text] |
	some d in w.differences
	code := object.get({true: codes[d.kind]}, d.sure, "metric-undecided")
]

# The metric of another account is there for those whom the account lets read it.
shares(alarm, w) := [["metric-of-other-account", w.shared != "", alarm, "metric_query.account_id", w.shared]]

# A series belongs to all that publish to it: one that matches everyday events keeps the alarm on.
publishers(control, filter, a) := array.concat(
	[["metric-flooded", true, p.filter, "pattern", "", event] |
		some p in a.publishers
		p.filter != filter
		some c, event in p.everyday
		c == control
	],
	[["value-unknown", true, p.filter, "pattern", p.unknown] | some p in a.publishers; p.filter != filter; p.unknown != ""],
)

codes := {
	"name": "metric-name-differs",
	"namespace": "metric-namespace-differs",
	"dimensions": "metric-dimensions-differ",
	"unit": "metric-unit-differs",
	"account": "metric-account-differs",
	"region": "metric-region-differs",
	"filter-name": "metric-name-is-filter-name",
}

# Some small burst of matching events takes the alarm to ALARM, and soon.
alarm(a, f) := array.concat(array.concat(node(a), [[w.code, true, a.address, "", w.text] | some w in f.warnings]), [
	["alarm-refused", f.state == "refused", a.address, f.argument, f.reason],
	["alarm-always-on", f.state == "always", a.address, f.argument, f.reason],
	["alarm-cannot-fire", f.state == "never", a.address, f.argument, f.reason],
	["alarm-undecided", f.state == "unknown", a.address, f.argument, f.reason],
	["alarm-needs-large-burst", f.events > s.fail_above, a.address, "threshold", f.text],
	["alarm-needs-burst", in_between(f.events, s), a.address, "threshold", f.text],
	["alarm-slow", f.delay > s.max_delay, a.address, "period", f.text],
	["alarm-warms-up", a.warm_up != "", a.address, "warm_up_configuration", a.warm_up],
]) if {
	s := input.config.sensitivity
}

in_between(events, s) := max([events, s.warn_above + 1]) == min([events, s.fail_above])

# A composite alarm on the way goes off when its child alone does.
composite(a) := array.concat([row | some id in a.composite; some row in node(input.composites[id])], [
	["composite-suppresses", a.fires == "no", a.address, "alarm_rule", a.reason],
	["composite-undecided", a.fires == "unknown", a.address, "alarm_rule", a.reason],
	["alarm-suppressed", a.suppressed == true, a.address, "actions_suppressor", a.suppressor],
	["alarm-has-suppressor", held_back(a), a.address, "actions_suppressor", a.suppressor],
	["alarm-silenced", count(a.silenced) > 0, a.address, "", concat(", ", a.silenced)],
	["alarm-muted", count(a.muted) > count(a.silenced), a.address, "", concat(", ", a.muted)],
])

held_back(a) := a.suppressor != "" if not a.suppressed

held_back(a) := false if a.suppressed

# Actions are enabled, and an action for ALARM points at an SNS topic.
actor(a) := [
	["actions-disabled", a.enabled == false, a.address, "actions_enabled", ""],
	["value-unknown", a.enabled == null, a.address, "actions_enabled", a.text],
]

action(c, a, x) := [
	["action-not-sns", x.foreign != "", a.address, "alarm_actions", x.foreign],
	["action-elsewhere", nowhere(c, x), a.address, "alarm_actions", x.reason],
	["link-inferred", x.state == "inferred", a.address, "alarm_actions", x.reason],
]

nowhere(_, x) := false if {
	word(x.named_by)
} else := concat("", [x.topic, x.foreign]) == ""

# CloudWatch may publish to the topic: its policy, its key and the key's policy let it. What cannot be seen of a topic
# that is declared as external is the declarer's word.
topic(c, x) := array.concat(node(object.get(input.topics, c.topic, nothing)), [
	["topic-deleted", c.deleted_topic != "", c.deleted_topic, "", ""],
	["topic-other-region", x.region == "no", c.topic, "", ""],
	["value-unknown", somewhere(c, x), c.topic, "region", "whether it is the region of the alarm is not known"],
	["topic-external", vouched != "", c.topic, "", vouched],
	[x.publish.code, unless(vouched, c, x.publish), x.publish.resource, x.publish.attribute, x.publish.reason],
	[x.key.code, unless(vouched, c, x.key), x.key.resource, x.key.attribute, x.key.reason],
	["topic-small-messages", small(object.get(input.topics, [c.topic, "max_message"], null)), c.topic, "maximum_message_size", ""],
	["topic-fifo", object.get(input.topics, [c.topic, "fifo"], null) == true, c.topic, "fifo_topic", ""],
	["topic-policy-twice", count(policies) > 1, c.topic, "policy", concat(", ", policies)],
]) if {
	vouched := vouch(x)
	policies := object.get(input.topics, [c.topic, "policies"], [])
}

# somewhere: the input makes the topic, in a region that may be another than the alarm's.
somewhere(c, x) := x.region == "unknown" if {
	object.get(input.topics, [c.topic, "external"], true) == false
} else := false

# small: an alarm's message is about 950 bytes, without a description.
small(bytes) := bytes < 2048 if {
	bytes != null
} else := false

vouch(x) := reason if {
	reason := word(x.named_by)
} else := ""

unless(vouched, c, check) := false if {
	check.state == "unknown"
	concat("", [vouched, c.deleted_topic]) != ""
} else := check.state in {"broken", "unknown", "inferred"}

# At least one subscription would deliver an alarm message. Where none does, each says why.
subscription(c, t) := [["subscription-external", true, c.topic, "", reason]] if {
	reason := vouch(input.alarms[c.alarm].actors[c.actor].actions[c.action])
	reason != ""
} else := array.concat(
	[[d.code, true, s, "", d.text] | some s in t.delivering; some d in input.subscriptions[s].doubts],
	[row | some s in t.delivering; some row in node(input.subscriptions[s])],
) if {
	count(t.delivering) > 0
} else := [[d.code, true, d.resource, d.attribute, d.reason] | some d in t.undelivered]

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
node(n) := array.concat(
	[
		["refused", count(n.refused) > 0, n.address, concat("", [r.attribute | some i, r in n.refused; i == 0]), concat("; ", [r.reason | some r in n.refused])],
		["drifted", count(n.drifted) > 0, n.address, "", concat(", ", n.drifted)],
		["forgotten", n.change == "forget", n.address, "", ""],
		["replaced", n.change == "replace", n.address, "", ""],
	],
	array.concat(
		[["value-unknown", true, n.address, attribute, text] | some attribute, text in n.unknown],
		array.concat(
			[["count-undecided", true, n.address, "", n.uncertain] | n.uncertain != ""],
			[["link-inferred", true, n.address, attribute, text] | some attribute, text in n.settled; attribute != "pattern"],
		),
	),
)

# word is the reason that the first of some entries under external gives.
word(entries) := input.config.external[entries[0]].reason
