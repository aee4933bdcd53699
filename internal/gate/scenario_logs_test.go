package gate_test

import "github.com/iacgate/iacgate/internal/verdict"

const (
	otherGroup = "aws_cloudwatch_log_group.other"
	logKey     = "aws_kms_key.logs"
)

var logGroupScenarios = []scenario{
	{name: "a class without filters", of: "G01 2.4", edits: []edit{setAttribute(group, "log_group_class", "INFREQUENT_ACCESS")},
		want: verdict.Fail, at: "log_group", says: []said{{"log-group-class", group, "log_group_class"}}},
	{name: "a class that cannot be seen", of: "G01", edits: []edit{later(group, "log_group_class")},
		want: verdict.Unknown, at: "log_group", says: []said{{"value-unknown", group, "log_group_class"}}},
	{name: "two groups", of: "G05 2.1 2.4", edits: []edit{
		copies(group, otherGroup, setAttribute(otherGroup, "name", "/app")), setAttribute(filter, "log_group_name", "/app")},
		want: verdict.Fail, at: "log_group", says: []said{{"log-group-mismatch", filter, "log_group_name"}}},
	{name: "a group by name that no trail writes to", of: "G06 2.1", edits: []edit{setAttribute(filter, "log_group_name", "CloudTrail/DefaultLogGroup")},
		want: verdict.Fail, at: "log_group", says: []said{{"log-group-mismatch", filter, "log_group_name"}}},
	{name: "trail and filter name one group that is not in the plan", of: "G06", base: "existing-unchanged", edits: []edit{without(group, rolePolicy)},
		want: verdict.Pass, says: []said{{"trail-role-not-visible", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a group from a data source", of: "G06 D04", base: "existing-unchanged", edits: []edit{
		without(group), reads("data.aws_cloudwatch_log_group.trail", block{
			"name": "/aws/cloudtrail/organization", "arn": "arn:aws:logs:us-east-1:111122223333:log-group:/aws/cloudtrail/organization", "log_group_class": "STANDARD", "region": "us-east-1"})},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "a group that cannot be seen", of: "G06 D04", edits: []edit{
		borrows(filter, "log_group_name")},
		want: verdict.Unknown, at: "log_group", says: []said{{"value-unknown", filter, "log_group_name"}}},
	{name: "a group in another region than the trail", of: "T14 D05", edits: []edit{
		provider("aws.west", "us-west-2"), through("aws.west", "us-west-2", group, filter, alarm, topic, oncall)},
		want: verdict.Fail, at: "log_group", says: []said{{"log-group-other-region", filter, "log_group_name"}}},
	{name: "a group in another account than the trail", of: "T14 T18", base: "existing-unchanged", edits: []edit{
		known(trail, "arn", "arn:aws:cloudtrail:us-east-1:444455556666:trail/organization"), does(trail, "update")},
		want: verdict.Fail, at: "log_group", says: []said{{"log-group-other-region", filter, "log_group_name"}, {"email-unconfirmed", oncall, ""}}},
	{name: "a key that does not admit the log service", of: "G03", base: "topic-with-usable-key", edits: []edit{
		refers(group, "kms_key_id", key+".arn")},
		want: verdict.Pass, says: []said{{"log-group-key", key, "policy"}}},
	{name: "a key that admits the log service", of: "G03", base: "topic-with-usable-key", edits: []edit{
		refers(group, "kms_key_id", key+".arn"),
		setAttribute(key, "policy", `{"Statement":[{"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Effect":"Allow","Principal":{"Service":["logs.us-east-1.amazonaws.com","cloudwatch.amazonaws.com"]},"Resource":"*"}],"Version":"2012-10-17"}`)},
		want: verdict.Pass},
	{name: "a key with the default policy", of: "G03", base: "topic-with-usable-key", edits: []edit{
		copies(key, logKey, computed(logKey, "policy")), refers(group, "kms_key_id", logKey+".arn")},
		want: verdict.Pass, says: []said{{"log-group-key", logKey, "policy"}}},
	{name: "the key of a log group of another stack", of: "G03", edits: []edit{
		setAttribute(group, "kms_key_id", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")},
		want: verdict.Pass, says: []said{{"log-group-key-not-visible", group, "kms_key_id"}}},
}

func hundred(d draft) {
	for i := range 101 {
		copies(filter, filterNumber(i), setAttribute(filterNumber(i), "name", filterNumber(i)), setAttribute(filterNumber(i), "metric_transformation.0.name", "other"), setAttribute(filterNumber(i), "pattern", `{ $.eventName = "ConsoleLogin" }`))(d)
	}
}

func filterNumber(i int) string {
	return "aws_cloudwatch_log_metric_filter.f" + string(rune('a'+i/26)) + string(rune('a'+i%26))
}

func regular(d draft) {
	for i := range 6 {
		copies(filter, filterNumber(i), setAttribute(filterNumber(i), "name", filterNumber(i)), setAttribute(filterNumber(i), "metric_transformation.0.name", "other"), setAttribute(filterNumber(i), "pattern", `{ $.eventName = %^Console% }`))(d)
	}
}

var filterScenarios = []scenario{
	{name: "no filter", of: "2.4 D03", edits: []edit{without(filter), setAttribute(alarm, "metric_name", "DeniedAPICalls"), setAttribute(alarm, "namespace", "Security")},
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}}},
	{name: "value 0", of: "F05 2.4", edits: []edit{setAttribute(filter, "metric_transformation.0.value", "0")},
		want: verdict.Fail, at: "metric_filter", says: []said{{"metric-value-zero", filter, "metric_transformation.value"}, {"alarm-cannot-fire", alarm, ""}}},
	{name: "value of a field", of: "F05 F06 2.4", edits: []edit{setAttribute(filter, "metric_transformation.0.value", "$.eventVersion")},
		want: verdict.Fail, at: "metric_filter", says: []said{{"metric-value-absent", filter, "metric_transformation.value"}}},
	{name: "value that is not a number", of: "F05", edits: []edit{setAttribute(filter, "metric_transformation.0.value", "one")},
		want: verdict.Fail, at: "metric_filter", says: []said{{"metric-filter-refused", filter, "metric_transformation.value"}}},
	{name: "value that cannot be seen", of: "F05", edits: []edit{later(filter, "metric_transformation.0.value")},
		want: verdict.Unknown, at: "metric_filter", says: []said{{"value-unknown", filter, "metric_transformation.value"}}},
	{name: "default value and dimensions", of: "F12", edits: []edit{
		setAttribute(filter, "metric_transformation.0.default_value", "0"), setAttribute(filter, "metric_transformation.0.dimensions", object{"Code": "$.errorCode"})},
		want: verdict.Fail, at: "metric_filter",
		says: []said{{"metric-filter-refused", filter, "metric_transformation.default_value"}, {"metric-dimensions-differ", alarm, "dimensions"}}},
	{name: "some accounts alone", of: "F10", edits: []edit{setAttribute(filter, "field_selection_criteria", `@aws.account = "111122223333"`)},
		want: verdict.Pass, says: []said{{"metric-filter-narrowed", filter, "field_selection_criteria"}}},
	{name: "transformed events", of: "G04", edits: []edit{setAttribute(filter, "apply_on_transformed_logs", true)},
		want: verdict.Unknown, at: "metric_filter", says: []said{{"metric-filter-transformer-unknown", filter, "apply_on_transformed_logs"}}},
	{name: "events transformed to another form", of: "G04", edits: transforms(block{"parse_to_ocsf": block{"event_source": "CloudTrail", "ocsf_version": "V1.1"}}),
		want: verdict.Fail, at: "metric_filter", says: []said{{"metric-filter-transformed", filter, "apply_on_transformed_logs"}}},
	{name: "a transformer that takes the field away", of: "G04", edits: transforms(block{"parse_json": block{}}, block{"delete_keys": block{"with_keys": []any{"errorCode"}}}),
		want: verdict.Fail, at: "metric_filter", says: []said{{"metric-filter-transformed", filter, "apply_on_transformed_logs"}}},
	{name: "a transformer that takes another field away", of: "G04", edits: transforms(block{"parse_json": block{}}, block{"delete_keys": block{"with_keys": []any{"requestID"}}}), want: verdict.Pass},
	{name: "a transformer that renames the field", of: "G04", edits: transforms(block{"parse_json": block{}}, block{"rename_keys": block{"entries": []any{block{"key": "errorCode", "rename_to": "code"}}}}),
		want: verdict.Fail, at: "metric_filter", says: []said{{"metric-filter-transformed", filter, "apply_on_transformed_logs"}}},
	{name: "a transformer of a filter that asks for none", of: "G04", edits: transforms(block{"parse_to_ocsf": block{}})[:1], want: verdict.Pass},
	{name: "the events of another region alone", of: "F10", edits: []edit{setAttribute(filter, "field_selection_criteria", `@aws.region = "eu-west-1"`)},
		want: verdict.Unknown, at: "metric_filter", says: []said{{"metric-filter-looks-elsewhere", filter, "field_selection_criteria"}, {"metric-filter-narrowed", filter, "field_selection_criteria"}}},
	{name: "the events of its own region alone", of: "F10", edits: []edit{setAttribute(filter, "field_selection_criteria", `@aws.region IN ["us-east-1", "eu-west-1"]`)},
		want: verdict.Pass, says: []said{{"metric-filter-narrowed", filter, "field_selection_criteria"}}},
	{name: "the events of all regions but its own", of: "F10", edits: []edit{setAttribute(filter, "field_selection_criteria", `@aws.region != "us-east-1"`)},
		want: verdict.Unknown, at: "metric_filter", says: []said{{"metric-filter-looks-elsewhere", filter, "field_selection_criteria"}, {"metric-filter-narrowed", filter, "field_selection_criteria"}}},
	{name: "a name that filters cannot have", of: "F18", edits: []edit{setAttribute(filter, "name", "denied:calls")},
		want: verdict.Fail, at: "metric_filter", says: []said{{"refused", filter, "name"}}},
	{name: "two transformations", of: "F18", edits: []edit{setAttribute(filter, "metric_transformation", blocks{
		{"name": "DeniedAPICalls", "namespace": "Security", "value": "1", "default_value": "", "unit": "None", "dimensions": nil},
		{"name": "Other", "namespace": "Security", "value": "1", "default_value": "", "unit": "None", "dimensions": nil}})},
		want: verdict.Fail, at: "metric_filter", says: []said{{"refused", filter, "metric_transformation"}}},
	{name: "one name for two filters", of: "F17", edits: []edit{copies(filter, filterNumber(0), setAttribute(filterNumber(0), "name", "twice"), setAttribute(filter, "name", "twice"),
		setAttribute(filterNumber(0), "metric_transformation.0.name", "other"), setAttribute(filterNumber(0), "pattern", `{ $.eventName = "ConsoleLogin" }`))},
		want: verdict.Fail, at: "metric_filter", says: []said{{"metric-filter-name-taken", filter, "name"}}},
	{name: "one name for two filters that both would do", of: "F17", edits: []edit{copies(filter, filterNumber(0), setAttribute(filterNumber(0), "name", "twice"), setAttribute(filter, "name", "twice"))},
		want: verdict.Pass, says: []said{{"metric-filter-name-shared", filter, "name"}}},
	{name: "one name for filters of two groups", of: "F17", edits: []edit{copies(group, otherGroup, setAttribute(otherGroup, "name", "/app")), copies(filter, filterNumber(0),
		setAttribute(filterNumber(0), "name", "twice"), setAttribute(filter, "name", "twice"), setAttribute(filterNumber(0), "log_group_name", "/app"), setAttribute(filterNumber(0), "pattern", `{ $.level = "ERROR" }`))},
		want: verdict.Pass},
	{name: "more than a hundred filters", of: "F18", edits: []edit{hundred},
		want: verdict.Pass, says: []said{{"too-many-metric-filters", filter, "log_group_name"}}},
	{name: "more than five regular expressions", of: "F18", edits: []edit{regular},
		want: verdict.Pass, says: []said{{"too-many-metric-filters", filter, "log_group_name"}}},
}

// transforms puts a transformer on the group, and then has the filter ask for it.
func transforms(processors ...any) []edit {
	return []edit{
		adds("awscc_logs_transformer.t", block{"log_group_identifier": "/aws/cloudtrail/organization", "transformer_config": processors}),
		setAttribute(filter, "apply_on_transformed_logs", true),
	}
}
