// Package test holds the repository to what it says of itself: its pages, its
// arrows, its releases, and iacgate inside the programs that it plugs into.
package test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// TestMain has iacgate built at most once.
func TestMain(m *testing.M) {
	os.Exit(run(m))
}

// inRoot has a test run in the root of the repository. Every test asks for it by itself:
// go test does not see a change of directory before the tests begin, and would take the
// files that they read for others when it decides whether a result is still good.
func inRoot(t *testing.T) {
	t.Helper()
	t.Chdir("..")
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "iacgate-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	build = sync.OnceValues(func() (string, error) {
		file := filepath.Join(dir, "iacgate")
		if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", file, "./cmd/iacgate").CombinedOutput(); err != nil {
			return "", fmt.Errorf("%w\n%s", err, out)
		}
		return file, nil
	})
	return m.Run()
}

var build func() (string, error)

// program is iacgate, built once for all tests.
func program(t *testing.T) string {
	t.Helper()
	file, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// onPath puts iacgate into a directory.
func onPath(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program(t), filepath.Join(dir, "iacgate")); err != nil {
		t.Fatal(err)
	}
}

// needsPrograms skips a test that builds or installs other programs if nobody
// asks for it: .ci/run does.
func needsPrograms(t *testing.T) {
	t.Helper()
	if os.Getenv("IACGATE_TOOLS") == "" {
		t.Skip("builds other programs; IACGATE_TOOLS=1 asks for it, as .ci/run does")
	}
}
