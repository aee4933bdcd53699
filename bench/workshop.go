package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A workshop holds the programs and the inputs of one session.
type workshop struct {
	root string // of the project
	dir  string
	runs int
}

func (w workshop) path(name string) string { return filepath.Join(w.dir, name) }

// build makes the programs: iacgate as it is released, the peers as go install
// makes them, and a program that does nothing.
func (w workshop) build() error {
	if err := w.do(w.root, nil, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", w.path("iacgate"), "./cmd/iacgate"); err != nil {
		return err
	}
	empty := w.path("empty.go")
	if err := os.WriteFile(empty, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		return err
	}
	if err := w.do(w.dir, nil, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", w.path("empty"), empty); err != nil {
		return err
	}
	for _, p := range peers() {
		fmt.Fprintln(os.Stderr, "==> go install", p.pkg)
		if err := w.do(w.dir, []string{"GOBIN=" + w.dir, "GOFLAGS="}, "go", "install", "-ldflags", "-s -w", p.pkg); err != nil {
			return err
		}
	}
	return nil
}

func (w workshop) do(dir string, env []string, name string, args ...string) error {
	_, err := w.ask(dir, env, name, args...)
	return err
}

// ask runs a command and returns what it says.
func (w workshop) ask(dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
