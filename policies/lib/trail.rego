# METADATA
# description: >-
#   The trail is multi-region, logs, records the management events that the control needs, and delivers to a log group
#   through a role that may write there.
package iacgate.lib.trail

import data.iacgate.lib.finding
import data.iacgate.lib.world

findings[control][t.address] contains f if {
	some control, _ in input.controls
	some t in input.trails
	some f in own[t.address]
}

findings[control][t.address] contains f if {
	some control, facts in input.controls
	some t in input.trails
	some f in misses(t, facts.events)
}

own[t.address] contains finding.at(
	"trail-not-multi-region", "trail", t.address, "is_multi_region_trail",
	"records one region only; denied calls in all others, and those to global services, are lost",
) if {
	some t in input.trails
	t.multi_region == false
}

own[t.address] contains finding.at(
	"trail-logging-off", "trail", t.address, "enable_logging",
	"does not log: nothing reaches the log group",
) if {
	some t in input.trails
	t.logging == false
}

own[t.address] contains finding.at(
	"trail-without-global-events", "trail", t.address, "include_global_service_events",
	"leaves out global services: denied calls to IAM, STS and CloudFront are lost",
) if {
	some t in input.trails
	t.global_events == false
}

own[t.address] contains finding.at(
	"trail-without-log-group", "trail", t.address, "cloud_watch_logs_group_arn",
	"delivers to no CloudWatch Logs group, so no metric filter sees its events",
) if {
	some t in input.trails
	t.log_group.state == "none"
}

own[t.address] contains finding.at(
	"trail-without-role", "trail", t.address, "cloud_watch_logs_role_arn",
	"has a log group but no role to write there with",
) if {
	some t in input.trails
	t.log_group.state != "none"
	t.role.state == "none"
}

own[t.address] contains finding.at(
	"trail-role-cannot-write", "trail", t.role.resource, object.get(t.role, "attribute", ""),
	sprintf("does not let CloudTrail write to the log group: %s", [t.role.reason]),
) if {
	some t in input.trails
	t.role.state == "broken"
}

own[t.address] contains finding.at(
	"trail-role-not-visible", "trail", t.role.resource, object.get(t.role, "attribute", ""),
	sprintf("whether the role may write to the log group cannot be seen (%s)", [t.role.reason]),
) if {
	some t in input.trails
	t.role.state == "hidden"
}

own[t.address] contains finding.at(
	"trail-log-group-arn", "trail", t.address, "cloud_watch_logs_group_arn",
	sprintf("the log group's ARN must end in :* exactly once; it is %s here, and AWS refuses that", [t.group_suffix]),
) if {
	some t in input.trails
	t.group_suffix != "ok"
}

own[t.address] contains finding.at(
	"drifted", "trail", t.address, t.drifted[0],
	sprintf("was changed outside Terraform: %s", [concat(", ", t.drifted)]),
) if {
	some t in input.trails
	count(t.drifted) > 0
}

own[t.address] contains finding.unseen("trail", t.address, argument, t.unknown[fact]) if {
	some t in input.trails
	some fact, argument in {
		"multi_region": "is_multi_region_trail",
		"logging": "enable_logging",
		"global_events": "include_global_service_events",
	}
	t.unknown[fact]
}

own[t.address] contains finding.unseen("trail", t.address, "event_selector", t.records.unknown) if {
	some t in input.trails
	t.records.unknown
}

# misses says which events of a control a trail does not record. Changes are writes; denied calls are mostly reads.
misses(t, events) := {f |
	some f in array.concat(array.concat(missed_kinds(t, events), missed_sources(t)), missed_parts(t, events))
}

missed_kinds(t, events) := [f |
	some kind, share in kinds(t, events)
	share == "none"
	f := finding.at(
		"trail-misses-events", "trail", t.address, "event_selector",
		sprintf("records no %s: its event selectors leave them out", [kind]),
	)
]

missed_parts(t, events) := [f |
	some kind, share in kinds(t, events)
	share == "part"
	f := finding.at(
		"trail-misses-events", "trail", t.address, "advanced_event_selector",
		sprintf("records only a part of the %s: a selector narrows them by %s", [kind, concat(", ", t.records.narrowed)]),
	)
]

kinds(t, "read and write") := {"read events": t.records.reads, "write events": t.records.writes}

kinds(t, "write") := {"write events": t.records.writes}

# Leaving out the two noisiest sources is common, and costs their denied calls.
common := {"kms.amazonaws.com", "rdsdata.amazonaws.com"}

missed_sources(t) := [f |
	some source in t.records.excluded
	f := missed_source(t, source)
]

missed_source(t, source) := finding.at(
	"trail-excludes-sources", "trail", t.address, "event_selector",
	sprintf("leaves out the events of %s: denied calls to it are lost", [source]),
) if {
	source in common
}

missed_source(t, source) := finding.at(
	"trail-misses-events", "trail", t.address, "event_selector",
	sprintf("leaves out the events of %s: denied calls to it are lost", [source]),
) if {
	not source in common
}

# elsewhere is what is said where the input has no trail that records management events.
elsewhere(control) := [finding.of("trail-deleted", "trail", {
	"resource": gone,
	"attribute": "",
	"message": sprintf("no trail is left: this plan deletes %s", [gone]),
})] if {
	gone := input.before[control].chain.trail
	world.deleted[gone]
} else := [finding.of("trail-external", "trail", {
	"resource": "",
	"attribute": "",
	"message": sprintf("the trail lives outside this input: %s", [reason]),
})] if {
	some reason in world.settled_trail
} else := [finding.of("trail-elsewhere", "trail", {
	"resource": "",
	"attribute": "",
	"message": "no trail in this input records management events; one may live elsewhere",
	"fix": "name the log group that an external trail writes to under external: in .iacgate.yaml, with a reason",
})]
