# METADATA
# description: >-
#   The alarm watches exactly the series that the filter publishes. Findings are kept by filter and alarm.
package iacgate.lib.metric

import data.iacgate.lib.finding

codes := {
	"name": "metric-name-differs",
	"namespace": "metric-namespace-differs",
	"dimensions": "metric-dimensions-differ",
	"unit": "metric-unit-differs",
	"region": "metric-region-differs",
	"filter-name": "metric-name-is-filter-name",
}

findings[f.address][w.alarm] contains finding.at(codes[d.kind], "metric", w.alarm, d.attribute, d.text) if {
	some f in input.metric_filters
	some w in f.watchers
	some d in w.differences
	d.sure
}

findings[f.address][w.alarm] contains finding.at(
	"metric-undecided", "metric", w.alarm, d.attribute,
	sprintf("whether the alarm watches the filter's metric cannot be seen: %s", [d.text]),
) if {
	some f in input.metric_filters
	some w in f.watchers
	some d in w.differences
	not d.sure
}
