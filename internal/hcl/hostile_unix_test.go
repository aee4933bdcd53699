//go:build unix

package hcl_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/hcl/load"
)

func TestFilesThatAreNone(t *testing.T) {
	const code = "resource \"aws_sns_topic\" \"t\" {}\n"
	dir := hcltest.Unpack(t, code)
	if err := os.WriteFile(filepath.Join(dir, "large.tf"), make([]byte, load.MaxFile+1), 0o644); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(hcltest.Unpack(t, "-- secret.tf --\n"), "secret.tf")
	for _, link := range [][2]string{{"/dev/zero", "zero.tf"}, {outside, "outside.tf"}, {"loop.tf", "loop.tf"}} {
		if err := os.Symlink(link[0], filepath.Join(dir, link[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.tf"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := hcl.Read(t.Context(), hcl.Options{Dir: dir, Boundary: dir})
	for _, want := range []string{"large.tf: larger than 4 MiB", "zero.tf: outside the directories that are read", "outside.tf: outside the directories that are read", "loop.tf: ", "pipe.tf: not a regular file"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}
