package iacgate.controls["unauthorized-api-calls_test"]

import data.iacgate.controls["unauthorized-api-calls"] as control
import data.iacgate.lib.good
import data.iacgate.main

facts := good.document.controls.c

filters := {"f": object.union(good.document.metric_filters.f, {"coverage": {"unauthorized-api-calls": good.coverage}})}

document := object.union(good.but({"/metric_filters": filters}), {"controls": {"unauthorized-api-calls": facts}})

test_good_chain_passes if control.result.verdict == "pass" with input as document

test_writes_alone_fail if {
	lost := {"lost": {"read and write": "no read events are recorded", "write": ""}}
	trails := {"t": object.union(good.document.trails.t, {"records": object.union(good.document.trails.t.records, lost)})}
	control.result.verdict == "fail" with input as object.union(document, {"trails": trails})
}

test_main_asks_for_it if main.results["unauthorized-api-calls"].verdict == "pass" with input as document
