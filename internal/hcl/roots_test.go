package hcl_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestRoots(t *testing.T) {
	dir := hcltest.Unpack(t, `
-- live/a/main.tf --
module "m" { source = "../../modules/m" }
-- live/b/main.tofu --
resource "aws_sns_topic" "t" {}
-- live/b/inner/main.tf --
broken {
-- modules/m/main.tf --
resource "aws_sns_topic" "t" {}
-- modules/unused/main.tf --
resource "aws_sns_topic" "t" {}
-- modules/unused/examples/x/main.tf.json --
{}
-- modules/root/main.tf --
terraform {
  backend "s3" {}
}
-- .terraform/modules/x/main.tf --
-- docs/readme.md --
`)
	for _, tt := range []struct {
		dir       string
		recursive bool
		want      []string
	}{
		{".", false, nil},
		{"live", false, []string{"live/a", "live/b"}},
		{"live/b", false, []string{"live/b"}},
		{"live/b", true, []string{"live/b", "live/b/inner"}},
		{"modules/m", true, []string{"modules/m"}},
		{".", true, []string{"live/a", "live/b", "live/b/inner", "modules/root"}},
		{"docs", true, nil},
	} {
		roots, err := hcl.Roots(filepath.Join(dir, tt.dir), tt.recursive)
		for i := range roots {
			roots[i], _ = filepath.Rel(dir, roots[i])
		}
		if err != nil || !slices.Equal(roots, tt.want) {
			t.Errorf("%s, %t: %q, %v; want %q", tt.dir, tt.recursive, roots, err, tt.want)
		}
	}
	if _, err := hcl.Roots(filepath.Join(dir, "none"), false); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
