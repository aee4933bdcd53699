resource "terraform_data" "kept" {
  input = "kept"
}

resource "terraform_data" "updated" {
  input = "after"
}

resource "terraform_data" "replaced" {
  triggers_replace = "after"
}

resource "terraform_data" "replaced_late" {
  triggers_replace = "after"
  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "fewer" {
  count = 1
}

removed {
  from = terraform_data.forgotten
  lifecycle {
    destroy = false
  }
}

moved {
  from = terraform_data.old_name
  to   = terraform_data.new_name
}

resource "terraform_data" "new_name" {
  input = "moved"
}

resource "terraform_data" "created" {
  input = terraform_data.updated.output
}

import {
  to = terraform_data.imported
  id = "imported-by-id"
}

resource "terraform_data" "imported" {
}

# Read during apply: its path is known only then.
data "terraform_remote_state" "later" {
  backend = "local"
  config = {
    path = terraform_data.created.output
  }
}

# Read already.
data "terraform_remote_state" "now" {
  backend = "local"
  config = {
    path = "${path.module}/other.tfstate"
  }
}

resource "terraform_data" "from_data" {
  input = [data.terraform_remote_state.later.outputs, data.terraform_remote_state.now.outputs]
}

resource "terraform_data" "from_known_data" {
  input = data.terraform_remote_state.now.outputs.topic
}
