variable "name" {}
resource "aws_sns_topic" "this" {
  name = var.name
}
output "arns" {
  value = [aws_sns_topic.this.arn]
}
