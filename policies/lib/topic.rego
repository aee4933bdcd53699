# METADATA
# description: >-
#   CloudWatch may publish to the topic: its policy, its key and the key's policy let it. Findings are kept by action,
#   because policies speak of the alarm that publishes.
package iacgate.lib.topic

import data.iacgate.lib.finding
import data.iacgate.lib.world

findings[id] contains finding.at(
	"topic-other-region", "topic", action.topic, "",
	sprintf("%s is in another region than the alarm, which acts on topics of its own region only", [action.topic]),
) if {
	some id, action in world.actions
	action.region == "different"
}

findings[id] contains finding.at(
	"topic-deleted", "topic", gone, "",
	sprintf("this plan deletes the topic that %s tells", [action.text]),
) if {
	some id, action in world.actions
	gone := world.deleted_topic[id]
}

findings[id] contains finding.of("topic-outside", "topic", {
	"resource": action.text,
	"attribute": "",
	"message": sprintf("%s is made outside this input: who may publish to it cannot be seen", [action.text]),
	"fix": sprintf("if it is yours and subscribed, add to .iacgate.yaml: external: [{topic: %q, reason: ...}]", [action.text]),
}) if {
	some id, action in world.actions
	action.publish.state == "unknown"
	object.get(action.publish, "code", "topic-outside") == "topic-outside"
	not action.foreign
	not world.settled_topic[id]
	not world.deleted_topic[id]
}

findings[id] contains finding.at(
	"topic-external", "topic", action.text, "",
	sprintf("%s is made outside this input: %s", [action.text, reason]),
) if {
	some id, action in world.actions
	reason := world.settled_topic[id]
}

findings[id] contains finding.at(
	action.publish.code, "topic", action.publish.resource, "policy",
	sprintf("the topic's policy does not let CloudWatch publish: %s", [action.publish.reason]),
) if {
	some id, action in world.actions
	action.publish.state == "broken"
}

findings[id] contains finding.at(
	"topic-policy-undecided", "topic", action.publish.resource, "policy",
	sprintf("whether the topic's policy lets CloudWatch publish cannot be seen: %s", [action.publish.reason]),
) if {
	some id, action in world.actions
	action.publish.code == "topic-policy-undecided"
	not world.settled_topic[id]
}

key_messages := {
	"topic-key-aws-managed": "is encrypted with alias/aws/sns, a key that CloudWatch may not use and whose policy nobody can change",
	"topic-key-denies": "the policy of the topic's key does not let CloudWatch use it",
	"topic-key-disabled": "the topic's key is disabled: nothing can be published",
	"topic-key-outside": "the topic's key is made outside this input: whether CloudWatch may use it cannot be seen",
	"topic-key-undecided": "whether the policy of the topic's key lets CloudWatch use it cannot be seen",
}

findings[id] contains finding.at(
	action.key.code, "topic", action.key.resource, object.get(action.key, "attribute", ""),
	sprintf("%s%s", [key_messages[action.key.code], reason(action.key)]),
) if {
	some id, action in world.actions
	action.key.code
	not excused(id, action)
}

# What cannot be seen of a topic that is declared as external is the declarer's word.
excused(id, action) if {
	action.key.state == "unknown"
	world.settled_topic[id]
}

reason(key) := sprintf(": %s", [key.reason]) if {
	key.reason
	key.code != "topic-key-aws-managed"
} else := ""

findings[id] contains finding.at(
	"topic-fifo", "topic", action.topic, "fifo_topic",
	"is a FIFO topic: it reaches SQS queues only, no person directly",
) if {
	some id, action in world.actions
	world.topics[action.topic].fifo == true
}

findings[id] contains finding.at(
	"replaced", "topic", action.topic, "",
	"is destroyed and made anew: its subscriptions have to be confirmed again",
) if {
	some id, action in world.actions
	world.topics[action.topic].change == "replace"
}

findings[id] contains finding.at(
	"forgotten", "topic", action.topic, "",
	"leaves Terraform's state with this plan: it still exists, and nobody manages it",
) if {
	some id, action in world.actions
	world.topics[action.topic].change == "forget"
}

findings[id] contains finding.at(
	"topic-policy-twice", "topic", action.topic, "policy",
	sprintf("has its policy set by %s: the one that is put last wins", [concat(" and ", policies)]),
) if {
	some id, action in world.actions
	policies := world.topics[action.topic].policies
	count(policies) > 1
}
