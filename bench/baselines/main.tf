# local.baselines and local.patterns are written beside this file.

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

module "baseline" {
  source   = "./baseline"
  for_each = toset([for i in range(local.baselines) : "baseline${i}"])
  name     = each.key
  patterns = local.patterns
}
