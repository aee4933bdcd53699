package load

import (
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
