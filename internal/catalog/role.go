package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_role", Modes: Managed | Data, Global: true,
			Named: "name",
			ID:    "name",
			ARN:   "arn:{partition}:iam::{account}:role{path}{name}",
			Templates: []*Template{
				{
					Name: "AWS::IAM::Role", Ref: "id", ID: "id",
					GetAtt: map[string]string{"Arn": "arn", "RoleId": "unique_id"},
				},
			},
			Members: Members{
				str("arn").computed(),
				document("assume_role_policy").required().as("AssumeRolePolicyDocument"),
				str("create_date").computed().irrelevant(unreferred),
				str("description").as("Description").irrelevant(forPeople),
				boolean("force_detach_policies").or(false).irrelevant(forTerraform),
				stringList("managed_policy_arns").computed().orNone().as("ManagedPolicyArns"),
				number("max_session_duration").or(3600).as("MaxSessionDuration").irrelevant(sessions),
				str("name").computed().as("RoleName"),
				str("name_prefix").computed(),
				str("path").or("/").as("Path"),
				str("permissions_boundary").as("PermissionsBoundary"),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				str("unique_id").computed().irrelevant(unreferred),
				blocks("inline_policy", Members{
					str("name").as("PolicyName"),
					document("policy").as("PolicyDocument"),
				}).set().computed().orNone().as("Policies"),
			},
		}
	})
}
