package source

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/format"
)

// TestDedup holds that an input is read once, however often and in whatever words
// it is named, and that two are two.
func TestDedup(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, module := range []string{"live/a", "live/b"} {
		if err := os.MkdirAll(module, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(module, "main.tf"), []byte("terraform {}\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("a", "live/link"); err != nil {
		t.Skip(err)
	}
	tests := []struct {
		name      string
		paths     []string
		recursive bool
		want      []string
	}{
		{"other words", []string{"live/a", "./live/a", "live/a/", "live/b/../a", filepath.Join(dir, "live/a")}, false, []string{"live/a"}},
		{"below a directory that is named, too", []string{"live/b", "live", "live"}, true, []string{"live/b", "live/a"}},
		{"the standard input", []string{"-", "-"}, false, []string{"-"}},
		{"what is not there", []string{"x.json", "./x.json"}, false, []string{"x.json"}},
		{"a link", []string{"live/a", "live/link"}, false, []string{"live/a", "live/link"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, in := range dedup(Search{Recursive: tt.recursive}.inputs(t.Context(), tt.paths, time.Minute, format.Options{})) {
				got = append(got, in.Path)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
