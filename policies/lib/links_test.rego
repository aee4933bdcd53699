package iacgate.lib.links_test

import data.iacgate.lib.chain
import data.iacgate.lib.good
import data.iacgate.lib.links

# codes holds what is said of a link of the one candidate of a document.
codes(link, document) := {row[0] |
	part := links.parts(chain.question("c", document.controls.c), document.controls.c.candidates[0])[link] with input as document
	some row in links.rows(link, part) with input as document
	row[1] == true
}

c := "/controls/c/candidates/0"

trail := "/trails/t"

filter := "/metric_filters/f"

pattern := "/metric_filters/f/coverage/c"

watcher := "/metric_filters/f/watchers/a"

fires := "/metric_filters/f/watchers/a/fires"

actor := "/alarms/a/actors/a"

action := "/alarms/a/actors/a/actions/0"

path(base, rest) := concat("/", [base, rest])

broken(code) := {"state": "broken", "code": code, "resource": "x", "attribute": "policy", "reason": ""}

# vouched is an entry under external, and that it names what it is about.
vouched(kind) := object.union({"/config/external": [{kind: "any", "reason": "theirs"}]}, names[kind])

names := {"trail": {}, "log_group": {path(c, "named_by"): [0]}, "topic": {path(action, "named_by"): [0]}}

