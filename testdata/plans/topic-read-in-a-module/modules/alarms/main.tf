data "aws_sns_topic" "security" {
  name = "security-alerts"
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
  alarm_actions       = [data.aws_sns_topic.security.arn]
}
