package iacgate_test

import data.iacgate
import data.iacgate.lib.good

# first is the good document as graph prints it, as far as the report looks at it.
first := object.union(good.document, {"version": "1", "path": "a", "format": "plan", "case": null})

# but is that document with some values changed.
but(changes) := json.patch(first, [{"op": "add", "path": path, "value": value} | some path, value in changes])

bundle := {"version": "1", "iacgate": "1.2.3", "controls": ["c"], "codes": ["topic-outside"]}

schema := {"type": "object", "properties": {"taken": {"type": "array"}}, "required": ["taken"]}

report(documents) := asked(documents, bundle, {})

asked(documents, owned, packages) := r if {
	r := iacgate.report with input as documents
		with data.iacgate.bundle as owned
		with data.iacgate.schema as schema
		with data.iacgate.own.packages as packages
}

refused(documents) := r.errors if {
	r := report(documents)
	r.verdict == "error"
	r.exit == 2
	r.results == {}
}

test_one_document_and_a_list_of_one_are_the_same if {
	r := report(first)
	r == report([first])
	r == {"path": "a", "verdict": "pass", "exit": 0, "errors": [], "results": {"c": {"verdict": "pass", "findings": []}}}
}

test_a_fault_fails if {
	r := report(but({"/alarms/a/actors/a/actions": {}, "/controls/c/candidates/0/action": "", "/controls/c/candidates/0/reach": 7}))
	r.verdict == "fail"
	r.exit == 1
	count(r.results.c.findings) > 0
}

test_without_what_it_needs_nothing_is_judged if {
	unloaded := iacgate.report with input as first
	unloaded.verdict == "error"
	"the data of the bundle is not loaded" in unloaded.errors
	nothing := iacgate.report with data.iacgate.bundle as bundle with data.iacgate.schema as schema
	nothing.verdict == "error"
}

test_documents_that_do_not_fit_are_refused if {
	refused([]) == ["no document: the input is what iacgate graph prints, an object, or a list of objects"]
	refused("x") == ["document 1: no object"]
	refused(object.remove(first, ["version"])) == ["document 1: version null: this bundle judges documents of version 1"]
	refused(but({"/version": "2"})) == ["document 1: version 2: this bundle judges documents of version 1"]
	refused(object.remove(first, ["taken"])) == ["document 1: (Root): taken is required: this bundle is of iacgate 1.2.3, make the document with the same"]
}

test_a_control_that_is_asked_for_has_to_be_there if {
	"controls that are not in the documents: c; give iacgate graph the --control of the bundle" in refused(but({"/controls": {"d": first.controls.c}}))
	about_nothing := asked(but({"/controls": {}}), object.union(bundle, {"controls": []}), {})
	about_nothing.errors == ["the documents are about no control"]
}

test_what_has_no_answer_is_refused if {
	refused(object.remove(first, ["alarms"])) == ["document 1: no answer for control c"]
}

of(number, most, differ) := {"number": number, "of": most, "differ": differ}

# cases are two documents, of which the second has no alarm action.
cases(differ) := [
	but({"/case": of(1, 2, differ)}),
	but({
		"/case": of(2, 2, differ), "/controls/c/hidden": ["x"], "/controls/c/relevant": false,
		"/controls/c/candidates": [],
	}),
]

test_all_cases_have_to_be_there if {
	both := levelled("unknown")
	refused([both[0]]) == ["cases [1] of 2: all cases of an input are judged together"]
	refused([both[0], both[0]]) == ["cases [1, 1] of 2: all cases of an input are judged together"]
	refused([first, first]) == ["cases [1, 1] of 1: all cases of an input are judged together"]
	refused([both[0], object.union(both[1], {"path": "b"})]) == ["documents of several inputs: each input has an answer of its own"]
	refused([but({"/case": of(1, 0, "")})]) == ["cases [1] of 0: all cases of an input are judged together"]
}

levelled(level) := [object.union(d, {"levels": object.union(d.levels, {"differs": level})}) | some d in cases("differs")]

test_cases_that_differ_are_unknown if {
	r := report(levelled("unknown"))
	r.verdict == "unknown"
	r.exit == 3
	[f.code | some f in r.results.c.findings] == ["input-not-read", "differs"]
}

test_cases_that_differ_fail_if_the_configuration_says_so if {
	r := report(levelled("error"))
	r.verdict == "fail"
}

test_cases_that_agree_are_one if {
	same := [but({"/case": of(n, 2, "topic-outside")}) | some n in [1, 2]]
	report(same).verdict == "pass"
}

test_the_order_of_cases_is_that_of_their_numbers if {
	both := levelled("unknown")
	report([both[1], both[0]]) == report(both)
}

test_every_finding_has_a_level if {
	wrong := "levels: topic-outside is %v, not error, unknown, warning or note"
	every level in ["off", "", "Error", null, true] {
		refused(but({"/levels/topic-outside": level})) == [concat("", ["document 1: ", sprintf(wrong, [level])])]
	}
	refused(but({"/levels": {}})) == [concat("", ["document 1: ", sprintf(wrong, [null])])]
	refused([object.union(d, {"case": object.union(d.case, {"differ": "other"})}) | some d in levelled("error")]) == [
		"document 1: levels: other is null, not error, unknown, warning or note",
		"document 2: levels: other is null, not error, unknown, warning or note",
	]
}

test_cases_have_one_configuration_and_the_same_controls if {
	both := levelled("error")
	refused([both[0], object.union(both[1], {"levels": {"differs": "note"}})]) == ["documents of several configurations: the cases of an input have one"]
	refused([both[0], object.union(both[1], {"config": {"x": 1}})]) == ["documents of several configurations: the cases of an input have one"]
	refused([both[0], object.union(both[1], {"controls": {"d": both[1].controls.c}})]) == ["documents about several sets of controls: the cases of an input have one"]
}

test_a_package_does_not_answer_for_a_control if {
	own({"c": {"deny": set()}}).errors == ["c is a control and a package: rename the package"]
}

own(packages) := asked(first, bundle, packages)

test_own_packages_have_results if {
	r := own({"main": {"deny": {"no"}, "warn_name": {{"msg": "perhaps", "more": 1}}, "exception": [["other"]]}})
	r.verdict == "fail"
	r.results.main == {"verdict": "fail", "findings": [
		{"code": "deny", "level": "error", "message": "no"},
		{"code": "warn_name", "level": "warning", "message": "perhaps"},
	]}
	own({"main": {"deny": set()}}).results.main.verdict == "pass"
}

test_exceptions_waive if {
	r := own({"main": {"deny_tags": {"no"}, "exception": [["tags"]]}})
	r.verdict == "waived"
	r.exit == 0
	own({"main": {"violation": {"no"}, "exception": [[""]]}}).results.main.verdict == "waived"
}

test_what_own_packages_say_has_a_form if {
	own({"main": {"deny": true}}).errors == ["main.deny is not a set of messages"]
	own({"main": {"deny": {1}}}).errors == ["main.deny contains a number; a message is a string, or an object with the string msg"]
	own({"main": {"deny": {{"msg": 1}}}}).verdict == "error"
	own({"main": {"deny": set(), "exception": ["tags"]}}).errors == ["main.exception must contain lists of rule names"]
}
