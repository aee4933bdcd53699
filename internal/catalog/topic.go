package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_sns_topic", Modes: Managed | Data,
			Named: "name",
			ID:    "arn",
			ARN:   "arn:{partition}:sns:{region}:{account}:{name}",
			Templates: []*Template{
				{
					Name: "AWS::SNS::Topic", Ref: "arn", ID: "id",
					GetAtt:     map[string]string{"TopicArn": "arn", "TopicName": "name"},
					Children:   []Child{{Property: "Subscription", Elements: "subscription", Type: "aws_sns_topic_subscription", Back: "topic_arn", Members: []string{"endpoint", "protocol"}}},
					Irrelevant: map[string]string{"DataProtectionPolicy": ownCheck, "DeliveryStatusLogging": feedback},
				},
			},
			Members: Members{
				str("application_failure_feedback_role_arn").irrelevant(feedback),
				str("application_success_feedback_role_arn").irrelevant(feedback),
				number("application_success_feedback_sample_rate").irrelevant(feedback),
				document("archive_policy").as("ArchivePolicy").irrelevant(form),
				str("arn").computed(),
				str("beginning_archive_time").computed().irrelevant(form),
				boolean("content_based_deduplication").or(false).as("ContentBasedDeduplication").irrelevant(form),
				document("delivery_policy").irrelevant(form),
				str("display_name").as("DisplayName").irrelevant(forPeople),
				str("fifo_throughput_scope").computed().as("FifoThroughputScope").irrelevant(form),
				boolean("fifo_topic").or(false).as("FifoTopic"),
				str("firehose_failure_feedback_role_arn").irrelevant(feedback),
				str("firehose_success_feedback_role_arn").irrelevant(feedback),
				number("firehose_success_feedback_sample_rate").irrelevant(feedback),
				str("http_failure_feedback_role_arn").irrelevant(feedback),
				str("http_success_feedback_role_arn").irrelevant(feedback),
				number("http_success_feedback_sample_rate").irrelevant(feedback),
				str("kms_master_key_id").as("KmsMasterKeyId"),
				str("lambda_failure_feedback_role_arn").irrelevant(feedback),
				str("lambda_success_feedback_role_arn").irrelevant(feedback),
				number("lambda_success_feedback_sample_rate").irrelevant(feedback),
				number("maximum_message_size").since(NoRelease).as("MaximumMessageSize"),
				str("name").computed().as("TopicName"),
				str("name_prefix").computed(),
				str("owner").computed().irrelevant(unreferred),
				document("policy").computed().orNone(),
				number("signature_version").computed().as("SignatureVersion").irrelevant(form),
				str("sqs_failure_feedback_role_arn").irrelevant(feedback),
				str("sqs_success_feedback_role_arn").irrelevant(feedback),
				number("sqs_success_feedback_sample_rate").irrelevant(feedback),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				str("tracing_config").computed().as("TracingConfig").irrelevant(form),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_sns_topic_policy", Modes: Managed,
			ID: "arn",
			Templates: []*Template{
				{
					Name: "AWS::SNS::TopicPolicy", Ref: "id", ID: "id",
					GetAtt: map[string]string{"Id": "id"},
					Each:   &Each{Property: "Topics", Member: "arn"},
				},
				{
					Name: "AWS::SNS::TopicInlinePolicy", Ref: "arn", ID: "arn",
				},
			},
			Members: Members{
				str("arn").required().as("TopicArn"),
				str("owner").computed().irrelevant(unreferred),
				document("policy").required().as("PolicyDocument"),
			},
		}
	})
}