# Each case: what is changed, the link, and all that is said of it then.
cases := [
	[{"/alarms/a/publishers": [{"filter": "h", "everyday": {"c": {"eventName": "ListRoles"}}, "unknown": ""}]}, "metric", {"metric-flooded"}],
	[{path(watcher, "shared"): "111122223333"}, "metric", {"metric-of-other-account"}],
	[{"/alarms/a/publishers": [{"filter": "f", "everyday": {"c": {}}, "unknown": ""}]}, "metric", set()],
	[{"/alarms/a/publishers": [{"filter": "h", "everyday": {"other": {}}, "unknown": ""}]}, "metric", set()],
	[{"/alarms/a/publishers": [{"filter": "h", "everyday": {}, "unknown": "why"}]}, "metric", {"value-unknown"}],
	[{path(trail, "multi_region"): false}, "trail", {"trail-not-multi-region"}],
	[{path(trail, "multi_region"): null}, "trail", set()],
	[{path(trail, "logging"): false}, "trail", {"trail-logging-off"}],
	[{path(trail, "global_events"): false}, "trail", {"trail-without-global-events"}],
	[{path(trail, "records/lost"): {"read and write": "reads", "write": ""}}, "trail", {"trail-misses-events"}],
	[{path(trail, "records/lost"): {"read and write": "", "write": "writes"}}, "trail", set()],
	[{path(trail, "records/excluded"): ["kms.amazonaws.com"]}, "trail", {"trail-excludes-sources"}],
	[{path(trail, "records/excluded"): ["iam.amazonaws.com"]}, "trail", {"trail-misses-events"}],
	[{"/controls/c/sources": ["kms.amazonaws.com"], path(trail, "records/excluded"): ["kms.amazonaws.com"]}, "trail", {"trail-misses-events"}],
	[{"/controls/c/sources": ["s3.amazonaws.com"], path(trail, "records/excluded"): ["kms.amazonaws.com"]}, "trail", set()],
	[{"/controls/c/sources": ["s3.amazonaws.com"], path(trail, "records/excluded"): ["s3.amazonaws.com"]}, "trail", {"trail-misses-events"}],
	[{"/controls/c/events": "write", path(trail, "records/lost"): {"read and write": "reads", "write": ""}}, "trail", set()],
	[{path(trail, "records/unknown"): "why"}, "trail", {"value-unknown"}],
	[{path(trail, "log_group"): {"state": "none"}}, "trail", {"trail-without-log-group"}],
	[{path(trail, "role/state"): "none"}, "trail", {"trail-without-role"}],
	[{path(trail, "group_suffix"): "no star"}, "trail", {"trail-log-group-arn"}],
	[{path(trail, "role"): broken("trail-role-cannot-write")}, "trail", {"trail-role-cannot-write"}],
	[{path(trail, "unknown"): {"enable_logging": "var.on"}}, "trail", {"value-unknown"}],
	[{path(trail, "drifted"): ["name"]}, "trail", {"drifted"}],
	[{path(trail, "change"): "forget"}, "trail", {"forgotten"}],
	[{path(trail, "change"): "replace"}, "trail", {"replaced"}],
	[{path(c, "trail"): ""}, "trail", {"trail-elsewhere"}],
	[{path(c, "trail"): "", path(c, "deleted_trail"): "t"}, "trail", {"trail-deleted"}],
	[object.union({path(c, "trail"): ""}, vouched("trail")), "trail", {"trail-external"}],
	[object.union({path(c, "trail"): ""}, vouched("log_group")), "trail", {"trail-external"}],
	[{path(c, "trail"): "", "/config/external": [{"log_group": "other", "reason": "theirs"}]}, "trail", {"trail-elsewhere"}],
	[{path(c, "reads"): {"state": "different", "reason": ""}}, "log_group", {"log-group-mismatch"}],
	[{path(c, "reads"): {"state": "other-place", "reason": ""}}, "log_group", {"log-group-other-region"}],
	[{path(c, "reads"): {"state": "unknown", "reason": ""}}, "log_group", {"value-unknown"}],
	[{path(c, "reads"): {"state": "inferred", "reason": ""}}, "log_group", {"link-inferred"}],
	[{"/log_groups/g/filters": "no"}, "log_group", {"log-group-class"}],
	[{"/log_groups/g/key": broken("log-group-key")}, "log_group", {"log-group-key"}],
	[{"/log_groups/g/key": object.union(broken("log-group-key-not-visible"), {"state": "unknown"})}, "log_group", {"log-group-key-not-visible"}],
	[{path(c, "trail"): ""}, "log_group", {"log-group-elsewhere"}],
	[{path(c, "trail"): "", path(c, "deleted_group"): "g"}, "log_group", {"log-group-deleted"}],
	[object.union({path(c, "trail"): ""}, vouched("log_group")), "log_group", {"log-group-external"}],
	[object.union({path(c, "trail"): ""}, vouched("trail")), "log_group", set()],
	[object.union({path(c, "trail"): "", "/log_groups/g/external": true}, vouched("trail")), "log_group", {"log-group-elsewhere"}],
	[{path(c, "log_group"): "elsewhere"}, "log_group", set()],
	[{path(c, "filter"): ""}, "log_group", set()],
	[{path(c, "filter"): ""}, "metric_filter", {"no-metric-filter"}],
	[{path(filter, "value/state"): "zero"}, "metric_filter", {"metric-value-zero"}],
	[{path(filter, "value/state"): "selector"}, "metric_filter", {"metric-value-absent"}],
	[{path(filter, "value/state"): "invalid"}, "metric_filter", {"metric-filter-refused"}],
	[{path(filter, "contradiction"): "both"}, "metric_filter", {"metric-filter-refused"}],
	[{path(filter, "criteria"): "x"}, "metric_filter", {"metric-filter-narrowed"}],
	[{path(filter, "transform/state"): "field"}, "metric_filter", {"metric-filter-transformed"}],
	[{path(filter, "transform/state"): "unknown"}, "metric_filter", {"metric-filter-transformer-unknown"}],
	[{path(filter, "criteria"): "x", path(filter, "elsewhere"): true}, "metric_filter", {"metric-filter-looks-elsewhere", "metric-filter-narrowed"}],
	[{path(filter, "siblings"): 101}, "metric_filter", {"too-many-metric-filters"}],
	[{path(filter, "regex_siblings"): 6}, "metric_filter", {"too-many-metric-filters"}],
	[{path(filter, "siblings"): 100, path(filter, "regex_siblings"): 5}, "metric_filter", set()],
	[{path(pattern, "invalid"): "why"}, "pattern", {"pattern-invalid"}],
	[{path(pattern, "matches"): "never"}, "pattern", {"pattern-never-matches"}],
	[{path(pattern, "matches"): "not-all"}, "pattern", {"pattern-misses-events"}],
	[{path(pattern, "matches"): "not-unrecorded"}, "pattern", {"pattern-narrower-than-reference"}],
	[{path(pattern, "matches"): "unknown"}, "pattern", {"pattern-undecided"}],
	[{path(pattern, "beyond"): "everyday"}, "pattern", {"pattern-floods"}],
	[{path(pattern, "beyond"): "some"}, "pattern", {"pattern-is-wide"}],
	[{path(pattern, "enumerates"): ["$.eventType"]}, "pattern", {"pattern-enumerates"}],
	[{path(pattern, "differs"): "both"}, "pattern", {"pattern-texts-differ"}],
	[{path(pattern, "exclusions"): ["x"]}, "pattern", {"pattern-exclusions"}],
	[{path(pattern, "matches"): "not-all", path(c, "set"): 0, "/controls/c/sets": [{"patterns": {"f": good.coverage}}]}, "pattern", set()],
	[differs("name", true), "metric", {"metric-name-differs"}],
	[differs("namespace", true), "metric", {"metric-namespace-differs"}],
	[differs("dimensions", true), "metric", {"metric-dimensions-differ"}],
	[differs("unit", true), "metric", {"metric-unit-differs"}],
	[differs("region", true), "metric", {"metric-region-differs"}],
	[differs("filter-name", true), "metric", {"metric-name-is-filter-name"}],
	[differs("unit", false), "metric", {"metric-undecided"}],
	[{path(c, "alarm"): ""}, "metric", set()],
	[{path(c, "alarm"): ""}, "alarm", {"no-alarm"}],
	[{path(fires, "state"): "refused"}, "alarm", {"alarm-refused"}],
	[{path(fires, "state"): "always"}, "alarm", {"alarm-always-on"}],
	[{path(fires, "state"): "never"}, "alarm", {"alarm-cannot-fire"}],
	[{path(fires, "state"): "unknown"}, "alarm", {"alarm-undecided"}],
	[{path(fires, "events"): 5}, "alarm", set()],
	[{path(fires, "events"): 6}, "alarm", {"alarm-needs-burst"}],
	[{path(fires, "events"): 25}, "alarm", {"alarm-needs-burst"}],
	[{path(fires, "events"): 26}, "alarm", {"alarm-needs-large-burst"}],
	[{path(fires, "delay"): 3601}, "alarm", {"alarm-slow"}],
	[{path(fires, "warnings"): [{"code": "alarm-one-shot", "text": ""}]}, "alarm", {"alarm-one-shot"}],
	[{path(actor, "muted"): ["r"]}, "alarm", {"alarm-muted"}],
	[{path(actor, "muted"): ["r"], path(actor, "silenced"): ["r"]}, "alarm", {"alarm-silenced"}],
	[{path(actor, "muted"): ["r", "q"], path(actor, "silenced"): ["r"]}, "alarm", {"alarm-muted", "alarm-silenced"}],
	[{"/alarms/a/warm_up": "60"}, "alarm", {"alarm-warms-up"}],
	[{path(actor, "suppressor"): "x", path(actor, "suppressed"): true}, "alarm", {"alarm-suppressed"}],
	[{path(actor, "fires"): "no"}, "alarm", {"composite-suppresses"}],
	[{path(actor, "fires"): "unknown"}, "alarm", {"composite-undecided"}],
	[{path(actor, "suppressor"): "x"}, "alarm", {"alarm-has-suppressor"}],
	[{path(actor, "composite"): ["o"], "/composites/o/change": "replace"}, "alarm", {"replaced"}],
	[{path(actor, "enabled"): false}, "action", {"actions-disabled"}],
	[{path(actor, "enabled"): null}, "action", {"value-unknown"}],
	[{path(c, "action"): ""}, "action", {"no-action"}],
	[{path(action, "foreign"): "lambda"}, "action", {"action-not-sns"}],
	[{path(action, "topic"): ""}, "action", {"action-elsewhere"}],
	[object.union({path(action, "topic"): "", path(action, "text"): "var.topic"}, vouched("topic")), "action", set()],
	[{path(action, "state"): "inferred"}, "action", {"link-inferred"}],
	[{path(action, "region"): "no"}, "topic", {"topic-other-region"}],
	[{path(action, "publish"): broken("topic-policy-denies")}, "topic", {"topic-policy-denies"}],
	[{path(action, "key"): broken("topic-key-denies")}, "topic", {"topic-key-denies"}],
	[{path(action, "publish"): object.union(broken("topic-outside"), {"state": "unknown"})}, "topic", {"topic-outside"}],
	[object.union({path(action, "publish"): object.union(broken("topic-outside"), {"state": "unknown"})}, vouched("topic")), "topic", {"topic-external"}],
	[object.union({path(action, "publish"): broken("topic-policy-denies")}, vouched("topic")), "topic", {"topic-external", "topic-policy-denies"}],
	[{path(c, "deleted_topic"): "s", path(action, "publish"): object.union(broken("topic-outside"), {"state": "unknown"})}, "topic", {"topic-deleted"}],
	[{"/topics/s/fifo": true}, "topic", {"topic-fifo"}],
	[{"/topics/s/policies": ["p", "q"]}, "topic", {"topic-policy-twice"}],
	[{"/topics/s/misplaced": ["p"]}, "topic", {"topic-policy-other-region"}],
	[{"/subscriptions/m/doubts": [{"code": "email-unconfirmed", "text": ""}]}, "subscription", {"email-unconfirmed"}],
	[{"/subscriptions/m/drifted": ["endpoint"]}, "subscription", {"drifted"}],
	[{"/topics/s/delivering": [], "/topics/s/undelivered": [broken("no-subscription")]}, "subscription", {"no-subscription"}],
	[{path(c, "topic"): ""}, "subscription", {"subscription-elsewhere"}],
	[object.union({"/topics/s/delivering": []}, vouched("topic")), "subscription", {"subscription-external"}],
]

differs(kind, sure) := {"/metric_filters/f/watchers/a/differences": [{"kind": kind, "attribute": "x", "sure": sure, "text": ""}]}

# wrong holds the cases that come out otherwise, with what is said.
wrong := [[i, said] |
	some i, case in cases
	said := codes(case[1], good.but(case[0]))
	said != case[2]
]

test_each_row if wrong == []

test_every_case_is_judged if count([i | some i, case in cases; codes(case[1], good.but(case[0]))]) == count(cases)

test_good_chain_says_nothing if {
	every link in ["trail", "log_group", "metric_filter", "pattern", "metric", "alarm", "action", "topic", "subscription"] {
		codes(link, good.document) == set()
	}
}
