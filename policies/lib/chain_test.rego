package iacgate.lib.chain_test

import data.iacgate.lib.chain
import data.iacgate.lib.good

result(changes) := answer(good.but(changes))

answer(document) := r if {
	facts := document.controls.c
	r := chain.result(chain.question("c", facts), facts.candidates) with input as document
}

two(first, second) := {"/controls/c/candidates": [
	object.union(good.candidate, first),
	object.union(good.candidate, object.union({"index": 1}, second)),
]}

states(r) := [l.state | some l in r.links]

test_good_chain_passes if {
	r := result({})
	r.verdict == "pass"
	r.whole == [0]
	states(r) == ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"]
}

test_irrelevant_input_is_skipped if result({"/controls/c/relevant": false}) == {"verdict": "skip", "candidate": -1, "links": [], "whole": [], "progress": []}

test_candidates_beyond_the_bound_are_unknown if {
	result({"/controls/c/excess": 4000}) == {"verdict": "unknown", "candidate": -1, "links": [], "whole": [], "progress": []}
	result({"/controls/c/excess": 4000, "/levels/too-many-candidates": "warning"}).verdict == "unknown"
	result({"/controls/c/excess": 4000, "/levels/too-many-candidates": "error"}).verdict == "fail"
}

test_broken_link_fails if {
	r := result({"/trails/t/logging": false})
	r.verdict == "fail"
	r.links[0].state == "broken"
	r.links[0].findings[0] == {
		"code": "trail-logging-off", "link": "trail", "level": "error", "resource": "t", "attribute": "enable_logging",
		"reason": "", "witness": null,
	}
}

test_witness_is_carried if {
	r := result({"/metric_filters/f/coverage/c/matches": "never", "/metric_filters/f/coverage/c/lost": {"errorCode": "AccessDenied"}})
	r.links[3].findings[0].witness == {"errorCode": "AccessDenied"}
}

test_missing_link_fails_and_ends_the_chain if {
	r := result({"/controls/c/candidates/0/filter": "", "/controls/c/candidates/0/reach": 3})
	r.verdict == "fail"
	states(r) == ["ok", "ok", "missing"]
}

test_unseen_link_is_unknown if result({"/trails/t/records/unknown": "why"}).verdict == "unknown"

test_broken_beats_unknown if result({"/trails/t/records/unknown": "why", "/trails/t/logging": false}).verdict == "fail"

test_warning_passes if result({"/trails/t/drifted": ["name"]}).verdict == "pass"

test_inferred_link_passes if {
	r := result({"/controls/c/candidates/0/reads": {"state": "inferred", "reason": ""}})
	r.verdict == "pass"
	r.links[1].state == "inferred"
}

test_code_without_level_is_an_error if result({"/trails/t/role": {
	"state": "broken", "code": "no-such-code", "resource": "", "attribute": "", "reason": "",
}}).verdict == "fail"

test_levels_are_the_configured_ones if result({"/trails/t/logging": false, "/levels/trail-logging-off": "note"}).verdict == "pass"

test_chain_that_ends_early_never_passes if result({
	"/controls/c/candidates/0/filter": "", "/controls/c/candidates/0/reach": 3, "/levels/no-metric-filter": "note",
}).verdict == "unknown"

test_incomplete_input_never_passes if result({"/incomplete": ["-target"]}).verdict == "unknown"

test_absence_from_an_incomplete_input_is_unknown if {
	nobody := {"state": "broken", "code": "no-subscription", "resource": "s", "attribute": "", "reason": ""}
	r := result({"/incomplete": ["-target"], "/topics/s/delivering": [], "/topics/s/undelivered": [nobody]})
	r.verdict == "unknown"
	r.links[8].state == "unknown"
}

test_gap_beside_a_whole_chain_passes if result({"/gaps": ["module.vpc"]}).verdict == "pass"

test_absence_beside_a_gap_is_unknown if {
	nobody := {"state": "broken", "code": "no-subscription", "resource": "s", "attribute": "", "reason": ""}
	beside := {"/topics/s/delivering": [], "/topics/s/undelivered": [nobody]}
	gap := {"links": ["subscription"], "text": "module.vpc was not read", "module": "vpc", "decides": true}
	result(object.union(beside, {"/gaps": [gap]})).verdict == "unknown"
	result(object.union(beside, {"/gaps": [object.union(gap, {"links": ["alarm"]})]})).verdict == "fail"
	result(object.union(beside, {"/controls/c/certain": false})).verdict == "unknown"
}

test_fault_in_an_incomplete_input_fails if result({"/incomplete": ["-target"], "/trails/t/logging": false}).verdict == "fail"

test_best_candidate_is_shown if {
	r := result(two({"reads": {"state": "different", "reason": ""}}, {}))
	[r.verdict, r.candidate, r.whole] == ["pass", 1, [1]]
}

test_every_candidate_has_a_progress if {
	r := result(two({"reads": {"state": "different", "reason": ""}}, {}))
	[s.verdict | some s in r.progress] == ["fail", "pass"]
	r.progress[0].fault.link == "log_group"
	r.progress[1].fault == null
}

