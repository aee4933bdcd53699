# METADATA
# description: The metric filter publishes a usable value for every match.
package iacgate.lib.metric_filter

import data.iacgate.lib.finding
import data.iacgate.lib.world

findings[f.address] contains finding.at(
	"metric-value-zero", "metric_filter", f.address, "metric_transformation.value",
	sprintf("publishes %s for every match: no sum of it ever rises", [f.value.text]),
) if {
	some f in input.metric_filters
	f.value.state == "zero"
}

findings[f.address] contains finding.at(
	"metric-value-absent", "metric_filter", f.address, "metric_transformation.value",
	sprintf("publishes the field %s, which holds no number in denied calls: no point is made", [f.value.text]),
) if {
	some f in input.metric_filters
	f.value.state == "selector"
}

findings[f.address] contains finding.at(
	"metric-filter-refused", "metric_filter", f.address, "metric_transformation.value",
	sprintf("publishes %q, which is neither a number nor a field", [f.value.text]),
) if {
	some f in input.metric_filters
	f.value.state == "invalid"
}

findings[f.address] contains finding.at(
	"metric-filter-refused", "metric_filter", f.address, "metric_transformation.default_value",
	"has a default value and dimensions; AWS refuses the two together",
) if {
	some f in input.metric_filters
	f["default"] != null
	count(f.series.dimensions) > 0
}

findings[f.address] contains finding.at(
	"metric-filter-narrowed", "metric_filter", f.address, "field_selection_criteria",
	sprintf("looks only at events that meet %s", [f.criteria]),
) if {
	some f in input.metric_filters
	f.criteria != null
	f.criteria != ""
}

findings[f.address] contains finding.at(
	"metric-filter-transformed", "metric_filter", f.address, "apply_on_transformed_logs",
	"reads the transformed events: a transformer may have renamed the fields that the pattern tests",
) if {
	some f in input.metric_filters
	f.transformed == true
}

findings[f.address] contains finding.at(
	"metric-filter-name-taken", "metric_filter", f.address, "name",
	sprintf("shares its name and log group with %s: the one that is put last wins", [concat(", ", f.twins)]),
) if {
	some f in input.metric_filters
	count(f.twins) > 0
}

findings[f.address] contains finding.at(
	"too-many-metric-filters", "metric_filter", f.address, "log_group_name",
	sprintf("is one of %d metric filters, %d of them with a regular expression, on one log group; AWS admits 100 and 5", [f.siblings, f.regex_siblings]),
) if {
	some f in input.metric_filters
	crowded(f)
}

crowded(f) if f.siblings > 100

crowded(f) if f.regex_siblings > 5

findings[f.address] contains finding.unseen("metric_filter", f.address, "metric_transformation.value", f.unknown.value) if {
	some f in input.metric_filters
	f.unknown.value
}

findings[f.address] contains finding.at(
	"drifted", "metric_filter", f.address, f.drifted[0],
	sprintf("was changed outside Terraform: %s", [concat(", ", f.drifted)]),
) if {
	some f in input.metric_filters
	count(f.drifted) > 0
}

findings[f.address] contains finding.at(
	"forgotten", "metric_filter", f.address, "",
	"leaves Terraform's state with this plan: it still exists, and nobody manages it",
) if {
	some f in input.metric_filters
	f.change == "forget"
}

# missing is what is said where no filter is aimed at the control.
missing(control) := finding.of("no-metric-filter", "metric_filter", {
	"resource": "",
	"attribute": "",
	"message": sprintf("no metric filter looks for these events%s", [because(control)]),
	"fix": sprintf("add a metric filter to the trail's log group with pattern = %s", [json.marshal(input.controls[control].must_match)]),
})

because(control) := sprintf(": this plan deletes %s", [gone]) if {
	gone := input.before[control].chain.metric_filter
	world.deleted[gone]
} else := ""
