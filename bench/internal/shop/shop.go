// Package shop makes the programs that a harness runs: iacgate as it is released,
// and its peers as go install makes them.
//
// It knows nothing of what is asked of them.
package shop

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Shop is a directory with the programs and the inputs of one session.
type Shop struct {
	Root string // of the project
	Dir  string
}

// Open makes an empty shop for the project whose root is given. Whoever opens it
// removes Dir in the end.
func Open(root string) (Shop, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return Shop{}, err
	}
	dir, err := os.MkdirTemp("", "iacgate-bench")
	return Shop{root, dir}, err
}

// Path is that of a program or an input of the shop.
func (s Shop) Path(name string) string { return filepath.Join(s.Dir, name) }

// Static has programs made that need nothing of the system, as releases of Go
// programs do.
const Static = "CGO_ENABLED=0"

// Gate builds iacgate.
func (s Shop) Gate() error { return s.gate(s.Root, "iacgate") }

// Base builds the iacgate of an earlier commit.
func (s Shop) Base(commit string) error {
	source := s.Path("base-source")
	if err := s.Do(s.Root, nil, "git", "worktree", "add", "--detach", source, commit); err != nil {
		return err
	}
	return errors.Join(s.gate(source, "base"), s.Do(s.Root, nil, "git", "worktree", "remove", source))
}

func (s Shop) gate(source, name string) error {
	return s.Do(source, []string{Static}, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", s.Path(name), "./cmd/iacgate")
}

// Install makes the program of a package, path@version, in an environment that
// some programs ask for.
func (s Shop) Install(pkg string, env ...string) error {
	fmt.Fprintln(os.Stderr, "==>", strings.Join(append(env, "go install", pkg), " "))
	return s.Do(s.Dir, append([]string{"GOBIN=" + s.Dir, "GOFLAGS="}, env...), "go", "install", "-ldflags", "-s -w", pkg)
}

// Module returns the directory of a module's source, path@version.
func (s Shop) Module(module string) (string, error) {
	said, err := s.Ask(s.Dir, nil, "go", "mod", "download", "-json", module)
	if err != nil {
		return "", err
	}
	var m struct{ Dir string }
	err = json.Unmarshal([]byte(said), &m)
	return m.Dir, err
}

// Do runs a command that has nothing to say.
func (s Shop) Do(dir string, env []string, name string, args ...string) error {
	_, err := s.Ask(dir, env, name, args...)
	return err
}

// Ask runs a command and returns what it says.
func (s Shop) Ask(dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
