package gate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

const (
	secondTrail  = "aws_cloudtrail.second"
	secondFilter = "aws_cloudwatch_log_metric_filter.second"
)

// chain compares the shown candidate.
func chain(want verdict.Chain) func(*testing.T, verdict.Result) {
	return func(t *testing.T, r verdict.Result) {
		t.Helper()
		got := *r.Chain
		for _, part := range [][2]string{
			{got.Trail, want.Trail}, {got.MetricFilter, want.MetricFilter}, {got.Alarm, want.Alarm},
			{got.CompositeAlarm, want.CompositeAlarm}, {got.Topic, want.Topic},
		} {
			if part[0] != part[1] {
				t.Errorf("shown %q, want %q", part[0], part[1])
			}
		}
	}
}

// joinReasons makes two filters of the pattern, each for half of it; the second has
// an alarm of its own. Where the plan's resources exist, so do these.
func joinReasons(d draft) {
	always := func(address, path string, value any) {
		setAttribute(address, path, value)(d)
		if d.change(address)["before"] != nil {
			was(address, path, value)(d)
		}
	}
	copies(filter, secondFilter)(d)
	copies(alarm, secondAlarm)(d)
	always(filter, "pattern", `{ $.errorCode = "AccessDenied*" }`)
	always(secondFilter, "name", "second")
	always(secondFilter, "pattern", `{ $.errorCode = "*UnauthorizedOperation" }`)
	always(secondFilter, "metric_transformation.0.name", "Unauthorized")
	always(secondAlarm, "alarm_name", "second")
	always(secondAlarm, "metric_name", "Unauthorized")
	always(secondAlarm, "namespace", "Security")
}

// pieces makes filters of patterns, all of them on one metric, the first in the
// place of the one that is there.
func pieces(patterns ...string) edit {
	edits := []edit{setAttribute(filter, "pattern", patterns[0])}
	for i, p := range patterns[1:] {
		edits = append(edits, copies(filter, piece(i), setAttribute(piece(i), "name", fmt.Sprint("piece", i)), setAttribute(piece(i), "pattern", p)))
	}
	return together(edits...)
}

// The codes that AWS is known to write, a pattern each.
const (
	denied            = `{ $.errorCode = "AccessDenied" }`
	deniedException   = `{ $.errorCode = "AccessDeniedException" }`
	unauthorized      = `{ $.errorCode = "UnauthorizedOperation" }`
	unauthorizedEC2   = `{ $.errorCode = "Client.UnauthorizedOperation" }`
	deniedInAmerica   = `{ ($.errorCode = "AccessDenied") && ($.awsRegion = "us-*") }`
	deniedElsewhere   = `{ ($.errorCode = "AccessDenied") && ($.awsRegion != "us-*") }`
	deniedToStrangers = `{ ($.errorCode = "AccessDenied") && ($.userIdentity.type = "AWSAccount") }`
)

// with compares the further filters that the shown chain is good with.
func with(filters ...string) func(*testing.T, verdict.Result) {
	return func(t *testing.T, r verdict.Result) {
		t.Helper()
		var got []string
		for _, c := range r.Chain.With {
			got = append(got, c.MetricFilter)
		}
		if !slices.Equal(got, filters) {
			t.Errorf("with %v, want %v", got, filters)
		}
	}
}

var setScenarios = []scenario{
	{name: "a filter for each code that AWS is known to write", of: "2.1", edits: []edit{pieces(denied, deniedException, unauthorized, unauthorizedEC2)},
		want: verdict.Pass, says: []said{{"pattern-narrower-than-reference", filter, "pattern"}},
		also: with(piece(0), piece(1), piece(2))},
	{name: "four filters of seven cover the control", of: "2.1", edits: []edit{
		pieces(deniedToStrangers, deniedInAmerica, denied, deniedException, unauthorized, unauthorizedEC2, deniedElsewhere)},
		want: verdict.Pass, says: []said{{"pattern-narrower-than-reference", piece(1), "pattern"}},
		also: with(piece(2), piece(3), piece(4))},
	{name: "seven filters that together lose events", of: "2.1", edits: []edit{
		pieces(deniedToStrangers, deniedInAmerica, denied, deniedException, unauthorized, deniedElsewhere)},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "more than four filters are needed", of: "2.1", edits: []edit{
		pieces(deniedInAmerica, deniedElsewhere, deniedException, unauthorized, unauthorizedEC2)},
		want: verdict.Unknown, at: "pattern", says: []said{{"pattern-undecided", filter, "pattern"}}},
	{name: "more than four filters are needed, and nobody is told", of: "2.1", edits: []edit{
		pieces(deniedInAmerica, deniedElsewhere, deniedException, unauthorized, unauthorizedEC2), sets("actions_enabled", false)},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}, {"actions-disabled", alarm, "actions_enabled"}}},
}

