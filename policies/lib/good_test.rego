# METADATA
# description: >-
#   The facts of one good chain, from which the unit tests of the library take one thing away at a time. Facts stand as
#   Go writes them, as far as rules look at them.
package iacgate.lib.good

node := {"external": false, "change": "no-op", "drifted": [], "region": "us-east-1", "account": "", "unknown": {}, "settled": {}, "uncertain": "", "refused": []}

none := {"state": "none", "code": "", "resource": "", "attribute": "", "reason": ""}

# candidate is the one candidate of the control.
candidate := {
	"index": 0, "trail": "t", "assumed": false, "fed_by": "", "log_group": "g", "group_name": "group", "named_by": [], "filter": "f", "alarm": "a",
	"actor": "a", "action": "0", "topic": "s", "reads": {"state": "same", "reason": ""}, "deleted_trail": "",
	"deleted_group": "", "deleted_topic": "", "reach": 9, "rivals": [], "set": -1, "with": [],
}

coverage := {
	"invalid": "", "matches": "all", "reason": "", "lost": null, "loses": "", "exclusions": [], "beyond": "none",
	"extra": null, "gains": "", "enumerates": [], "differs": "",
}

document := {
	"incomplete": [],
	"gaps": [],
	"taken": [],
	"other": [],
	"unused": [],
	"levels": {
		"account-unwatched": "warning", "alarm-other-kind": "note", "external-unused": "note", "input-not-read": "note",
		"plan-incomplete": "note", "too-many-candidates": "note", "trail-data-only": "note",
		"alarm-name-shared": "warning", "alarm-slow": "warning", "drifted": "warning", "email-unconfirmed": "warning", "link-inferred": "note",
		"log-group-elsewhere": "unknown",
		"no-subscription": "error", "topic-outside": "unknown", "trail-elsewhere": "unknown", "value-unknown": "unknown",
	},
	"config": {"external": [], "sensitivity": {"warn_above": 5, "fail_above": 25, "max_delay": 3600}},
	"controls": {"c": {"events": "read and write", "sources": [], "relevant": true, "certain": true, "hidden": [], "candidates": [candidate], "sets": [], "excess": 0}},
	"trails": {"t": object.union(node, {
		"address": "t", "logging": true, "multi_region": true, "global_events": true, "group_suffix": "", "role": object.union(none, {"state": "ok"}),
		"records": {"lost": {"read and write": "", "write": ""}, "excluded": [], "attribute": "event_selector", "unknown": "", "management": "yes"},
		"organization": false, "log_group": {"state": "known"},
	})},
	"log_groups": {"g": object.union(node, {"address": "g", "class": "STANDARD", "filters": "yes", "key": none})},
	"metric_filters": {"f": object.union(node, {
		"address": "f", "series": {"text": "Security/Denied"}, "value": {"state": "number", "text": "1"},
		"contradiction": "", "transform": {"state": "nothing", "reason": ""}, "criteria": null, "elsewhere": false, "siblings": 1, "regex_siblings": 0,
		"coverage": {"c": coverage},
		"watchers": {"a": {
			"holds": "yes", "differences": [], "shared": "",
			"fires": {"state": "fires", "argument": "", "reason": "", "events": 1, "delay": 300, "text": "", "warnings": []},
		}},
	})},
	"alarms": {"a": object.union(node, {"address": "a", "warm_up": "", "publishers": [], "actors": {"a": {
		"address": "a", "composite": [], "fires": "yes", "reason": "", "suppressor": "", "suppressed": false, "muted": [], "silenced": [], "enabled": true,
		"text": "true", "actions": {"0": {
			"state": "known", "topic": "s", "foreign": "", "text": "s.arn", "named_by": [], "reason": "", "region": "yes", "publish": none,
			"key": none,
		}},
	}}})},
	"composites": {"o": object.union(node, {"address": "o"})},
	"topics": {"s": object.union(node, {
		"address": "s", "fifo": false, "max_message": null, "policies": [], "misplaced": [], "delivering": ["m"], "undelivered": [],
	})},
	"subscriptions": {"m": object.union(node, {"address": "m", "doubts": []})},
}

# but is the good document with some values changed, by their JSON paths.
but(changes) := json.patch(document, [{"op": "add", "path": path, "value": value} | some path, value in changes])
