# METADATA
# description: >-
#   The answer of an OPA server about one input: the verdicts of `iacgate check`, without waivers and messages. `iacgate bundle` adds it to the
#   policies; `iacgate check` does not run it. What cannot be judged has the verdict "error", never another one.
package iacgate

import data.iacgate.main
import data.iacgate.own

# documents are those of one input: what `iacgate graph` prints of it, one document or a list of one for each case.
default documents := []

documents := input if is_array(input)

documents := [input] if not is_array(input)

# METADATA
# entrypoint: true
report := {"path": path, "verdict": "error", "exit": 2, "errors": faults, "results": {}} if {
	count(faults) > 0
} else := {"path": path, "verdict": worst, "exit": object.get({"fail": 1, "unknown": 3}, worst, 0), "errors": [], "results": results} if {
	verdicts := {r.verdict | some r in results}
	worst := [v | some v in ["fail", "unknown", "waived", "pass", "skip"]; v in verdicts][0]
}

default path := ""

path := documents[0].path if is_string(documents[0].path)

# faults say why nothing is judged, sorted. The form of the documents is checked before their content.
faults := sort(malformed_documents) if {
	count(malformed_documents) > 0
} else := sort(((incomplete | unanswered) | own_errors))

malformed_documents contains "no document: the input is what iacgate graph prints, an object, or a list of objects" if count(documents) == 0

malformed_documents contains "the data of the bundle is not loaded" if not loaded

loaded if {
	data.iacgate.bundle.version
	data.iacgate.schema
}

malformed_documents contains sprintf("document %d: %s", [i + 1, reason]) if {
	some i, d in documents
	some reason in malformed(d)
}

# malformed: every member that policies read has to be there, because what is undefined raises no finding.
malformed(d) := ["no object"] if {
	not is_object(d)
} else := [sprintf("version %v: this bundle judges documents of version %v", [object.get(d, "version", null), data.iacgate.bundle.version])] if {
	object.get(d, "version", null) != data.iacgate.bundle.version
} else := [] if {
	match(d)[0] == true
	count(unlevelled(d)) == 0
} else := array.slice(sort(unlevelled(d)), 0, 3) if {
	match(d)[0] == true
} else := [sprintf("%s: %s: this bundle is of iacgate %s, make the document with the same", [e.field, e.desc, data.iacgate.bundle.iacgate]) |
	some e in array.slice(match(d)[1], 0, 3)
] if {
	count(match(d)[1]) > 0
} else := ["it cannot be compared with the schema"]

match(d) := json.match_schema(d, data.iacgate.schema)

# unlevelled: a finding counts as its level says. One without a level, or with another word, would count for nothing.
unlevelled(d) := {sprintf("levels: %s is %v, not error, unknown, warning or note", [code, object.get(d.levels, code, null)]) |
	some code in ((({code | some code in data.iacgate.bundle.codes} | object.keys(d.levels)) | {object.get(d, ["case", "differ"], "")}) - {""})
	not object.get(d.levels, code, null) in {"error", "unknown", "warning", "note"}
}

incomplete contains sprintf("cases %v of %d: all cases of an input are judged together", [present, most]) if {
	present := sort([object.get(d, ["case", "number"], 1) | some d in documents])
	most := max([object.get(d, ["case", "of"], 1) | some d in documents])
	not all_of(present, most)
}

all_of(present, most) if {
	count(present) == most
	present == numbers.range(1, most)
}

incomplete contains "documents of several inputs: each input has an answer of its own" if {
	count({[d.path, d.format] | some d in documents}) > 1
}

incomplete contains "documents of several configurations: the cases of an input have one" if {
	count({[object.get(d, "levels", null), object.get(d, "config", null)] | some d in documents}) > 1
}

incomplete contains "documents about several sets of controls: the cases of an input have one" if {
	count({object.keys(d.controls) | some d in documents}) > 1
}

