package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_chatbot_slack_channel_configuration", Modes: Managed,
			Templates: []*Template{
				{
					Name: "AWS::Chatbot::SlackChannelConfiguration", Ref: "chat_configuration_arn", ID: "chat_configuration_arn",
					GetAtt:     map[string]string{"Arn": "chat_configuration_arn"},
					Irrelevant: map[string]string{"CustomizationResourceArns": channel},
				},
			},
			Members: Members{
				str("chat_configuration_arn").computed().irrelevant(channel),
				str("configuration_name").required().as("ConfigurationName").irrelevant(forPeople),
				stringList("guardrail_policy_arns").computed().as("GuardrailPolicies").irrelevant(channel),
				str("iam_role_arn").required().as("IamRoleArn").irrelevant(channel),
				str("logging_level").computed().as("LoggingLevel").irrelevant(channel),
				str("slack_channel_id").required().as("SlackChannelId").irrelevant(channel),
				str("slack_channel_name").computed().irrelevant(channel),
				str("slack_team_id").required().as("SlackWorkspaceId").irrelevant(channel),
				str("slack_team_name").computed().irrelevant(channel),
				stringList("sns_topic_arns").computed().as("SnsTopicArns"),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				boolean("user_authorization_required").computed().as("UserRoleRequired").irrelevant(channel),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_chatbot_teams_channel_configuration", Modes: Managed,
			Templates: []*Template{
				{
					Name: "AWS::Chatbot::MicrosoftTeamsChannelConfiguration", Ref: "chat_configuration_arn", ID: "chat_configuration_arn",
					GetAtt:     map[string]string{"Arn": "chat_configuration_arn"},
					Irrelevant: map[string]string{"CustomizationResourceArns": channel},
				},
			},
			Members: Members{
				str("channel_id").required().as("TeamsChannelId").irrelevant(channel),
				str("channel_name").computed().as("TeamsChannelName").irrelevant(channel),
				str("chat_configuration_arn").computed().irrelevant(channel),
				str("configuration_name").required().as("ConfigurationName").irrelevant(forPeople),
				stringList("guardrail_policy_arns").computed().as("GuardrailPolicies").irrelevant(channel),
				str("iam_role_arn").required().as("IamRoleArn").irrelevant(channel),
				str("logging_level").computed().as("LoggingLevel").irrelevant(channel),
				stringList("sns_topic_arns").computed().as("SnsTopicArns"),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				str("team_id").required().as("TeamId").irrelevant(channel),
				str("team_name").computed().irrelevant(channel),
				str("tenant_id").required().as("TeamsTenantId").irrelevant(channel),
				boolean("user_authorization_required").computed().as("UserRoleRequired").irrelevant(channel),
			},
		}
	})
}
