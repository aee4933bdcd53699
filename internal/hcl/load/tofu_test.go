package load_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

// TestTofu holds by what code tells that OpenTofu applies it.
func TestTofu(t *testing.T) {
	const lock = "-- .terraform.lock.hcl --\nprovider \"registry.%s.org/hashicorp/aws\" {}\n"
	tofu := "-- a.tofu --\nresource \"aws_sns_topic\" \"t\" {}\n"
	for name, tt := range map[string]struct{ files, evidence string }{
		"no other file":  {tofu, "the root module has no other files"},
		"nothing":        {tofu + "-- b.tf --\n", ""},
		"in its place":   {tofu + "-- a.tf --\n", ""},
		"lock file":      {tofu + "-- b.tf --\n" + strings.Replace(lock, "%s", "opentofu", 1), ".terraform.lock.hcl names OpenTofu's registry alone"},
		"Terraform's":    {tofu + "-- b.tf --\n" + strings.Replace(lock, "%s", "terraform", 1), ""},
		"language block": {tofu + "-- b.tf --\nlanguage {\n  compatible_with {\n    opentofu = \">= 1.12\"\n  }\n}\n", "a language block says so"},
	} {
		doc := hcltest.ReadText(t, tt.files)
		if doc.Tofu == nil || len(doc.Tofu.Files) != 1 || doc.Tofu.Evidence != tt.evidence {
			t.Errorf("%s: %+v", name, doc.Tofu)
		}
		without := hcltest.ReadOptions(t, tt.files, hcl.Options{NoTofu: true})
		if without.Tofu != nil || len(without.Resources) != 0 {
			t.Errorf("%s: %+v without the files of OpenTofu", name, without.Tofu)
		}
	}
}

// TestRefusedCode holds what is wrong with blocks of the top level.
func TestRefusedCode(t *testing.T) {
	for code, want := range map[string]string{
		"provider \"aws\" {}\nprovider \"aws\" {}\n":                             `main.tf:2:1: provider "aws" is defined twice`,
		"module \"m\" { source = \"./m\" }\nmodule \"m\" { source = \"./n\" }\n": `main.tf:2:1: module "m" is defined twice`,
		"locals { a = 1 }\nlocals { a = 2 }\n":                                   `main.tf:2:10: local.a is defined twice`,
		"variable {}\n":                                                          "a variable block must have one label",
		"locals \"x\" {}\n":                                                      "a locals block must have no label",
	} {
		if err := hcltest.Failure(t, code, hcl.Options{}); !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	override := "provider \"aws\" { region = \"eu-west-1\" }\nresource \"aws_sns_topic\" \"t\" {}\n-- override.tf --\nprovider \"aws\" { region = \"eu-west-2\" }\n"
	doc := hcltest.ReadText(t, "-- main.tf --\n"+override)
	if got := hcltest.Find(t, doc, "aws_sns_topic.t").Scope.Region; got != "eu-west-2" {
		t.Errorf("region %s", got)
	}
}
