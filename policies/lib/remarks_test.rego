package iacgate.lib.remarks_test

import data.iacgate.lib.good
import data.iacgate.lib.remarks

passes := {"verdict": "pass", "whole": [0]}

# of is what is said of the control of a document.
of(document, answer) := r if {
	r := remarks.with_remarks(document.controls.c, answer) with input as document
}

said(document, answer) := {[f.code, f.resource, f.reason] | some f in of(document, answer).unlinked}

test_nothing_is_said_of_the_good_document if {
	count(said(good.document, passes)) == 0
	of(good.document, passes).verdict == "pass"
}

test_what_was_not_read if {
	skips := {"verdict": "skip", "whole": []}
	hidden := ["a", "b", "c", "d"]
	document := good.but({
		"/controls/c/hidden": hidden, "/controls/c/excess": 7, "/incomplete": ["a", "targeted"],
		"/gaps": [{"text": "module x", "links": [], "decides": true, "module": "x"}],
	})
	said(document, skips) == {
		["input-not-read", "", "a; b; c; and 1 more"], ["too-many-candidates", "", "more than 7"],
		["plan-incomplete", "", "targeted"], ["plan-incomplete", "", "module x"],
	}
}

test_data_trails_are_said_where_nothing_is_judged if {
	document := good.but({"/trails/t/records/management": "no"})
	said(document, {"verdict": "skip", "whole": []}) == {["trail-data-only", "t", ""]}
	said(document, {"verdict": "fail", "whole": []}) == set()
}

test_what_nothing_needs_and_what_is_not_judged if {
	document := good.but({"/unused": ["topic x"], "/other": [{"address": "o", "type": "aws_x"}]})
	said(document, passes) == {["external-unused", "", "topic x"], ["alarm-other-kind", "o", "aws_x"]}
}

verdict_at(level, alone) := of(document, {"verdict": alone, "whole": []}).verdict if {
	document := good.but({"/other": [{"address": "o", "type": "aws_x"}], "/levels/alarm-other-kind": level})
}

test_a_level_of_the_configuration_changes_the_verdict if {
	verdict_at("note", "pass") == "pass"
	verdict_at("warning", "skip") == "skip"
	verdict_at("unknown", "pass") == "unknown"
	verdict_at("unknown", "fail") == "fail"
	verdict_at("error", "unknown") == "fail"
}

# elsewhere is the good document with another trail, and changes of both.
elsewhere(first, second) := good.but({
	"/trails/t": object.union_n([good.document.trails.t, {"account": "1"}, first]),
	"/trails/x": object.union_n([good.document.trails.t, {"address": "x", "account": "2"}, second]),
})

test_accounts_that_nobody_watches if {
	unwatched := {["account-unwatched", "x", "2"]}
	said(elsewhere({}, {}), passes) == unwatched
	said(elsewhere({"organization": null}, {}), passes) == unwatched
	said(elsewhere({}, {}), object.union(passes, {"whole": []})) == set()
	said(elsewhere({}, {"account": "1"}), passes) == set()
	said(elsewhere({}, {"account": ""}), passes) == set()
	said(elsewhere({"account": ""}, {}), passes) == set()
	said(elsewhere({"organization": true}, {}), passes) == set()
	said(elsewhere({}, {"records": {"management": "no"}}), passes) == set()
}

test_a_trail_outside_the_input_may_watch_all if {
	document := json.patch(elsewhere({}, {}), [{"op": "replace", "path": "/controls/c/candidates/0/trail", "value": "outside"}])
	said(document, passes) == set()
}
