resource "terraform_data" "kept" {
  input = "kept"
}

resource "terraform_data" "updated" {
  input = "before"
}

resource "terraform_data" "replaced" {
  triggers_replace = "before"
}

resource "terraform_data" "replaced_late" {
  triggers_replace = "before"
  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "deleted" {
  input = "deleted"
}

resource "terraform_data" "fewer" {
  count = 2
}

resource "terraform_data" "forgotten" {
  input = "forgotten"
}

resource "terraform_data" "old_name" {
  input = "moved"
}
