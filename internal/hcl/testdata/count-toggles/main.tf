# create ? 1 : 0 everywhere, and the ways to read what may not be there.
variable "create" {
  type    = bool
  default = true
}
variable "create_topic" {
  type    = bool
  default = true
}
variable "topic_arn" {
  type    = string
  default = ""
}
variable "create_log_group" {
  type    = bool
  default = false
}

locals {
  topic_arn      = var.topic_arn != "" ? var.topic_arn : element(concat(aws_sns_topic.this.*.arn, [""]), 0)
  log_group_name = var.create_log_group ? join("", aws_cloudwatch_log_group.this[*].name) : "existing"
  create         = var.create && local.enabled
  enabled        = length(local.topics) > 0
  topics         = compact([local.topic_arn])
}

resource "aws_sns_topic" "this" {
  count = var.create_topic && var.topic_arn == "" ? 1 : 0
  name  = "alerts"
}

resource "aws_cloudwatch_log_group" "this" {
  count = var.create_log_group ? 1 : 0
  name  = "trail"
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  count          = local.create ? 1 : 0
  name           = "denied"
  pattern        = "{ $.errorCode = \"AccessDenied*\" }"
  log_group_name = local.log_group_name
  metric_transformation {
    name      = "Denied"
    namespace = "Security"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  count               = local.create ? 1 : 0
  alarm_name          = "denied"
  metric_name         = try(aws_cloudwatch_log_metric_filter.this[0].metric_transformation[0].name, null)
  namespace           = one(aws_cloudwatch_log_metric_filter.this[*].metric_transformation[0].namespace)
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = local.topics
}

output "topic_arn" {
  value = try(aws_sns_topic.this[0].arn, var.topic_arn)
}
