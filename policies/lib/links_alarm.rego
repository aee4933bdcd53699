# What the links from the metric to the subscription have to be: whether the alarm goes off, and whether it reaches somebody.
package iacgate.lib.links

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
alarm(a, f) := table if {
	at := a.address
	s := input.config.sensitivity
	table := array.concat(array.concat(node(a), [[w.code, true, at, "", w.text] | some w in f.warnings]), [
		["alarm-refused", f.state == "refused", at, f.argument, f.reason],
		["alarm-always-on", f.state == "always", at, f.argument, f.reason],
		["alarm-cannot-fire", f.state == "never", at, f.argument, f.reason],
		["alarm-undecided", f.state == "unknown", at, f.argument, f.reason],
		["alarm-needs-large-burst", f.events > s.fail_above, at, "threshold", f.text],
		["alarm-needs-burst", in_between(f.events, s), at, "threshold", f.text],
		["alarm-slow", f.delay > s.max_delay, at, "period", f.text],
		["alarm-warms-up", a.warm_up != "", at, "warm_up_configuration", a.warm_up],
	])
}

in_between(events, s) := max([events, s.warn_above + 1]) == min([events, s.fail_above])

# A composite alarm on the way goes off when its child alone does.
composite(a) := table if {
	at := a.address
	table := array.concat([row | some id in a.composite; some row in node(input.composites[id])], [
		["composite-suppresses", a.fires == "no", at, "alarm_rule", a.reason],
		["composite-undecided", a.fires == "unknown", at, "alarm_rule", a.reason],
		["alarm-suppressed", a.suppressed == true, at, "actions_suppressor", a.suppressor],
		["alarm-has-suppressor", held_back(a), at, "actions_suppressor", a.suppressor],
		["alarm-silenced", count(a.silenced) > 0, at, "", concat(", ", a.silenced)],
		["alarm-muted", count(a.muted) > count(a.silenced), at, "", concat(", ", a.muted)],
	])
}

held_back(a) := a.suppressor != "" if not a.suppressed

held_back(a) := false if a.suppressed

# Actions are enabled, and an action for ALARM points at an SNS topic.
actor(a) := table if {
	table := [
		["actions-disabled", a.enabled == false, a.address, "actions_enabled", ""],
		["value-unknown", a.enabled == null, a.address, "actions_enabled", a.text],
	]
}

action(c, a, x) := table if {
	at := a.address
	table := [
		["action-not-sns", x.foreign != "", at, "alarm_actions", x.foreign],
		["action-elsewhere", nowhere(c, x), at, "alarm_actions", x.reason],
		["link-inferred", x.state == "inferred", at, "alarm_actions", x.reason],
	]
}

nowhere(_, x) := false if {
	word(x.named_by)
} else := concat("", [x.topic, x.foreign]) == ""

# CloudWatch may publish to the topic: its policy, its key and the key's policy let it. What cannot be seen of a topic
# that is declared as external is the declarer's word.
topic(c, x) := table if {
	vouched := vouch(x)
	policies := object.get(input.topics, [c.topic, "policies"], [])
	table := array.concat(array.concat(node(object.get(input.topics, c.topic, nothing)), misplaced(c)), [
		["topic-deleted", c.deleted_topic != "", c.deleted_topic, "", ""],
		["topic-other-region", x.region == "no", c.topic, "", ""],
		["value-unknown", somewhere(c, x), c.topic, "region", "whether it is the region of the alarm is not known"],
		["topic-external", vouched != "", c.topic, "", vouched],
		[x.publish.code, unless(vouched, c, x.publish), x.publish.resource, x.publish.attribute, x.publish.reason],
		[x.key.code, unless(vouched, c, x.key), x.key.resource, x.key.attribute, x.key.reason],
		["topic-small-messages", small(object.get(input.topics, [c.topic, "max_message"], null)), c.topic, "maximum_message_size", ""],
		["topic-fifo", object.get(input.topics, [c.topic, "fifo"], null) == true, c.topic, "fifo_topic", ""],
		["topic-policy-twice", count(policies) > 1, c.topic, "policy", concat(", ", policies)],
	])
}

# misplaced: AWS refuses the policy of a topic of another region, which keeps the one that it has.
misplaced(c) := [["topic-policy-other-region", true, p, "arn", c.topic] |
	some p in object.get(input.topics, [c.topic, "misplaced"], [])
]

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
