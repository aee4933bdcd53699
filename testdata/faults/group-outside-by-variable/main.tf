
variable "g" { type = string }
data "aws_region" "r" {}
data "aws_caller_identity" "i" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudtrail.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:${data.aws_region.r.region}:${data.aws_caller_identity.i.account_id}:log-group:${var.g}:*" }] })
}
resource "aws_cloudtrail" "t" {
  name                          = "t"
  s3_bucket_name                = "example-audit-bucket"
  enable_logging                = true
  is_multi_region_trail         = true
  include_global_service_events = true
  cloud_watch_logs_group_arn    = "arn:aws:logs:${data.aws_region.r.region}:${data.aws_caller_identity.i.account_id}:log-group:${var.g}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.r.arn
}
resource "aws_cloudwatch_log_metric_filter" "f" {
  name           = "f"
  log_group_name = var.g
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
  metric_transformation {
    name      = "DeniedAPICalls"
    namespace = "Security"
    value     = "1"
  }
}
resource "aws_sns_topic" "t" {
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "a"
  metric_name         = "DeniedAPICalls"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.t.arn]
}
