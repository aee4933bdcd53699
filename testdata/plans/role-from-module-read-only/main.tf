terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

module "logs" {
  source = "./modules/logs"
}

module "role" {
  source    = "./modules/role"
  group_arn = module.logs.arn
}

module "trail" {
  source    = "./modules/trail"
  group_arn = module.logs.arn
  role_arn  = module.role.arn
}

resource "aws_cloudwatch_log_metric_filter" "denied" {
  name           = "denied-api-calls"
  log_group_name = module.logs.name
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"

  metric_transformation {
    name      = "DeniedAPICalls"
    namespace = "Security"
    value     = "1"
  }
}

resource "aws_sns_topic" "security" {
  name = "security-alerts"
}

resource "aws_sns_topic_subscription" "oncall" {
  topic_arn = aws_sns_topic.security.arn
  protocol  = "email"
  endpoint  = "oncall@example.com"
}

resource "aws_cloudwatch_metric_alarm" "denied" {
  alarm_name          = "denied-api-calls"
  metric_name         = "DeniedAPICalls"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security.arn]
}
