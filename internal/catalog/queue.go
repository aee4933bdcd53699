package catalog

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_sqs_queue", Modes: Managed,
			Named: "name",
			ID:    "url",
			ARN:   "arn:{partition}:sqs:{region}:{account}:{name}",
			Templates: []*Template{
				{
					Name: "AWS::SQS::Queue", Ref: "url", ID: "url",
					URL:    "https://sqs.{region}.{suffix}/{account}/{name}",
					GetAtt: map[string]string{"Arn": "arn", "QueueName": "name", "QueueUrl": "url"},
				},
			},
			Members: Members{
				str("arn").computed(),
				boolean("content_based_deduplication").or(false).as("ContentBasedDeduplication").irrelevant(queueing),
				str("deduplication_scope").computed().as("DeduplicationScope").irrelevant(queueing),
				number("delay_seconds").or(0).as("DelaySeconds").irrelevant(queueing),
				boolean("fifo_queue").or(false).as("FifoQueue"),
				str("fifo_throughput_limit").computed().as("FifoThroughputLimit").irrelevant(queueing),
				number("kms_data_key_reuse_period_seconds").computed().as("KmsDataKeyReusePeriodSeconds").irrelevant(queueing),
				str("kms_master_key_id").as("KmsMasterKeyId"),
				number("max_message_size").or(262144).as("MaximumMessageSize").irrelevant(queueing),
				number("message_retention_seconds").or(345600).as("MessageRetentionPeriod").irrelevant(queueing),
				str("name").computed().as("QueueName"),
				str("name_prefix").computed(),
				document("policy").computed().orNone(),
				number("receive_wait_time_seconds").or(0).as("ReceiveMessageWaitTimeSeconds").irrelevant(queueing),
				document("redrive_allow_policy").computed().as("RedriveAllowPolicy").irrelevant(queueing),
				document("redrive_policy").computed().as("RedrivePolicy").irrelevant(queueing),
				boolean("sqs_managed_sse_enabled").computed().as("SqsManagedSseEnabled").irrelevant(queueing),
				stringMap("tags").as("Tags").irrelevant(labels),
				stringMap("tags_all").computed().irrelevant(labels),
				str("url").computed(),
				number("visibility_timeout_seconds").or(30).as("VisibilityTimeout").irrelevant(queueing),
			},
		}
	})
}

func init() {
	register(func() *Type {
		return &Type{
			Name: "aws_sqs_queue_policy", Modes: Managed,
			ID: "queue_url",
			Templates: []*Template{
				{
					Name: "AWS::SQS::QueuePolicy", Ref: "id", ID: "id",
					GetAtt: map[string]string{"Id": "id"},
					Each:   &Each{Property: "Queues", Member: "queue_url"},
				},
				{
					Name: "AWS::SQS::QueueInlinePolicy", Ref: "queue_url", ID: "queue_url",
				},
			},
			Members: Members{
				document("policy").required().as("PolicyDocument"),
				str("queue_url").required().as("Queue"),
			},
		}
	})
}
