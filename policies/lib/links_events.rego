# What the links from the trail to the pattern have to be: where the events go, and which of them the pattern matches.
package iacgate.lib.links

# The trail is multi-region, logs, records the management events that the control needs, and delivers to a log group
# through a role that may write there. Leaving out the two noisiest sources is common, and costs their calls alone; a
# control of one of them has no events then, and a control of other sources loses none.
trail(c, t) := table if {
	at := t.address
	lost := t.records.lost[c.events]
	excluded := {s | some s in t.records.excluded} & {s | some s in c.left_out}
	spared := {s | some s in excluded; c.every_source; s in {"kms.amazonaws.com", "rdsdata.amazonaws.com"}}
	needed := excluded - spared
	table := array.concat(node(t), [
		["trail-not-multi-region", t.multi_region == false, at, "is_multi_region_trail", ""],
		["trail-logging-off", t.logging == false, at, "enable_logging", ""],
		["trail-without-global-events", t.global_events == false, at, "include_global_service_events", ""],
		["trail-misses-events", lost != "", at, t.records.attribute, lost],
		["trail-misses-events", count(needed) > 0, at, t.records.attribute, concat(", ", needed)],
		["trail-excludes-sources", count(spared) > 0, at, t.records.attribute, concat(", ", spared)],
		["value-unknown", t.records.unknown != "", at, t.records.attribute, t.records.unknown],
		["trail-without-log-group", t.log_group.state == "none", at, "cloud_watch_logs_group_arn", ""],
		["trail-without-role", t.role.state == "none", at, "cloud_watch_logs_role_arn", ""],
		[t.role.code, t.role.state in {"broken", "hidden", "partial", "unknown"}, t.role.resource, t.role.attribute, t.role.reason],
		["trail-log-group-arn", t.group_suffix != "", at, "cloud_watch_logs_group_arn", t.group_suffix],
	])
}

# left_out are the sources whose events some trail does not record.
left_out := {s | some t in input.trails; some s in t.records.excluded}

# concerns: a control without sources is about all of them.
concerns(control, _) if count(control.sources) == 0

concerns(control, source) if source in control.sources

# A trail outside the input is assumed only where the input has none, or where the configuration says so.
outside(c) := [["trail-deleted", true, c.deleted_trail, "", ""]] if {
	c.deleted_trail != ""
} else := [["trail-external", true, "", "", entry.reason]] if {
	some entry in input.config.external
	entry.trail
} else := [["trail-external", true, "", "", reason]] if {
	reason := word(c.named_by)
} else := [["trail-elsewhere", true, c.fed_by, "", ""]]

# The group that the trail writes to and the filter reads is the same one, in one account and region, and of a class
# that admits metric filters.
log_group(c) := table if {
	g := object.get(input.log_groups, c.log_group, nothing)
	elsewhere := fed_from_elsewhere(c)
	table := array.concat(node(g), [
		["log-group-mismatch", c.reads.state == "different", c.filter, "log_group_name", c.reads.reason],
		["log-group-other-region", c.reads.state == "other-place", c.filter, "log_group_name", c.reads.reason],
		["value-unknown", c.reads.state == "unknown", c.filter, "log_group_name", c.reads.reason],
		["link-inferred", c.reads.state == "inferred", c.filter, "log_group_name", c.reads.reason],
		["log-group-class", g.filters == "no", g.address, "log_group_class", g.class],
		[g.key.code, g.key.state in {"broken", "unknown", "inferred"}, g.key.resource, g.key.attribute, g.key.reason],
		["log-group-deleted", c.deleted_group != "", c.deleted_group, "", ""],
		["log-group-elsewhere", elsewhere == "unsettled", c.filter, "log_group_name", c.group_name],
		["log-group-external", elsewhere == "settled", c.filter, "log_group_name", c.group_name],
	])
}

# A trail that is vouched for does its part for a group that the input makes.
fed_from_elsewhere(c) := "no" if {
	c.trail != ""
} else := "no" if {
	c.deleted_group != ""
} else := "settled" if {
	word(c.named_by)
} else := "no" if {
	some entry in input.config.external
	entry.trail
	input.log_groups[c.log_group].external == false
} else := "unsettled"

# The filter publishes a usable value for every match.
metric_filter(f) := table if {
	at := f.address
	table := array.concat(node(f), [
		["metric-value-zero", f.value.state == "zero", at, "metric_transformation.value", ""],
		["metric-value-absent", f.value.state == "selector", at, "metric_transformation.value", f.value.text],
		["metric-filter-refused", f.value.state == "invalid", at, "metric_transformation.value", f.value.text],
		["metric-filter-refused", f.contradiction != "", at, "metric_transformation.default_value", f.contradiction],
		["metric-filter-looks-elsewhere", f.elsewhere, at, "field_selection_criteria", f.criteria],
		["metric-filter-narrowed", f.criteria != null, at, "field_selection_criteria", f.criteria],
		["metric-filter-transformed", f.transform.state == "field", at, "apply_on_transformed_logs", f.transform.reason],
		["metric-filter-transformer-unknown", f.transform.state == "unknown", at, "apply_on_transformed_logs", f.transform.reason],
		["too-many-metric-filters", f.siblings > 100, at, "log_group_name", ""],
		["too-many-metric-filters", f.regex_siblings > 5, at, "log_group_name", ""],
	])
}

# The pattern matches every event that the control is about, apart from declared exclusions, and no everyday event.
# Losing only events that nobody has ever recorded is forgiven.
pattern(address, p) := table if {
	table := [
		["pattern-invalid", p.invalid != "", address, "pattern", p.invalid],
		["pattern-never-matches", p.matches == "never", address, "pattern", p.loses, p.lost],
		["pattern-misses-events", p.matches == "not-all", address, "pattern", p.loses, p.lost],
		["pattern-narrower-than-reference", p.matches == "not-unrecorded", address, "pattern", p.loses, p.lost],
		["pattern-enumerates", count(p.enumerates) > 0, address, "pattern", concat(", ", p.enumerates)],
		["pattern-undecided", p.matches == "unknown", address, "pattern", p.reason],
		["pattern-floods", p.beyond == "everyday", address, "pattern", p.gains, p.extra],
		["pattern-is-wide", p.beyond == "some", address, "pattern", "", p.extra],
		["pattern-texts-differ", p.differs != "", address, "pattern", p.differs],
		["pattern-exclusions", count(p.exclusions) > 0, address, "pattern", concat(", ", p.exclusions)],
		["link-inferred", settled_pattern(address) != "", address, "pattern", settled_pattern(address)],
	]
}

# settled_pattern says where the code writes a pattern that the plan leaves open.
settled_pattern(address) := object.get(input.metric_filters, [address, "settled", "pattern"], "")
