# METADATA
# description: >-
#   Some small burst of matching events takes the alarm to ALARM, by CloudWatch's own evaluation, directly or through a
#   composite alarm. Findings are kept by filter and alarm, and by actor for composite alarms.
package iacgate.lib.alarm

import data.iacgate.lib.finding
import data.iacgate.lib.world

findings[f.address][w.alarm] contains finding.at(
	code(w.fires), "alarm", w.alarm, argument(w.fires),
	concat("; ", [r.text | some r in w.fires.reasons]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	w.fires.state == "no"
	count(w.fires.refused) == 0
}

code(fires) := "alarm-always-on" if {
	fires.always
} else := "alarm-cannot-fire"

findings[f.address][w.alarm] contains finding.at(
	"alarm-refused", "alarm", w.alarm, "",
	sprintf("AWS refuses the alarm: %s", [concat("; ", [r.text | some r in w.fires.refused])]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	count(w.fires.refused) > 0
}

findings[f.address][w.alarm] contains finding.at(
	"alarm-undecided", "alarm", w.alarm, object.get(w.fires, "argument", ""),
	sprintf("whether it fires cannot be decided: %s", [w.fires.unknown]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	w.fires.state == "unknown"
}

findings[f.address][w.alarm] contains finding.of("alarm-needs-large-burst", "alarm", {
	"resource": w.alarm,
	"attribute": "threshold",
	"message": sprintf("needs %d events inside one period; more than %d is too many", [w.fires.events, input.config.sensitivity.fail_above]),
	"fix": "threshold = 1",
}) if {
	some f in input.metric_filters
	some w in f.watchers
	w.fires.state == "yes"
	w.fires.events > input.config.sensitivity.fail_above
}

findings[f.address][w.alarm] contains finding.at(
	"alarm-needs-burst", "alarm", w.alarm, "threshold",
	sprintf("needs %d events inside one period", [w.fires.events]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	w.fires.state == "yes"
	w.fires.events > input.config.sensitivity.warn_above
	w.fires.events <= input.config.sensitivity.fail_above
}

findings[f.address][w.alarm] contains finding.at(
	"alarm-slow", "alarm", w.alarm, "period",
	sprintf("goes off up to %s after the events", [finding.duration(w.fires.delay)]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	w.fires.state == "yes"
	w.fires.delay > input.config.sensitivity.max_delay
}

findings[f.address][w.alarm] contains finding.at(warnings[r.code], "alarm", w.alarm, "", r.text) if {
	some f in input.metric_filters
	some w in f.watchers
	some r in w.fires.warnings
}

warnings := {
	"ignore-keeps-alarm": "alarm-one-shot",
	"missing-data-breaching": "alarm-breaching-when-quiet",
	"high-resolution-period": "alarm-high-resolution",
}

findings[f.address][w.alarm] contains finding.at(
	"alarm-muted", "alarm", w.alarm, "",
	sprintf("is muted at times by %s", [concat(", ", world.alarms[w.alarm].muted)]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	count(world.alarms[w.alarm].muted) > 0
}

findings[f.address][w.alarm] contains finding.at(
	"drifted", "alarm", w.alarm, drifted[0],
	sprintf("was changed outside Terraform: %s", [concat(", ", drifted)]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	drifted := world.alarms[w.alarm].drifted
	count(drifted) > 0
}

findings[f.address][w.alarm] contains finding.at(
	"forgotten", "alarm", w.alarm, "",
	"leaves Terraform's state with this plan: it still exists, and nobody manages it",
) if {
	some f in input.metric_filters
	some w in f.watchers
	world.alarms[w.alarm].change == "forget"
}

# composite holds what is said of the composite alarms on the way to an actor.
composite[id] contains finding.at("composite-suppresses", "alarm", last(actor), "alarm_rule", actor.reason) if {
	some id, actor in world.actors
	actor.fires == "no"
}

composite[id] contains finding.at("composite-undecided", "alarm", last(actor), "alarm_rule", actor.reason) if {
	some id, actor in world.actors
	actor.fires == "unknown"
}

composite[id] contains finding.at(
	"alarm-has-suppressor", "alarm", last(actor), "actions_suppressor",
	sprintf("its actions are withheld while %s is in ALARM", [actor.suppressor]),
) if {
	some id, actor in world.actors
	actor.suppressor
}

last(actor) := actor.composite[count(actor.composite) - 1]

# The first reason says which argument to look at.
argument(fires) := arguments[fires.reasons[0].code] if {
	arguments[fires.reasons[0].code]
} else := ""

arguments := {
	"operator-inverted": "comparison_operator",
	"threshold-unreachable": "threshold",
	"statistic-diluted-by-default": "statistic",
	"samplecount-counts-default": "statistic",
	"sum-flooded-by-default": "statistic",
	"default-breaches": "threshold",
	"missing-data-breaching": "treat_missing_data",
	"needs-several-periods": "datapoints_to_alarm",
	"percentile-low-samples": "evaluate_low_sample_count_percentiles",
}

missing(control, filter) := finding.of("no-alarm", "alarm", {
	"resource": filter,
	"attribute": "",
	"message": sprintf("no alarm watches the metric %s%s", [world.filters[filter].series.text, because(control)]),
	"fix": "add an aws_cloudwatch_metric_alarm on this metric: statistic Sum, period 300, threshold 1, GreaterThanOrEqualToThreshold",
})

because(control) := sprintf(": this plan deletes %s", [gone]) if {
	gone := input.before[control].chain.alarm
	world.deleted[gone]
} else := ""
