package finding

import "github.com/iacgate/iacgate/internal/verdict"

func metricCodes() []Code {
	const link = verdict.Link("metric")
	return []Code{
		{
			ID: "metric-name-differs", Link: link, Level: verdict.Error,
			Title:      "The alarm watches a different metric name than the filter publishes",
			Why:        "Names are case-sensitive and nothing checks them. The alarm gets no data and never goes off.",
			Fix:        "Set metric_name to the filter's metric_transformation[0].name, preferably by reference.",
			References: []string{docPutMetricAlarm}, Facts: []string{"F14"},
		},
		{
			ID: "metric-namespace-differs", Link: link, Level: verdict.Error,
			Title:      "The alarm watches a different namespace than the filter publishes to",
			Why:        "The same name in another namespace is another metric. The alarm gets no data and never goes off.",
			Fix:        "Set namespace to the filter's metric_transformation[0].namespace, preferably by reference.",
			References: []string{docPutMetricAlarm}, Facts: []string{"F14"},
		},
		{
			ID: "metric-dimensions-differ", Link: link, Level: verdict.Error,
			Title:      "The alarm and the filter use different dimensions",
			Why:        "Each combination of dimensions is a separate metric, and CloudWatch does not aggregate them, so the alarm gets no data.",
			Fix:        "Remove dimensions and emit_system_field_dimensions from the filter and dimensions from the alarm.",
			References: []string{docAlarms, docPutMetricFilter}, Facts: []string{"F07", "F08", "F09"},
		},
		{
			ID: "metric-unit-differs", Link: link, Level: verdict.Error,
			Title:      "The alarm watches a different unit than the filter publishes",
			Why:        "An alarm with a unit evaluates only data points with that unit. Filters publish the unit None unless they say otherwise, so an alarm with Count gets no data.",
			Fix:        "Remove unit from the alarm.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A09", "F15"},
		},
		{
			ID: "metric-region-differs", Link: link, Level: verdict.Error,
			Title:      "The alarm is in a different region or account than the filter",
			Why:        "A metric lives in the region and account of its filter. The alarm watches a metric of the same name that does not exist.",
			Fix:        "Create the alarm through the filter's provider.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A24", "D05"},
		},
		{
			ID: "metric-name-is-filter-name", Link: link, Level: verdict.Error,
			Title:      "The alarm uses the filter's name as metric name",
			Why:        "The filter's id, name and Ref are the name of the filter. The metric has the name in its metric transformation.",
			Fix:        "Set metric_name to the filter's metric_transformation[0].name.",
			References: []string{docPutMetricFilter}, Facts: []string{"F13"},
		},
		{
			ID: "metric-account-differs", Link: link, Level: verdict.Error,
			Title:      "The alarm reads the metric of a different account than the filter's",
			Why:        "account_id of a metric query names the account whose metric is read. A metric lives in its filter's account; in another account there is no such metric, or an unrelated one.",
			Fix:        "Set account_id to the filter's account, or remove it if the alarm is in that account.",
			References: []string{docCrossMetrics}, Facts: []string{"A26"},
		},
		{
			ID: "metric-of-other-account", Link: link, Level: verdict.Note,
			Title:      "The alarm reads the metric from another account",
			Why:        "An alarm in a monitoring account sees the metrics of source accounts that are linked to its sink. The input does not show that link.",
			Fix:        "Make sure that the account shares its metrics with the alarm's account (Observability Access Manager).",
			References: []string{docCrossMetrics}, Facts: []string{"A26"},
		},
		{
			ID: "metric-flooded", Link: link, Level: verdict.Error,
			Title:      "Another filter publishes everyday events to the same metric",
			Why:        "CloudWatch adds up what all filters publish to a metric, whichever log groups they read. A filter that matches everyday events keeps the alarm in ALARM, so its state does not change and no notification is sent.",
			Fix:        "Give the other filter a metric of its own.",
			References: []string{docPutMetricFilter, docAlarms}, Facts: []string{"F16"},
		},
		{
			ID: "metric-undecided", Link: link, Level: verdict.Unclear,
			Title:      "Whether the alarm watches the filter's metric is not known",
			Why:        "A name, namespace, dimension or region is known only outside the input.",
			Fix:        "Refer to the filter's metric_transformation from the alarm, or use literal names on both sides.",
			References: []string{docPutMetricAlarm}, Facts: []string{"F14", "D05"},
		},
	}
}
