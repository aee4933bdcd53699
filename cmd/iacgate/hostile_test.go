package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
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
	testscript.Run(t, testscript.Params{
		Dir: "../../testdata/hostile",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PLANS", plans)
			return os.Mkdir(filepath.Join(env.WorkDir, ".git"), 0o755) // no configuration from above
		},
		Condition: func(name string) (bool, error) { return name == "wide" && widetest.All(), nil },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "bytes": writeBytes, "repeat": repeat, "gzip": zip, "within": within, "every": every, "hides": hides,
		},
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

// within runs iacgate as exits does, once more, and holds its memory to a number
// of MiB, where the system tells it: within 100 exits 2 check FILE.
func within(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || args[1] != "exits" {
		ts.Fatalf("usage: within MIB exits STATUS [ARGUMENT...]")
	}
	limit, err := strconv.Atoi(args[0])
	ts.Check(err)
	exits(ts, false, args[2:])
	binary, err := exec.LookPath("iacgate")
	ts.Check(err)
	cmd := exec.Command(binary, args[3:]...)
	cmd.Dir = ts.MkAbs(".")
	ts.Check(cmd.Start())
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // exits has looked at the status
		close(ended)
	}()
	if got := peak(cmd.Process.Pid, ended); got > limit {
		ts.Fatalf("%d MiB, want at most %d", got, limit)
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
		if err := ts.Exec("iacgate", "check", "--control", "all", "--candidates", "-o", format+"=out", args[0]); err == nil {
			ts.Fatalf("%s: the input passes", format)
		}
		harmless(ts, format, ts.ReadFile("out"))
	}
	for _, format := range graphNames() {
		ts.Check(ts.Exec("iacgate", "graph", "-o", format, args[0]))
		harmless(ts, format, ts.ReadFile("stdout"))
	}
}

// hides writes every format about a file, and every picture of it, and looks for a
// text that none may hold.
func hides(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hides TEXT FILE")
	}
	look := func(format string) {
		for _, stream := range []string{"out", "stdout", "stderr"} {
			if strings.Contains(ts.ReadFile(stream), args[0]) {
				ts.Fatalf("%s: %s says %s", format, stream, args[0])
			}
		}
	}
	for _, format := range report.Names() {
		_ = ts.Exec("iacgate", "check", "--control", "all", "--candidates", "-o", format+"=out", args[1])
		look(format)
	}
	for _, format := range graphNames() {
		ts.Check(ts.Exec("iacgate", "graph", "-o", format, args[1]))
		look(format)
	}
}

// orders are texts that agents of CI systems take for commands.
var orders = regexp.MustCompile(`##vso\[task\.setvariable|(?m)^\s*::error::x`)

func harmless(ts *testscript.TestScript, format, text string) {
	for _, r := range text {
		if r != '\n' && terminal.Hostile(r) {
			ts.Fatalf("%s: %U stands in the output", format, r)
		}
	}
	if order := orders.FindString(text); order != "" {
		ts.Fatalf("%s: %q is an order", format, order)
	}
}
