package gate_test

import (
	"maps"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/verdict"
)

func levels(set map[string]verdict.Level) func(*config.Config) {
	return func(c *config.Config) { maps.Copy(c.Levels, set) }
}

func vouches(entries ...config.External) func(*config.Config) {
	return func(c *config.Config) {
		for _, e := range entries {
			e.Reason = "somebody else's"
			c.External = append(c.External, e)
		}
	}
}

var configScenarios = []scenario{
	{name: "a note raised to an error", of: "7", config: levels(map[string]verdict.Level{confirm: verdict.Error}),
		want: verdict.Fail, at: "subscription", says: []said{{confirm, oncall, ""}}},
	{name: "a note raised to an unknown", of: "7", config: levels(map[string]verdict.Level{confirm: verdict.Unclear}),
		want: verdict.Unknown, at: "subscription", says: []said{{confirm, oncall, ""}}},
	{name: "an error lowered to a note", of: "7", edits: []edit{unset(trail, "is_multi_region_trail")}, config: levels(map[string]verdict.Level{"trail-not-multi-region": verdict.Note}),
		want: verdict.Pass, says: []said{{"trail-not-multi-region", trail, "is_multi_region_trail"}}},
	{name: "an unknown lowered to a warning", of: "7", base: "external-topic",
		config: levels(map[string]verdict.Level{"topic-outside": verdict.Warning, "subscription-elsewhere": verdict.Warning}),
		want:   verdict.Pass, says: []said{{"topic-outside", topicARN, ""}, {"subscription-elsewhere", topicARN, ""}}},
	{name: "an unknown raised to an error", of: "7", base: "external-topic", config: levels(map[string]verdict.Level{"topic-outside": verdict.Error}),
		want: verdict.Fail, at: "topic", says: []said{{"topic-outside", topicARN, ""}, {"subscription-elsewhere", topicARN, ""}}},
	{name: "an absence lowered to a warning", of: "7", edits: []edit{without(oncall)}, config: levels(map[string]verdict.Level{"no-subscription": verdict.Warning}),
		want: verdict.Pass, says: []said{{"no-subscription", topic, ""}}},

	{name: "a warning beside the chain raised to an error", of: "7", base: existing, edits: []edit{foreign()}, config: levels(map[string]verdict.Level{"account-unwatched": verdict.Error}),
		want: verdict.Fail, says: []said{{"account-unwatched", secondTrail, ""}, unconfirmed}},
	{name: "a note beside the chain raised to an unknown", of: "7", config: func(c *config.Config) {
		levels(map[string]verdict.Level{"external-unused": verdict.Unclear})(c)
		vouches(config.External{LogGroup: "/other"})(c)
	}, want: verdict.Unknown, says: []said{{"external-unused", "", ""}}},
	{name: "exclusions where Security Hub compares", of: "2.3", config: func(c *config.Config) { c.Profile = "security-hub" },
		edits: pattern(`{ (($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*")) && ($.eventName!="HeadBucket") }`),
		want:  verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "the reference pattern where Security Hub compares", of: "2.3", config: func(c *config.Config) { c.Profile = "security-hub" }, want: verdict.Pass},

	{name: "the configuration vouches for the log group", of: "7 2.1 T19", edits: []edit{without(trail)},
		config: vouches(config.External{LogGroup: "/aws/cloudtrail/organization"}),
		want:   verdict.Pass, says: []said{{"trail-external", "", ""}, {"log-group-external", filter, "log_group_name"}}},
	{name: "the configuration vouches for a group that the plan does not make", of: "7 2.1",
		edits: []edit{without(trail, group), setAttribute(filter, "log_group_name", "CloudTrail/DefaultLogGroup")}, config: vouches(config.External{LogGroup: "CloudTrail/*"}),
		want: verdict.Pass, says: []said{{"trail-external", "", ""}, {"log-group-external", filter, "log_group_name"}}},
	{name: "the configuration vouches for a group beside the plan's trail", of: "7 2.1",
		edits: []edit{setAttribute(filter, "log_group_name", "CloudTrail/DefaultLogGroup")}, config: vouches(config.External{LogGroup: "CloudTrail/DefaultLogGroup"}),
		want: verdict.Pass, says: []said{{"trail-external", "", ""}, {"log-group-external", filter, "log_group_name"}}},
	{name: "the configuration vouches for a group with a dot in its name", of: "7",
		edits: []edit{without(trail, group), setAttribute(filter, "log_group_name", "audit.example.com/trail")}, config: vouches(config.External{LogGroup: "audit*"}),
		want: verdict.Pass, says: []said{{"trail-external", "", ""}, {"log-group-external", filter, "log_group_name"}}},
	{name: "terms on a group that the configuration vouches for", of: "2.2",
		edits: append(pattern(`?AccessDenied ?UnauthorizedOperation`), without(trail)), config: vouches(config.External{LogGroup: "/aws/cloudtrail/organization"}),
		want: verdict.Pass, says: []said{{"trail-external", "", ""}, {"log-group-external", filter, "log_group_name"}, {"pattern-is-wide", filter, "pattern"}}},
	{name: "the configuration vouches for a group of the wrong class", of: "7", edits: []edit{without(trail), setAttribute(group, "log_group_class", "INFREQUENT_ACCESS")},
		config: vouches(config.External{LogGroup: "/aws/cloudtrail/organization"}),
		want:   verdict.Fail, at: "log_group",
		says: []said{{"trail-external", "", ""}, {"log-group-external", filter, "log_group_name"}, {"log-group-class", group, "log_group_class"}}},
	{name: "the configuration vouches for the trail", of: "7", edits: []edit{without(trail)}, config: vouches(config.External{Trail: "organization"}),
		want: verdict.Pass, says: []said{{"trail-external", "", ""}}},
	{name: "the configuration vouches for the trail, and the group is elsewhere", of: "7", edits: []edit{without(trail, group), setAttribute(filter, "log_group_name", "audit")},
		config: vouches(config.External{Trail: "organization"}),
		want:   verdict.Unknown, at: "log_group", says: []said{{"trail-external", "", ""}, {"log-group-elsewhere", filter, "log_group_name"}}},
	{name: "the configuration vouches for the topic", of: "7 S10", base: "external-topic", config: vouches(config.External{Topic: "arn:aws:sns:*:111122223333:security-*"}),
		want: verdict.Pass, says: []said{{"topic-external", topicARN, ""}, {"subscription-external", topicARN, ""}}},
	{name: "the configuration vouches for a topic in another region", of: "7", edits: []edit{sets("alarm_actions", []any{"arn:aws:sns:us-west-2:111122223333:alerts"})},
		config: vouches(config.External{Topic: "arn:aws:sns:*:alerts"}), want: verdict.Fail, at: "topic",
		says: []said{{"topic-other-region", "arn:aws:sns:us-west-2:111122223333:alerts", ""}, {"topic-external", "arn:aws:sns:us-west-2:111122223333:alerts", ""}, {"subscription-external", "arn:aws:sns:us-west-2:111122223333:alerts", ""}}},
	{name: "the configuration vouches for a variable without a value", of: "7", base: "external-topic", edits: []edit{
		refers(alarm, "alarm_actions", "var.topic_arn"), func(d draft) { delete(d.plan, "variables") }},
		config: vouches(config.External{Topic: "var.topic_arn"}),
		want:   verdict.Pass, says: []said{{"topic-external", "", ""}, {"subscription-external", "", ""}}},
	{name: "a variable without a value", of: "7", base: "external-topic", edits: []edit{
		refers(alarm, "alarm_actions", "var.topic_arn"), func(d draft) { delete(d.plan, "variables") }},
		want: verdict.Unknown, at: "action",
		says: []said{{"action-elsewhere", alarm, "alarm_actions"}, {"topic-outside", "var.topic_arn", ""}, {"subscription-elsewhere", "var.topic_arn", ""}}},
	{name: "a known break behind what the configuration vouches for", of: "7", base: "topic-with-unusable-key", config: vouches(config.External{Topic: topic}),
		want: verdict.Fail, at: "topic", says: []said{{"topic-external", topic, ""}, {"topic-key-denies", key, "policy"}, {"subscription-external", topic, ""}}},
	{name: "entries that nothing needs", of: "7", config: vouches(config.External{LogGroup: "/other"}, config.External{Topic: "arn:aws:sns:*:others"}, config.External{Trail: "x"}),
		want: verdict.Pass, says: []said{{"external-unused", "", ""}, {"external-unused", "", ""}, {"external-unused", "", ""}}},
	{name: "an entry for a group that the plan's trail writes to", of: "7", config: vouches(config.External{LogGroup: "/aws/cloudtrail/organization"}),
		want: verdict.Pass, says: []said{{"external-unused", "", ""}}},
}

