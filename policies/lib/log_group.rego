# METADATA
# description: >-
#   The group that the trail writes to and the filter reads is the same one, in one account and region, and of a class
#   that admits metric filters. Findings are kept by trail and filter.
package iacgate.lib.log_group

import data.iacgate.lib.finding
import data.iacgate.lib.world

findings[trail][f.address] contains finding.at(
	"log-group-mismatch", "log_group", f.address, "log_group_name",
	sprintf("reads %s, but %s writes to %s", [text(f.log_group), trail, text(world.trails[trail].log_group)]),
) if {
	some f in input.metric_filters
	some trail, reads in by_trail[f.address]
	reads.state == "different"
	world.trails[trail].log_group.state != "none"
}

findings[trail][f.address] contains finding.at(
	"log-group-other-region", "log_group", f.address, "log_group_name", reads.reason,
) if {
	some f in input.metric_filters
	some trail, reads in by_trail[f.address]
	reads.state == "other-place"
}

findings[trail][f.address] contains finding.at(
	"value-unknown", "log_group", f.address, "log_group_name",
	sprintf("whether trail and filter share a log group cannot be seen: %s", [reads.reason]),
) if {
	some f in input.metric_filters
	some trail, reads in by_trail[f.address]
	reads.state == "unknown"
}

findings[trail][f.address] contains finding.at("link-inferred", "log_group", f.address, "log_group_name", reads.reason) if {
	some f in input.metric_filters
	some trail, reads in by_trail[f.address]
	reads.state == "inferred"
}

findings[trail][f.address] contains finding.at(
	"log-group-class", "log_group", group, "log_group_class",
	sprintf("is of class %s, which has no metric filters", [class]),
) if {
	some f in input.metric_filters
	some trail in object.keys(by_trail[f.address])
	some group in f.log_group.to
	class := world.log_groups[group]["class"]
	not class in {"STANDARD", null}
}

findings[trail][f.address] contains finding.unseen("log_group", group, "log_group_class", text) if {
	some f in input.metric_filters
	some trail in object.keys(by_trail[f.address])
	some group in f.log_group.to
	text := world.log_groups[group].unknown["class"]
}

findings[trail][f.address] contains finding.at(
	"log-group-key", "log_group", key.resource, "policy",
	sprintf("does not let CloudWatch Logs use the log group's key: %s", [key.reason]),
) if {
	some f in input.metric_filters
	some trail in object.keys(by_trail[f.address])
	some group in f.log_group.to
	key := world.log_groups[group].key
	key.state == "broken"
}

findings[trail][f.address] contains finding.at(
	"log-group-deleted", "log_group", world.deleted_group[f.address], "",
	"this plan deletes the log group that the filter reads",
) if {
	some f in input.metric_filters
	world.deleted_group[f.address]
	some trail in object.keys(by_trail[f.address])
}

# Without a trail in the input the group is fed from elsewhere, or not at all.
findings[""][f.address] contains finding.of("log-group-elsewhere", "log_group", {
	"resource": f.address,
	"attribute": "log_group_name",
	"message": sprintf("whether a trail writes to %s cannot be seen", [text(f.log_group)]),
	"fix": sprintf("if a trail elsewhere does, add to .iacgate.yaml: external: [{log_group: %q, reason: ...}]", [text(f.log_group)]),
}) if {
	some f in input.metric_filters
	not world.settled_group[f.address]
	not world.deleted_group[f.address]
}

findings[""][f.address] contains finding.at(
	"log-group-external", "log_group", f.address, "log_group_name",
	sprintf("%s is fed from outside this input: %s", [text(f.log_group), reason]),
) if {
	some f in input.metric_filters
	reason := world.settled_group[f.address]
}

# by_trail holds how a filter's group relates to the group of each trail, "" for a trail outside the input.
by_trail[f.address] := object.union(
	{"": {"state": "same"}},
	{reads.trail: reads | some reads in f.reads},
) if {
	some f in input.metric_filters
}

text(link) := world.log_groups[link.to[0]].name if {
	count(link.to) == 1
	world.log_groups[link.to[0]].name != null
} else := link.text if {
	link.text
} else := concat(", ", link.to)