func piece(i int) string { return fmt.Sprintf("aws_cloudwatch_log_metric_filter.piece%d", i) }

var choiceScenarios = []scenario{
	{name: "more chains than are judged", of: "2.1", edits: []edit{crowd(70, filter, "name", wider), crowd(70, alarm, "alarm_name", threshold)},
		want: verdict.Unknown, says: []said{{"too-many-candidates", "", ""}}},
	{name: "a broken trail beside a good one", of: "2 2.1", edits: []edit{copies(trail, "aws_cloudtrail.a", setAttribute("aws_cloudtrail.a", "enable_logging", false))},
		want: verdict.Pass, also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: alarm, Topic: topic})},
	{name: "a trail without a log group beside a good one", of: "2.1", edits: []edit{copies(trail, "aws_cloudtrail.a",
		unset("aws_cloudtrail.a", "cloud_watch_logs_group_arn"), unset("aws_cloudtrail.a", "cloud_watch_logs_role_arn"))}, want: verdict.Pass},
	{name: "a broken alarm beside a good one", of: "2 2.1", edits: []edit{copies(alarm, "aws_cloudwatch_metric_alarm.a", setAttribute("aws_cloudwatch_metric_alarm.a", "actions_enabled", false))},
		want: verdict.Pass, also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: alarm, Topic: topic})},
	{name: "a narrow filter beside a good one", of: "2.1", edits: []edit{copies(filter, "aws_cloudwatch_log_metric_filter.a",
		setAttribute("aws_cloudwatch_log_metric_filter.a", "name", "a"), setAttribute("aws_cloudwatch_log_metric_filter.a", "pattern", `{ $.errorCode = "AccessDenied*" }`))},
		want: verdict.Pass, also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: alarm, Topic: topic})},
	{name: "a topic without subscriptions beside a good one", of: "2.1", edits: []edit{
		copies(topic, "aws_sns_topic.a", setAttribute("aws_sns_topic.a", "name", "a")), refers(alarm, "alarm_actions", "aws_sns_topic.a.arn", topic+".arn")},
		want: verdict.Pass, also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: alarm, Topic: topic})},
	{name: "a topic of another stack beside a good one", of: "2.1", edits: []edit{
		refers(alarm, "alarm_actions", topic+".arn"), copies(alarm, "aws_cloudwatch_metric_alarm.a",
			setAttribute("aws_cloudwatch_metric_alarm.a", "alarm_actions", []any{"arn:aws:sns:us-east-1:111122223333:others"}))}, want: verdict.Pass},
	{name: "two equal alarms, and the first is shown", of: "2.1", edits: []edit{copies(alarm, "aws_cloudwatch_metric_alarm.a")},
		want: verdict.Pass, also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: "aws_cloudwatch_metric_alarm.a", Topic: topic})},
	{name: "an unknown path beside a broken one", of: "2.1", edits: []edit{
		sets("actions_enabled", false), copies(alarm, secondAlarm,
			setAttribute(secondAlarm, "actions_enabled", true), setAttribute(secondAlarm, "alarm_actions", []any{"arn:aws:sns:us-east-1:111122223333:others"}))},
		want: verdict.Unknown, at: "topic",
		says: []said{{"topic-outside", "arn:aws:sns:us-east-1:111122223333:others", ""}, {"subscription-elsewhere", "arn:aws:sns:us-east-1:111122223333:others", ""}},
		also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: secondAlarm, Topic: "arn:aws:sns:us-east-1:111122223333:others"})},
	{name: "of two broken paths the one with most holding links", of: "2.1", edits: []edit{
		copies(alarm, "aws_cloudwatch_metric_alarm.a", setAttribute("aws_cloudwatch_metric_alarm.a", "actions_enabled", false), setAttribute("aws_cloudwatch_metric_alarm.a", "threshold", 26)),
		sets("actions_enabled", false)},
		want: verdict.Fail, at: "action", says: []said{{"actions-disabled", alarm, "actions_enabled"}},
		also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: alarm, Topic: topic})},
	{name: "of two broken paths with as many holding links the one with the later fault", of: "2.1", edits: []edit{
		copies(alarm, "aws_cloudwatch_metric_alarm.a", setAttribute("aws_cloudwatch_metric_alarm.a", "threshold", 26)), sets("actions_enabled", false)},
		want: verdict.Fail, at: "action", says: []said{{"actions-disabled", alarm, "actions_enabled"}},
		also: chain(verdict.Chain{Trail: trail, MetricFilter: filter, Alarm: alarm, Topic: topic})},
	{name: "broken beats unknown on one path", of: "2 2.1", base: "external-topic", edits: []edit{sets("actions_enabled", false)},
		want: verdict.Fail, at: "action",
		says: []said{{"actions-disabled", alarm, "actions_enabled"}, {"topic-outside", topicARN, ""}, {"subscription-elsewhere", topicARN, ""}}},
	{name: "what is behind a missing resource is not judged", of: "2.1", edits: []edit{
		setAttribute(alarm, "metric_name", "Errors"), setAttribute(alarm, "namespace", "App"), sets("actions_enabled", false), without(oncall)},
		want: verdict.Fail, at: "alarm", in: verdict.Missing, says: []said{{"no-alarm", filter, ""}},
		also: func(t *testing.T, r verdict.Result) {
			if last := r.Links[len(r.Links)-1].Link; last != "alarm" {
				t.Errorf("judged up to %s", last)
			}
		}},
	{name: "two filters that together cover the control", of: "2.1", edits: []edit{joinReasons}, want: verdict.Pass, also: with(secondFilter)},
	{name: "two filters that together cover the control, on one metric", of: "2.1 F16", edits: []edit{joinReasons, without(secondAlarm),
		setAttribute(secondFilter, "metric_transformation.0.name", "DeniedAPICalls")}, want: verdict.Pass, also: with(secondFilter)},
	{name: "two filters that together lose events", of: "2.1", edits: []edit{joinReasons, setAttribute(secondFilter, "pattern", `{ $.errorCode = "UnauthorizedOperation" }`)},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "two filters, and nobody watches the second", of: "2.1", edits: []edit{joinReasons, without(secondAlarm)},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "two filters, and the second tells a topic of another stack", of: "2.1", edits: []edit{joinReasons,
		setAttribute(secondAlarm, "alarm_actions", []any{"arn:aws:sns:us-east-1:111122223333:others"})},
		want: verdict.Unknown, at: "topic",
		says: []said{{"topic-outside", "arn:aws:sns:us-east-1:111122223333:others", ""}, {"subscription-elsewhere", "arn:aws:sns:us-east-1:111122223333:others", ""}}},
	{name: "two filters on two groups do not add up", of: "2.1", edits: []edit{joinReasons,
		copies(group, otherGroup, setAttribute(otherGroup, "name", "/other")), setAttribute(secondFilter, "log_group_name", "/other")},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "one of two filters is deleted", of: "2.1 2.2", base: existing, edits: []edit{joinReasons, deletes(secondFilter)},
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}, unconfirmed},
		also: blames("pattern-misses-events", "this plan deletes "+secondFilter)},
	{name: "three filters, one of them idle", of: "2.1", edits: []edit{joinReasons, copies(filter, "aws_cloudwatch_log_metric_filter.third",
		setAttribute("aws_cloudwatch_log_metric_filter.third", "name", "third"), setAttribute("aws_cloudwatch_log_metric_filter.third", "pattern", `{ $.errorCode = "AccessDenied" }`),
		setAttribute("aws_cloudwatch_log_metric_filter.third", "metric_transformation.0.name", "Third"))}, want: verdict.Pass, also: with(secondFilter)},
}

