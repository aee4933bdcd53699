variable "defaults" {
  type    = any
  default = {}
}

variable "items" {
  type    = any
  default = {}
}

module "wrapper" {
  source   = "../sns"
  for_each = var.items

  create        = try(each.value.create, var.defaults.create, true)
  subscriptions = try(each.value.subscriptions, var.defaults.subscriptions, {})
}

output "wrapper" {
  value     = module.wrapper
  sensitive = true
}
