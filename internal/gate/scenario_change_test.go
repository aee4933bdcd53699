package gate_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

const existing = "existing-unchanged"

var relevanceScenarios = []scenario{
	{name: "nothing to do with audit logs", of: "2.2", base: "no-trail-at-all", want: verdict.Skip},
	{name: "an application's filter alone", of: "2.2", edits: append(pattern(`{ $.level = "ERROR" }`), without(trail)), want: verdict.Skip},
	{name: "an application's terms alone", of: "2.2", edits: append(pattern(`AccessDenied`), without(trail)), want: verdict.Skip},
	{name: "a regular expression alone", of: "2.2", edits: append(pattern(`%AccessDenied|UnauthorizedOperation%`), without(trail)), want: verdict.Skip},
	{name: "an application's broken filter alone", of: "2.2", edits: append(pattern(`{ $.level = }`), without(trail)), want: verdict.Skip},
	{name: "a filter of everything alone", of: "2.2", edits: append(pattern(``), without(trail)), want: verdict.Skip},
	{name: "a filter of IAM changes alone", of: "2.2", edits: append(pattern(`{ ($.eventName = DeleteGroupPolicy) || ($.eventName = PutRolePolicy) }`), without(trail)), want: verdict.Skip},
	{name: "a near miss alone", of: "2.2", edits: append(pattern(`{ $.errorcode = "AccessDenied*" }`), without(trail)), want: verdict.Skip},
	{name: "a filter that does not parse alone", of: "2.2", edits: append(pattern(`{ $.errorCode = "AccessDenied*" `), without(trail)), want: verdict.Skip},
	{name: "a filter of something else that does not parse", of: "2.2", edits: pattern(`{ $.level = "ERROR" `),
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}}},
	{name: "a filter of IAM changes and a trail", of: "2.2", edits: pattern(`{ ($.eventName = DeleteGroupPolicy) || ($.eventName = PutRolePolicy) }`),
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}}},
	{name: "a filter of failed sign-ins tests another field of the same kind", of: "2.2", edits: pattern(`{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }`),
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}}},
	{name: "a trail alone", of: "2.2", edits: []edit{without(group, filter, alarm, role, rolePolicy, topic, oncall),
		unset(trail, "cloud_watch_logs_group_arn"), unset(trail, "cloud_watch_logs_role_arn")},
		want: verdict.Fail, at: "trail",
		says: []said{{"trail-without-log-group", trail, "cloud_watch_logs_group_arn"}, {"trail-without-role", trail, "cloud_watch_logs_role_arn"}, {"no-metric-filter", "", ""}}},
	{name: "a poor trail alone still counts", of: "2.2", edits: []edit{without(group, filter, alarm, role, rolePolicy, topic, oncall),
		unset(trail, "cloud_watch_logs_group_arn"), unset(trail, "cloud_watch_logs_role_arn"), setAttribute(trail, "enable_logging", false), setAttribute(trail, "is_multi_region_trail", false)},
		want: verdict.Fail, at: "trail",
		says: []said{{"trail-not-multi-region", trail, "is_multi_region_trail"}, {"trail-logging-off", trail, "enable_logging"},
			{"trail-without-log-group", trail, "cloud_watch_logs_group_arn"}, {"trail-without-role", trail, "cloud_watch_logs_role_arn"}, {"no-metric-filter", "", ""}}},
	{name: "a trail of data events alone", of: "2.2 T06", edits: []edit{without(group, filter, alarm, role, rolePolicy, topic, oncall),
		unset(trail, "cloud_watch_logs_group_arn"), unset(trail, "cloud_watch_logs_role_arn"), picks(blocks{field("eventCategory", "equals", "Data")})},
		want: verdict.Skip, says: []said{{"trail-data-only", trail, ""}}},
	{name: "a trail of data events beside the rest of the chain", of: "2.1 T04", edits: []edit{selects(selector(false, "All"))},
		want: verdict.Fail, at: "trail", says: []said{{"trail-misses-events", trail, "event_selector"}}},
	{name: "a group and a filter without a trail", of: "2.1", edits: []edit{without(trail)},
		want: verdict.Unknown, at: "trail", says: []said{{"trail-elsewhere", "", ""}, {"log-group-elsewhere", filter, "log_group_name"}}},
}