// awscc is the chain in the words of the provider awscc.
func awscc(d draft) {
	without(trail, group, filter, alarm, role, rolePolicy, topic, oncall)(d)
	adds("awscc_logs_log_group.trail", block{"log_group_name": "/trail"}, "arn", "id", "log_group_class")(d)
	adds("awscc_cloudtrail_trail.main", block{"trail_name": "main", "s3_bucket_name": "trail-bucket", "is_logging": true, "is_multi_region_trail": true, "include_global_service_events": true,
		"cloudwatch_logs_log_group_arn": "arn:aws:logs:us-east-1:111122223333:log-group:/trail:*", "cloudwatch_logs_role_arn": "arn:aws:iam::111122223333:role/trail"}, "arn", "id")(d)
	adds("awscc_logs_metric_filter.denied", block{"filter_name": "denied", "log_group_name": "/trail",
		"filter_pattern":         `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`,
		"metric_transformations": []any{object{"metric_name": "Denied", "metric_namespace": "Security", "metric_value": "1"}}}, "id")(d)
	adds("awscc_cloudwatch_alarm.denied", block{"alarm_name": "denied", "metric_name": "Denied", "namespace": "Security", "statistic": "Sum", "period": 300,
		"evaluation_periods": 1, "threshold": 1, "comparison_operator": "GreaterThanOrEqualToThreshold", "treat_missing_data": "notBreaching"}, "arn", "id")(d)
	adds("awscc_sns_topic.security", block{"topic_name": "alerts", "subscription": []any{object{"protocol": "email", "endpoint": "oncall@example.com"}}}, "topic_arn", "id")(d)
	refers("awscc_cloudwatch_alarm.denied", "alarm_actions", "awscc_sns_topic.security.topic_arn")(d)
}

