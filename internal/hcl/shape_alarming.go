package hcl

import "github.com/zclconf/go-cty/cty"

// What watches metrics.

func emptyTexts() attribute {
	return attribute{typ: cty.List(cty.String), def: cty.ListValEmpty(cty.String)}
}

func alarmingShapes() map[string]*shape {
	acts := []attributes{
		truth1("actions_enabled", true), text0("alarm_name", "alarm_description"),
		texts0("alarm_actions", "ok_actions", "insufficient_data_actions"), computed("arn"), tagged(),
	}
	return map[string]*shape{
		"aws_cloudwatch_metric_alarm": resourceShape(
			map[string]*shape{
				"metric_query": blockShapeOf(
					map[string]*shape{"metric": blockShapeOf(nil,
						text0("metric_name", "namespace", "stat"), number0("period"), text1("unit", ""), map0("dimensions"),
					)},
					text0("id"), text1("account_id", ""), text1("expression", ""), text1("label", ""), number0("period"), truth0("return_data"),
				),
				"evaluation_criteria": blockShapeOf(map[string]*shape{
					"promql_criteria": blockShapeOf(nil, text0("query"), number0("pending_period", "recovery_period")),
				}),
			},
			append(acts,
				text0("comparison_operator", "metric_name", "namespace", "statistic", "extended_statistic", "threshold_metric_id", "unit"),
				number0("datapoints_to_alarm", "evaluation_periods", "period", "threshold", "evaluation_interval"),
				map0("dimensions"), text1("treat_missing_data", "missing"), computed("evaluate_low_sample_count_percentiles"),
			)...,
		),
		"aws_cloudwatch_composite_alarm": resourceShape(
			map[string]*shape{"actions_suppressor": blockShapeOf(nil, text0("alarm"), number0("extension_period", "wait_period"))},
			append(acts, text0("alarm_rule"))...,
		),
	}
}
