variable "services" {
  type    = list(string)
  default = ["cloudwatch.amazonaws.com"]
}

variable "enable_default_topic_policy" {
  type    = bool
  default = true
}

variable "topic_policy_statements" {
  type    = any
  default = {}
}

data "aws_caller_identity" "current" {}

resource "aws_sns_topic" "this" {
  count             = var.create ? 1 : 0
  name_prefix       = "security-alerts-"
  kms_master_key_id = var.kms_master_key_id
  policy            = var.create_topic_policy ? null : var.topic_policy
}

variable "source_topic_policy_documents" {
  type    = list(string)
  default = []
}

variable "override_topic_policy_documents" {
  type    = list(string)
  default = []
}

variable "create" {
  type    = bool
  default = true
}

variable "create_topic_policy" {
  type    = bool
  default = true
}

variable "topic_policy" {
  type    = string
  default = null
}

variable "kms_master_key_id" {
  type    = string
  default = null
}

variable "subscriptions" {
  type    = any
  default = {}
}

data "aws_iam_policy_document" "this" {
  count = var.create && var.create_topic_policy ? 1 : 0

  source_policy_documents   = var.source_topic_policy_documents
  override_policy_documents = var.override_topic_policy_documents

  dynamic "statement" {
    for_each = var.enable_default_topic_policy ? [1] : []

    content {
      sid       = "__default_statement_ID"
      actions   = ["sns:Subscribe", "sns:SetTopicAttributes", "sns:Publish", "sns:ListSubscriptionsByTopic"]
      effect    = "Allow"
      resources = [aws_sns_topic.this[0].arn]

      condition {
        test     = "StringEquals"
        values   = [data.aws_caller_identity.current.account_id]
        variable = "AWS:SourceOwner"
      }

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.topic_policy_statements

    content {
      sid       = try(statement.value.sid, statement.key)
      actions   = try(statement.value.actions, null)
      effect    = try(statement.value.effect, null)
      resources = try(statement.value.resources, [aws_sns_topic.this[0].arn])

      dynamic "principals" {
        for_each = try(statement.value.principals, [])

        content {
          type        = principals.value.type
          identifiers = principals.value.identifiers
        }
      }

      dynamic "condition" {
        for_each = try(statement.value.conditions, [])

        content {
          test     = condition.value.test
          values   = condition.value.values
          variable = condition.value.variable
        }
      }
    }
  }
}

resource "aws_sns_topic_policy" "this" {
  count  = var.create && var.create_topic_policy ? 1 : 0
  arn    = aws_sns_topic.this[0].arn
  policy = data.aws_iam_policy_document.this[0].json
}

resource "aws_sns_topic_subscription" "this" {
  for_each = { for k, v in var.subscriptions : k => v if var.create }

  topic_arn           = aws_sns_topic.this[0].arn
  endpoint            = each.value.endpoint
  protocol            = each.value.protocol
  filter_policy       = try(each.value.filter_policy, null)
  filter_policy_scope = try(each.value.filter_policy_scope, null)
}

output "topic_arn" {
  value = try(aws_sns_topic.this[0].arn, null)
}
