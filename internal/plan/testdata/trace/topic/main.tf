resource "terraform_data" "t" {}

resource "terraform_data" "pair" {
  for_each = toset(["a", "b"])
}

output "id" {
  value = terraform_data.t.id
}

output "both" {
  value = {
    one = terraform_data.t.id
    two = terraform_data.pair["b"].id
  }
}

output "map" {
  value = { for k, t in terraform_data.pair : k => t.id }
}