const shared = "arn:aws:cloudtrail:us-east-1:444455556666:trail/shared"

// foreign returns a trail of another account that writes to a group of its own.
func foreign(edits ...edit) edit {
	return copies(trail, secondTrail, append([]edit{known(secondTrail, "arn", shared), known(secondTrail, "name", "shared"),
		known(secondTrail, "cloud_watch_logs_group_arn", "arn:aws:logs:us-east-1:444455556666:log-group:/shared:*")}, edits...)...)
}

// inTheWest copies the chain to a second region.
func inTheWest() edit {
	var edits []edit
	for _, a := range []string{trail, group, filter, alarm, topic, oncall} {
		edits = append(edits, copies(a, a+"_w"), through("aws.west", "us-west-2", a+"_w"))
	}
	return together(append(edits,
		refers(trail+"_w", "cloud_watch_logs_group_arn", group+"_w.arn"), refers(alarm+"_w", "alarm_actions", topic+"_w.arn"),
		refers(oncall+"_w", "topic_arn", topic+"_w.arn"))...)
}

var placeScenarios = []scenario{
	{name: "everything in a second region", of: "2.1", edits: []edit{
		provider("aws.west", "us-west-2"), through("aws.west", "us-west-2", trail, group, filter, alarm, topic, oncall)}, want: verdict.Pass},
	{name: "the chain in two regions, and one of them is broken", of: "2 2.1", edits: []edit{
		provider("aws.west", "us-west-2"), inTheWest(), sets("actions_enabled", false)},
		want: verdict.Pass, also: chain(verdict.Chain{Trail: trail + "_w", MetricFilter: filter + "_w", Alarm: alarm + "_w", Topic: topic + "_w"})},
	{name: "the chain in two regions, and both are broken", of: "2.1", edits: []edit{
		provider("aws.west", "us-west-2"), sets("actions_enabled", false), inTheWest()},
		want: verdict.Fail, at: "action", says: []said{{"actions-disabled", alarm, "actions_enabled"}}},
	{name: "everything in a region that only the environment knows", of: "2.1", edits: []edit{
		provider("aws.env", ""), through("aws.env", "", trail, group, filter, alarm, topic, oncall)}, want: verdict.Pass},
	{name: "two provider configurations in one region", of: "2.1", edits: []edit{
		provider("aws.second", "us-east-1"), through("aws.second", "us-east-1", alarm, topic, oncall)},
		want: verdict.Unknown, at: "metric", says: []said{{"metric-undecided", alarm, "region"}}},
	{name: "two provider configurations, one region not known", of: "2.1 D05", edits: []edit{
		provider("aws.env", ""), through("aws.env", "", alarm, topic, oncall)},
		want: verdict.Unknown, at: "metric", says: []said{{"metric-undecided", alarm, "region"}}},
	{name: "a trail through another configuration", of: "2.1", edits: []edit{provider("aws.env", ""), through("aws.env", "", trail)},
		want: verdict.Unknown, at: "log_group", says: []said{{"value-unknown", filter, "log_group_name"}}},
	{name: "the topic of a second account", of: "2.1 S10", base: "existing-unchanged", edits: []edit{
		sets("alarm_actions", []any{"arn:aws:sns:us-east-1:444455556666:security-alerts"}), does(alarm, "update")},
		want: verdict.Unknown, at: "topic",
		says: []said{{"topic-outside", "arn:aws:sns:us-east-1:444455556666:security-alerts", ""}, {"subscription-elsewhere", "arn:aws:sns:us-east-1:444455556666:security-alerts", ""}}},
	{name: "an account that nobody watches", of: "2.1 T18", base: "existing-unchanged", edits: []edit{foreign()},
		want: verdict.Pass, says: []said{{"account-unwatched", secondTrail, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "an account that an organization trail watches", of: "2.1", base: "existing-unchanged", edits: []edit{foreign(), known(trail, "is_organization_trail", true), does(trail, "update")},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "a second trail of the same account", of: "2.1", base: "existing-unchanged", edits: []edit{foreign(
		known(secondTrail, "arn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/shared"))},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "a data trail of another account", of: "2.1", base: "existing-unchanged", edits: []edit{foreign(setAttribute(secondTrail, "event_selector", blocks{selector(false, "All")}))},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
}

// local makes an argument of a local, which the plan says nothing of.
func local(address, path string) edit { return refers(address, path, "local.hidden") }

var hiddenScenarios = []scenario{
	{name: "a local that can be one topic", of: "2.1", base: "local-indirection", want: verdict.Pass,
		says: []said{{"link-inferred", alarm, "alarm_actions"}}},
	{name: "a local that can be two good topics", of: "2.1", edits: []edit{
		local(alarm, "alarm_actions"), copies(topic, secondTopic, setAttribute(secondTopic, "name", "second")),
		copies(oncall, secondSub, refers(secondSub, "topic_arn", secondTopic+".arn")), relevant(secondTopic + ".arn")},
		want: verdict.Pass, says: []said{{"link-inferred", alarm, "alarm_actions"}}},
	{name: "a local that can be a topic without subscriptions", of: "2.1", edits: []edit{
		local(alarm, "alarm_actions"), copies(topic, secondTopic, setAttribute(secondTopic, "name", "second")), relevant(secondTopic + ".arn")},
		want: verdict.Unknown, at: "action", says: []said{{"action-elsewhere", "", "alarm_actions"}}},
	{name: "a local that can be a function", of: "2.1", edits: []edit{
		local(alarm, "alarm_actions"), adds("aws_lambda_function.ticket", block{"function_name": "ticket"}, "arn"), relevant("aws_lambda_function.ticket.arn")},
		want: verdict.Unknown, at: "action", says: []said{{"action-elsewhere", "", "alarm_actions"}}},
	{name: "a local that can be topics without subscriptions alone", of: "2.1", edits: []edit{
		local(alarm, "alarm_actions"), without(oncall), copies(topic, secondTopic, setAttribute(secondTopic, "name", "second")), relevant(secondTopic + ".arn")},
		want: verdict.Fail, at: "subscription", in: verdict.Missing,
		says: []said{{"link-inferred", alarm, "alarm_actions"}, {"no-subscription", secondTopic, ""}}},
	{name: "a local that can be nothing", of: "2.1", edits: []edit{local(alarm, "alarm_actions"), irrelevant},
		want: verdict.Unknown, at: "action", says: []said{{"action-elsewhere", alarm, "alarm_actions"}}},
	{name: "a local that is the trail's group", of: "2.1", edits: []edit{local(trail, "cloud_watch_logs_group_arn"), relevant(group + ".arn")},
		want: verdict.Pass, says: []said{{"link-inferred", filter, "log_group_name"}}},
	{name: "a local that is one of two groups", of: "2.1", edits: []edit{local(trail, "cloud_watch_logs_group_arn"),
		copies(group, otherGroup, setAttribute(otherGroup, "name", "/other")), relevant(group+".arn", otherGroup+".arn")},
		want: verdict.Unknown, at: "log_group", says: []said{{"value-unknown", filter, "log_group_name"}}},
	{name: "a local that is the subscription's topic", of: "2.1", edits: []edit{local(oncall, "topic_arn"), relevant(topic + ".arn")}, want: verdict.Pass},
	{name: "a local that is one of two topics of the subscription", of: "2.1", edits: []edit{local(oncall, "topic_arn"),
		copies(topic, secondTopic, setAttribute(secondTopic, "name", "second")), relevant(topic+".arn", secondTopic+".arn")},
		want: verdict.Unknown, at: "subscription", says: []said{{"value-unknown", oncall, "topic_arn"}}},
	{name: "a reference is a value", of: "2", edits: []edit{refers(alarm, "alarm_actions", topic+".arn")}, want: verdict.Pass},
	{name: "either of two topics, both good", of: "2.1", edits: []edit{
		copies(topic, secondTopic, setAttribute(secondTopic, "name", "second")), copies(oncall, secondSub, refers(secondSub, "topic_arn", secondTopic+".arn")),
		refers(alarm, "alarm_actions", "var.second", topic+".arn", secondTopic+".arn"), top("variables", object{"second": object{"value": true}})},
		want: verdict.Pass, says: []said{{"link-inferred", alarm, "alarm_actions"}}},
}
