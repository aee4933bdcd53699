# METADATA
# description: >-
#   How far each candidate of a control gets, and which one is shown. A candidate is one path from a trail to a topic.
#   Unknown is decided here and nowhere else.
package iacgate.lib.chain

import data.iacgate.lib.links

order := ["trail", "log_group", "metric_filter", "pattern", "metric", "alarm", "action", "topic", "subscription"]

rank := {"pass": 0, "unknown": 1, "fail": 2}

# missing are the codes that say that there is nothing, not that something is wrong.
missing := {
	"no-metric-filter", "no-alarm", "no-action", "no-subscription", "trail-deleted", "log-group-deleted",
	"topic-deleted",
}

# question holds all that the answer of a control depends on beside the resources and its candidates. Controls that no
# filter is aimed at often ask the same, and OPA remembers what a function says of equal arguments.
question(control, facts) := asked if {
	asked := {
		"control": concat("", {control | some c in facts.candidates; c.filter != ""}), "relevant": facts.relevant, "certain": facts.certain,
		"hidden": facts.hidden, "excess": facts.excess, "events": facts.events, "every_source": count(facts.sources) == 0,
		"left_out": [s | some s in links.left_out; links.concerns(facts, s)],
	}
}

# result is the best candidate: the best verdict first, then most holding links, then the latest first fault, then the
# order of the candidates, which is that of their addresses.
result(q, candidates) := without_candidate(verdict_if_irrelevant(q)) if {
	not q.relevant
} else := without_candidate(verdict_if_untried) if {
	q.excess > 0
} else := answer if {
	plain := {i: judge(q, c) | some i, c in candidates; possible(c)}
	survives_each := [survives(candidates, plain, t) | some t in input.taken]
	judged := {i: with_taken_names(q, candidates[i], l, survives_each) | some i, l in plain}
	verdicts := {i: verdict(candidates[i], judged) | some i, _ in judged}
	reached := {[c.set, c.trail, c.filter, rank[v]] | some i, v in verdicts; c := candidates[i]; c.set >= 0}
	best := min({[rank[verdicts[i]], 0 - count_holding(l), 0 - first_fault(l), i] |
		some i, l in judged
		not beaten_by_partner(candidates[i], rank[verdicts[i]], reached)
	})[3]
	whole := [i | some i, "pass" in verdicts; not beaten_by_partner(candidates[i], rank.pass, reached)]
	count(judged) == count([i | some i, c in candidates; possible(c)])
	answer := {
		"verdict": verdicts[best], "candidate": best, "links": with_doubt(judged[best], verdicts[best]), "whole": whole,
		"progress": [{"candidate": i, "verdict": verdicts[i], "fault": fault(l)} | some i, l in judged],
	}
}

without_candidate(alone) := answer if {
	answer := {"verdict": alone, "candidate": -1, "links": [], "whole": [], "progress": []}
}

# with_taken_names adds to a candidate the findings about the names of its resources that others have, too.
with_taken_names(q, c, judged, survives_each) := judged if {
	count(contested(c)) == 0
} else := [with_names(q.certain, l, rows) |
	some l in judged
	rows := [row |
		some n in contested(c)
		input.taken[n].link == l.link
		some address in input.taken[n].resources
		address in uses(c)
		some row in links.name_taken(input.taken[n], address, survives_each[n])
	]
]

with_names(certain, l, rows) := l if {
	count(rows) == 0
} else := {"link": l.link, "state": state(findings), "findings": findings} if {
	findings := array.concat(l.findings, findings_of(certain, l.link, rows))
}

# uses are the resources of a candidate whose names may be taken.
uses(c) := {c.filter, c.alarm} | {x | some x in input.alarms[c.alarm].actors[c.actor].composite}

# contested are the names that a candidate depends on and others have.
contested(c) := {n |
	some n, t in input.taken
	some address in t.resources
	address in uses(c)
}

# survives: whichever of the resources with one name is left, the control has a whole chain.
survives(candidates, plain, t) if {
	every address in t.resources {
		passes_without(candidates, plain, {x | some x in t.resources; x != address})
	}
} else := false

# passes_without: a candidate passes, with all that it needs beside it, and none of it is gone.
passes_without(candidates, plain, gone) if {
	some i, l in plain
	verdict_alone(l) == "pass"
	c := candidates[i]
	count(uses(c) & gone) == 0
	every filter in c.with {
		partner_passes_without(candidates, plain, c, filter, gone)
	}
}

