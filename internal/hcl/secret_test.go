package hcl_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

// TestSecretsOfCode: what the code marks is remembered, used or not.
func TestSecretsOfCode(t *testing.T) {
	doc := hcltest.ReadText(t, `
-- main.tf --
variable "v" {
  sensitive = true
  default   = { a = ["in-a-default"], n = 12345678 }
}
locals {
  unused = sensitive("in-a-local")
  open   = "open"
}
resource "aws_db_instance" "d" {
  password = core::sensitive("of-a-skipped-resource")
}
output "o" {
  value     = "in-an-output"
  sensitive = true
}
output "open" { value = "open" }
module "m" {
  source = "./m"
  token  = "an-argument"
}
-- m/main.tf --
variable "token" {
  sensitive = true
  default   = "a-default"
}
output "made" {
  value     = "https://${var.token}/"
  sensitive = true
}
`)
	want := []string{"12345678", "a-default", "an-argument", "https://an-argument/", "in-a-default", "in-a-local", "in-an-output", "of-a-skipped-resource"}
	if diff := cmp.Diff(want, doc.Secrets); diff != "" {
		t.Error(diff)
	}
}

// TestErrorsHideSecrets: an error shows no line and quotes no text that is sensitive,
// however short it is.
func TestErrorsHideSecrets(t *testing.T) {
	for name, code := range map[string]string{
		"syntax":  "variable \"v\" {\n  sensitive = true\n  default = \"hunter2\n}\n",
		"after":   "variable \"v\" {\n  default = \"hunter2\n  sensitive = true\n}\n",
		"call":    "locals {\n  x = sensitive(\"hunter2\n}\n",
		"address": "variable \"v\" {\n  sensitive = true\n  default = \"hunter2\"\n}\nresource \"aws_sns_topic\" \"t\" {\n  name = hunter2.x\n}\n",
		"type":    "variable \"v\" {\n  sensitive = true\n  type = number\n  default = \"hunter2\"\n}\n",
		"key":     "variable \"v\" {\n  sensitive = true\n  default = \"hunter2\"\n}\nlocals { x = { for k in [var.v, var.v] : k => 1 } }\nresource \"aws_sns_topic\" \"t\" { name = local.x.a }\n",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(code), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := hcl.Read(context.Background(), hcl.Options{Dir: dir})
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		said := err.Error()
		if e, ok := err.(*diag.Diagnostic); ok {
			said += strings.Join(e.Hints(), " ")
		}
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				if e, ok := e.(*diag.Diagnostic); ok {
					said += strings.Join(e.Hints(), " ")
				}
			}
		}
		if strings.Contains(said, "hunter2") {
			t.Errorf("%s: %s", name, said)
		}
	}
}
