package gate_test

import (
	"maps"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/verdict"
)

const secondAlarm = "aws_cloudwatch_metric_alarm.second"

var metricScenarios = []scenario{
	{name: "another metric name", of: "F14 2.4", edits: []edit{setAttribute(alarm, "metric_name", "deniedapicalls")},
		want: verdict.Fail, at: "metric", says: []said{{"metric-name-differs", alarm, "metric_name"}}},
	{name: "another namespace", of: "F14 2.4", edits: []edit{setAttribute(alarm, "namespace", "security")},
		want: verdict.Fail, at: "metric", says: []said{{"metric-namespace-differs", alarm, "namespace"}}},
	{name: "the namespace of the filter and nothing else", of: "F14 2.4", edits: []edit{setAttribute(alarm, "metric_name", "RootUsage")},
		want: verdict.Fail, at: "metric", says: []said{{"metric-name-differs", alarm, "metric_name"}}},
	{name: "the filter's name as metric name", of: "F13 2.4", edits: []edit{setAttribute(alarm, "metric_name", "denied-api-calls")},
		want: verdict.Fail, at: "metric", says: []said{{"metric-name-is-filter-name", alarm, "metric_name"}}},
	{name: "the filter's id as metric name", of: "F13 2.4", edits: []edit{refers(alarm, "metric_name", filter+".id")},
		want: verdict.Fail, at: "metric", says: []said{{"metric-name-is-filter-name", alarm, "metric_name"}}},
	{name: "dimensions of the filter", of: "F07 2.4", edits: []edit{setAttribute(filter, "metric_transformation.0.dimensions", object{"Code": "$.errorCode"})},
		want: verdict.Fail, at: "metric", says: []said{{"metric-dimensions-differ", alarm, "dimensions"}}},
	{name: "dimensions of the alarm", of: "F08", edits: []edit{setAttribute(alarm, "dimensions", object{"Code": "AccessDenied"})},
		want: verdict.Fail, at: "metric", says: []said{{"metric-dimensions-differ", alarm, "dimensions"}}},
	{name: "one dimension on both sides", of: "F07", edits: []edit{
		setAttribute(filter, "metric_transformation.0.dimensions", object{"Code": "$.errorCode"}), setAttribute(alarm, "dimensions", object{"Code": "AccessDenied"})},
		want: verdict.Fail, at: "metric", says: []said{{"metric-dimensions-differ", alarm, "dimensions"}}},
	{name: "system fields as dimensions", of: "F09", edits: []edit{setAttribute(filter, "emit_system_field_dimensions", []any{"@aws.account"})},
		want: verdict.Fail, at: "metric", says: []said{{"metric-dimensions-differ", alarm, "dimensions"}}},
	{name: "system fields as dimensions of both, and a default value", of: "F09 F12", edits: []edit{
		setAttribute(filter, "emit_system_field_dimensions", []any{"@aws.account"}), setAttribute(filter, "metric_transformation.0.default_value", "0"),
		setAttribute(alarm, "dimensions", object{"@aws.account": "111122223333"})},
		want: verdict.Pass},
	{name: "another unit", of: "F15 A09 2.4", edits: []edit{setAttribute(alarm, "unit", "Count")},
		want: verdict.Fail, at: "metric", says: []said{{"metric-unit-differs", alarm, "unit"}}},
	{name: "one unit on both sides", of: "F15", edits: []edit{setAttribute(alarm, "unit", "Count"), setAttribute(filter, "metric_transformation.0.unit", "Count")}, want: verdict.Pass},
	{name: "another region than the filter", of: "A24 D05 2.4", base: "alarm-in-another-region",
		want: verdict.Fail, at: "metric", says: []said{{"metric-region-differs", alarm, "region"}}},
	{name: "a metric name that cannot be seen", of: "F14", edits: []edit{later(alarm, "metric_name")},
		want: verdict.Unknown, at: "metric", says: []said{{"metric-undecided", alarm, "metric_name"}}},
	{name: "no alarm on the metric", of: "D03 2.4", edits: []edit{setAttribute(alarm, "metric_name", "Errors"), setAttribute(alarm, "namespace", "App")},
		want: verdict.Fail, at: "alarm", in: verdict.Missing, says: []said{{"no-alarm", filter, ""}}},
	{name: "an alarm that serves another filter is not an alarm for this one", of: "2.4", edits: []edit{
		copies(filter, filterNumber(0), setAttribute(filterNumber(0), "name", "console"), setAttribute(filterNumber(0), "pattern", `{ $.eventName = "ConsoleLogin" }`),
			setAttribute(filterNumber(0), "metric_transformation.0.name", "Logins")),
		setAttribute(alarm, "metric_name", "Logins"), setAttribute(alarm, "namespace", "Security")},
		want: verdict.Fail, at: "alarm", in: verdict.Missing, says: []said{{"no-alarm", filter, ""}}},
}

