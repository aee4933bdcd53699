package main

required := {"Owner"}

deny contains msg if {
	some name, resource in input.Resources
	resource.Type in {"AWS::SNS::Topic", "AWS::Logs::LogGroup"}
	tags := {tag.Key | some tag in resource.Properties.Tags}
	some missing in required - tags
	msg := sprintf("%s (%s) has no tag %s", [name, resource.Type, missing])
}
