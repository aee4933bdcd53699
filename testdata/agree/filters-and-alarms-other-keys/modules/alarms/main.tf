variable "metrics" {
  type = map(string)
}

variable "alarm_actions" {
  type = list(string)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = var.metrics
  alarm_name          = each.key
  metric_name         = each.value
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = var.alarm_actions
}
