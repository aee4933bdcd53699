provider "aws" { region = "us-east-1" }
variable "group" {}
variable "on" { default = true }
resource "aws_cloudwatch_log_metric_filter" "f" {
  name = "f"
  log_group_name = var.group
  pattern = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
  metric_transformation {
    name = "Denied"
    namespace = "Sec"
    value = "1"
  }
}
resource "aws_sns_topic" "s" {
  name = "s"
}
resource "aws_sns_topic_subscription" "m" {
  topic_arn = aws_sns_topic.s.arn
  protocol = "email"
  endpoint = "a@example.com"
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name = "a"
  metric_name = "Denied"
  namespace = "Sec"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = [aws_sns_topic.s.arn]
}
