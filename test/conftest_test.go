package test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const launcher = "contrib/conftest/launch"

// TestConftestLauncher: no status that conftest takes for success means
// anything else, and the command is check if none is said.
func TestConftestLauncher(t *testing.T) {
	inRoot(t)
	dir := t.TempDir()
	write(t, dir, "iacgate", "#!/bin/sh\nif [ \"$1\" = help ] && [ \"$2\" != x ]; then case $2 in graph | version | fix) exit 0 ;; *) exit 2 ;; esac; fi\necho \"$@\"\nexit $STATUS\n")
	if err := os.Chmod(dir+"/iacgate", 0o755); err != nil {
		t.Fatal(err)
	}
	for status, want := range map[string]int{"0": 0, "1": 4, "2": 5, "3": 3, "130": 130} {
		run := exec.Command(launcher, "plan.json")
		run.Env = append(os.Environ(), "IACGATE_BINARY="+dir+"/iacgate", "STATUS="+status)
		out, err := run.CombinedOutput()
		if got := exitStatus(err); got != want || !strings.HasPrefix(string(out), "check plan.json\n") {
			t.Errorf("%s: %d, want %d\n%s", status, got, want, out)
		}
		if said := strings.Contains(string(out), "exit status "+status+" is "); said != (status == "1" || status == "2") {
			t.Errorf("%s: says that the status is another: %v\n%s", status, said, out)
		}
	}
	for command := range strings.SplitSeq("graph help version fix", " ") {
		run := exec.Command(launcher, command, "x")
		run.Env = append(os.Environ(), "IACGATE_BINARY="+dir+"/iacgate", "STATUS=0")
		if out, _ := run.CombinedOutput(); string(out) != command+" x\n" {
			t.Errorf("%s: %s", command, out)
		}
	}
}

// launched are plans, and the launcher's status for iacgate's own.
var launched = map[string]int{"complete": 0, "loosens-the-pattern": 4, "external-topic": 3, "absent": 5}

// TestConftestLaunches is TestConftestLauncher with the program itself.
func TestConftestLaunches(t *testing.T) {
	inRoot(t)
	iacgate := program(t)
	for plan, want := range launched {
		run := exec.Command(launcher, "testdata/plans/"+plan+"/plan.json")
		run.Env = append(os.Environ(), "IACGATE_BINARY="+iacgate)
		if out, err := run.CombinedOutput(); exitStatus(err) != want {
			t.Errorf("%s: %d, want %d\n%s", plan, exitStatus(err), want, out)
		}
	}
}

// TestConftest installs the plugin into the real conftest, those that CONFTEST
// names: paths separated by blanks. From 0.70 on, conftest hands the status of a
// plugin on; before, whatever is not success is 1.
func TestConftest(t *testing.T) {
	inRoot(t)
	binaries := strings.Fields(os.Getenv("CONFTEST"))
	if len(binaries) == 0 {
		t.Skip("CONFTEST names no conftest; .ci/run builds those of bench/peers")
	}
	iacgate := program(t)
	for _, conftest := range binaries {
		home := t.TempDir()
		run := func(args ...string) (string, int) {
			c := exec.Command(conftest, args...)
			c.Env = append(os.Environ(), "IACGATE_BINARY="+iacgate, "HOME="+home, "XDG_DATA_HOME="+filepath.Join(home, "data"))
			out, err := c.CombinedOutput()
			return string(out), exitStatus(err)
		}
		if out, status := run("plugin", "install", "contrib/conftest"); status != 0 {
			t.Fatalf("%s: plugin install: %d\n%s", conftest, status, out)
		}
		for plan, want := range launched {
			out, got := run("iacgate", "testdata/plans/"+plan+"/plan.json")
			if got != want && (want == 0 || got != 1) {
				t.Errorf("%s: %s: %d, want %d\n%s", conftest, plan, got, want, out)
			}
		}
	}
}

func exitStatus(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}
