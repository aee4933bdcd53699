variable "errors" {
  type = bool
}

resource "aws_cloudwatch_log_metric_filter" "errors" {
  count          = var.errors ? 1 : 0
  name           = "errors"
  log_group_name = "/aws/lambda/web"
  pattern        = "{ $.level = \"ERROR\" }"

  metric_transformation {
    name      = "Errors"
    namespace = "Web"
    value     = "1"
  }
}
