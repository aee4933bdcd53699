variable "email" {
  type = string
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "cloudtrail-multi-region"
}

resource "aws_iam_role" "trail" {
  name = "cloudtrail-to-cloudwatch-logs"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudtrail.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "trail" {
  role = aws_iam_role.trail.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.trail.arn}:*"
    }]
  })
}

resource "aws_cloudtrail" "main" {
  name                       = "organization"
  s3_bucket_name             = "example-audit-bucket"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}

resource "aws_sns_topic" "alarms" {
  count = 1
  name  = "CISAlarm"
}

resource "aws_sns_topic_subscription" "alarms" {
  count     = var.email == "" ? 0 : 1
  topic_arn = aws_sns_topic.alarms[0].arn
  protocol  = "email"
  endpoint  = var.email
}

module "alarm_baseline" {
  source         = "../cis"
  log_group_name = aws_cloudwatch_log_group.trail.name
  alarm_actions  = aws_sns_topic.alarms[*].arn
}
