resource "aws_cloudformation_stack" "s" {
  name         = "alarms"
  template_url = "https://s3.amazonaws.com/example/alarms.yaml"
}
