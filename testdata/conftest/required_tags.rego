package main

required := {"Owner", "CostCenter"}

taggable := {"aws_cloudtrail", "aws_cloudwatch_log_group", "aws_sns_topic"}

deny_untagged contains {"msg": msg, "missing": missing, "_loc": {"file": resource.address, "line": 1}} if {
	some resource in input.resource_changes
	resource.type in taggable
	tags := object.keys(object.get(resource.change.after, "tags", null)) | set()
	missing := required - tags
	count(missing) > 0
	msg := sprintf("%s lacks tags", [resource.address])
}

deny_untagged contains {"msg": msg, "missing": required} if {
	some resource in input.resource_changes
	resource.type in taggable
	object.get(resource.change.after, "tags", null) == null
	msg := sprintf("%s has no tags", [resource.address])
}
