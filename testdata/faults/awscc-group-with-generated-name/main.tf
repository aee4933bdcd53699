provider "awscc" { region = "us-east-1" }
resource "awscc_logs_log_group" "g" {}
resource "awscc_iam_role" "r" {
  assume_role_policy_document = jsonencode({Version="2012-10-17",Statement=[{Effect="Allow",Action="sts:AssumeRole",Principal={Service="cloudtrail.amazonaws.com"}}]})
  policies = [{ policy_name = "p", policy_document = jsonencode({Version="2012-10-17",Statement=[{Effect="Allow",Action=["logs:CreateLogStream","logs:PutLogEvents"],Resource="*"}]}) }]
}
resource "awscc_cloudtrail_trail" "t" {
  trail_name = "trail"
  s3_bucket_name = "b"
  is_logging = true
  is_multi_region_trail = true
  include_global_service_events = true
  cloudwatch_logs_log_group_arn = awscc_logs_log_group.g.arn
  cloudwatch_logs_role_arn = awscc_iam_role.r.arn
}
resource "awscc_logs_metric_filter" "f" {
  filter_name = "f"
  log_group_name = awscc_logs_log_group.g.log_group_name
  filter_pattern = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
  metric_transformations = [{ metric_name = "Denied", metric_namespace = "Sec", metric_value = "1" }]
}
resource "awscc_sns_topic" "s" {
  topic_name = "s"
}
resource "awscc_sns_subscription" "m" {
  topic_arn = awscc_sns_topic.s.topic_arn
  protocol = "email"
  endpoint = "a@example.com"
}
resource "awscc_cloudwatch_alarm" "a" {
  alarm_name = "a"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods = 1
  threshold = 1
  metric_name = "Denied"
  namespace = "Sec"
  statistic = "Sum"
  period = 300
  alarm_actions = [awscc_sns_topic.s.topic_arn]
}
