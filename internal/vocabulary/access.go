package vocabulary

// What allows and encrypts: keys, roles and their policies.

func key() *Type {
	return &Type{
		CloudFormation: "AWS::KMS::Key",
		Terraform:      "aws_kms_key",
		Ref:            "key_id",
		ID:             "key_id",
		Named:          "key_id",
		ARN:            "arn:{partition}:kms:{region}:{account}:key/{name}",
		Attributes:     map[string]string{"Arn": "arn", "KeyId": "key_id"},
		Properties: Properties{
			"KeyPolicy":                      as(Policy, "policy"),
			"Enabled":                        flag("is_enabled"),
			"Description":                    is("description"),
			"EnableKeyRotation":              flag("enable_key_rotation"),
			"RotationPeriodInDays":           number("rotation_period_in_days"),
			"KeySpec":                        is("customer_master_key_spec"),
			"KeyUsage":                       is("key_usage"),
			"MultiRegion":                    flag("multi_region"),
			"Origin":                         is("origin"),
			"PendingWindowInDays":            number("deletion_window_in_days"),
			"BypassPolicyLockoutSafetyCheck": flag("bypass_policy_lockout_safety_check"),
			"Tags":                           as(KeyValues, "tags"),
		},
	}
}

func replicaKey() *Type {
	return &Type{
		CloudFormation: "AWS::KMS::ReplicaKey",
		Terraform:      "aws_kms_replica_key",
		Ref:            "key_id",
		ID:             "key_id",
		Named:          "key_id",
		ARN:            "arn:{partition}:kms:{region}:{account}:key/{name}",
		Attributes:     map[string]string{"Arn": "arn", "KeyId": "key_id"},
		Properties: Properties{
			"KeyPolicy":           as(Policy, "policy"),
			"PrimaryKeyArn":       is("primary_key_arn"),
			"Enabled":             flag("enabled"),
			"Description":         is("description"),
			"PendingWindowInDays": number("deletion_window_in_days"),
			"Tags":                as(KeyValues, "tags"),
		},
	}
}

func alias() *Type {
	return &Type{
		CloudFormation: "AWS::KMS::Alias",
		Terraform:      "aws_kms_alias",
		Ref:            "name",
		ID:             "name",
		Named:          "name",
		Properties: Properties{
			"AliasName":   is("name"),
			"TargetKeyId": is("target_key_id"),
		},
	}
}

func role() *Type {
	return &Type{
		CloudFormation: "AWS::IAM::Role",
		Terraform:      "aws_iam_role",
		Ref:            "id", // the role's name
		ID:             "id",
		Named:          "name",
		ARN:            "arn:{partition}:iam::{account}:role{path}{name}",
		Attributes:     map[string]string{"Arn": "arn", "RoleId": "unique_id"},
		Properties: Properties{
			"RoleName":                 is("name"),
			"AssumeRolePolicyDocument": as(Policy, "assume_role_policy"),
			"Description":              is("description"),
			"ManagedPolicyArns":        texts("managed_policy_arns"),
			"MaxSessionDuration":       number("max_session_duration"),
			"Path":                     is("path"),
			"PermissionsBoundary":      is("permissions_boundary"),
			"Policies": blocks("inline_policy", Properties{
				"PolicyName":     is("name"),
				"PolicyDocument": as(Policy, "policy"),
			}),
			"Tags": as(KeyValues, "tags"),
		},
	}
}

func rolePolicy() *Type {
	return &Type{
		CloudFormation: "AWS::IAM::RolePolicy",
		Terraform:      "aws_iam_role_policy",
		Ref:            "name",
		Named:          "name",
		Properties: Properties{
			"PolicyName":     is("name"),
			"PolicyDocument": as(Policy, "policy"),
			"RoleName":       is("role"),
		},
	}
}

// inlinePolicy has several roles; Expand makes a policy for each.
func inlinePolicy() *Type {
	return &Type{
		CloudFormation: "AWS::IAM::Policy",
		Terraform:      "aws_iam_role_policy",
		Ref:            "name",
		Named:          "name",
		Properties: Properties{
			"PolicyName":     is("name"),
			"PolicyDocument": as(Policy, "policy"),
			"Roles":          texts("role"),
			"Groups":         ignored,
			"Users":          ignored,
		},
	}
}

// managedPolicy is attached in place; Expand makes the attachments.
func managedPolicy() *Type {
	return &Type{
		CloudFormation: "AWS::IAM::ManagedPolicy",
		Terraform:      "aws_iam_policy",
		Ref:            "arn",
		ID:             "arn",
		Named:          "name",
		ARN:            "arn:{partition}:iam::{account}:policy{path}{name}",
		Attributes: map[string]string{
			"PolicyArn": "arn", "PolicyId": "policy_id", "AttachmentCount": "attachment_count",
			"CreateDate": "", "UpdateDate": "", "DefaultVersionId": "", "IsAttachable": "", "PermissionsBoundaryUsageCount": "",
		},
		Properties: Properties{
			"ManagedPolicyName": is("name"),
			"PolicyDocument":    as(Policy, "policy"),
			"Description":       is("description"),
			"Path":              is("path"),
			"Roles":             texts("roles"),
			"Groups":            ignored,
			"Users":             ignored,
			"Tags":              as(KeyValues, "tags"),
		},
	}
}
