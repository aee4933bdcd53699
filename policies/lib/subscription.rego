# METADATA
# description: At least one subscription would deliver an alarm message. Findings are kept by topic.
package iacgate.lib.subscription

import data.iacgate.lib.finding
import data.iacgate.lib.world

# delivering are the subscriptions of a topic that deliver as far as can be seen.
delivering[topic] contains s if {
	some topic, t in world.topics
	some s in t.subscriptions
	world.subscriptions[s].delivers.state == "ok"
}

findings[topic] contains finding.at(d.code, "subscription", s, "", d.reason) if {
	some topic, _ in world.topics
	some s in delivering[topic]
	some d in world.subscriptions[s].doubts
}

# Where nothing delivers, every subscription says why.
findings[topic] contains finding.at(
	c.code, "subscription", c.resource, object.get(c, "attribute", ""), c.reason,
) if {
	some topic, t in world.topics
	not delivering[topic]
	some s in t.subscriptions
	c := world.subscriptions[s].delivers
	decisive(c, t)
}

# One subscription that may deliver makes the broken ones beside it irrelevant.
decisive(c, t) if {
	c.state == "broken"
	not undecided(t)
}

decisive(c, _) if c.state == "unknown"

undecided(t) if {
	some s in t.subscriptions
	world.subscriptions[s].delivers.state == "unknown"
}

undecided(t) if count(t.perhaps) > 0

findings[topic] contains finding.at(
	"value-unknown", "subscription", s, "topic_arn",
	"whether it is a subscription to this topic cannot be seen",
) if {
	some topic, t in world.topics
	not delivering[topic]
	some s in t.perhaps
}

findings[topic] contains finding.of("subscription-elsewhere", "subscription", {
	"resource": topic,
	"attribute": "",
	"message": "who is subscribed to a topic outside this input cannot be seen",
	"fix": sprintf("if somebody is told, add to .iacgate.yaml: external: [{topic: %q, reason: ...}]", [topic]),
}) if {
	some topic, t in world.topics
	none(t)
	t.external
}

findings[topic] contains finding.of("no-subscription", "subscription", {
	"resource": topic,
	"attribute": "",
	"message": "nobody is subscribed to this topic",
	"fix": "add an aws_sns_topic_subscription for the people who must know",
}) if {
	some topic, t in world.topics
	none(t)
	not t.external
}

none(t) if {
	count(t.subscriptions) == 0
	count(t.perhaps) == 0
}

# settled is what is said of a topic that the configuration declares as external.
settled(reason) := finding.of("subscription-external", "subscription", {
	"resource": "",
	"attribute": "",
	"message": sprintf("somebody outside this input is told: %s", [reason]),
})
