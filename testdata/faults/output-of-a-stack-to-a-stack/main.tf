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
  template_body = <<-E
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
      Endpoint: sec@example.com
Outputs:
  TopicArn: {Value: !Ref Topic}
  E
}
resource "aws_cloudformation_stack" "y" {
  name = "y"
  parameters = { T = aws_cloudformation_stack.x.outputs["TopicArn"] }
  template_body = <<-E
Parameters:
  T: {Type: String}
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: Denied
      Namespace: Sec
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [!Ref T]
  E
}
