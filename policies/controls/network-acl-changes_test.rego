package iacgate.controls["network-acl-changes_test"]

import data.iacgate.controls["network-acl-changes"] as control
import data.iacgate.lib.good
import data.iacgate.main

facts := object.union(good.document.controls.c, {"events": "write"})

filters := {"f": object.union(good.document.metric_filters.f, {"coverage": {"network-acl-changes": good.coverage}})}

document := object.union(good.but({"/metric_filters": filters}), {"controls": {"network-acl-changes": facts}})

losing(lost) := object.union(document, {"trails": {"t": object.union(good.document.trails.t, {"records": object.union(good.document.trails.t.records, {"lost": lost})})}})

test_good_chain_passes if control.result.verdict == "pass" with input as document

# Reads are none of this control's events.
test_reads_are_not_needed if control.result.verdict == "pass" with input as losing({"read and write": "no reads", "write": ""})

test_trail_without_writes_fails if control.result.verdict == "fail" with input as losing({"read and write": "", "write": "no writes"})

test_main_asks_for_it if main.results["network-acl-changes"].verdict == "pass" with input as document
