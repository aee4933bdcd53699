package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/iacgate/iacgate/internal/widetest"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	widetest.Collect()
	testscript.Main(m, map[string]func(){"iacgate": main})
}

// TestScripts runs iacgate as its users type it.
func TestScripts(t *testing.T) {
	plans, err := filepath.Abs("../../testdata/plans")
	if err != nil {
		t.Fatal(err)
	}
	commands := map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "bytes": writeBytes}
	maps.Copy(commands, insideCommands)
	testscript.Run(t, testscript.Params{
		Files: scripts(t, "testdata/script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("PLANS", plans)
			remember(env)
			return os.Mkdir(filepath.Join(env.WorkDir, ".git"), 0o755) // no configuration from above
		},
		Cmds: commands,
	})
}

// exits runs iacgate and compares its exit status: exits 3 check plan.json.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits STATUS [ARGUMENT...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec("iacgate", args[1:]...); err != nil {
		got = exitCode(ts, err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// writeBytes writes a Go string literal to a file: bytes FILE '"\x1b"'.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE GO-STRING")
	}
	text, err := strconv.Unquote(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

func TestEveryCommandExplainsItself(t *testing.T) {
	p := &program{}
	for _, c := range p.commands() {
		if c.summary == "" || c.about == "" || len(c.examples) == 0 {
			t.Errorf("%s: summary, about or examples missing", c.name)
		}
		var shown []string
		for _, g := range c.groups {
			shown = append(shown, g.flags...)
		}
		for _, name := range flagNames(c) {
			if !slices.Contains(shown, name) {
				t.Errorf("%s: --%s is in no group of the help", c.name, name)
			}
		}
		var help bytes.Buffer
		c.writeHelp(&help)
		for _, e := range c.examples {
			if !strings.Contains(help.String(), e) {
				t.Errorf("%s: example %q is not in its help", c.name, e)
			}
		}
	}
}

// run returns the program as main starts it, but for the signals.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, getenv: os.Getenv}
	return p.run(ctx, args)
}

func TestInterruptedRunsEnd(t *testing.T) {
	for signal, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		ctx, cancel := context.WithCancelCause(context.Background())
		stdin, blocked := io.Pipe()
		cancel(interrupted{signal})
		if got := run(ctx, []string{"check", "-"}, stdin, io.Discard, io.Discard); got != want {
			t.Errorf("%v: exit status %d, want %d", signal, got, want)
		}
		blocked.Close()
	}
}

func TestPanicsAreOneLine(t *testing.T) {
	var stderr bytes.Buffer
	env := map[string]string{}
	p := &program{stdin: unlucky{}, stdout: io.Discard, stderr: &stderr, getenv: func(k string) string { return env[k] }}
	if got := p.runRecovering(context.Background(), []string{"check", "-"}); got != 2 {
		t.Errorf("exit status %d", got)
	}
	if got := stderr.String(); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "iacgate: internal error: -: out of luck; please report") {
		t.Errorf("stderr %q", got)
	}
	env["IACGATE_DEBUG"] = "1"
	stderr.Reset()
	p.runRecovering(context.Background(), []string{"check", "-"})
	if !strings.Contains(stderr.String(), "goroutine") {
		t.Errorf("no stack in %q", stderr.String())
	}
}

type unlucky struct{}

func (unlucky) Read([]byte) (int, error) { panic("out of luck") }

func TestColoured(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, tc := range []struct {
		env     string
		refused bool
		want    bool
	}{
		{"", false, false}, // a file is not a terminal
		{"CLICOLOR_FORCE=1", false, true},
		{"CLICOLOR_FORCE=0", false, false},
		{"CLICOLOR_FORCE=1", true, false},
		{"CLICOLOR_FORCE=1 NO_COLOR=1", false, false},
		{"CLICOLOR_FORCE=1 TERM=dumb", false, true},
	} {
		p := &program{stdout: file, getenv: func(k string) string {
			for _, kv := range strings.Fields(tc.env) {
				if name, v, _ := strings.Cut(kv, "="); name == k {
					return v
				}
			}
			return ""
		}}
		if got := p.colored(tc.refused); got != tc.want {
			t.Errorf("%q, refused %v: coloured %v, want %v", tc.env, tc.refused, got, tc.want)
		}
	}
}

func TestComplainListsEverything(t *testing.T) {
	var stderr bytes.Buffer
	p := &program{stderr: &stderr}
	p.printErrors(errors.Join(usagef("a\nb"), errors.Join(errors.New("c"), fmt.Errorf("d: %w", io.EOF))))
	if got := stderr.String(); got != "iacgate: a\\nb\nc\nd: EOF\n" {
		t.Errorf("stderr %q", got)
	}
}

// TestStartIsSmall holds what packages prepare before main below a bound that a list of
// names does not reach and a compiled expression of some size does: every run pays for it.
// Allocations are counted, not time.
func TestStartIsSmall(t *testing.T) {
	const limit = 200 << 10 // bytes of one package; the catalog has the most
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var traced bytes.Buffer
	version := exec.Command(self)
	version.Args = []string{"iacgate", "--version"}
	version.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	version.Stderr = &traced
	if err := version.Run(); err != nil {
		t.Fatal(err)
	}
	// init internal/bytealg @0.008 ms, 0 ms clock, 0 bytes, 0 allocs
	seen := 0
	for _, line := range strings.Split(traced.String(), "\n") {
		words := strings.Fields(line)
		if len(words) < 8 || words[0] != "init" || !strings.HasPrefix(words[1], "github.com/iacgate/iacgate/") {
			continue
		}
		seen++
		if size, err := strconv.Atoi(words[7]); err != nil || size > limit {
			t.Errorf("more than %d bytes: %s", limit, line)
		}
	}
	if seen == 0 {
		t.Errorf("no package of iacgate in the trace:\n%s", traced.String())
	}
}
