package vocabulary

// What may stand behind a subscription: queues, functions and delivery streams,
// and what lets SNS in.

func queue() *Type {
	return &Type{
		CloudFormation: "AWS::SQS::Queue",
		Terraform:      "aws_sqs_queue",
		Ref:            "url",
		ID:             "url",
		Named:          "name",
		ARN:            "arn:{partition}:sqs:{region}:{account}:{name}",
		URL:            "https://sqs.{region}.{suffix}/{account}/{name}",
		Attributes:     map[string]string{"Arn": "arn", "QueueName": "name", "QueueUrl": "url"},
		Properties: Properties{
			"QueueName":                     is("name"),
			"FifoQueue":                     flag("fifo_queue"),
			"ContentBasedDeduplication":     flag("content_based_deduplication"),
			"DeduplicationScope":            is("deduplication_scope"),
			"DelaySeconds":                  number("delay_seconds"),
			"FifoThroughputLimit":           is("fifo_throughput_limit"),
			"KmsDataKeyReusePeriodSeconds":  number("kms_data_key_reuse_period_seconds"),
			"KmsMasterKeyId":                is("kms_master_key_id"),
			"MaximumMessageSize":            number("max_message_size"),
			"MessageRetentionPeriod":        number("message_retention_seconds"),
			"ReceiveMessageWaitTimeSeconds": number("receive_wait_time_seconds"),
			"RedriveAllowPolicy":            as(Policy, "redrive_allow_policy"),
			"RedrivePolicy":                 as(Policy, "redrive_policy"),
			"SqsManagedSseEnabled":          flag("sqs_managed_sse_enabled"),
			"VisibilityTimeout":             number("visibility_timeout_seconds"),
			"Tags":                          as(KeyValues, "tags"),
		},
	}
}

// queuePolicy has several queues; Expand makes a policy for each.
func queuePolicy() *Type {
	return &Type{
		CloudFormation: "AWS::SQS::QueuePolicy",
		Terraform:      "aws_sqs_queue_policy",
		Ref:            "id",
		ID:             "id",
		Attributes:     map[string]string{"Id": "id"},
		Properties: Properties{
			"PolicyDocument": as(Policy, "policy"),
			"Queues":         texts("queue_url"),
		},
	}
}

func queueInlinePolicy() *Type {
	return &Type{
		CloudFormation: "AWS::SQS::QueueInlinePolicy",
		Terraform:      "aws_sqs_queue_policy",
		Ref:            "queue_url",
		ID:             "queue_url",
		Properties: Properties{
			"PolicyDocument": as(Policy, "policy"),
			"Queue":          is("queue_url"),
		},
	}
}

func function() *Type {
	return &Type{
		CloudFormation: "AWS::Lambda::Function",
		Terraform:      "aws_lambda_function",
		Ref:            "function_name",
		ID:             "function_name",
		Named:          "function_name",
		ARN:            "arn:{partition}:lambda:{region}:{account}:function:{name}",
		Attributes:     map[string]string{"Arn": "arn", "SnapStartResponse": "", "SnapStartResponse.ApplyOn": "", "SnapStartResponse.OptimizationStatus": ""},
		Properties: Properties{
			"FunctionName": is("function_name"),
		},
		Partial: true,
	}
}

// functionAlias is named in its ARN behind its function.
func functionAlias() *Type {
	return &Type{
		CloudFormation: "AWS::Lambda::Alias",
		Terraform:      "aws_lambda_alias",
		Ref:            "arn",
		ID:             "arn",
		Named:          "name",
		ARN:            "arn:{partition}:lambda:{region}:{account}:function:{FunctionName}:{name}",
		Attributes:     map[string]string{"AliasArn": "arn"},
		Properties: Properties{
			"Name":            is("name"),
			"FunctionName":    is("function_name"),
			"FunctionVersion": is("function_version"),
		},
		Partial: true,
	}
}

func functionPermission() *Type {
	return &Type{
		CloudFormation: "AWS::Lambda::Permission",
		Terraform:      "aws_lambda_permission",
		Ref:            "id",
		ID:             "id",
		Attributes:     map[string]string{"Id": "id"},
		Properties: Properties{
			"Action":                is("action"),
			"EventSourceToken":      is("event_source_token"),
			"FunctionName":          is("function_name"),
			"FunctionUrlAuthType":   is("function_url_auth_type"),
			"InvokedViaFunctionUrl": flag("invoked_via_function_url"),
			"Principal":             is("principal"),
			"PrincipalOrgID":        is("principal_org_id"),
			"SourceAccount":         is("source_account"),
			"SourceArn":             is("source_arn"),
		},
	}
}

func deliveryStream() *Type {
	return &Type{
		CloudFormation: "AWS::KinesisFirehose::DeliveryStream",
		Terraform:      "aws_kinesis_firehose_delivery_stream",
		Ref:            "name",
		ID:             "name",
		Named:          "name",
		ARN:            "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
		Attributes:     map[string]string{"Arn": "arn"},
		Properties: Properties{
			"DeliveryStreamName": is("name"),
		},
		Partial: true,
	}
}
