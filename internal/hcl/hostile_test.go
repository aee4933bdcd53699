package hcl_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

func TestConfinedFileFunctions(t *testing.T) {
	dir := hcltest.Unpack(t, `
-- root/main.tf --
resource "aws_test" "t" {
  inside   = file("../shared/x.txt")
  module   = file("${path.module}/y.txt")
  absolute = try(file("/etc/hostname"), "refused")
  above    = try(file("../../x"), "refused")
  home     = try(file("~/.ssh/id_rsa"), "refused")
  link     = try(file("${path.root}/link"), "refused")
  exists   = fileexists("/etc/hostname")
  hash     = filemd5("y.txt")
  template = templatefile("t.tpl", { name = "x", list = ["a", "b"] })
  string   = templatestring("$${v}-%%{ if true }y%%{ endif }", { v = "x" })
  other    = try(templatefile("bad.tpl", {}), "refused")
}
-- root/y.txt --
y
-- root/t.tpl --
${name}:%{ for l in list } ${upper(l)}%{ endfor }
-- root/bad.tpl --
${local.x}
-- shared/x.txt --
x
`)
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "root", "link")); err != nil {
		t.Fatal(err)
	}
	doc, err := hcl.Read(t.Context(), hcl.Options{Dir: filepath.Join(dir, "root"), Boundary: dir, Keep: hcltest.KeepTests})
	if err != nil {
		t.Fatal(err)
	}
	const refused = "opaque(what file: outside the directories that are read)" // Terraform may read it
	hcltest.Check(t, doc, [][3]string{
		{"aws_test.t", "inside", `"x\n"`}, {"aws_test.t", "module", `"y\n"`},
		{"aws_test.t", "absolute", refused}, {"aws_test.t", "above", refused}, {"aws_test.t", "home", refused},
		{"aws_test.t", "link", "opaque(what file: " + filepath.ToSlash(filepath.Join(dir, "root", "link")) + ": outside the directories that are read)"}, {"aws_test.t", "exists", "opaque(fileexists())"}, {"aws_test.t", "hash", `"009520053b00386d1173f3988c55d192"`},
		{"aws_test.t", "template", `"x: A B\n"`}, {"aws_test.t", "string", `"x-y"`}, {"aws_test.t", "other", `"refused"`},
	})
}

// TestDeadline holds that a reading ends when its context does.
func TestDeadline(t *testing.T) {
	dir := hcltest.Unpack(t, "locals {\n  x = [for a in range(1000) : [for b in range(1000) : sha256(\"${a}${b}\")]]\n}\nresource \"aws_sns_topic\" \"t\" {\n  name = local.x\n}\n")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := hcl.Read(ctx, hcl.Options{Dir: dir, Boundary: dir}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := hcl.Read(ctx, hcl.Options{Dir: dir, Boundary: dir}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
