variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type = string
}

variable "emails" {
  type    = list(string)
  default = []
}

resource "aws_sns_topic" "this" {
  count = var.create ? 1 : 0
  name  = var.name
}

resource "aws_sns_topic_subscription" "this" {
  for_each  = { for e in var.emails : e => e if var.create }
  topic_arn = aws_sns_topic.this[0].arn
  protocol  = "email"
  endpoint  = each.value
}

output "topic_arn" {
  value = try(aws_sns_topic.this[0].arn, null)
}