const (
	ccTrail  = "awscc_cloudtrail_trail.main"
	ccFilter = "awscc_logs_metric_filter.denied"
	ccAlarm  = "awscc_cloudwatch_alarm.denied"
	ccTopic  = "awscc_sns_topic.security"
)

var awsccScenarios = []scenario{
	{name: "the whole chain by awscc", of: "2", edits: []edit{awscc}, want: verdict.Pass,
		says: []said{{confirm, ccTopic + ".subscription[0]", ""}, {"trail-role-not-visible", ccTrail, "cloud_watch_logs_role_arn"}}},
	{name: "awscc: logging off", of: "T02", edits: []edit{awscc, setAttribute(ccTrail, "is_logging", false)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-logging-off", ccTrail, "enable_logging"}}},
	{name: "awscc: a pattern of half the codes", of: "F02", edits: []edit{awscc, setAttribute(ccFilter, "filter_pattern", `{ $.errorCode = "AccessDenied*" }`)},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", ccFilter, "pattern"}}},
	{name: "awscc: actions off", of: "A01", edits: []edit{awscc, setAttribute(ccAlarm, "actions_enabled", false)},
		want: verdict.Fail, at: "action", says: []said{{"actions-disabled", ccAlarm, "actions_enabled"}}},
	{name: "awscc: nobody", of: "N01", edits: []edit{awscc, unset(ccTopic, "subscription")},
		want: verdict.Fail, at: "subscription", in: verdict.Missing, says: []said{{"no-subscription", ccTopic, ""}}},
}

var secretScenarios = []scenario{
	{name: "a sensitive endpoint", of: "2", base: "sensitive-endpoint", want: verdict.Pass, says: []said{{"endpoint-needs-confirmation", oncall, ""}}},
	{name: "a sensitive endpoint that is none", of: "2", edits: []edit{setAttribute(oncall, "endpoint", "s3cr3t-token"), sensitive(oncall, "endpoint")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-endpoint", oncall, "endpoint"}}},
	{name: "a sensitive pattern", of: "2", edits: []edit{setAttribute(filter, "pattern", `{ $.errorCode = "AccessDenied*" }`), sensitive(filter, "pattern")},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "a sensitive pattern that does not parse", of: "2", edits: []edit{setAttribute(filter, "pattern", `{ $.errorCode = "AccessDenied* }`), sensitive(filter, "pattern")},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-invalid", filter, "pattern"}}},
	{name: "a sensitive metric name", of: "2", edits: []edit{setAttribute(alarm, "metric_name", "TopSecretName"), sensitive(alarm, "metric_name")},
		want: verdict.Fail, at: "metric", says: []said{{"metric-name-differs", alarm, "metric_name"}}},
	{name: "a sensitive group name", of: "2", edits: []edit{setAttribute(filter, "log_group_name", "/secret/group"), sensitive(filter, "log_group_name")},
		want: verdict.Fail, at: "log_group", says: []said{{"log-group-mismatch", filter, "log_group_name"}}},
	{name: "a sensitive rule", of: "2", base: composites, edits: []edit{setAttribute(composite, "alarm_rule", `ALARM("denied-api-calls") AND ALARM("secret-alarm")`), sensitive(composite, "alarm_rule")},
		want: verdict.Fail, at: "alarm", says: []said{{"composite-suppresses", composite, "alarm_rule"}}},
	{name: "a sensitive topic policy", of: "2", edits: []edit{setTopicPolicy(publishes(events, "")), sensitive(topicPolicy, "policy")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-policy-denies", topicPolicy, "policy"}}},
	{name: "a sensitive filter policy", of: "2", edits: []edit{filtered(`{"secret-attribute":["secret-value"]}`, ""), sensitive(oncall, "filter_policy")},
		want: verdict.Fail, at: "subscription", says: []said{{"subscription-filtered", oncall, "filter_policy"}}},
	{name: "a sensitive topic of another stack", of: "2", base: "external-topic", edits: []edit{sensitive(alarm, "alarm_actions")},
		want: verdict.Unknown, at: "topic", says: []said{{"topic-outside", "(sensitive)", ""}, {"subscription-elsewhere", "(sensitive)", ""}}},
}
