provider "aws" { region = "us-east-1" }
resource "aws_cloudwatch_log_group" "g" { name = "/trail" }
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({Version="2012-10-17",Statement=[{Effect="Allow",Action="sts:AssumeRole",Principal={Service="cloudtrail.amazonaws.com"}}]})
}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({Version="2012-10-17",Statement=[{Effect="Allow",Action=["logs:CreateLogStream","logs:PutLogEvents"],Resource="*"}]})
}
resource "aws_cloudtrail" "t" {
  name = "trail"
  s3_bucket_name = "b"
  is_multi_region_trail = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.g.arn}:*"
  cloud_watch_logs_role_arn = aws_iam_role.r.arn
}
resource "aws_sns_topic" "s" {
  name = "s"
}
resource "aws_sns_topic_subscription" "m" {
  topic_arn = aws_sns_topic.s.arn
  protocol = "email"
  endpoint = "a@example.com"
}
resource "aws_cloudformation_stack" "x" {
 name="sec"
 parameters={G=aws_cloudwatch_log_group.g.name}
 template_body=<<-E
Parameters:
  G: {Type: String}
Resources:
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref G
      FilterPattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
      MetricTransformations: [{MetricName: Denied, MetricNamespace: !Ref "AWS::StackName", MetricValue: "1"}]
E
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name = "a"
  metric_name = "Denied"
  namespace = "sec"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = [aws_sns_topic.s.arn]
}
