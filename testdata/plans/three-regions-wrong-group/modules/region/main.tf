terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "log_group_name" {
  type = string
}

resource "aws_cloudwatch_log_metric_filter" "denied" {
  name           = "denied-api-calls"
  log_group_name = var.log_group_name
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"

  metric_transformation {
    name      = "DeniedAPICalls"
    namespace = "Security"
    value     = "1"
  }
}

resource "aws_sns_topic" "security" {
  name = "security-alerts"
}

resource "aws_sns_topic_subscription" "oncall" {
  topic_arn = aws_sns_topic.security.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}

resource "aws_cloudwatch_metric_alarm" "denied" {
  alarm_name          = "denied-api-calls"
  metric_name         = "DeniedAPICalls"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security.arn]
}
