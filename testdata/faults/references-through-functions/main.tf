provider "aws" {
  region = "us-east-1"
}
resource "aws_cloudwatch_log_group" "g" {
  count       = 1
  name_prefix = "audit-"
}
resource "aws_iam_role" "r" {
  count              = 1
  name_prefix        = "ct-"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudtrail.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "p" {
  role   = join("", aws_iam_role.r[*].id)
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${trimsuffix(aws_cloudwatch_log_group.g[0].arn, ":*")}:*" }] })
}
resource "aws_cloudtrail" "t" {
  name                       = "t"
  s3_bucket_name             = "b"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${trimsuffix(aws_cloudwatch_log_group.g[0].arn, ":*")}:*"
  cloud_watch_logs_role_arn  = trimspace(aws_iam_role.r[0].arn)
}
resource "aws_cloudwatch_log_metric_filter" "f" {
  count          = 1
  name           = "f"
  log_group_name = join("", aws_cloudwatch_log_group.g[*].name)
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
  metric_transformation {
    name      = "Denied"
    namespace = "Security"
    value     = "1"
  }
}
resource "aws_kms_key" "k" {
  count = 1
}
resource "aws_kms_key_policy" "k" {
  key_id = format("%s", aws_kms_key.k[0].key_id)
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = ["kms:Decrypt", "kms:GenerateDataKey*"], Resource = "*" }] })
}
resource "aws_sns_topic" "s" {
  count             = 1
  kms_master_key_id = join("", aws_kms_key.k[*].arn)
}
resource "aws_sns_topic_policy" "s" {
  arn    = trimspace(aws_sns_topic.s[0].arn)
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "cloudwatch.amazonaws.com" }, Action = "sns:Publish", Resource = trimspace(aws_sns_topic.s[0].arn) }] })
}
resource "aws_sqs_queue" "q" {
  count = 1
}
resource "aws_sqs_queue_policy" "q" {
  queue_url = join("", aws_sqs_queue.q[*].id)
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = join("", aws_sqs_queue.q[*].arn), Condition = { ArnEquals = { "aws:SourceArn" = trimspace(aws_sns_topic.s[0].arn) } } }] })
}
resource "aws_sns_topic_subscription" "q" {
  topic_arn = trimspace(aws_sns_topic.s[0].arn)
  protocol  = "sqs"
  endpoint  = join("", aws_sqs_queue.q[*].arn)
}
resource "aws_cloudwatch_metric_alarm" "a" {
  count               = 1
  alarm_name          = "a"
  metric_name         = "Denied"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
}
resource "aws_cloudwatch_composite_alarm" "c" {
  alarm_name    = "c"
  alarm_rule    = "ALARM(${one(aws_cloudwatch_metric_alarm.a[*].arn)})"
  alarm_actions = [trimspace(aws_sns_topic.s[0].arn)]
}
