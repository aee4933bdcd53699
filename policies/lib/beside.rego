# METADATA
# description: What is worth saying beside the shown candidate.
package iacgate.lib.beside

import data.iacgate.lib.finding
import data.iacgate.lib.world

# notes are the findings of no candidate; passing holds the trails with a whole chain.
notes(control, passing) := array.concat(unwatched(control, passing), array.concat(incomplete, unused))

# A trail of another account without a chain of its own leaves that account unwatched, unless an organization's trail
# covers it.
unwatched(_, passing) := [f |
	count(passing) > 0
	not organization_wide(passing)
	accounts := {world.trails[p].account | some p in passing}
	count(accounts) > 0
	some address in world.auditing
	account := world.trails[address].account
	not account in accounts
	f := finding.at(
		"account-unwatched", "trail", address, "",
		sprintf("no alarm watches account %s, which this trail records", [account]),
	)
]

organization_wide(passing) if {
	some p in passing
	world.trails[p].organization == true
}

incomplete := [f |
	some reason in input.incomplete
	f := finding.of("plan-incomplete", "", {"message": sprintf("the input does not tell the whole world: %s", [reason])})
]

# Entries of the configuration that name nothing here. Defaults and other inputs may still need them.
unused := [f |
	some entry in input.config.external
	not used(entry)
	some key in ["log_group", "topic", "trail"]
	f := finding.of("external-unused", "", {"message": sprintf("external %s %q names nothing in this input", [key, entry[key]])})
]

used(entry) if {
	some name in world.group_name
	glob.match(entry.log_group, [], name)
}

used(entry) if {
	some action in world.actions
	some text in {action.text, action.topic}
	glob.match(entry.topic, [], text)
}

used(entry) if {
	entry.trail
	count(world.auditing) == 0
}

# data_only is what is said where there are only trails that record no management events.
data_only := [finding.at(
	"trail-data-only", "trail", t.address, "event_selector",
	"records no management events, so denied calls are not its business",
) |
	some t in input.trails
	t.records.management == "no"
]