// blames checks that the fault names this plan.
func blames(code, cause string) func(*testing.T, verdict.Result) {
	return func(t *testing.T, r verdict.Result) {
		t.Helper()
		for _, f := range r.Findings {
			if f.Code == code && strings.Contains(f.Cause, cause) {
				return
			}
		}
		t.Errorf("%s does not say: %s", code, cause)
	}
}

// renamed returns a moved block: the resource has a new address and nothing else.
func renamed(from, to string) edit {
	return func(d draft) {
		for _, e := range []object{entry(d.changes(), from), entry(d.blocks(), from)} {
			_, e["name"] = split(to)
			e["address"] = to
		}
		entry(d.changes(), to)["previous_address"] = from
	}
}

// deposed returns an object that waits for its deletion under the address of its
// successor.
func deposed(address string) edit {
	return func(d draft) {
		e := clone(entry(d.changes(), address))
		e["deposed"] = "0c8e6f5a"
		c := e["change"].(object)
		c["actions"], c["before"], c["after"], c["after_unknown"] = []any{"delete"}, c["after"], nil, object{}
		d.plan["resource_changes"] = append(d.changes(), e)
	}
}

// imported returns a resource that this plan takes over as it is.
func imported(address string) edit {
	return func(d draft) { d.change(address)["importing"] = object{"id": "x"} }
}

var unconfirmed = said{"email-unconfirmed", oncall, ""}

