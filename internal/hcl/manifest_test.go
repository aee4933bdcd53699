package hcl

import (
	"strings"
	"testing"
)

func TestSameSource(t *testing.T) {
	for _, tt := range []struct {
		manifest, code string
		same           bool
	}{
		{"registry.terraform.io/a/b/c", "a/b/c", true},
		{"registry.opentofu.org/a/b/c//sub", "a/b/c//sub", true},
		{"registry.evil.example/a/b/c", "a/b/c", false},
		{"registry.terraform.io/a/b/d", "a/b/c", false},
		{"app.example.io/a/b/c", "app.example.io/a/b/c", true},
		{"app.example.io/a/b/d", "app.example.io/a/b/c", false},
		{"git::https://github.com/o/r.git", "github.com/o/r", true},
		{"git::https://github.com/o/r.git//sub?ref=v1", "github.com/o/r//sub?ref=v1", true},
		{"git::https://github.com/o/r.git//sub?ref=v2", "github.com/o/r//sub?ref=v1", false},
		{"git::https://github.com/o/evil.git", "github.com/o/r", false},
		{"git::ssh://git@github.com/o/r.git", "git@github.com:o/r.git", true},
		{"git::ssh://git@github.com/o/x.git", "git@github.com:o/r.git", false},
		{"git::https://bitbucket.org/o/r.git", "bitbucket.org/o/r", true},
		{"git::https://example.com/r.git?ref=a", "git::https://example.com/r.git?ref=a", true},
		{"git::https://example.com/r.git?ref=b", "git::https://example.com/r.git?ref=a", false},
		{"https://example.com/r.zip", "https://example.com/r.zip", true},
		{"http://example.com/r.zip", "https://example.com/r.zip", false},
		{"s3::https://s3.amazonaws.com/bucket/k/m.zip", "bucket.s3.amazonaws.com/k/m.zip", true},
		{"s3::https://s3.amazonaws.com/bucket/k/x.zip", "bucket.s3.amazonaws.com/k/m.zip", false},
		{"./vendored", "a/b/c", false},
		{"./vendored", "git::https://example.com/r.git", false},
	} {
		if sameSource(tt.manifest, tt.code) != tt.same {
			t.Errorf("%s for %s: want %v", tt.manifest, tt.code, tt.same)
		}
	}
}

// TestCommittedManifest: what the manifest says of another source, version or place
// than the code is not read, as Terraform refuses it.
func TestCommittedManifest(t *testing.T) {
	for name, tt := range map[string]struct{ call, entry, gap string }{
		"as the code says":   {`source = "a/b/c"`, `"Source":"registry.terraform.io/a/b/c","Version":"1.2.0","Dir":"m"`, ""},
		"a version that is":  {`source = "a/b/c"` + "\n" + `version = "~> 1.1"`, `"Source":"registry.terraform.io/a/b/c","Version":"1.2.0","Dir":"m"`, ""},
		"another version":    {`source = "a/b/c"` + "\n" + `version = "~> 2.0"`, `"Source":"registry.terraform.io/a/b/c","Version":"1.2.0","Dir":"m"`, "is installed in version 1.2.0, and ~> 2.0 is asked for; run: terraform init"},
		"no version":         {`source = "a/b/c"` + "\n" + `version = "1.2.0"`, `"Source":"registry.terraform.io/a/b/c","Dir":"m"`, "is installed in version (none)"},
		"no constraint":      {`source = "a/b/c"` + "\n" + `version = "latest"`, `"Source":"registry.terraform.io/a/b/c","Version":"1.2.0","Dir":"m"`, "latest is asked for"},
		"another source":     {`source = "a/b/c"`, `"Source":"registry.terraform.io/a/b/d","Version":"1.2.0","Dir":"m"`, "registry.terraform.io/a/b/d is installed in the place of a/b/c"},
		"another repository": {`source = "git::https://example.com/r.git?ref=v1"`, `"Source":"git::https://example.com/r.git?ref=v2","Dir":"m"`, "is installed in the place of"},
		"local":              {`source = "./m"`, `"Source":"./m","Dir":"m"`, ""},
		"local, of registry": {`source = "./m"`, `"Source":"registry.terraform.io/a/b/c","Dir":"m"`, "is installed in the place of ./m"},
		"local, elsewhere":   {`source = "./m"`, `"Source":"./m","Dir":"other"`, "./m is installed in other"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := readText(t, "-- main.tf --\nmodule \"x\" {\n"+tt.call+"\n}\n-- .terraform/modules/modules.json --\n"+
				`{"Modules":[{"Key":"x",`+tt.entry+`}]}`+"\n-- m/main.tf --\nresource \"aws_sns_topic\" \"t\" {}\n-- other/main.tf --\n")
			switch {
			case tt.gap == "" && (len(doc.Gaps) != 0 || len(doc.Resources) != 1):
				t.Errorf("gaps %v, %d resources", doc.Gaps, len(doc.Resources))
			case tt.gap != "" && (len(doc.Gaps) != 1 || !strings.Contains(doc.Gaps[0].Text, tt.gap) || len(doc.Resources) != 0):
				t.Errorf("gaps %v, %d resources", doc.Gaps, len(doc.Resources))
			}
		})
	}
}
