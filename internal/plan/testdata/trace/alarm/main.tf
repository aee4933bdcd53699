variable "topics" {}

variable "object" {}

variable "known" {}

variable "optional" {
  default = null
}

locals {
  actions = var.topics
}

resource "terraform_data" "input" {
  input = var.topics
}

resource "terraform_data" "member" {
  input = var.object.topic
}

resource "terraform_data" "either" {
  input = var.optional != null ? var.optional : var.topics
}

resource "terraform_data" "local" {
  input = local.actions
}

resource "terraform_data" "mixed" {
  input = concat(var.topics, [terraform_data.input.id])
}
