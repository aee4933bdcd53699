# A catalogue in YAML beside the module, with a caller's file merged over it.
module "alarms" {
  source         = "./modules/alarms"
  log_group_name = aws_cloudwatch_log_group.trail.name
  topic_arns     = module.topic.arns
  overrides      = yamldecode(file("${path.module}/overrides.yaml"))
}

module "topic" {
  source = "./modules/topic"
  name   = "alerts-${terraform.workspace}"
}

resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}
