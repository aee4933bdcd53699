module "audit" {
  source = "example/audit/aws"

  lifecycle {
    enabled = false
  }
}

module "more" {
  source   = "example/more/aws"
  for_each = toset([])
}
