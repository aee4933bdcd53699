package vocabulary

import "maps"

// What carries notifications: topics, subscriptions and the policies of topics.

func topic() *Type {
	return &Type{
		CloudFormation: "AWS::SNS::Topic",
		Terraform:      "aws_sns_topic",
		Ref:            "arn",
		ID:             "id",
		Named:          "name",
		ARN:            "arn:{partition}:sns:{region}:{account}:{name}",
		Attributes:     map[string]string{"TopicArn": "arn", "TopicName": "name"},
		Properties: Properties{
			"TopicName":                 is("name"),
			"DisplayName":               is("display_name"),
			"KmsMasterKeyId":            is("kms_master_key_id"),
			"FifoTopic":                 flag("fifo_topic"),
			"ContentBasedDeduplication": flag("content_based_deduplication"),
			"FifoThroughputScope":       is("fifo_throughput_scope"),
			"ArchivePolicy":             as(Policy, "archive_policy"),
			"SignatureVersion":          is("signature_version"),
			"TracingConfig":             anything("tracing_config"),
			// Resources of their own in Terraform: see Expand.
			"Subscription": blocks("subscription", Properties{
				"Endpoint": is("endpoint"),
				"Protocol": is("protocol"),
			}),
			"DataProtectionPolicy":  ignored,
			"DeliveryStatusLogging": ignored,
			"Tags":                  as(KeyValues, "tags"),
		},
	}
}

func subscriptionType() *Type {
	return &Type{
		CloudFormation: "AWS::SNS::Subscription",
		Terraform:      "aws_sns_topic_subscription",
		Ref:            "arn",
		ID:             "arn",
		Attributes:     map[string]string{"Arn": "arn"},
		Properties: Properties{
			"TopicArn":            is("topic_arn"),
			"Protocol":            is("protocol"),
			"Endpoint":            is("endpoint"),
			"FilterPolicy":        as(Policy, "filter_policy"),
			"FilterPolicyScope":   is("filter_policy_scope"),
			"RawMessageDelivery":  flag("raw_message_delivery"),
			"RedrivePolicy":       as(Policy, "redrive_policy"),
			"DeliveryPolicy":      as(Policy, "delivery_policy"),
			"ReplayPolicy":        as(Policy, "replay_policy"),
			"SubscriptionRoleArn": is("subscription_role_arn"),
			"Region":              is("region"),
		},
	}
}

// topicPolicy has several topics; Expand makes a policy for each.
func topicPolicy() *Type {
	return &Type{
		CloudFormation: "AWS::SNS::TopicPolicy",
		Terraform:      "aws_sns_topic_policy",
		Ref:            "id",
		ID:             "id",
		Properties: Properties{
			"PolicyDocument": as(Policy, "policy"),
			"Topics":         texts("arn"),
		},
	}
}

func topicInlinePolicy() *Type {
	return &Type{
		CloudFormation: "AWS::SNS::TopicInlinePolicy",
		Terraform:      "aws_sns_topic_policy",
		Ref:            "arn",
		ID:             "arn",
		Properties: Properties{
			"PolicyDocument": as(Policy, "policy"),
			"TopicArn":       is("arn"),
		},
	}
}

// A chat channel subscribes itself to its topics.
func slackChannel() *Type {
	return chatChannel("AWS::Chatbot::SlackChannelConfiguration", "aws_chatbot_slack_channel_configuration", Properties{
		"SlackChannelId":   is("slack_channel_id"),
		"SlackWorkspaceId": is("slack_team_id"),
	})
}

func teamsChannel() *Type {
	return chatChannel("AWS::Chatbot::MicrosoftTeamsChannelConfiguration", "aws_chatbot_teams_channel_configuration", Properties{
		"TeamId":           is("team_id"),
		"TeamsChannelId":   is("channel_id"),
		"TeamsChannelName": is("channel_name"),
		"TeamsTenantId":    is("tenant_id"),
	})
}

func chatChannel(cloudFormation, terraform string, own Properties) *Type {
	properties := Properties{
		"ConfigurationName":         is("configuration_name"),
		"CustomizationResourceArns": ignored,
		"GuardrailPolicies":         texts("guardrail_policy_arns"),
		"IamRoleArn":                is("iam_role_arn"),
		"LoggingLevel":              is("logging_level"),
		"SnsTopicArns":              texts("sns_topic_arns"),
		"Tags":                      as(KeyValues, "tags"),
		"UserRoleRequired":          flag("user_authorization_required"),
	}
	maps.Copy(properties, own)
	return &Type{
		CloudFormation: cloudFormation, Terraform: terraform, Ref: "chat_configuration_arn", ID: "chat_configuration_arn",
		Attributes: map[string]string{"Arn": "chat_configuration_arn"}, Properties: properties,
	}
}
