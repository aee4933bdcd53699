package main

warn contains msg if {
	some name, resource in input.Resources
	resource.Type == "AWS::CloudWatch::Alarm"
	to_number(resource.Properties.Period) < 60
	msg := sprintf("%s has a short period", [name])
}

deny contains msg if {
	some name, resource in input.Resources
	resource.DeletionPolicy == "Delete"
	msg := sprintf("%s is deleted with its stack", [name])
}
