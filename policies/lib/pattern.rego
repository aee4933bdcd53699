# METADATA
# description: >-
#   The pattern matches every event that the control is about, apart from declared exclusions, and no everyday event.
package iacgate.lib.pattern

import data.iacgate.lib.finding

findings[control][f.address] contains finding.at(
	"pattern-invalid", "pattern", f.address, "pattern",
	sprintf("AWS refuses the pattern: %s", [c.invalid]),
) if {
	some f in input.metric_filters
	some control, c in f.coverage
	c.invalid
}

findings[control][f.address] contains finding.of("pattern-never-matches", "pattern", {
	"resource": f.address,
	"attribute": "pattern",
	"message": "matches none of the events that it is for",
	"witness": c.lost,
	"fix": fix(control),
}) if {
	some f in input.metric_filters
	some control, c in f.coverage
	c.never
	not c.invalid
}

findings[control][f.address] contains finding.of("pattern-misses-events", "pattern", {
	"resource": f.address,
	"attribute": "pattern",
	"message": sprintf("misses %s; this event raises nothing", [such(c.lost)]),
	"witness": c.lost,
	"fix": fix(control),
}) if {
	some f in input.metric_filters
	some control, c in f.coverage
	misses(c)
	c.recorded
}

# Events are lost that nobody has recorded so far: the reference names them all the same.
findings[control][f.address] contains finding.of("pattern-narrower-than-reference", "pattern", {
	"resource": f.address,
	"attribute": "pattern",
	"message": sprintf("misses %s, which the reference pattern matches and nobody has recorded so far", [such(c.lost)]),
	"witness": c.lost,
	"fix": fix(control),
}) if {
	some f in input.metric_filters
	some control, c in f.coverage
	misses(c)
	not c.recorded
}

misses(c) if {
	c.covers == "no"
	not c.never
	not c.invalid
}

findings[control][f.address] contains finding.at(
	"pattern-undecided", "pattern", f.address, "pattern",
	sprintf("whether it matches every event cannot be decided: %s", [c.reason]),
) if {
	some f in input.metric_filters
	some control, c in f.coverage
	c.covers == "unknown"
}

findings[control][f.address] contains finding.of("pattern-floods", "pattern", {
	"resource": f.address,
	"attribute": "pattern",
	"message": "matches everyday events such as this one: the alarm goes off once, stays in ALARM and tells nobody again",
	"witness": c.everyday,
	"fix": fix(control),
}) if {
	some f in input.metric_filters
	some control, c in f.coverage
	c.floods
}

findings[control][f.address] contains finding.of("pattern-is-wide", "pattern", {
	"resource": f.address,
	"attribute": "pattern",
	"message": "matches more than the reference pattern, such as this event",
	"witness": c.beyond,
}) if {
	some f in input.metric_filters
	some control, c in f.coverage
	c.wide
	not c.floods
	not c.invalid
}

findings[control][f.address] contains finding.at(
	"pattern-exclusions", "pattern", f.address, "pattern",
	sprintf("leaves out what is declared as an exclusion: %s", [concat(", ", c.exclusions)]),
) if {
	some f in input.metric_filters
	some control, c in f.coverage
	count(c.exclusions) > 0
	c.covers == "yes"
}

# such names an event by the field that the reference looks at.
such(event) := sprintf("denied calls such as errorCode %q", [event.errorCode]) if {
	event.errorCode
} else := sprintf("events such as %v", [event.eventName]) if {
	event.eventName
} else := "some of the events that it is for"

fix(control) := sprintf("pattern = %s", [json.marshal(input.controls[control].must_match)])
