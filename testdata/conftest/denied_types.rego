package main

import input.resource_changes as changes

iam := {"aws_iam_role", "aws_iam_role_policy", "aws_iam_policy", "aws_iam_user"}

violation contains {"msg": msg, "details": {"type": change.type}} if {
	change := changes[_]
	change.type in iam
	change.change.actions[count(change.change.actions) - 1] in {"create", "update"}
	msg := sprintf("%s: the type %q is for the platform team", [change.address, change.type])
}
