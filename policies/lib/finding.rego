# METADATA
# description: Findings, with the level that the configuration gives to their code.
package iacgate.lib.finding

# of makes a finding of a code on a link. details holds message, resource, attribute, witness, fix.
of(code, link, details) := object.union(
	{"code": code, "link": link, "level": object.get(input.levels, code, "error")},
	details,
)

# at is of, with the common details in order.
at(code, link, resource, attribute, message) := of(
	code, link,
	{"resource": resource, "attribute": attribute, "message": message},
)

# unseen is the finding for a value that cannot be seen.
unseen(link, resource, attribute, text) := of("value-unknown", link, {
	"resource": resource,
	"attribute": attribute,
	"message": sprintf("%s cannot be seen: it is %s", [attribute, text]),
})

# duration writes seconds as people do.
duration(seconds) := sprintf("%d seconds", [seconds]) if seconds < 60

duration(60) := "1 minute"

duration(seconds) := sprintf("%d minutes", [floor(seconds / 60)]) if {
	seconds > 60
	seconds < 7200
}

duration(seconds) := sprintf("%v hours", [round((seconds * 10) / 3600) / 10]) if seconds >= 7200

# plural writes a number with its noun.
plural(1, noun) := sprintf("1 %s", [noun])

plural(n, noun) := sprintf("%d %ss", [n, noun]) if n != 1
