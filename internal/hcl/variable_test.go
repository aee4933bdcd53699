package hcl_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestInputs(t *testing.T) {
	const code = `
-- main.tf --
variable "v" { default = "default" }
variable "object" {
  type = object({ a = optional(string, "x"), b = number, c = optional(list(string)) })
  default = { b = "1" }
}
variable "required" { type = list(string) }
variable "secret" {
  type      = string
  sensitive = true
}
resource "aws_test" "t" {
  v        = var.v
  object   = var.object
  required = var.required
  secret   = "https://${var.secret}"
}
`
	tests := []struct {
		name  string
		files string
		o     hcl.Options
		want  string
	}{
		{"default", "", hcl.Options{}, `"default"`},
		{"environment", "", hcl.Options{Environ: []string{"TF_VAR_v=env", "TF_VAR_other=x"}}, `"env"`},
		{"tfvars", "-- terraform.tfvars --\nv = \"tfvars\"\n", hcl.Options{Environ: []string{"TF_VAR_v=env"}}, `"tfvars"`},
		{"json", "-- terraform.tfvars --\nv = \"tfvars\"\n-- terraform.tfvars.json --\n{\"v\": \"${json}\"}\n", hcl.Options{}, `"${json}"`},
		{"auto", "-- terraform.tfvars --\nv = \"tfvars\"\n-- b.auto.tfvars --\nv = \"b\"\n-- a.auto.tfvars --\nv = \"a\"\n", hcl.Options{}, `"b"`},
		{"other", "-- prod.tfvars --\nv = \"prod\"\n", hcl.Options{}, `"default"`},
		{"var", "-- b.auto.tfvars --\nv = \"b\"\n", hcl.Options{Vars: []string{"v=x", "v=${var}"}}, `"${var}"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Keep = hcltest.KeepTests
			doc := hcltest.ReadOptions(t, code+tt.files, tt.o)
			hcltest.Check(t, doc, [][3]string{
				{"aws_test.t", "v", tt.want},
				{"aws_test.t", "object", `{a="x" b=1 c=null}`},
				{"aws_test.t", "required", `unset(var.required)`},
				{"aws_test.t", "secret", `unset(var.secret)`},
			})
		})
	}
	file := filepath.Join(t.TempDir(), "x.tfvars")
	if err := os.WriteFile(file, []byte("v = \"file\"\nrequired = [\"a\"]\nunknown = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	doc := hcltest.ReadOptions(t, code, hcl.Options{Keep: hcltest.KeepTests, VarFiles: []string{file}, Vars: []string{"secret=s3cr3t", `object={b=2,c=["d"]}`}})
	r := hcltest.Find(t, doc, "aws_test.t")
	if got := hcltest.Describe(r.Attr("object")) + hcltest.Describe(r.Attr("v")) + hcltest.Describe(r.Attr("required")); got != `{a="x" b=2 c=["d"]}"file"["a"]` {
		t.Error(got)
	}
	if v := r.Attr("secret"); !v.IsSensitive() || !slices.Contains(doc.Secrets, "https://s3cr3t") {
		t.Errorf("%q, secrets %q", v.Display(), doc.Secrets)
	}
	if len(doc.Notes) > 0 {
		t.Errorf("notes %q", doc.Notes)
	}
}

func TestBadInputs(t *testing.T) {
	const code = "variable \"n\" { type = number }\n"
	for _, tt := range []struct {
		o    hcl.Options
		want string
	}{
		{hcl.Options{Vars: []string{"n=x"}}, "--var: variable n: a number is required"},
		{hcl.Options{Vars: []string{"n"}}, "--var n: no ="},
		{hcl.Options{Vars: []string{"m=1"}}, "--var m: no such variable"},
		{hcl.Options{VarFiles: []string{"/nowhere/x.tfvars"}}, "/nowhere/x.tfvars: no such file or directory"},
		{hcl.Options{Environ: []string{"TF_VAR_n=x"}}, "TF_VAR_n: variable n: a number is required"},
	} {
		if err := hcltest.Failure(t, code, tt.o); err.Error() != tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}
