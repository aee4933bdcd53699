package hcl

// What carries notifications.

func notifyingShapes() map[string]*shape {
	feedback := attributes{}
	for _, protocol := range []string{"application", "firehose", "http", "lambda", "sqs"} {
		for name, a := range text0(protocol+"_failure_feedback_role_arn", protocol+"_success_feedback_role_arn") {
			feedback[name] = a
		}
		for name, a := range number0(protocol + "_success_feedback_sample_rate") {
			feedback[name] = a
		}
	}
	return map[string]*shape{
		"aws_sns_topic": resourceShape(nil,
			computed("name", "name_prefix", "arn", "owner", "policy", "beginning_archive_time", "fifo_throughput_scope", "tracing_config"),
			anything("signature_version"),
			text0("archive_policy", "delivery_policy", "display_name", "kms_master_key_id"),
			truth1("content_based_deduplication", false), truth1("fifo_topic", false), feedback, tagged(),
		),
		"aws_sns_topic_policy": resourceShape(nil, text0("arn", "policy"), computed("owner")),
		"aws_sns_topic_subscription": resourceShape(nil,
			text0("endpoint", "protocol", "topic_arn", "delivery_policy", "filter_policy", "redrive_policy", "replay_policy", "subscription_role_arn"),
			number1("confirmation_timeout_in_minutes", 1), truth1("endpoint_auto_confirms", false), truth1("raw_message_delivery", false),
			computed("arn", "filter_policy_scope", "owner_id"), anything("confirmation_was_authenticated", "pending_confirmation"),
		),
	}
}

// receivingShapes is what may stand behind a subscription.
func receivingShapes() map[string]*shape {
	return map[string]*shape{
		"aws_sqs_queue": resourceShape(nil,
			computed("name", "name_prefix", "arn", "url", "policy", "redrive_policy", "redrive_allow_policy", "deduplication_scope", "fifo_throughput_limit"),
			text0("kms_master_key_id"), anything("kms_data_key_reuse_period_seconds", "sqs_managed_sse_enabled"),
			truth1("content_based_deduplication", false), truth1("fifo_queue", false),
			number1("delay_seconds", 0), number1("max_message_size", 262144), number1("message_retention_seconds", 345600),
			number1("receive_wait_time_seconds", 0), number1("visibility_timeout_seconds", 30), tagged(),
		),
		"aws_sqs_queue_policy": resourceShape(nil, text0("queue_url", "policy")),
		"aws_lambda_function":  resourceShape(nil, text0("function_name"), computed("arn", "qualified_arn", "version")),
		"aws_lambda_alias":     resourceShape(nil, text0("name", "function_name", "function_version"), computed("arn")),
		"aws_lambda_permission": resourceShape(nil,
			text0("action", "event_source_token", "function_name", "function_url_auth_type", "principal", "principal_org_id", "qualifier", "source_account", "source_arn"),
			truth1("invoked_via_function_url", false), computed("statement_id", "statement_id_prefix"),
		),
		"aws_kinesis_firehose_delivery_stream": resourceShape(nil, text0("name"), computed("arn")),
	}
}
