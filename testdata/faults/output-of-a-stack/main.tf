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
resource "aws_cloudwatch_log_metric_filter" "f" {
  name = "f"
  log_group_name = aws_cloudwatch_log_group.g.name
  pattern = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
  metric_transformation {
    name = "Denied"
    namespace = "Sec"
    value = "1"
  }
}
resource "aws_cloudformation_stack" "x" {
  name = "x"
  parameters = { Mail = "a@example.com" }
  template_body = <<-E
Parameters:
  Mail: {Type: String}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: sec
  Sub:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Topic
      Protocol: email
      Endpoint: !Ref Mail
Outputs:
  TopicArn: {Value: !Ref Topic}
  E
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name = "a"
  metric_name = "Denied"
  namespace = "Sec"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = [aws_cloudformation_stack.x.outputs["TopicArn"]]
}