incomplete contains sprintf("controls that are not in the documents: %s; give iacgate graph the --control of the bundle", [concat(", ", sort(missing))]) if {
	missing := {control |
		some control in data.iacgate.bundle.controls
		some d in documents
		not d.controls[control]
	}
	count(missing) > 0
}

incomplete contains "the documents are about no control" if {
	count(documents[0].controls) == 0
	count(packages) == 0
}

# cases are the documents in the order of their cases. The user's own packages judge the first.
cases := [documents[numbered[1]] | some numbered in sort([[object.get(d, ["case", "number"], 1), i] | some i, d in documents])]

# answers are those of each case.
answers := [answer | some d in cases; answer := main.results with input as d]

unanswered contains sprintf("document %d: no answer for control %s", [i + 1, control]) if {
	some i, d in cases
	some control, _ in d.controls
	not answers[i][control].verdict
}

unanswered contains sprintf("no verdict for control %s", [control]) if {
	some control, _ in cases[0].controls
	every answer in answers {
		answer[control].verdict
	}
	not control_results[control].verdict
}

results := object.union(control_results, package_results)

control_results[control] := of_all_cases([a | some answer in answers; a := answer[control]]) if some control, _ in cases[0].controls

# of_all_cases: a verdict has to hold in all of them. If it does not, the worst case is shown, and its errors become unknown.
of_all_cases(all) := {"verdict": shown.verdict, "findings": findings(shown)} if {
	shown := worst_case(all)
	count({a.verdict | some a in all}) == 1
} else := {"verdict": "fail", "findings": array.concat(findings(shown), [differs])} if {
	differs.level == "error"
	shown := worst_case(all)
} else := {"verdict": "unknown", "findings": array.concat(opened, [differs])} if {
	opened := [object.union(f, {"level": object.get({"error": "unknown"}, f.level, f.level)}) | some f in findings(worst_case(all))]
}

worst_case(all) := all[min([[rank[a.verdict], i] | some i, a in all])[1]]

rank := {"fail": 0, "unknown": 1, "skip": 2, "pass": 3}

findings(answer) := array.concat([f | some l in answer.links; some f in l.findings], answer.unlinked)

differs := {"code": code, "link": "", "level": cases[0].levels[code], "resource": "", "attribute": "", "reason": "", "witness": null} if {
	code := cases[0].case.differ
}

# packages are the rules of the user's policies, by package and name. iacgate bundle writes them.
default packages := {}

packages := all if {
	all := own.packages with input as cases[0]
}

package_results[name] := {"verdict": package_verdict(found), "findings": found} if {
	some name, rules in packages
	found := [finding |
		some rule, messages in rules
		rule != "exception"
		some m in messages
		finding := {"code": rule, "level": package_level(rules, rule), "message": object.get({"m": m}, ["m", "msg"], m)}
	]
}

package_verdict(found) := "fail" if {
	some f in found
	f.level == "error"
} else := "waived" if {
	some f in found
	f.level == "note"
} else := "pass"

package_level(rules, rule) := "note" if {
	some names in rules.exception
	trim_prefix(regex.replace(rule, "^(deny|violation|warn)", ""), "_") in names
} else := "warning" if {
	startswith(rule, "warn")
} else := "error"

own_errors contains sprintf("%s is a control and a package: rename the package", [name]) if {
	some name, _ in packages
	some d in documents
	d.controls[name]
}

own_errors contains sprintf("%s.%s is not a set of messages", [name, rule]) if {
	some name, rules in packages
	some rule, messages in rules
	not is_set(messages)
	not is_array(messages)
}

own_errors contains sprintf("%s.%s contains a %s; a message is a string, or an object with the string msg", [name, rule, type_name(m)]) if {
	some name, rules in packages
	some rule, messages in rules
	rule != "exception"
	some m in messages
	not is_message(m)
}

own_errors contains sprintf("%s.exception must contain lists of rule names", [name]) if {
	some name, rules in packages
	some names in rules.exception
	not is_array(names)
}

is_message(m) if is_string(m)

is_message(m) if is_string(m.msg)
