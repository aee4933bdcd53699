# Fifteen controls in one map; the alarm takes its metric name from the filter's id.
variable "log_group_name" {
  type    = string
  default = "aws-controltower/CloudTrailLogs"
}

variable "sns_topic_arn" {
  type    = string
  default = "arn:aws:sns:eu-central-1:111122223333:security-alerts"
}

variable "disabled_controls" {
  type    = list(string)
  default = ["VPCChanges"]
}

variable "overrides" {
  type = map(object({
    period    = optional(number, 300)
    threshold = optional(number, 1)
    tags      = optional(map(string))
  }))
  default = { RootUsage = { period = 60 } }
}

locals {
  all_controls = {
    UnauthorizedAPICalls = {
      pattern     = "{($.errorCode=\"*UnauthorizedOperation\") || ($.errorCode=\"AccessDenied*\")}"
      description = "Denied API calls"
    }
    RootUsage = {
      pattern     = "{$.userIdentity.type=\"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType!=\"AwsServiceEvent\"}"
      description = "Use of root"
    }
    NoMFA = {
      pattern     = <<-EOT
        {($.eventName="ConsoleLogin") && ($.additionalEventData.MFAUsed !="Yes")}
      EOT
      description = "Sign-in without MFA"
    }
    VPCChanges = { pattern = "{$.eventName=CreateVpc}", description = "VPC" }
  }
  controls = { for name, control in local.all_controls : name => control if !contains(var.disabled_controls, name) }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each       = local.controls
  name           = each.key
  pattern        = trimspace(each.value.pattern)
  log_group_name = var.log_group_name

  metric_transformation {
    name      = each.key
    namespace = "CISBenchmark"
    value     = 1
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.controls
  alarm_name          = format("cis-%s", lower(each.key))
  alarm_description   = each.value["description"]
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = "1"
  metric_name         = aws_cloudwatch_log_metric_filter.this[each.key].id
  namespace           = "CISBenchmark"
  period              = lookup(var.overrides, each.key, { period = 300 }).period
  statistic           = "Sum"
  threshold           = try(var.overrides[each.key].threshold, 1)
  alarm_actions       = [var.sns_topic_arn]
  treat_missing_data  = "notBreaching"
}