partner_passes_without(candidates, plain, c, filter, gone) if {
	some i, l in plain
	verdict_alone(l) == "pass"
	other := candidates[i]
	[other.set, other.trail, other.filter] == [c.set, c.trail, filter]
	count(uses(other) & gone) == 0
}

# verdict_if_irrelevant: what was not read may hold what would make the control relevant.
verdict_if_irrelevant(q) := object.get({"error": "fail", "unknown": "unknown"}, input.levels["input-not-read"], "skip") if {
	count(q.hidden) > 0
} else := "skip"

# possible: a trail outside the input is no candidate beside one in it, unless the configuration vouches for it.
possible(c) if c.trail != ""

possible(c) if c.assumed

possible(c) if links.word(c.named_by)

# verdict_if_untried: where there are too many candidates none is judged, and whoever asks for an error gets one.
verdict_if_untried := "fail" if {
	input.levels["too-many-candidates"] == "error"
} else := "unknown"

# beaten_by_partner: of filters that cover the control together the worst one counts for all.
beaten_by_partner(c, level, reached) if {
	some filter in c.with
	every other in rank {
		not [c.set, c.trail, filter, min([other, level])] in reached
	}
}

# judge gives every link that the candidate reaches its findings and its state. It is asked about what the link looks at
# of the question and of the candidate and no more: controls and candidates share most of their links.
judge(q, c) := judged if {
	parts := links.parts(q, c)
	judged := [judge_link(q.certain, link, parts[link]) | some link in array.slice(order, 0, c.reach)]
	count(judged) == c.reach
}

judge_link(certain, link, part) := {"link": link, "state": state(findings), "findings": findings} if {
	findings := findings_of(certain, link, links.rows(link, part))
}

findings_of(certain, link, rows) := findings if {
	findings := [finding |
		some row in rows
		row[1] == true
		finding := {
			"code": row[0], "link": link, "level": level(certain, link, row[0]), "resource": row[2], "attribute": row[3],
			"reason": row[4], "witness": array.concat(row, [null])[5],
		}
	]
}

# level is the configured one; if the input is incomplete, what is absent is unknown.
level(certain, link, code) := "unknown" if {
	code in missing
	absence_undecided(certain, link)
	input.levels[code] == "error"
} else := object.get(input.levels, code, "error")

# absence_undecided: what is missing in a link may be in what was not read, or nothing that asks for it exists for certain.
absence_undecided(_, _) if count(input.incomplete) > 0

absence_undecided(_, link) if {
	some gap in input.gaps
	link in gap.links
}

absence_undecided(false, _)

state(findings) := "missing" if {
	some f in findings
	f.code in missing
	f.level == "error"
} else := "broken" if {
	some f in findings
	f.level == "error"
} else := "unknown" if {
	some f in findings
	f.level == "unknown"
} else := "inferred" if {
	some f in findings
	f.code == "link-inferred"
} else := "ok"

# verdict_alone: one broken or missing link fails, whatever else cannot be seen. A candidate that ends early passes at no level.
verdict_alone(judged) := "fail" if {
	some l in judged
	l.state in {"broken", "missing"}
} else := "unknown" if {
	some l in judged
	l.state == "unknown"
} else := "unknown" if {
	count(judged) < count(order)
} else := "unknown" if {
	count(input.incomplete) > 0
} else := "pass"

# verdict: where a hidden value may be one of several things, all of them have to do.
verdict(c, judged) := "unknown" if {
	some rival in c.rivals
	verdict_alone(judged[rival]) != "pass"
	verdict_alone(judged[c.index]) == "pass"
} else := verdict_alone(judged[c.index])

with_doubt(judged, verdict) := judged if {
	verdict_alone(judged) == verdict
} else := [l |
	some shown in judged
	l := object.union(shown, object.get(doubt, shown.link, {}))
]

doubt := {"action": {"state": "unknown", "findings": [{
	"code": "action-elsewhere", "link": "action", "level": "unknown", "resource": "", "attribute": "alarm_actions",
	"reason": "not everything that it may be would tell somebody", "witness": null,
}]}}

count_holding(judged) := count([l | some l in judged; l.state in {"ok", "inferred"}])

# fault is the first link that does not hold, with its findings.
fault(judged) := {"link": l.link, "state": l.state, "findings": l.findings} if {
	l := judged[first_fault(judged)]
} else := null

first_fault(judged) := min([i | some i, l in judged; not l.state in {"ok", "inferred"}]) if {
	count_holding(judged) < count(judged)
} else := count(judged)
