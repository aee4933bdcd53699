package iacgate.controls["root-account-usage_test"]

import data.iacgate.controls["root-account-usage"] as control
import data.iacgate.lib.good
import data.iacgate.main

facts := object.union(good.document.controls.c, {"events": "read and write"})

filters := {"f": object.union(good.document.metric_filters.f, {"coverage": {"root-account-usage": good.coverage}})}

document := object.union(good.but({"/metric_filters": filters}), {"controls": {"root-account-usage": facts}})

losing(lost) := object.union(document, {"trails": {"t": object.union(good.document.trails.t, {"records": object.union(good.document.trails.t.records, {"lost": lost})})}})

test_good_chain_passes if control.result.verdict == "pass" with input as document

test_trail_without_reads_fails if control.result.verdict == "fail" with input as losing({"read and write": "no reads", "write": ""})

test_main_asks_for_it if main.results["root-account-usage"].verdict == "pass" with input as document
