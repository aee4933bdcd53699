# METADATA
# description: >-
#   Actions are enabled, and an action for ALARM points at an SNS topic. Findings are kept by actor and by action.
package iacgate.lib.action

import data.iacgate.lib.finding
import data.iacgate.lib.world

actor_findings[id] contains finding.of("actions-disabled", "action", {
	"resource": address(actor),
	"attribute": "actions_enabled",
	"message": "changes its state and tells nobody: its actions are switched off",
	"fix": "actions_enabled = true",
}) if {
	some id, actor in world.actors
	actor.enabled == false
}

actor_findings[id] contains finding.at(
	"value-unknown", "action", address(actor), "actions_enabled",
	"whether its actions are enabled cannot be seen",
) if {
	some id, actor in world.actors
	actor.enabled == null
}

findings[id] contains finding.of("action-not-sns", "action", {
	"resource": address(actor),
	"attribute": "alarm_actions",
	"message": sprintf("acts on %s (%s), which tells nobody", [action.text, action.foreign]),
	"fix": "add an SNS topic to alarm_actions",
}) if {
	some actor in world.actors
	some action in actor.actions
	id := action.id
	action.foreign
}

findings[id] contains finding.of("action-elsewhere", "action", {
	"resource": address(actor),
	"attribute": "alarm_actions",
	"message": sprintf("what it acts on cannot be seen: %s, %s", [action.text, action.reason]),
	"fix": "judge with --source, so that the code behind the plan can be read, or declare the topic under external: in .iacgate.yaml",
}) if {
	some actor in world.actors
	some action in actor.actions
	id := action.id
	not action.foreign
	not action.topic
	not world.settled_topic[id]
}

findings[id] contains finding.at("link-inferred", "action", address(actor), "alarm_actions", sprintf("%s is taken to be %s: %s", [action.text, action.topic, action.reason])) if {
	some actor in world.actors
	some action in actor.actions
	id := action.id
	action.state == "inferred"
	action.topic
}

# hidden is what is said of an alternative where another one would tell nobody.
hidden(actor, action) := finding.of("action-elsewhere", "action", {
	"resource": address(actor),
	"attribute": "alarm_actions",
	"message": sprintf("%s: not everything that it may be would tell somebody", [action.reason]),
	"fix": "judge with --source, so that the code behind the plan can be read",
})

missing(actor) := finding.of("value-unknown", "action", {
	"resource": address(actor),
	"attribute": "alarm_actions",
	"message": sprintf("alarm_actions cannot be seen: it is %s", [actor.text]),
}) if {
	actor.has == "unknown"
} else := finding.of("no-action", "action", {
	"resource": address(actor),
	"attribute": "alarm_actions",
	"message": "has no action for the state ALARM",
	"fix": "alarm_actions = [<the ARN of an SNS topic>]",
})

# address is the alarm or composite alarm that acts.
address(actor) := actor.composite[count(actor.composite) - 1] if {
	count(actor.composite) > 0
} else := actor.alarm
