package finding

import "github.com/iacgate/iacgate/internal/verdict"

func metricFilterCodes() []Code {
	const link = verdict.Link("metric_filter")
	return []Code{
		{
			ID: "no-metric-filter", Link: link, Level: verdict.Error,
			Title:      "No metric filter looks for these events",
			Why:        "The events are recorded, but nothing turns them into a metric that an alarm could watch.",
			Fix:        "Add an aws_cloudwatch_log_metric_filter with the control's reference pattern on the trail's log group.",
			References: []string{docPatternMetric, docSecurityHub}, Facts: []string{"D01", "D03"},
		},
		{
			ID: "metric-value-zero", Link: link, Level: verdict.Error,
			Title:      "The filter publishes the value 0",
			Why:        "A match adds nothing to the metric, so a count of matches stays at 0 for ever.",
			Fix:        "Set metric_transformation.value = \"1\".",
			References: []string{docPutMetricFilter}, Facts: []string{"F05"},
		},
		{
			ID: "metric-value-absent", Link: link, Level: verdict.Error,
			Title:      "The filter publishes a field that the events do not have",
			Why:        "Where the field is missing or is no number, a match publishes the default value or nothing. No field of a CloudTrail record that every denied call has is a number.",
			Fix:        "Set metric_transformation.value = \"1\".",
			References: []string{docPutMetricFilter}, Facts: []string{"F05", "F06"},
		},
		{
			ID: "metric-filter-refused", Link: link, Level: verdict.Error,
			Title:      "AWS refuses the filter",
			Why:        "A default value and dimensions exclude each other; the provider or the API rejects the filter at plan or apply.",
			Fix:        "Remove default_value or dimensions from the metric transformation.",
			References: []string{docPutMetricFilter}, Facts: []string{"F12"},
		},
		{
			ID: "metric-filter-narrowed", Link: link, Level: verdict.Warning,
			Title:      "The filter looks at some accounts or regions only",
			Why:        "field_selection_criteria drops events before the pattern sees them.",
			Fix:        "Remove field_selection_criteria, or make sure that another filter watches the rest.",
			References: []string{docPutMetricFilter}, Facts: []string{"F10"},
		},
		{
			ID: "metric-filter-looks-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "The filter leaves out the events of its own account or region",
			Why:        "field_selection_criteria names other accounts or regions than the filter's. Logs that are brought together from elsewhere may have them; those of a trail here do not pass.",
			Fix:        "Remove field_selection_criteria, or name the account and region whose events count.",
			References: []string{docPutMetricFilter}, Facts: []string{"F10"},
		},
		{
			ID: "metric-filter-transformed", Link: link, Level: verdict.Error,
			Title:      "A transformer changes a field that the pattern tests",
			Why:        "With apply_on_transformed_logs the filter sees the transformed event alone, and in that the field is renamed, moved, changed or gone.",
			Fix:        "Remove apply_on_transformed_logs, or write the pattern for the transformed fields.",
			References: []string{docPutMetricFilter, docTransformers}, Facts: []string{"G04"},
		},
		{
			ID: "metric-filter-transformer-unknown", Link: link, Level: verdict.Unclear,
			Title:      "The filter asks for transformed events, and the transformer is not in the input",
			Why:        "apply_on_transformed_logs makes the filter see the transformed event alone. What the transformer of the group, or of the account, does to it decides whether anything matches.",
			Fix:        "Remove apply_on_transformed_logs, or judge the transformer with the filter.",
			References: []string{docPutMetricFilter, docTransformers}, Facts: []string{"G04"},
		},
		{
			ID: "metric-filter-name-taken", Link: link, Level: verdict.Error,
			Title:      "Another filter of the log group has the same name",
			Why:        "PutMetricFilter overwrites a filter of the same name on the same group: after apply one of them is left, the input does not say which, and not each of them would do.",
			Fix:        "Give each filter its own name.",
			References: []string{docPutMetricFilter, "https://github.com/hashicorp/terraform-provider-aws/issues/7605"}, Facts: []string{"F17"},
		},
		{
			ID: "metric-filter-name-shared", Link: link, Level: verdict.Warning,
			Title:      "Another filter of the log group has the same name",
			Why:        "PutMetricFilter overwrites a filter of the same name on the same group. Each of these would do, or they may be in different places.",
			Fix:        "Give each filter its own name, or remove one.",
			References: []string{docPutMetricFilter}, Facts: []string{"F17"},
		},
		{
			ID: "too-many-metric-filters", Link: link, Level: verdict.Warning,
			Title:      "The log group has more filters than AWS admits",
			Why:        "A group holds at most 100 metric filters, of which at most 5 use regular expressions; AWS refuses the rest at apply.",
			Fix:        "Merge filters, or spread them over several groups.",
			References: []string{docLogQuotas}, Facts: []string{"F18"},
		},
	}
}
