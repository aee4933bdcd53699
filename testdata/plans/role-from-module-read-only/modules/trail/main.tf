variable "group_arn" {
  type = string
}

variable "role_arn" {
  type = string
}

resource "aws_cloudtrail" "this" {
  count                      = 1
  name                       = "organization"
  s3_bucket_name             = "example-audit-bucket"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${var.group_arn}:*"
  cloud_watch_logs_role_arn  = var.role_arn
}
