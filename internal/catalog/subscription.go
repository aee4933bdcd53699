package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_sns_topic_subscription", Modes: Managed,
			ID: "arn",
			Templates: []*Template{
				{
					Name: "AWS::SNS::Subscription", Ref: "arn", ID: "arn",
					GetAtt: map[string]string{"Arn": "arn"},
				},
			},
			Members: Members{
				str("arn").computed(),
				number("confirmation_timeout_in_minutes").or(1).irrelevant(forTerraform),
				boolean("confirmation_was_authenticated").computed().irrelevant(form),
				str("region").as("Region").templateOnly(),
				document("delivery_policy").as("DeliveryPolicy").irrelevant(form),
				str("endpoint").required().as("Endpoint"),
				boolean("endpoint_auto_confirms").or(false),
				document("filter_policy").as("FilterPolicy"),
				str("filter_policy_scope").computed().orAWS("MessageAttributes").as("FilterPolicyScope"),
				str("owner_id").computed().irrelevant(unreferred),
				boolean("pending_confirmation").computed().orNone(),
				str("protocol").required().as("Protocol"),
				boolean("raw_message_delivery").or(false).as("RawMessageDelivery").irrelevant(form),
				document("redrive_policy").as("RedrivePolicy").irrelevant(form),
				document("replay_policy").as("ReplayPolicy").irrelevant(form),
				str("subscription_role_arn").as("SubscriptionRoleArn"),
				str("topic_arn").required().as("TopicArn"),
			},
		}
	})
}
