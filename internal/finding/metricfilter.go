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
			Why:        "A match adds nothing to the metric, so its sum stays at 0.",
			Fix:        "Set metric_transformation.value = \"1\".",
			References: []string{docPutMetricFilter}, Facts: []string{"F05"},
		},
		{
			ID: "metric-value-absent", Link: link, Level: verdict.Error,
			Title:      "The filter publishes a field that the events do not have",
			Why:        "If the field is missing or not a number, a match publishes the default value or nothing. No numeric field is present in every denied call.",
			Fix:        "Set metric_transformation.value = \"1\".",
			References: []string{docPutMetricFilter}, Facts: []string{"F05", "F06"},
		},
		{
			ID: "metric-filter-refused", Link: link, Level: verdict.Error,
			Title:      "AWS refuses the filter",
			Why:        "A filter cannot have both a default value and dimensions; the provider or the API rejects the filter at plan or apply.",
			Fix:        "Remove default_value or dimensions from the metric transformation.",
			References: []string{docPutMetricFilter}, Facts: []string{"F12"},
		},
		{
			ID: "metric-filter-narrowed", Link: link, Level: verdict.Warning,
			Title:      "The filter reads only some accounts or regions",
			Why:        "field_selection_criteria drops events before the pattern sees them.",
			Fix:        "Remove field_selection_criteria, or make sure that another filter watches the rest.",
			References: []string{docPutMetricFilter}, Facts: []string{"F10"},
		},
		{
			ID: "metric-filter-looks-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "The filter excludes the events of its own account or region",
			Why:        "field_selection_criteria names only other accounts or regions. Centralized logs may contain them, but the events of a trail in this account and region do not pass.",
			Fix:        "Remove field_selection_criteria, or name the account and region whose events count.",
			References: []string{docPutMetricFilter}, Facts: []string{"F10"},
		},
		{
			ID: "metric-filter-transformed", Link: link, Level: verdict.Error,
			Title:      "A transformer changes a field that the pattern tests",
			Why:        "With apply_on_transformed_logs the filter sees only the transformed event, in which the field is renamed, moved, changed or removed.",
			Fix:        "Remove apply_on_transformed_logs, or write the pattern for the transformed fields.",
			References: []string{docPutMetricFilter, docTransformers}, Facts: []string{"G04"},
		},
		{
			ID: "metric-filter-transformer-unknown", Link: link, Level: verdict.Unclear,
			Title:      "The filter reads transformed events, but the transformer is not in the input",
			Why:        "With apply_on_transformed_logs the filter sees only the transformed event. Whether anything matches depends on the transformer of the log group or of the account.",
			Fix:        "Remove apply_on_transformed_logs, or judge an input that contains the transformer.",
			References: []string{docPutMetricFilter, docTransformers}, Facts: []string{"G04"},
		},
		{
			ID: "metric-filter-name-taken", Link: link, Level: verdict.Error,
			Title:      "Another filter of the log group has the same name",
			Why:        "PutMetricFilter overwrites a filter of the same name on the same group. After apply only one is left, the input does not say which, and at least one of them does not satisfy the control.",
			Fix:        "Give each filter its own name.",
			References: []string{docPutMetricFilter, "https://github.com/hashicorp/terraform-provider-aws/issues/7605"}, Facts: []string{"F17"},
		},
		{
			ID: "metric-filter-name-shared", Link: link, Level: verdict.Warning,
			Title:      "Another filter of the log group has the same name",
			Why:        "PutMetricFilter overwrites a filter of the same name on the same group. Each of these satisfies the control, or they may be in different accounts or regions.",
			Fix:        "Give each filter its own name, or remove one.",
			References: []string{docPutMetricFilter}, Facts: []string{"F17"},
		},
		{
			ID: "too-many-metric-filters", Link: link, Level: verdict.Warning,
			Title:      "The log group has more filters than AWS allows",
			Why:        "A group holds at most 100 metric filters, of which at most 5 use regular expressions; AWS refuses the rest at apply.",
			Fix:        "Merge filters, or spread them over several groups.",
			References: []string{docLogQuotas}, Facts: []string{"F18"},
		},
	}
}
