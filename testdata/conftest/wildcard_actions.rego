package main

statements(policy) := json.unmarshal(policy).Statement

warn contains msg if {
	some resource in input.resource_changes
	policy := resource.change.after.policy
	some statement in statements(policy)
	endswith(statement.Action[_], ":*")
	msg := sprintf("%s allows every action of a service", [resource.address])
}

warn contains msg if {
	some resource in input.resource_changes
	resource.change.after_unknown.policy == true
	msg := sprintf("%s: the policy is known after apply", [resource.address])
}
