package test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var updateTutorial = flag.Bool("update-tutorial", false, "write the outputs in the README and docs/tutorial.md anew")

// block is a fenced block of a page: a file, or a command with its output.
var block = regexp.MustCompile("(?s)```(rego (\\S+)|console)\n(.*?)```")

// TestTutorial does what the tutorial says: it writes the files, runs the
// commands and compares what they print with the page.
func TestTutorial(t *testing.T) {
	inRoot(t)
	recorded(t, "docs/tutorial.md", tutorialDir(t), 6)
}

// TestReadmeShowsWhatHappens does the same with the README, on a fresh clone.
func TestReadmeShowsWhatHappens(t *testing.T) {
	inRoot(t)
	tutorialDir(t)
	recorded(t, "README.md", ".", 1)
}

// recorded runs the commands of a page, some at least, in a directory.
func recorded(t *testing.T, page, dir string, some int) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	done := block.ReplaceAllStringFunc(string(text), func(b string) string {
		parts := block.FindStringSubmatch(b)
		if file := parts[2]; file != "" {
			writeFile(t, filepath.Join(dir, file), parts[3])
			return b
		}
		commands++
		command, _, _ := strings.Cut(parts[3], "\n")
		return "```console\n" + command + "\n" + shown(t, dir, command) + "```"
	})
	if commands < some {
		t.Errorf("%d commands", commands)
	}
	if *updateTutorial {
		writeFile(t, page, done)
	} else if done != string(text) {
		t.Errorf("%s does not show what happens: go test ./test -run TestTutorial -update-tutorial", page)
	}
}

// tutorialDir returns where the reader sits: with iacgate at hand and a plan.
func tutorialDir(t *testing.T) string {
	t.Helper()
	bin, dir := t.TempDir(), t.TempDir()
	onPath(t, bin)
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	plan, err := os.ReadFile("testdata/plans/complete/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "plan.json"), string(plan))
	return dir
}

// shown runs a command and returns what a reader sees of it. Its comment says
// with which status it exits, if not 0.
func shown(t *testing.T, dir, command string) string {
	t.Helper()
	command, _, _ = strings.Cut(command, "\n")
	want := 0
	if _, comment, ok := strings.Cut(command, " # exits "); ok {
		if _, err := fmt.Sscan(comment, &want); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("bash", "-c", strings.TrimPrefix(command, "$ "))
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Errorf("%s: exit status %d, want %d\n%s", command, got, want, out)
	}
	return string(out)
}

func writeFile(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
