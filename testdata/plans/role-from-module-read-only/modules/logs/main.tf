resource "aws_cloudwatch_log_group" "trail" {
  name              = "/aws/cloudtrail/organization"
  retention_in_days = 365
}

output "arn" {
  value = aws_cloudwatch_log_group.trail.arn
}

output "name" {
  value = aws_cloudwatch_log_group.trail.id
}
