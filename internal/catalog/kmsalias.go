package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_kms_alias", Modes: Managed | Data,
			Named: "name",
			ID:    "name",
			Templates: []*Template{
				{
					Name: "AWS::KMS::Alias", Ref: "name", ID: "name",
				},
			},
			Members: Members{
				str("arn").computed(),
				str("name").computed().as("AliasName"),
				str("name_prefix").computed(),
				str("target_key_arn").computed(),
				str("target_key_id").required().as("TargetKeyId"),
			},
		}
	})
}