test_first_of_equals_is_shown if result(two({}, {})).candidate == 0

test_most_holding_links_are_shown if {
	result(two({"reads": {"state": "different", "reason": ""}}, {"filter": "", "reach": 3})).candidate == 0
}

test_latest_first_fault_is_shown if {
	result(two({"reads": {"state": "different", "reason": ""}}, {"deleted_topic": "s"})).candidate == 1
}

test_outside_trail_is_no_candidate_beside_one_inside if {
	r := result(two({"trail": ""}, {"reads": {"state": "different", "reason": ""}}))
	[r.verdict, r.candidate] == ["fail", 1]
}

test_assumed_trail_is_a_candidate if result({"/controls/c/candidates/0/trail": "", "/controls/c/candidates/0/assumed": true}).verdict == "unknown"

test_vouched_group_is_a_candidate if result({
	"/controls/c/candidates/0/trail": "", "/controls/c/candidates/0/named_by": [0],
	"/config/external": [{"log_group": "group", "reason": "theirs"}],
	"/levels/trail-external": "note", "/levels/log-group-external": "note",
}).verdict == "pass"

test_rivals_all_have_to_hold if {
	rivals := two({"rivals": [1]}, {"rivals": [0], "deleted_topic": "s"})
	r := result(rivals)
	[r.verdict, r.candidate, r.links[6].state] == ["unknown", 0, "unknown"]
	result(two({"rivals": [1]}, {"rivals": [0]})).verdict == "pass"
}

# A set of two filters, each with its own candidate.
pair(first, second) := object.union(
	two(object.union({"set": 0, "with": ["h"]}, first), object.union({"set": 0, "with": ["f"], "filter": "h"}, second)),
	{
		"/metric_filters/h": object.union(good.document.metric_filters.f, {"address": "h"}),
		"/controls/c/sets": [{"filters": ["f", "h"], "patterns": {"f": good.coverage, "h": good.coverage}}],
	},
)

test_set_of_filters_passes if result(pair({}, {})).whole == [0, 1]

test_set_is_as_good_as_its_worst_filter if {
	r := result(pair({}, {"deleted_topic": "s"}))
	[r.verdict, r.candidate, r.whole] == ["fail", 1, []]
}

# The filter alone still is a candidate, and all that is left of a set whose parts never meet.
test_set_meets_behind_one_trail if {
	alone := object.union(good.candidate, {"index": 2, "deleted_topic": "s"})
	apart := object.union(pair({}, {"trail": "u"}), {"/trails/u": good.document.trails.t})
	r := answer(json.patch(good.but(apart), [{"op": "add", "path": "/controls/c/candidates/-", "value": alone}]))
	[r.verdict, r.candidate, r.whole] == ["fail", 2, []]
}

# taken: an alarm of the candidate shares its name with a second one, which another candidate has.
taken(state, second) := object.union(two({}, object.union({"alarm": "b", "actor": "b"}, second)), {
	"/taken": [{"link": "alarm", "attribute": "alarm_name", "resources": ["a", "b"], "state": state, "reason": "why"}],
	"/alarms/b": object.union(good.document.alarms.a, {"actors": {"b": good.document.alarms.a.actors.a}}),
	"/metric_filters/f/watchers/b": good.document.metric_filters.f.watchers.a,
})

alarm_findings(r) := [f.code | some l in r.links; l.link == "alarm"; some f in l.findings]

test_of_two_alarms_with_one_name_each_has_to_do if {
	both := result(taken("sure", {}))
	both.verdict == "pass"
	alarm_findings(both) == ["alarm-name-shared"]
	one := result(object.union(taken("sure", {}), {"/alarms/b/actors/b/enabled": false}))
	one.verdict == "fail"
	alarm_findings(one) == ["alarm-name-taken"]
}

test_an_undecided_holder_of_the_name_is_unknown_at_worst if {
	result(taken("undecided", {})).verdict == "pass"
	result(object.union(taken("undecided", {}), {"/alarms/b/actors/b/enabled": false})).verdict == "unknown"
}

test_a_holder_of_the_name_elsewhere_is_a_warning if {
	r := result(object.union(taken("apart", {}), {"/alarms/b/actors/b/enabled": false}))
	r.verdict == "pass"
	alarm_findings(r) == ["alarm-name-shared"]
}

test_a_set_needs_all_its_filters_whoever_is_left if {
	part := {"set": 0, "with": ["h"]}
	first := object.union(good.candidate, part)
	second := object.union(good.candidate, {"index": 1, "set": 0, "with": ["f"], "filter": "h", "alarm": "b", "actor": "b"})
	changes := object.union(taken("sure", {}), {
		"/controls/c/candidates": [first, second],
		"/controls/c/sets": [{"filters": ["f", "h"], "patterns": {"f": good.coverage, "h": good.coverage}}],
		"/metric_filters/h": object.union(good.document.metric_filters.f, {"watchers": {"b": good.document.metric_filters.f.watchers.a}}),
	})
	result(changes).verdict == "fail"
	result(object.union(changes, {"/taken": []})).verdict == "pass"
}
