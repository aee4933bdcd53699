package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_cloudwatch_log_group", Modes: Managed | Data,
			Named: "name",
			ID:    "name",
			ARN:   "arn:{partition}:logs:{region}:{account}:log-group:{name}",
			Templates: []*Template{
				{
					Name: "AWS::Logs::LogGroup", Ref: "id", ID: "id",
					ARNSuffix: ":*",
					GetAtt:    map[string]string{"Arn": "arn"},
					Irrelevant: map[string]string{
						"BearerTokenAuthenticationEnabled": ownCheck, "DataProtectionPolicy": "it masks what people read, not what filters see", "FieldIndexPolicies": "indexes serve queries", "ResourcePolicyDocument": ownCheck,
					},
				},
			},
			Members: Members{
				str("arn").computed(),
				boolean("deletion_protection_enabled").computed().since("6").as("DeletionProtectionEnabled").irrelevant(keeping),
				str("kms_key_id").as("KmsKeyId"),
				str("log_group_class").computed().orAWS("STANDARD").as("LogGroupClass"),
				str("name").computed().as("LogGroupName"),
				str("name_prefix").computed(),
				number("retention_in_days").or(0).as("RetentionInDays").irrelevant(keeping),
				boolean("skip_destroy").or(false).irrelevant(forTerraform),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
			},
		}
	})
}
