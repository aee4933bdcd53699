package main

harmless := {"no-op", "create", "read"}

deny contains msg if {
	some resource in input.resource_changes
	some action in resource.change.actions
	not action in harmless
	msg := sprintf("%s: %s needs a review", [resource.address, action])
}