// fires is an alarm with one setting changed that still does its work.
func sets(path string, value any) edit { return setAttribute(alarm, path, value) }

var alarmScenarios = []scenario{
	{name: "an inverted comparison", of: "A06 2.4", edits: []edit{sets("comparison_operator", "LessThanThreshold")},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-cannot-fire", alarm, "comparison_operator"}}},
	{name: "an average that never reaches two", of: "A07", edits: []edit{sets("statistic", "Average"), sets("threshold", 2)},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-cannot-fire", alarm, "threshold"}}},
	{name: "an average diluted by default values", of: "F11 A07", edits: []edit{
		sets("statistic", "Average"), setAttribute(filter, "metric_transformation.0.default_value", "0")},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-cannot-fire", alarm, "statistic"}}},
	{name: "a count of samples with default values", of: "F11 A07", edits: []edit{
		sets("statistic", "SampleCount"), setAttribute(filter, "metric_transformation.0.default_value", "0")},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-always-on", alarm, "statistic"}}},
	{name: "a sum with default value 0", of: "F11", edits: []edit{setAttribute(filter, "metric_transformation.0.default_value", "0")}, want: verdict.Pass},
	{name: "a percentile over few samples", of: "A08", edits: []edit{unset(alarm, "statistic"), sets("extended_statistic", "p99"), sets("evaluate_low_sample_count_percentiles", "ignore")},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-needs-large-burst", alarm, "threshold"}, {"alarm-needs-burst", alarm, ""}}},
	{name: "several datapoints, and silence is fine", of: "A10", edits: []edit{sets("evaluation_periods", 3)},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-cannot-fire", alarm, "datapoints_to_alarm"}}},
	{name: "several datapoints, and silence is missing", of: "A10", edits: []edit{sets("evaluation_periods", 2), sets("treat_missing_data", "missing")},
		want: verdict.Pass, says: []said{{"alarm-slow", alarm, ""}}},
	{name: "one datapoint of several", of: "A10", edits: []edit{sets("evaluation_periods", 3), sets("datapoints_to_alarm", 1)}, want: verdict.Pass},
	{name: "five events", of: "A06 7", edits: []edit{sets("threshold", 5)}, want: verdict.Pass},
	{name: "six events", of: "A06 7", edits: []edit{sets("threshold", 6)}, want: verdict.Pass, says: []said{{"alarm-needs-burst", alarm, "threshold"}}},
	{name: "twenty-five events", of: "A06 7", edits: []edit{sets("threshold", 25)}, want: verdict.Pass, says: []said{{"alarm-needs-burst", alarm, "threshold"}}},
	{name: "twenty-six events", of: "A06 7", edits: []edit{sets("threshold", 26)},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-needs-large-burst", alarm, "threshold"}}},
	{name: "twenty-six events where the configuration tolerates them", of: "7", edits: []edit{sets("threshold", 26)},
		config: func(c *config.Config) { c.Sensitivity.WarnAbove, c.Sensitivity.FailAbove = 26, 30 }, want: verdict.Pass},
	{name: "one event where the configuration wants none to be needed", of: "7",
		config: func(c *config.Config) { c.Sensitivity.WarnAbove, c.Sensitivity.FailAbove = 0, 0 },
		want:   verdict.Fail, at: "alarm", says: []said{{"alarm-needs-large-burst", alarm, "threshold"}}},
	{name: "two hours", of: "A13 7", edits: []edit{sets("period", 7200)}, want: verdict.Pass, says: []said{{"alarm-slow", alarm, "period"}}},
	{name: "one hour", of: "A13 7", edits: []edit{sets("period", 3600)}, want: verdict.Pass},
	{name: "silence breaches", of: "A14 2.4", edits: []edit{sets("treat_missing_data", "breaching")},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-always-on", alarm, "treat_missing_data"}}},
	{name: "silence breaches, and default values keep quiet", of: "A14", edits: []edit{
		sets("treat_missing_data", "breaching"), setAttribute(filter, "metric_transformation.0.default_value", "0")},
		want: verdict.Pass, says: []said{{"alarm-breaching-when-quiet", alarm, ""}}},
	{name: "silence is ignored", of: "A15", edits: []edit{sets("treat_missing_data", "ignore")},
		want: verdict.Pass, says: []said{{"alarm-one-shot", alarm, ""}}},
	{name: "a threshold of 0", of: "A06", edits: []edit{sets("threshold", 0), setAttribute(filter, "metric_transformation.0.default_value", "0")},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-always-on", alarm, "threshold"}}},
	{name: "more datapoints than periods", of: "A11", edits: []edit{sets("datapoints_to_alarm", 2)},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-refused", alarm, ""}}},
	{name: "a period that does not exist", of: "A11", edits: []edit{sets("period", 90)},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-refused", alarm, ""}}},
	{name: "ten seconds", of: "A12", edits: []edit{sets("period", 10)}, want: verdict.Pass, says: []said{{"alarm-high-resolution", alarm, ""}}},
	{name: "a threshold that cannot be seen", of: "2.1", edits: []edit{later(alarm, "threshold")},
		want: verdict.Unknown, at: "alarm", says: []said{{"alarm-undecided", alarm, "threshold"}}},
	{name: "anomaly detection", of: "A18", base: "metric-query", edits: []edit{
		sets("comparison_operator", "GreaterThanUpperThreshold"), unset(alarm, "threshold"), sets("threshold_metric_id", "band"),
		sets("metric_query", blocks{deniedQuery, {"id": "band", "expression": "ANOMALY_DETECTION_BAND(denied, 2)", "return_data": true, "metric": blocks{}}})},
		want: verdict.Unknown, at: "alarm", says: []said{{"alarm-undecided", alarm, ""}}},
	{name: "one metric by query", of: "A17", base: "metric-query", want: verdict.Pass},
	{name: "a sum by metric math", of: "A17", base: "metric-query", edits: []edit{
		sets("metric_query", blocks{deniedQuery, {"id": "total", "expression": "SUM(METRICS())", "return_data": true, "metric": blocks{}}})}, want: verdict.Pass},
	{name: "a sum with a metric that nobody publishes", of: "A17", base: "metric-query", edits: []edit{
		sets("metric_query", blocks{deniedQuery, otherQuery, {"id": "total", "expression": "SUM([denied, other])", "return_data": true, "metric": blocks{}}})}, want: verdict.Pass},
	{name: "other metric math", of: "A17", base: "metric-query", edits: []edit{
		sets("metric_query", blocks{deniedQuery, {"id": "rate", "expression": "RATE(denied)", "return_data": true, "metric": blocks{}}})},
		want: verdict.Unknown, at: "alarm", says: []said{{"alarm-undecided", alarm, "metric_query"}}},
	{name: "metric math over another metric", of: "A17 2.4", base: "metric-query", edits: []edit{
		sets("metric_query", blocks{otherQuery, {"id": "rate", "expression": "RATE(other)", "return_data": true, "metric": blocks{}}})},
		want: verdict.Fail, at: "alarm", in: verdict.Missing, says: []said{{"no-alarm", filter, ""}}},
	{name: "FILL with 0", of: "A29", base: "metric-query", edits: math(`FILL(denied, 0)`), want: verdict.Pass},
	{name: "IF above 0", of: "A29", base: "metric-query", edits: math(`IF(denied > 0, 1, 0)`), want: verdict.Pass},
	{name: "CEIL", of: "A29", base: "metric-query", edits: math(`CEIL(denied / 100)`), want: verdict.Pass},
	{name: "the largest of two", of: "A29", base: "metric-query", edits: math(`MAX([denied, other])`), want: verdict.Pass},
	{name: "a sum by plus with a metric that nobody publishes", of: "A29", base: "metric-query", edits: math(`denied + other`), want: verdict.Unknown, at: "alarm", says: []said{{"alarm-undecided", alarm, "metric_query"}}},
	{name: "a sum by plus that fills", of: "A29", base: "metric-query", edits: math(`FILL(denied, 0) + FILL(other, 0)`), want: verdict.Pass},
	{name: "times 0", of: "A29", base: "metric-query", edits: math(`denied * 0`), want: verdict.Fail, at: "alarm", says: []said{{"alarm-cannot-fire", alarm, "threshold"}}},
	{name: "the negative", of: "A29", base: "metric-query", edits: math(`-denied`), want: verdict.Fail, at: "alarm", says: []said{{"alarm-cannot-fire", alarm, "threshold"}}},
	{name: "FILL with 5", of: "A29", base: "metric-query", edits: math(`FILL(denied, 5)`), want: verdict.Fail, at: "alarm", says: []said{{"alarm-always-on", alarm, "metric_query"}}},
	{name: "a query of Metrics Insights that names the metric", of: "A29", base: "metric-query", edits: math(`SELECT SUM(DeniedAPICalls) FROM Security`), want: verdict.Unknown, at: "alarm", says: []said{{"alarm-undecided", alarm, ""}}},
	{name: "metric math through another expression", of: "A29", base: "metric-query", edits: []edit{
		sets("metric_query", blocks{deniedQuery, {"id": "filled", "expression": "FILL(denied, 0)", "return_data": nil, "metric": blocks{}}, {"id": "total", "expression": "filled * 2", "return_data": true, "metric": blocks{}}})}, want: verdict.Pass},
	{name: "the metric of an account, and nobody knows which this is", of: "A26", base: "metric-query", edits: []edit{sets("metric_query", blocks{ofAccount("999988887777")})},
		want: verdict.Unknown, at: "metric", says: []said{{"metric-undecided", alarm, "metric_query.account_id"}}},
	{name: "the metric of another account", of: "A26", base: existing, edits: queries(ofAccount("999988887777")),
		want: verdict.Fail, at: "metric", says: []said{{"metric-account-differs", alarm, "metric_query.account_id"}, unconfirmed}},
	{name: "the metric of its own account", of: "A26", base: existing, edits: queries(ofAccount("111122223333")), want: verdict.Pass, says: []said{unconfirmed}},
	{name: "another filter floods the metric", of: "F16", edits: []edit{copies(filter, filterNumber(0), setAttribute(filterNumber(0), "pattern", `{ $.eventName = "ListRoles" }`))},
		want: verdict.Fail, at: "metric", says: []said{{"metric-flooded", filterNumber(0), "pattern"}}},
	{name: "a filter of another group floods the metric", of: "F16", edits: []edit{copies(group, otherGroup, setAttribute(otherGroup, "name", "/app")),
		copies(filter, filterNumber(0), setAttribute(filterNumber(0), "log_group_name", "/app"), setAttribute(filterNumber(0), "pattern", ``))},
		want: verdict.Fail, at: "metric", says: []said{{"metric-flooded", filterNumber(0), "pattern"}}},
	{name: "another filter publishes what nobody does all day", of: "F16", edits: []edit{copies(filter, filterNumber(0), setAttribute(filterNumber(0), "pattern", `{ $.eventName = "DeleteTrail" }`))},
		want: verdict.Pass},
	{name: "another filter floods the metric with zeros", of: "F16", edits: []edit{copies(filter, filterNumber(0), setAttribute(filterNumber(0), "pattern", `{ $.eventName = "ListRoles" }`), setAttribute(filterNumber(0), "metric_transformation.0.value", "0"))},
		want: verdict.Pass},
	{name: "nobody knows what another filter publishes", of: "F16", edits: []edit{copies(filter, filterNumber(0)), later(filterNumber(0), "pattern")},
		want: verdict.Unknown, at: "metric", says: []said{{"value-unknown", filterNumber(0), "pattern"}}},
	{name: "warm-up", of: "A27", edits: []edit{sets("warm_up_configuration", blocks{{"warm_up_period_duration_in_minutes": 2880}})},
		want: verdict.Pass, says: []said{{"alarm-warms-up", alarm, "warm_up_configuration"}}},
	{name: "the wall clock with a period of its", of: "A28", edits: []edit{sets("evaluation_window", blocks{{"wall_clock_window": blocks{{"timezone": "UTC"}}}})}, want: verdict.Pass},
	{name: "the wall clock with another period", of: "A28", edits: []edit{sets("period", 600), sets("evaluation_window", blocks{{"wall_clock_window": blocks{{"timezone": "UTC"}}}})},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-refused", alarm, "period"}}},
	{name: "a log alarm beside the chain", of: "A19", edits: []edit{adds("awscc_cloudwatch_log_alarm.errors", block{"alarm_name": "errors"})},
		want: verdict.Pass, says: []said{{"alarm-other-kind", "awscc_cloudwatch_log_alarm.errors", ""}}},
	{name: "a PromQL alarm over the metric", of: "A19", edits: []edit{
		unset(alarm, "metric_name"), unset(alarm, "namespace"), unset(alarm, "statistic"), unset(alarm, "period"),
		sets("evaluation_criteria", blocks{{"promql_criteria": blocks{{"query": `sum(DeniedAPICalls) > 0`, "pending_period": 60, "recovery_period": 60}}}})},
		want: verdict.Unknown, at: "alarm", says: []said{{"alarm-undecided", alarm, ""}, {"alarm-other-kind", alarm, ""}}},
	{name: "a PromQL alarm over something else", of: "A19", edits: []edit{
		unset(alarm, "metric_name"), unset(alarm, "namespace"), unset(alarm, "statistic"), unset(alarm, "period"),
		sets("evaluation_criteria", blocks{{"promql_criteria": blocks{{"query": `sum(CPUUtilization) > 0`, "pending_period": 60, "recovery_period": 60}}}})},
		want: verdict.Fail, at: "alarm", in: verdict.Missing, says: []said{{"no-alarm", filter, ""}, {"alarm-other-kind", alarm, ""}}},
	{name: "one name for two alarms, one of them off", of: "A25", edits: []edit{copies(alarm, secondAlarm, setAttribute(secondAlarm, "alarm_name", "denied-api-calls"), setAttribute(secondAlarm, "actions_enabled", false))},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-name-taken", alarm, "alarm_name"}}},
	{name: "one name for two alarms, one of them on something else", of: "A25", edits: []edit{copies(alarm, secondAlarm, setAttribute(secondAlarm, "alarm_name", "denied-api-calls"), setAttribute(secondAlarm, "metric_name", "CPU"), setAttribute(secondAlarm, "namespace", "AWS/EC2"))},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-name-taken", alarm, "alarm_name"}}},
	{name: "one name for two alarms that both would do", of: "A25", edits: []edit{copies(alarm, secondAlarm, setAttribute(secondAlarm, "alarm_name", "denied-api-calls"), setAttribute(secondAlarm, "period", 60))},
		want: verdict.Pass, says: []said{{"alarm-name-shared", alarm, "alarm_name"}}},
	{name: "two names for two alarms", of: "A25", edits: []edit{copies(alarm, secondAlarm, setAttribute(secondAlarm, "actions_enabled", false))}, want: verdict.Pass},
	{name: "names that differ in letter case", of: "A25", edits: []edit{copies(alarm, secondAlarm, setAttribute(secondAlarm, "alarm_name", "Denied-API-calls"), setAttribute(secondAlarm, "actions_enabled", false))}, want: verdict.Pass},
	{name: "one name for two alarms, whose regions may differ", of: "A25", edits: []edit{copies(alarm, secondAlarm, setAttribute(secondAlarm, "alarm_name", "denied-api-calls"), setAttribute(secondAlarm, "actions_enabled", false)),
		through("aws.west", "us-west-2", secondAlarm)}, want: verdict.Pass, says: []said{{"alarm-name-shared", alarm, "alarm_name"}}},
	{name: "a mute rule that never ends", of: "A22", edits: []edit{mutes("cron(0 0 * * *)", "P1D", nil)},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-silenced", alarm, ""}}},
	{name: "a mute rule of every night", of: "A22", edits: []edit{mutes("cron(0 20 * * *)", "PT12H", nil)}, want: verdict.Pass, says: []said{{"alarm-muted", alarm, ""}}},
	{name: "a mute rule that expires", of: "A22", edits: []edit{mutes("cron(0 0 * * *)", "P1D", "2030-01-01T00:00:00Z")}, want: verdict.Pass, says: []said{{"alarm-muted", alarm, ""}}},
	{name: "a mute rule", of: "A22", edits: []edit{adds("awscc_cloudwatch_alarm_mute_rule.nights", block{"name": "nights", "mute_targets": block{"alarm_names": []any{"denied-api-calls"}}}, "arn", "status")},
		want: verdict.Pass, says: []said{{"alarm-muted", alarm, ""}}},
	{name: "a mute rule of another alarm", of: "A22", edits: []edit{adds("awscc_cloudwatch_alarm_mute_rule.nights", block{"name": "nights", "mute_targets": block{"alarm_names": []any{"cpu"}}}, "arn", "status")},
		want: verdict.Pass},
}

var (
	deniedQuery = block{"id": "denied", "expression": "", "return_data": nil, "metric": blocks{{"metric_name": "DeniedAPICalls", "namespace": "Security", "stat": "Sum", "period": 300, "unit": "", "dimensions": nil}}}
	otherQuery  = block{"id": "other", "expression": "", "return_data": nil, "metric": blocks{{"metric_name": "Other", "namespace": "App", "stat": "Sum", "period": 300, "unit": "", "dimensions": nil}}}
)

const composites = "composite-alarm"

// math returns an alarm over an expression of the two metrics.
func math(expression string) []edit {
	return []edit{sets("metric_query", blocks{deniedQuery, otherQuery, {"id": "result", "expression": expression, "return_data": true, "metric": blocks{}}})}
}

// queries returns an alarm's instead of a metric of its own.
func queries(list ...block) []edit {
	return []edit{unset(alarm, "metric_name"), unset(alarm, "namespace"), unset(alarm, "statistic"), unset(alarm, "period"), sets("metric_query", blocks(list))}
}

func ofAccount(id string) block {
	q := maps.Clone(deniedQuery)
	q["account_id"], q["return_data"] = id, true
	return q
}

func mutes(expression, duration string, expires any) edit {
	return adds("awscc_cloudwatch_alarm_mute_rule.nights", block{
		"name": "nights", "mute_targets": block{"alarm_names": []any{"denied-api-calls"}}, "expire_date": expires,
		"rule": block{"schedule": block{"expression": expression, "duration": duration}},
	}, "arn", "status")
}

// suppressing returns a composite alarm that suppresses another.
func suppressing(rule string) edit {
	const quiet = "aws_cloudwatch_composite_alarm.quiet"
	return copies(composite, quiet, setAttribute(quiet, "alarm_name", "quiet"), setAttribute(quiet, "alarm_rule", rule), unset(quiet, "alarm_actions"))
}

func rule(text string) []edit { return []edit{setAttribute(composite, "alarm_rule", text)} }

var compositeScenarios = []scenario{
	{name: "a composite alarm that fires on the child alone", of: "A20", base: composites, want: verdict.Pass},
	{name: "a composite alarm that needs another alarm, too", of: "A20 2.4", base: composites, edits: rule(`ALARM("denied-api-calls") AND ALARM("root-usage")`),
		want: verdict.Fail, at: "alarm", says: []said{{"composite-suppresses", composite, "alarm_rule"}}},
	{name: "a composite alarm that negates the child", of: "A20", base: composites, edits: rule(`NOT ALARM("denied-api-calls")`),
		want: verdict.Fail, at: "alarm", says: []said{{"composite-suppresses", composite, "alarm_rule"}}},
	{name: "a composite alarm unless another one is on", of: "A20", base: composites, edits: rule(`ALARM("denied-api-calls") AND NOT ALARM("deployment")`), want: verdict.Pass},
	{name: "a composite alarm whose rule does not parse", of: "A20", base: composites, edits: rule(`ALARM("denied-api-calls") UND TRUE`),
		want: verdict.Fail, at: "alarm", says: []said{{"composite-suppresses", composite, "alarm_rule"}}},
	{name: "a composite alarm that depends on a state that is not known", of: "A20", base: composites, edits: rule(`ALARM("denied-api-calls") AND OK("canary")`),
		want: verdict.Unknown, at: "alarm", says: []said{{"composite-undecided", composite, "alarm_rule"}}},
	{name: "a composite alarm whose rule cannot be seen", of: "A20", base: composites, edits: []edit{refers(composite, "alarm_rule", alarm+".arn")},
		want: verdict.Unknown, at: "alarm", says: []said{{"composite-undecided", composite, "alarm_rule"}}},
	{name: "a composite alarm of another alarm", of: "A02", base: composites, edits: rule(`ALARM("root-usage")`),
		want: verdict.Fail, at: "action", in: verdict.Missing, says: []said{{"no-action", alarm, "alarm_actions"}}},
	{name: "a composite alarm over a composite alarm", of: "A20", base: composites, edits: []edit{
		copies(composite, "aws_cloudwatch_composite_alarm.outer", setAttribute("aws_cloudwatch_composite_alarm.outer", "alarm_name", "outer"),
			setAttribute("aws_cloudwatch_composite_alarm.outer", "alarm_rule", `ALARM(security)`)),
		unset(composite, "alarm_actions")}, want: verdict.Pass},
	{name: "a composite alarm that suppresses what it is over", of: "A20", base: composites, edits: []edit{
		copies(composite, "aws_cloudwatch_composite_alarm.outer", setAttribute("aws_cloudwatch_composite_alarm.outer", "alarm_name", "outer"),
			setAttribute("aws_cloudwatch_composite_alarm.outer", "alarm_rule", `ALARM(security) AND ALARM(office-hours)`)),
		unset(composite, "alarm_actions")},
		want: verdict.Fail, at: "alarm", says: []said{{"composite-suppresses", "aws_cloudwatch_composite_alarm.outer", "alarm_rule"}}},
	{name: "composite alarms in a circle", of: "A20", base: composites, edits: []edit{
		copies(composite, "aws_cloudwatch_composite_alarm.outer", setAttribute("aws_cloudwatch_composite_alarm.outer", "alarm_name", "outer"),
			setAttribute("aws_cloudwatch_composite_alarm.outer", "alarm_rule", `ALARM(security)`)),
		setAttribute(composite, "alarm_rule", `ALARM("denied-api-calls") OR ALARM(outer)`)}, want: verdict.Pass},
	{name: "a composite alarm with the name of its child", of: "A25", base: composites, edits: []edit{setAttribute(composite, "alarm_name", "denied-api-calls")},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-name-taken", composite, "alarm_name"}, {"alarm-name-taken", alarm, "alarm_name"}}},
	{name: "a suppressor", of: "A21", base: composites, edits: []edit{setAttribute(composite, "actions_suppressor", blocks{{"alarm": "deployment", "wait_period": 60, "extension_period": 60}})},
		want: verdict.Pass, says: []said{{"alarm-has-suppressor", composite, "actions_suppressor"}}},
	{name: "a suppressor that is the child", of: "A21", base: composites, edits: []edit{setAttribute(composite, "actions_suppressor", blocks{{"alarm": "denied-api-calls", "wait_period": 60, "extension_period": 60}})},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-suppressed", composite, "actions_suppressor"}}},
	{name: "a suppressor that is on for good", of: "A21", base: composites, edits: []edit{suppressing("TRUE"), setAttribute(composite, "actions_suppressor", blocks{{"alarm": "quiet", "wait_period": 60, "extension_period": 60}})},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-suppressed", composite, "actions_suppressor"}}},
	{name: "a suppressor that goes off with the child", of: "A21", base: composites, edits: []edit{suppressing(`ALARM("denied-api-calls") OR ALARM(night)`), setAttribute(composite, "actions_suppressor", blocks{{"alarm": "quiet", "wait_period": 60, "extension_period": 60}})},
		want: verdict.Fail, at: "alarm", says: []said{{"alarm-suppressed", composite, "actions_suppressor"}}},
	{name: "a suppressor of other alarms", of: "A21", base: composites, edits: []edit{suppressing("ALARM(night)"), setAttribute(composite, "actions_suppressor", blocks{{"alarm": "quiet", "wait_period": 60, "extension_period": 60}})},
		want: verdict.Pass, says: []said{{"alarm-has-suppressor", composite, "actions_suppressor"}}},
	{name: "the metric alarm acts, and the composite alarm has no actions", of: "A20", base: composites, edits: []edit{
		unset(composite, "alarm_actions"), refers(alarm, "alarm_actions", topic+".arn")}, want: verdict.Pass},
	{name: "the metric alarm acts, and the composite alarm suppresses", of: "A20 2", base: composites, edits: []edit{
		refers(alarm, "alarm_actions", topic+".arn"), setAttribute(composite, "alarm_rule", `ALARM("denied-api-calls") AND ALARM("root-usage")`)}, want: verdict.Pass},
	{name: "the composite alarm's actions are off", of: "A01", base: composites, edits: []edit{setAttribute(composite, "actions_enabled", false)},
		want: verdict.Fail, at: "action", says: []said{{"actions-disabled", composite, "actions_enabled"}}},
}
