# METADATA
# title: Names of alarms and topics
package main

# An alarm says whom it belongs to.
deny contains msg if {
	some address, alarm in input.alarms
	not startswith(alarm.name, "acme-")
	msg := sprintf("%s: name %q does not begin with acme-", [address, alarm.name])
}

# The same of topics, which are told by the plan itself.
warn contains msg if {
	some change in data.iacgate.document.resource_changes
	change.type == "aws_sns_topic"
	not startswith(change.change.after.name, "acme-")
	msg := sprintf("%s: name %q does not begin with acme-", [change.address, change.change.after.name])
}
