variable "defaults" {
  type    = any
  default = {}
}

variable "items" {
  type    = any
  default = {}
}

module "wrapper" {
  source   = "../cis"
  for_each = var.items

  log_group_name = try(each.value.log_group_name, var.defaults.log_group_name, "")
  alarm_actions  = try(each.value.alarm_actions, var.defaults.alarm_actions, [])
  prefix         = try(each.value.prefix, var.defaults.prefix, "")
}
