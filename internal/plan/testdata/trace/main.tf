# Every way in which an argument can come to an unknown value, with resources of
# the provider that is built into Terraform: id and output are unknown before
# apply.

variable "enabled" {
  default = true
}

variable "given" {
  default = "arn:aws:sns:us-east-1:111122223333:given"
}

variable "names" {
  default = ["a", "b"]
}

locals {
  hidden = terraform_data.one.id
  picked = "a"
  table  = { x = terraform_data.one.id, y = "known" }
}

resource "terraform_data" "one" {}

resource "terraform_data" "two" {}

resource "terraform_data" "counted" {
  count = 2
}

resource "terraform_data" "none" {
  count = 0
}

resource "terraform_data" "many" {
  for_each = toset(var.names)
}

resource "terraform_data" "odd" {
  for_each = { "a.b" = 1, "c]\"d" = 2, "$${e}" = 3 }
}

# The rows of the table.

resource "terraform_data" "direct" {
  input = terraform_data.one.id
}

resource "terraform_data" "list" {
  input = [terraform_data.one.id, terraform_data.two.id]
}

resource "terraform_data" "partly" {
  input = [terraform_data.one.id, "literal"]
}

resource "terraform_data" "text" {
  input = "${terraform_data.one.id}:*"
}

resource "terraform_data" "json" {
  input = jsonencode({ a = terraform_data.one.id, b = [terraform_data.two.id] })
}

resource "terraform_data" "indexed" {
  input = terraform_data.counted[1].id
}

resource "terraform_data" "keyed" {
  input = terraform_data.many["b"].id
}

resource "terraform_data" "odd_key" {
  input = [terraform_data.odd["a.b"].id, terraform_data.odd["c]\"d"].id, terraform_data.odd["$${e}"].id]
}

resource "terraform_data" "splat" {
  input = terraform_data.counted[*].id
}

resource "terraform_data" "for_expression" {
  input = [for t in terraform_data.many : t.id]
}

resource "terraform_data" "splat_or_index" {
  input = concat(terraform_data.counted[*].id, [terraform_data.many["a"].id])
}

resource "terraform_data" "each_key" {
  for_each = toset(var.names)
  input    = terraform_data.many[each.key].id
}

resource "terraform_data" "each_resource" {
  for_each = terraform_data.many
  input    = each.value.id
}

resource "terraform_data" "each_object" {
  for_each = {
    a = { id = terraform_data.one.id }
    b = { id = terraform_data.two.id }
  }
  input = each.value.id
}

resource "terraform_data" "each_local" {
  for_each = local.table
  input    = each.value
}

resource "terraform_data" "count_index" {
  count = 2
  input = terraform_data.counted[count.index].id
}

resource "terraform_data" "index_by_variable" {
  input = terraform_data.many[var.names[0]].id
}

resource "terraform_data" "index_by_local" {
  input = terraform_data.many[local.picked].id
}

resource "terraform_data" "toggled_off" {
  input = try(terraform_data.none[0].id, terraform_data.one.id)
}

resource "terraform_data" "one_of" {
  input = one(terraform_data.counted[*].id)
  count = 0
}

resource "terraform_data" "conditional" {
  input = var.enabled ? terraform_data.one.id : var.given
}

resource "terraform_data" "conditional_two" {
  input = var.enabled ? terraform_data.one.id : terraform_data.two.id
}

resource "terraform_data" "conditional_known" {
  input = var.enabled ? var.given : terraform_data.two.id
}

resource "terraform_data" "local" {
  input = local.hidden
}

resource "terraform_data" "local_beside" {
  input = [local.hidden, terraform_data.two.id]
}

resource "terraform_data" "module_output" {
  input = module.topic.id
}

resource "terraform_data" "module_object" {
  input = module.topic.both.two
}

resource "terraform_data" "module_map" {
  input = module.topic.map["b"]
}

resource "terraform_data" "module_keyed" {
  input = module.each["x.y"].id
}

resource "terraform_data" "module_by_each" {
  for_each = toset(["x.y", "z"])
  input    = module.each[each.key].id
}

resource "terraform_data" "module_splat" {
  input = values(module.each)[*].id
}

resource "terraform_data" "module_counted" {
  input = module.counted[0].id
}

resource "terraform_data" "module_off" {
  input = try(module.off[0].id, terraform_data.two.id)
}

resource "terraform_data" "through_hub" {
  input = module.hub.alerts
}

module "topic" {
  source = "./topic"
}

module "each" {
  source   = "./topic"
  for_each = toset(["x.y", "z"])
}

module "counted" {
  source = "./topic"
  count  = 1
}

module "off" {
  source = "./topic"
  count  = 0
}

module "hub" {
  source = "./hub"
  first  = module.topic.id
}

module "alarm" {
  source = "./alarm"
  topics = [module.topic.id, terraform_data.two.id]
  object = { topic = terraform_data.one.id, name = "known" }
  known  = var.given
}

module "alarms" {
  source   = "./alarm"
  for_each = toset(["x.y", "z"])
  topics   = [module.each[each.key].id]
  object   = { topic = module.hub.alerts, name = "known" }
  known    = var.given
}
