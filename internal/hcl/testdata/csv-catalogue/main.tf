locals {
  rows = csvdecode(file("${path.module}/controls.csv"))
}
resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each       = { for row in local.rows : row.name => row }
  name           = each.key
  pattern        = each.value.pattern
  log_group_name = "trail"
  metric_transformation {
    name      = each.value.name
    namespace = "Security"
    value     = "1"
  }
}
