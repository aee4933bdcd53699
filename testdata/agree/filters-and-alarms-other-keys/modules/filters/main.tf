variable "rules" {
  type = map(string)
}

variable "log_group_name" {
  type = string
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each       = var.rules
  name           = each.key
  pattern        = each.value
  log_group_name = var.log_group_name

  metric_transformation {
    name      = each.key
    namespace = "Security"
    value     = "1"
  }
}

output "metrics" {
  value = { for k, f in aws_cloudwatch_log_metric_filter.this : k => f.metric_transformation[0].name }
}

output "filters" {
  value = aws_cloudwatch_log_metric_filter.this
}
