# METADATA
# description: >-
#   Findings about a control that are on no link of the candidate that is shown. They change a verdict only if a
#   configuration gives their code the level error or unknown.
package iacgate.lib.remarks

# with_remarks adds the findings to the answer of a control, and their levels to its verdict.
with_remarks(facts, answer) := remarked if {
	unlinked := [{
		"code": row[0], "link": row[1], "level": object.get(input.levels, row[0], "error"), "resource": row[2], "attribute": "",
		"reason": row[3], "witness": null,
	} |
		some row in rows(facts, answer)
	]
	levels := {f.level | some f in unlinked}
	remarked := object.union(answer, {"verdict": verdict(answer.verdict, levels), "unlinked": unlinked})
}

verdict(alone, levels) := "fail" if {
	"error" in levels
} else := "unknown" if {
	"unknown" in levels
	alone != "fail"
} else := alone

# rows holds a finding code, the link, the resource and the reason of each.
rows(facts, answer) := all if {
	all := [row |
		some group in [
			[["input-not-read", "", "", joined(facts.hidden)] | count(facts.hidden) > 0],
			[["too-many-candidates", "", "", sprintf("more than %d", [facts.excess])] | facts.excess > 0],
			[["plan-incomplete", "", "", reason] | some reason in absences; not reason in facts.hidden],
			[["trail-data-only", "trail", t, ""] | answer.verdict == "skip"; some t, trail in input.trails; trail.records.management == "no"],
			[["account-unwatched", "trail", t, input.trails[t].account] | some t in unwatched(facts.candidates, answer.whole)],
			[["external-unused", "", "", entry] | some entry in input.unused],
			[["alarm-other-kind", "alarm", r.address, r.type] | some r in input.other],
		]
		some row in group
	]
}

# absences say which parts of the input were not read: what is not seen may be there.
absences := array.concat(input.incomplete, [gap.text | some gap in input.gaps])

# shown is how many parts that were not read one finding names.
shown := 3

joined(reasons) := concat("; ", reasons) if {
	count(reasons) <= shown
} else := sprintf("%s; and %d more", [concat("; ", array.slice(reasons, 0, shown)), count(reasons) - shown])

# unwatched are the trails of accounts in which no candidate is complete: their denied calls raise no alarm, unless an
# organization's trail has an alarm.
unwatched(candidates, whole) := [t |
	count(whole) > 0
	not organization(candidates, whole)
	watched := {input.trails[candidates[i].trail].account | some i in whole}
	not "" in watched
	some t, trail in input.trails
	trail.records.management != "no"
	trail.account != ""
	not trail.account in watched
]

# organization: a trail with an alarm watches every account, or is outside the input and may.
organization(candidates, whole) if {
	some i in whole
	not input.trails[candidates[i].trail]
}

organization(candidates, whole) if {
	some i in whole
	input.trails[candidates[i].trail].organization == true
}
