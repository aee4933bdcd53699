package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_role_policy", Modes: Managed, Global: true,
			Named: "name",
			Templates: []*Template{
				{
					Name: "AWS::IAM::RolePolicy", Ref: "name",
				},
				{
					Name: "AWS::IAM::Policy", Ref: "name",
					GetAtt:     map[string]string{"Id": ""},
					Each:       &Each{Property: "Roles", Member: "role"},
					Irrelevant: map[string]string{"Groups": notRoles, "Users": notRoles},
				},
			},
			Members: Members{
				str("name").computed().as("PolicyName"),
				str("name_prefix").computed(),
				document("policy").required().as("PolicyDocument"),
				str("role").required().as("RoleName"),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_role_policy_attachment", Modes: Managed, Global: true,
			Members: Members{
				str("policy_arn").required(),
				str("role").required(),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_policy_attachment", Modes: Managed, Global: true,
			Members: Members{
				stringList("groups").irrelevant(notRoles),
				str("name").required(),
				str("policy_arn").required(),
				stringList("roles"),
				stringList("users").irrelevant(notRoles),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_role_policies_exclusive", Modes: Managed, Global: true,
			Members: Members{
				stringList("policy_names").required(),
				str("role_name").required(),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_role_policy_attachments_exclusive", Modes: Managed, Global: true,
			Members: Members{
				stringList("policy_arns").required(),
				str("role_name").required(),
			},
		}
	})
}
