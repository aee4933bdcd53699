variable "token" {
  sensitive = true
}

variable "fallback" {
  sensitive = true
  default   = "default-secret"
}

resource "terraform_data" "t" {
  input = var.token
}
