package main

deny contains msg if {
	some resource in input.resource_changes
	resource.type == "aws_security_group"
	some rule in resource.change.after.ingress
	"0.0.0.0/0" in rule.cidr_blocks
	msg := sprintf("%s is open to the world", [resource.address])
}
