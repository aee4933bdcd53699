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
module "m" {
 source = "./m"
 group = aws_cloudwatch_log_group.g.name
}
