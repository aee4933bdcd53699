package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/widetest"
)

// TestHostile runs the scripts of testdata/hostile.
func TestHostile(t *testing.T) {
	plans, err := filepath.Abs("../../testdata/plans")
	if err != nil {
		t.Fatal(err)
	}
	commands := map[string]func(*testscript.TestScript, bool, []string){
		"exits": exits, "bytes": writeBytes, "repeat": repeat, "gzip": zip, "within": within, "every": every, "hides": hides,
	}
	maps.Copy(commands, insideCommands)
	testscript.Run(t, testscript.Params{
		Files: scripts(t, "../../testdata/hostile"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("PLANS", plans)
			remember(env)
			return os.Mkdir(filepath.Join(env.WorkDir, ".git"), 0o755) // no configuration from above
		},
		Condition: func(name string) (bool, error) { return name == "wide" && widetest.All(), nil },
		Cmds:      commands,
	})
}

// repeat writes one text again and again between two others: repeat FILE BEFORE
// UNIT N AFTER, texts as Go literals.
func repeat(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: repeat FILE BEFORE UNIT N AFTER")
	}
	n, err := strconv.Atoi(args[3])
	ts.Check(err)
	var texts [3]string
	for i, literal := range []string{args[1], args[2], args[4]} {
		texts[i], err = strconv.Unquote(literal)
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(texts[0]+strings.Repeat(texts[1], n)+texts[2]), 0o644))
}

// zip packs a file beside itself.
func zip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gzip FILE")
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".gz"), b.Bytes(), 0o644))
}

// within runs iacgate as exits does, and holds its memory to a number of MiB, where the
// system tells it: within 100 exits 2 check FILE.
func within(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || args[1] != "exits" {
		ts.Fatalf("usage: within MIB exits STATUS [ARGUMENT...]")
	}
	limit, err := strconv.Atoi(args[0])
	ts.Check(err)
	want, err := strconv.Atoi(args[2])
	ts.Check(err)
	binary, err := exec.LookPath("iacgate")
	ts.Check(err)
	cmd := exec.Command(binary, args[3:]...)
	cmd.Dir, cmd.Env = ts.MkAbs("."), *ts.Value(environment{}).(*[]string)
	cmd.Stdout, cmd.Stderr = ts.Stdout(), ts.Stderr()
	ts.Check(cmd.Start())
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // the status is looked at below
		close(ended)
	}()
	if got := peak(cmd.Process.Pid, ended); got > limit {
		ts.Fatalf("%d MiB, want at most %d", got, limit)
	}
	if got := cmd.ProcessState.ExitCode(); got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peak returns the largest resident set of a process in MiB, as far as it was seen
// before it ended. The kernel's own figure would begin with that of the test.
func peak(pid int, ended <-chan struct{}) (mib int) {
	for {
		select {
		case <-ended:
			return mib
		case <-time.After(5 * time.Millisecond):
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			continue
		}
		if m := highWater.FindSubmatch(status); m != nil {
			kib, _ := strconv.Atoi(string(m[1]))
			mib = kib >> 10
		}
	}
}

// every writes every format about a file, and every picture of it, and looks for
// what no output may hold.
func every(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: every FILE")
	}
	for _, format := range report.Names() {
		if _, _, status := says(ts, "check", "--control", "all", "--candidates", "-o", format+"=out", args[0]); status == 0 {
			ts.Fatalf("%s: the input passes", format)
		}
		harmless(ts, format, ts.ReadFile("out"))
	}
	for _, format := range graphNames() {
		stdout, stderr, status := says(ts, "graph", "-o", format, args[0])
		if status != 0 {
			ts.Fatalf("%s: exit status %d: %s", format, status, stderr)
		}
		harmless(ts, format, stdout)
	}
}

// hides writes every format about a file, and every picture of it, and looks for a
// text that none may hold.
func hides(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hides TEXT FILE")
	}
	look := func(format string, texts ...string) {
		for i, text := range texts {
			if strings.Contains(text, args[0]) {
				ts.Fatalf("%s: output %d says %s", format, i, args[0])
			}
		}
	}
	for _, format := range report.Names() {
		stdout, stderr, _ := says(ts, "check", "--control", "all", "--candidates", "-o", format+"=out", args[1])
		look(format, stdout, stderr, ts.ReadFile("out"))
	}
	for _, format := range graphNames() {
		stdout, stderr, status := says(ts, "graph", "-o", format, args[1])
		if status != 0 {
			ts.Fatalf("%s: exit status %d: %s", format, status, stderr)
		}
		look(format, stdout, stderr)
	}
}

// orders are texts that agents of CI systems take for commands.
var orders = regexp.MustCompile(`##vso\[task\.setvariable|(?m)^\s*::error::x`)

func harmless(ts *testscript.TestScript, format, text string) {
	for _, r := range text {
		if r != '\n' && terminal.Hostile(r) {
			ts.Fatalf("%s: %U appears in the output", format, r)
		}
	}
	if order := orders.FindString(text); order != "" {
		ts.Fatalf("%s: %q is an order", format, order)
	}
}
