provider "aws" {
  region = "us-east-1"
}
resource "aws_cloudwatch_log_group" "trail" {
  name = "/aws/cloudtrail/management"
}
resource "aws_iam_role" "trail" {
  name = "trail"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudtrail.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy" "trail" {
  name = "write"
  role = aws_iam_role.trail.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.trail.arn}:*" }]
  })
}
resource "aws_cloudtrail" "main" {
  name                       = "management"
  s3_bucket_name             = "example-audit-bucket"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}
resource "aws_sns_topic" "t" {
  name = "alerts"
}

resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}

resource "aws_cloudwatch_log_metric_filter" "f" {
  name           = "denied"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"

  metric_transformation {
    name      = "Denied"
    namespace = "Security"
    value     = "1"
  }
}

resource "aws_cloudcontrolapi_resource" "alarm" {
  type_name = "AWS::CloudWatch::Alarm"
  desired_state = jsonencode({
    AlarmName          = "denied"
    MetricName         = "Denied"
    Namespace          = "Security"
    Statistic          = "Sum"
    Period             = 300
    EvaluationPeriods  = 1
    Threshold          = 1
    ComparisonOperator = "GreaterThanOrEqualToThreshold"
    ActionsEnabled     = false
  })
}
