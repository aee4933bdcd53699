package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_iam_policy", Modes: Managed | Data, Global: true,
			Named: "name",
			ID:    "arn",
			ARN:   "arn:{partition}:iam::{account}:policy{path}{name}",
			Templates: []*Template{
				{
					Name: "AWS::IAM::ManagedPolicy", Ref: "arn", ID: "arn",
					GetAtt:     map[string]string{"AttachmentCount": "attachment_count", "CreateDate": "", "DefaultVersionId": "", "IsAttachable": "", "PermissionsBoundaryUsageCount": "", "PolicyArn": "arn", "PolicyId": "policy_id", "UpdateDate": ""},
					Children:   []Child{{Property: "Roles", Elements: "roles", Type: "aws_iam_role_policy_attachment", Back: "policy_arn", Member: "role"}},
					Irrelevant: map[string]string{"Groups": notRoles, "Users": notRoles},
				},
			},
			Members: Members{
				str("arn").computed(),
				number("attachment_count").computed().irrelevant(unreferred),
				str("description").as("Description").irrelevant(forPeople),
				str("name").computed().as("ManagedPolicyName"),
				str("name_prefix").computed(),
				str("path").or("/").as("Path"),
				document("policy").required().as("PolicyDocument"),
				str("policy_id").computed(),
				stringMap("tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
			},
		}
	})
}
