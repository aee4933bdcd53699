variable "webhook" {
  default   = "https://hooks.example.com/root-secret"
  sensitive = true
}

variable "open" {
  default = "not-a-secret"
}

variable "numbers" {
  default   = { port = 18443, list = ["list-secret"] }
  sensitive = true
}

resource "terraform_data" "whole" {
  input = var.webhook
}

resource "terraform_data" "partly" {
  input = {
    open   = var.open
    secret = var.webhook
    nested = [{ url = "${var.webhook}/nested" }]
  }
}

resource "terraform_data" "collection" {
  input = sensitive(["element-secret", "other-secret"])
}

resource "terraform_data" "unknown" {
  input = sensitive(terraform_data.whole.id)
}

module "child" {
  source = "./child"
  token  = "module-secret"
}

output "secret" {
  value     = sensitive("output-secret")
  sensitive = true
}
