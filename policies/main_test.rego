package iacgate.main_test

import data.iacgate.lib.good
import data.iacgate.main

# asks is the good document for a control of some events.
asks(control, events) := object.union(
	good.but({"/metric_filters": {"f": object.union(good.document.metric_filters.f, {"coverage": {control: good.coverage}})}}),
	{"controls": {control: object.union(good.document.controls.c, {"events": events})}},
)

losing(document, lost) := object.union(document, {"trails": {"t": object.union(
	good.document.trails.t,
	{"records": object.union(good.document.trails.t.records, {"lost": lost})},
)}})

test_every_control_is_answered if {
	document := object.union(asks("c", "write"), {"controls": {"b": object.union(good.document.controls.c, {"relevant": false})}})
	answers := main.results with input as document
	answers.c.verdict == "pass"
	answers.b.verdict == "skip"
	count(answers) == 2
}

test_reads_are_needed_where_they_are_events if {
	document := losing(asks("c", "read and write"), {"read and write": "no reads", "write": ""})
	main.results.c.verdict == "fail" with input as document
}

test_reads_are_not_needed_where_they_are_none if {
	document := losing(asks("c", "write"), {"read and write": "no reads", "write": ""})
	main.results.c.verdict == "pass" with input as document
}

test_writes_are_always_needed if {
	every events in ["write", "read and write"] {
		document := losing(asks("c", events), {"read and write": "no writes", "write": "no writes"})
		main.results.c.verdict == "fail" with input as document
	}
}
