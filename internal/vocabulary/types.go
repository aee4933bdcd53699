package vocabulary

// kinds says whether a type is one of resources, of data sources, or of both.
type kinds uint8

const (
	managed kinds = 1 << iota
	data
)

// types are the resource types that the graph knows.
var types = map[string]kinds{
	"aws_cloudtrail":                            managed | data,
	"aws_cloudwatch_log_group":                  managed | data,
	"aws_cloudwatch_log_metric_filter":          managed | data,
	"aws_cloudwatch_metric_alarm":               managed | data,
	"aws_cloudwatch_composite_alarm":            managed | data,
	"aws_cloudwatch_alarm_mute_rule":            managed | data,
	"aws_cloudwatch_log_alarm":                  managed | data,
	"aws_sns_topic":                             managed | data,
	"aws_sns_topic_policy":                      managed | data,
	"aws_sns_topic_subscription":                managed | data,
	"aws_kms_key":                               managed | data,
	"aws_kms_external_key":                      managed | data,
	"aws_kms_replica_key":                       managed | data,
	"aws_kms_key_policy":                        managed | data,
	"aws_kms_alias":                             managed | data,
	"aws_iam_role":                              managed | data,
	"aws_iam_role_policy":                       managed | data,
	"aws_iam_policy":                            managed | data,
	"aws_iam_role_policy_attachment":            managed | data,
	"aws_iam_policy_attachment":                 managed,
	"aws_iam_role_policies_exclusive":           managed,
	"aws_iam_role_policy_attachments_exclusive": managed,
	"aws_chatbot_slack_channel_configuration":   managed | data,
	"aws_chatbot_teams_channel_configuration":   managed | data,
	"aws_sqs_queue":                             managed,
	"aws_sqs_queue_policy":                      managed,
	"aws_lambda_function":                       managed,
	"aws_lambda_alias":                          managed,
	"aws_lambda_permission":                     managed,
	"aws_kinesis_firehose_delivery_stream":      managed,
	"aws_iam_policy_document":                   data,
	"aws_caller_identity":                       data,
	"aws_region":                                data,
	"aws_partition":                             data,
}
