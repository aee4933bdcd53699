//go:build unix

package excerpt_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/iacgate/iacgate/internal/excerpt"
)

// TestOutside: names come from the input, and so may links.
func TestOutside(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "here")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(parent, "secret")
	if err := os.WriteFile(secret, []byte("s\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "large"), make([]byte, 5<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	r := excerpt.In(dir)
	for _, name := range []string{"../secret", secret, "link", "pipe", "large", "x/../../secret"} {
		if _, lines := r.Around(name, 1); lines != nil {
			t.Errorf("%s is shown: %q", name, lines)
		}
	}
	if _, lines := excerpt.In(filepath.Join(parent, "absent")).Around("secret", 1); lines != nil {
		t.Errorf("lines of nowhere: %q", lines)
	}
}
