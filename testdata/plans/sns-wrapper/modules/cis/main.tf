variable "create" {
  type    = bool
  default = true
}

variable "log_group_name" {
  type    = string
  default = ""
}

variable "alarm_actions" {
  type    = list(string)
  default = []
}

variable "actions_enabled" {
  type    = bool
  default = true
}

variable "disabled_controls" {
  type    = list(string)
  default = []
}

variable "control_overrides" {
  type    = any
  default = {}
}

variable "namespace" {
  type    = string
  default = "CISBenchmark"
}

variable "prefix" {
  type    = string
  default = ""
}

locals {
  all_controls = {
    UnauthorizedAPICalls = {
      pattern     = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
      description = "Monitoring unauthorized API calls"
    }
    NoMFAConsoleSignin = {
      pattern     = "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") }"
      description = "Console logins without MFA"
    }
    RootUsage = {
      pattern     = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"
      description = "Root usage"
    }
  }

  controls = { for k, v in local.all_controls : k => merge(v, try(var.control_overrides[k], {})) if var.create && !contains(var.disabled_controls, k) }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.controls

  name           = "${var.prefix}${each.key}"
  pattern        = each.value["pattern"]
  log_group_name = lookup(each.value, "log_group_name", var.log_group_name)

  metric_transformation {
    name          = "${var.prefix}${each.key}"
    namespace     = lookup(each.value, "namespace", var.namespace)
    value         = 1
    default_value = lookup(each.value, "default_value", null)
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.controls

  metric_name       = aws_cloudwatch_log_metric_filter.this[each.key].id
  namespace         = lookup(each.value, "namespace", var.namespace)
  alarm_name        = "${var.prefix}${each.key}"
  alarm_description = lookup(each.value, "description", null)

  actions_enabled           = lookup(each.value, "actions_enabled", var.actions_enabled)
  alarm_actions             = lookup(each.value, "alarm_actions", var.alarm_actions)
  ok_actions                = lookup(each.value, "ok_actions", [])
  insufficient_data_actions = lookup(each.value, "insufficient_data_actions", [])

  comparison_operator = lookup(each.value, "comparison_operator", "GreaterThanOrEqualToThreshold")
  evaluation_periods  = lookup(each.value, "evaluation_periods", 1)
  threshold           = lookup(each.value, "threshold", 1)
  unit                = lookup(each.value, "unit", null)
  datapoints_to_alarm = lookup(each.value, "datapoints_to_alarm", null)
  treat_missing_data  = lookup(each.value, "treat_missing_data", "notBreaching")
  period              = lookup(each.value, "period", 300)
  statistic           = lookup(each.value, "statistic", "Sum")
}

output "alarm_arns" {
  value = { for k, a in aws_cloudwatch_metric_alarm.this : k => a.arn }
}
