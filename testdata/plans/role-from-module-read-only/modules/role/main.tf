variable "group_arn" {
  type = string
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "write" {
  statement {
    actions   = ["logs:GetLogEvents", "logs:DescribeLogStreams"]
    resources = ["${var.group_arn}:*"]
  }
}

resource "aws_iam_role" "this" {
  name_prefix        = "cloudtrail-"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.write.json
}

output "arn" {
  value = aws_iam_role.this.arn
}
