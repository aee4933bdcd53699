package overlay

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	file, other := filepath.Join(dir, "main.tf"), filepath.Join(dir, "other.tf")
	for _, f := range []string{file, other} {
		if err := os.WriteFile(f, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(dir, "link.tf")
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	var none *Files
	if _, ok := none.Text(file); ok {
		t.Error("no files have a text")
	}
	one := none.With(file, []byte("one"))
	two := one.With(filepath.Join(dir, ".", "main.tf"), []byte("two"))
	for _, c := range []struct {
		files *Files
		path  string
		want  string
	}{{one, file, "one"}, {two, file, "two"}, {two, link, "two"}, {one.With(link, []byte("three")), file, "three"}} {
		if got, ok := c.files.Text(c.path); !ok || string(got) != c.want {
			t.Errorf("%s: %q, %t, want %q", c.path, got, ok, c.want)
		}
	}
	if _, ok := two.Text(other); ok {
		t.Error("another file has a text")
	}
}
