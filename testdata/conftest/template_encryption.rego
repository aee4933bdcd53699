package main

import rego.v1

is_topic(resource) if resource.Type == "AWS::SNS::Topic"

deny contains msg if {
	some name
	is_topic(input.Resources[name])
	not input.Resources[name].Properties.KmsMasterKeyId
	msg := sprintf("%s is not encrypted", [name])
}
