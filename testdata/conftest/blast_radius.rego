package main

weights := {"delete": 100, "update": 10, "create": 1}

score := sum([weight |
	some resource in input.resource_changes
	some action in resource.change.actions
	weight := weights[action]
])

deny contains msg if {
	score > 100
	msg := sprintf("the plan scores %d, above 100", [score])
}
