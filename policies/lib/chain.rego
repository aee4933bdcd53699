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

# result is the best candidate: the best verdict first, then most holding links, then the latest first fault, then the
# order of the candidates, which is that of their addresses.
result(control) := {"verdict": unseen(control), "candidate": -1, "links": [], "whole": [], "standing": []} if {
	not input.controls[control].relevant
} else := {"verdict": untried, "candidate": -1, "links": [], "whole": [], "standing": []} if {
	input.controls[control].excess > 0
} else := {
	"verdict": verdicts[best], "candidate": best, "links": doubted(judged[best], verdicts[best]), "whole": whole,
	"standing": [{"candidate": i, "verdict": verdicts[i], "fault": fault(l)} | some i, l in judged],
} if {
	candidates := input.controls[control].candidates
	plain := {i: judge(control, c) | some i, c in candidates; possible(c)}
	does := [survives(candidates, plain, t) | some t in input.taken]
	judged := {i: named(control, candidates[i], l, does) | some i, l in plain}
	verdicts := {i: verdict(candidates[i], judged) | some i, _ in judged}
	reached := {[c.set, c.trail, c.filter, rank[v]] | some i, v in verdicts; c := candidates[i]; c.set >= 0}
	best := min({[rank[verdicts[i]], 0 - holding(l), 0 - first_fault(l), i] |
		some i, l in judged
		not outdone(candidates[i], rank[verdicts[i]], reached)
	})[3]
	whole := [i | some i, "pass" in verdicts; not outdone(candidates[i], rank.pass, reached)]
	count(judged) == count([i | some i, c in candidates; possible(c)])
}

# named adds to a candidate what is said of the names of its resources that others have, too.
named(control, c, judged, does) := judged if {
	count(contested(c)) == 0
} else := [with_names(control, l, rows) |
	some l in judged
	rows := [row |
		some n in contested(c)
		input.taken[n].link == l.link
		some address in input.taken[n].resources
		address in uses(c)
		some row in links.name_taken(input.taken[n], address, does[n])
	]
]

with_names(control, l, rows) := l if {
	count(rows) == 0
} else := {"link": l.link, "state": state(findings), "findings": findings} if {
	findings := array.concat(l.findings, said(control, l.link, rows))
}

# uses are the resources of a candidate whose names may be taken.
uses(c) := {c.filter, c.alarm} | {x | some x in input.alarms[c.alarm].actors[c.actor].composite}

# shared are the names that a candidate stands on and others have.
contested(c) := {n |
	some n, t in input.taken
	some address in t.resources
	address in uses(c)
}

# survives: whichever of the resources with one name is left, the control has a whole chain.
survives(candidates, plain, t) if {
	every address in t.resources {
		stands(candidates, plain, {x | some x in t.resources; x != address})
	}
} else := false

# stands: a candidate passes, with all that it needs beside it, and none of it is gone.
stands(candidates, plain, gone) if {
	some i, l in plain
	own(l) == "pass"
	c := candidates[i]
	count(uses(c) & gone) == 0
	every filter in c.with {
		stands_beside(candidates, plain, c, filter, gone)
	}
}

stands_beside(candidates, plain, c, filter, gone) if {
	some i, l in plain
	own(l) == "pass"
	other := candidates[i]
	[other.set, other.trail, other.filter] == [c.set, c.trail, filter]
	count(uses(other) & gone) == 0
}

# unseen: what was not read may hold what would make the control relevant.
unseen(control) := object.get({"error": "fail", "unknown": "unknown"}, input.levels["input-not-read"], "skip") if {
	count(input.controls[control].hidden) > 0
} else := "skip"

# possible: a trail outside the input is no candidate beside one in it, unless the configuration vouches for it.
possible(c) if c.trail != ""

possible(c) if c.assumed

possible(c) if links.word(c.named_by)

# untried: where there are too many candidates none is judged, and whoever asks for an error gets one.
untried := "fail" if {
	input.levels["too-many-candidates"] == "error"
} else := "unknown"

# outdone: of filters that cover the control together the worst one stands for all.
outdone(c, level, reached) if {
	some filter in c.with
	every other in rank {
		not [c.set, c.trail, filter, min([other, level])] in reached
	}
}

# judge gives every link that the candidate reaches its findings and its state. It is asked about what the link looks at
# of the candidate and no more: candidates share most of their links, and OPA remembers what a function says of equal
# arguments.
judge(control, c) := judged if {
	parts := {
		"trail": {"trail": c.trail, "named_by": c.named_by, "deleted_trail": c.deleted_trail, "fed_by": c.fed_by},
		"log_group": {
			"trail": c.trail, "log_group": c.log_group, "group_name": c.group_name, "named_by": c.named_by, "filter": c.filter, "reads": c.reads,
			"deleted_group": c.deleted_group,
		},
		"metric_filter": {"filter": c.filter},
		"pattern": {"filter": c.filter, "set": c.set},
		"metric": {"filter": c.filter, "alarm": c.alarm},
		"alarm": {"filter": c.filter, "alarm": c.alarm, "actor": c.actor},
		"action": {"alarm": c.alarm, "actor": c.actor, "action": c.action},
		"topic": {
			"alarm": c.alarm, "actor": c.actor, "action": c.action, "topic": c.topic, "deleted_topic": c.deleted_topic,
		},
		"subscription": {"alarm": c.alarm, "actor": c.actor, "action": c.action, "topic": c.topic},
	}
	judged := [linked(control, link, parts[link]) | some link in array.slice(order, 0, c.reach)]
	count(judged) == c.reach
}

linked(control, link, part) := {"link": link, "state": state(findings), "findings": findings} if {
	findings := said(control, link, links.rows(link, control, part))
}

said(control, link, rows) := [finding |
	some row in rows
	row[1] == true
	finding := {
		"code": row[0], "link": link, "level": level(control, link, row[0]), "resource": row[2], "attribute": row[3],
		"reason": row[4], "witness": array.concat(row, [null])[5],
	}
]

# level is the configured one; where the input does not tell the whole world, absence proves nothing.
level(control, link, code) := "unknown" if {
	code in missing
	open(control, link)
	input.levels[code] == "error"
} else := object.get(input.levels, code, "error")

# open: what is missing in a link may be in what was not read, or nothing that asks for it exists for certain.
open(_, _) if count(input.incomplete) > 0

open(_, link) if {
	some gap in input.gaps
	link in gap.links
}

open(control, _) if not input.controls[control].certain

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

# own: one broken or missing link fails, whatever else cannot be seen. A candidate that ends early passes at no level.
own(judged) := "fail" if {
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
	own(judged[rival]) != "pass"
	own(judged[c.index]) == "pass"
} else := own(judged[c.index])

doubted(judged, verdict) := judged if {
	own(judged) == verdict
} else := [l |
	some shown in judged
	l := object.union(shown, object.get(doubt, shown.link, {}))
]

doubt := {"action": {"state": "unknown", "findings": [{
	"code": "action-elsewhere", "link": "action", "level": "unknown", "resource": "", "attribute": "alarm_actions",
	"reason": "not everything that it may be would tell somebody", "witness": null,
}]}}

holding(judged) := count([l | some l in judged; l.state in {"ok", "inferred"}])

# fault is the first link that does not hold, with what is said of it.
fault(judged) := {"link": l.link, "state": l.state, "findings": l.findings} if {
	l := judged[first_fault(judged)]
} else := null

first_fault(judged) := min([i | some i, l in judged; not l.state in {"ok", "inferred"}]) if {
	holding(judged) < count(judged)
} else := count(judged)
