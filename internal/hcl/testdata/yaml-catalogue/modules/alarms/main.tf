variable "log_group_name" {}
variable "topic_arns" { type = list(string) }
variable "overrides" { type = any }

locals {
  catalogue = { for k, v in yamldecode(file("${path.module}/catalogue.yaml")) : k => v if k != "defaults" }
  merged    = { for k, v in local.catalogue : k => merge(v, lookup(var.overrides, k, {})) }
  enabled   = { for k, v in local.merged : k => v if v.enabled }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each       = local.enabled
  name           = each.key
  pattern        = each.value.pattern
  log_group_name = var.log_group_name
  dynamic "metric_transformation" {
    for_each = [each.value]
    iterator = transformation
    content {
      name      = transformation.value.metric
      namespace = "Security"
      value     = "1"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = aws_cloudwatch_log_metric_filter.this
  alarm_name          = each.value.id
  metric_name         = each.value.metric_transformation[0].name
  namespace           = each.value.metric_transformation[0].namespace
  period              = local.enabled[each.key].period
  statistic           = "Sum"
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = var.topic_arns
}