var changeScenarios = []scenario{
	{name: "the trail is deleted", of: "2.2 D01", base: existing, edits: []edit{deletes(trail)},
		want: verdict.Fail, at: "trail", in: verdict.Missing, says: []said{{"trail-deleted", trail, ""}},
		also: blames("trail-deleted", "this plan deletes "+trail)},
	{name: "the filter is deleted", of: "2.2 D01", base: existing, edits: []edit{
		deletes(filter), setAttribute(alarm, "metric_name", "DeniedAPICalls"), setAttribute(alarm, "namespace", "Security")},
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}},
		also: blames("no-metric-filter", "this plan deletes "+filter)},
	{name: "trail and filter are deleted", of: "2.2", base: existing, edits: []edit{deletes(trail, filter)},
		want: verdict.Fail, at: "trail", in: verdict.Missing, says: []said{{"trail-deleted", trail, ""}},
		also: blames("trail-deleted", "this plan deletes "+trail)},
	{name: "the alarm is deleted", of: "2.2 D01", base: "deletes-the-alarm",
		want: verdict.Fail, at: "alarm", in: verdict.Missing, says: []said{{"no-alarm", filter, ""}},
		also: blames("no-alarm", "this plan deletes "+alarm)},
	{name: "the topic is deleted and the alarm goes on naming it", of: "S09 D01", base: existing, edits: []edit{
		deletes(topic, oncall), setAttribute(alarm, "alarm_actions", []any{topicARN})},
		want: verdict.Fail, at: "topic", in: verdict.Missing, says: []said{{"topic-deleted", topic, ""}},
		also: blames("topic-deleted", "this plan deletes "+topic)},
	{name: "the topic is deleted and the alarm has no action left", of: "S09", base: existing, edits: []edit{
		deletes(topic, oncall), unset(alarm, "alarm_actions"), does(alarm, "update")},
		want: verdict.Fail, at: "action", in: verdict.Missing, says: []said{{"no-action", alarm, "alarm_actions"}},
		also: blames("no-action", "this plan deletes "+topic)},
	{name: "the subscription is deleted", of: "D01", base: existing, edits: []edit{deletes(oncall)},
		want: verdict.Fail, at: "subscription", in: verdict.Missing, says: []said{{"no-subscription", topic, ""}},
		also: blames("no-subscription", "this plan deletes "+oncall)},
	{name: "the log group is deleted", of: "D01", base: existing, edits: []edit{deletes(group), setAttribute(filter, "log_group_name", "/aws/cloudtrail/organization")},
		want: verdict.Fail, at: "log_group", in: verdict.Missing, says: []said{{"log-group-deleted", group, ""}},
		also: blames("log-group-deleted", "this plan deletes "+group)},
	{name: "the trail's role is deleted", of: "T12 D01", base: existing, edits: []edit{deletes(role, rolePolicy)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}, unconfirmed}},
	{name: "the policy of the trail's role is deleted", of: "T12 D01", base: existing, edits: []edit{deletes(rolePolicy)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", rolePolicy, ""}, unconfirmed}},
	{name: "the policy of the trail's role is deleted, and the role shows it still", of: "T12 D01", base: existing, edits: []edit{
		known(role, "inline_policy", blocks{{"name": "write-log-streams", "policy": mayWrite("*")}}), was(rolePolicy, "name", "write-log-streams"), deletes(rolePolicy)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", rolePolicy, ""}, unconfirmed}},
	{name: "the topic's key is deleted", of: "S02 D01", base: existing, edits: []edit{
		adds(key, block{"key_id": "1234", "arn": "arn:aws:kms:us-east-1:111122223333:key/1234", "policy": uses(cloudWatch, encrypting, "")}),
		existed(key), deletes(key), known(topic, "kms_master_key_id", "1234"), was(topic, "kms_master_key_id", "1234")},
		want: verdict.Fail, at: "topic", says: []said{{"topic-key-disabled", key, ""}, unconfirmed}},
	{name: "everything is destroyed", of: "2.2 D01", base: existing, edits: []edit{destroys},
		want: verdict.Fail, at: "trail", in: verdict.Missing, says: []said{{"trail-deleted", trail, ""}},
		also: blames("trail-deleted", "this plan deletes "+trail)},
	{name: "a second trail takes over", of: "2", base: existing, edits: []edit{copies(trail, secondTrail), deletes(trail)}, want: verdict.Pass, says: []said{unconfirmed}},
	{name: "a second alarm is deleted", of: "2.2", base: existing, edits: []edit{copies(alarm, secondAlarm), deletes(secondAlarm)}, want: verdict.Pass, says: []said{unconfirmed}},
	{name: "an update breaks the pattern", of: "2.2", base: "loosens-the-pattern",
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}, unconfirmed},
		also: blames("pattern-misses-events", "this plan causes it")},
	{name: "what the plan does not touch exists", of: "2 D07", base: existing, want: verdict.Pass, says: []said{unconfirmed}},
	{name: "the alarm is forgotten", of: "D01", base: existing, edits: []edit{forgets(alarm)},
		want: verdict.Pass, says: []said{{"forgotten", alarm, ""}, unconfirmed}},
	{name: "the subscription is forgotten", of: "D01", base: existing, edits: []edit{forgets(oncall)},
		want: verdict.Pass, says: []said{{"forgotten", oncall, ""}, unconfirmed}},
	{name: "the alarm is moved", of: "D07", base: existing, edits: []edit{renamed(alarm, secondAlarm)}, want: verdict.Pass, says: []said{unconfirmed}},
	{name: "the alarm is imported", of: "D07", base: existing, edits: []edit{imported(alarm)}, want: verdict.Pass, says: []said{unconfirmed}},
	{name: "the topic is replaced", of: "D02", base: "replaces-the-topic", want: verdict.Pass,
		says: []said{{"replaced", topic, ""}, {"replaced", oncall, ""}, {confirm, oncall, ""}}},
	{name: "the alarm is replaced", of: "D02", base: existing, edits: []edit{does(alarm, "delete", "create")},
		want: verdict.Pass, says: []said{{"replaced", alarm, ""}, unconfirmed}},
	{name: "the composite alarm is replaced", of: "D02", base: composites, edits: []edit{does(composite, "create", "delete")},
		want: verdict.Pass, says: []said{{"replaced", composite, ""}}},
	{name: "a deposed alarm", of: "D08", edits: []edit{deposed(alarm)}, want: verdict.Pass},
	{name: "somebody edited the alarm", of: "D11 2", base: existing, edits: []edit{drifts(alarm, "threshold", 100)},
		want: verdict.Pass, says: []said{{"drifted", alarm, ""}, unconfirmed}},
	{name: "somebody edited the subscription", of: "D11 2", base: existing, edits: []edit{drifts(oncall, "endpoint", "nobody@example.com")},
		want: verdict.Pass, says: []said{{"drifted", oncall, ""}, unconfirmed}},
	{name: "count 0", of: "D03", edits: []edit{func(d draft) {
		entry(d.blocks(), alarm)["count_expression"] = object{"constant_value": 0}
		d.plan["resource_changes"] = without0(d.changes(), alarm)
	}}, want: verdict.Fail, at: "alarm", in: verdict.Missing, says: []said{{"no-alarm", filter, ""}}},
}

// existed makes a resource that a scenario added one that was there before.
func existed(address string) edit {
	return func(d draft) { c := d.change(address); c["before"], c["actions"] = c["after"], []any{"no-op"} }
}

func without0(list []any, address string) []any {
	var out []any
	for _, e := range list {
		if e.(object)["address"] != address {
			out = append(out, e)
		}
	}
	return out
}

var incomplete = top("complete", false)

var incompleteScenarios = []scenario{
	{name: "a targeted plan", of: "2.1 D06", base: "targeted", want: verdict.Unknown, at: "metric_filter", in: verdict.Undecided,
		says: []said{{"plan-incomplete", "", ""}, {"no-metric-filter", "", ""}}},
	{name: "an incomplete plan that shows nothing relevant", of: "2.1 2.2 D06", edits: []edit{incomplete, without(trail), without(filter)},
		want: verdict.Unknown, says: []said{{"input-not-read", "", ""}}},
	{name: "an incomplete plan with a good chain", of: "2.1 D06", edits: []edit{incomplete}, want: verdict.Unknown, says: []said{{"plan-incomplete", "", ""}}},
	{name: "a plan that stopped at an error", of: "2.1 D06", edits: []edit{top("errored", true)}, want: verdict.Unknown, says: []said{{"plan-incomplete", "", ""}}},
	{name: "a plan with deferred changes", of: "2.1 D06", edits: []edit{top("deferred_changes", []any{object{"reason": "provider_config_unknown",
		"resource_change": object{"address": "aws_instance.web", "mode": "managed", "type": "aws_instance", "name": "web", "change": object{"actions": []any{"create"}}}}})},
		want: verdict.Unknown, says: []said{{"plan-incomplete", "", ""}}},
	{name: "a plan that does not say whether it is complete", of: "2.1", edits: []edit{top("complete", absent), func(d draft) { delete(d.plan, "complete") }}, want: verdict.Pass},
	{name: "an incomplete plan without subscriptions", of: "2.1 D06", edits: []edit{incomplete, without(oncall)},
		want: verdict.Unknown, at: "subscription", in: verdict.Undecided, says: []said{{"plan-incomplete", "", ""}, {"no-subscription", topic, ""}}},
	{name: "an incomplete plan without actions", of: "2.1 D06", edits: []edit{incomplete, unset(alarm, "alarm_actions")},
		want: verdict.Unknown, at: "action", in: verdict.Undecided, says: []said{{"plan-incomplete", "", ""}, {"no-action", alarm, "alarm_actions"}}},
	{name: "an incomplete plan with actions off", of: "2.1 D06", edits: []edit{incomplete, sets("actions_enabled", false)},
		want: verdict.Fail, at: "action", says: []said{{"plan-incomplete", "", ""}, {"actions-disabled", alarm, "actions_enabled"}}},
	{name: "an incomplete plan that deletes the alarm", of: "2.1 D06", base: "deletes-the-alarm", edits: []edit{incomplete},
		want: verdict.Unknown, at: "alarm", in: verdict.Undecided, says: []said{{"plan-incomplete", "", ""}, {"no-alarm", filter, ""}}},
	{name: "an incomplete plan that deletes the trail", of: "2.1 D06", base: existing, edits: []edit{incomplete, deletes(trail)},
		want: verdict.Unknown, at: "trail", in: verdict.Undecided, says: []said{{"plan-incomplete", "", ""}, {"trail-deleted", trail, ""}}},
}
