package repository

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// made returns a directory of files, and of links where a text begins with ->.
func made(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := Real(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if target, isLink := cutLink(text); isLink {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func cutLink(text string) (target string, ok bool) {
	if len(text) > 2 && text[:2] == "->" {
		return text[2:], true
	}
	return "", false
}

func TestBoundary(t *testing.T) {
	dir := made(t, map[string]string{"repo/.git/HEAD": "", "repo/live/main.tf": "", "work/.git": "gitdir: x", "work/main.tf": "", "loose/live/main.tf": ""})
	for _, c := range []struct {
		dir, named, want string
		marked           bool
	}{
		{"repo/live", "repo/live", "repo", true},
		{"repo/live", "", "repo", true},
		{"work", "work", "work", true},
		{"loose/live", "loose", "loose", false},
		{"loose/live", "repo", "loose/live", false},
		{"loose/live", "loose/live", "loose/live", false},
	} {
		got, marked := Boundary(filepath.Join(dir, c.dir), filepath.Join(dir, c.named))
		if got != filepath.Join(dir, c.want) || marked != c.marked {
			t.Errorf("%s, named %s: %s %v, want %s", c.dir, c.named, got, marked, c.want)
		}
	}
	if got, _ := Boundary(filepath.Join(dir, "loose"), "/"); got != filepath.Join(dir, "loose") {
		t.Errorf("the root of the file system is a boundary: %s", got)
	}
}

func TestAdmits(t *testing.T) {
	dir := made(t, map[string]string{
		"in/a.txt": "a", "in/deep/b.txt": "b", "out.txt": "secret", "in/.git/config": "token", "in/x.git/y": "y", "in/sub/.git": "gitdir",
		"in/link": "->a.txt", "in/leaves": "->../out.txt", "in/git": "->.git/config", "in/gitdir": "->.git", "in/proc": "->/proc", "in/null": "->/dev/null",
	})
	base := filepath.Join(dir, "in")
	for name, want := range map[string]error{
		"a.txt": nil, "deep/b.txt": nil, "deep/../a.txt": nil, "link": nil, "x.git/y": nil,
		"leaves": ErrOutside, "../out.txt": ErrOutside, "null": ErrOutside, "proc/self/environ": ErrOutside,
		".git/config": ErrGit, "git": ErrGit, "gitdir/config": ErrGit, "sub/.git": ErrGit,
		"deep": ErrIrregular, "absent": fs.ErrNotExist,
	} {
		if runtime.GOOS != "linux" && name == "proc/self/environ" {
			continue
		}
		if err := Admits(base, filepath.Join(base, filepath.FromSlash(name))); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	if runtime.GOOS == "linux" {
		for name, want := range map[string]error{"/proc/self/environ": ErrSystem, "/sys/kernel/notes": ErrSystem, "/dev/null": ErrSystem} {
			if err := Admits("/", name); !errors.Is(err, want) && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
	}
}
