package main

# All resources of the plan, those of child modules too.
resources contains resource if {
	some path, value
	walk(input.planned_values, [path, value])
	path[count(path) - 2] == "resources"
	resource := value
}

warn_retention contains msg if {
	some resource in resources
	resource.type == "aws_cloudwatch_log_group"
	not resource.values.retention_in_days >= 365
	msg := sprintf("%s keeps its events for less than a year", [resource.address])
}

exception contains ["size"]

deny_size contains "more than three resources" if count(resources) > 3
