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
