# A module that makes nothing: it passes things on.
variable "first" {}

output "alerts" {
  value = var.first
}
