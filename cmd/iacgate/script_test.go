package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/iacgate/iacgate/internal/widetest"
)

// processes are the scripts whose iacgate is always a process. In the others the function
// that main calls answers: it says the same, and starting it a few hundred times takes a
// minute. IACGATE_WIDE=1 makes all of them processes, as .ci/run does.
var processes = []string{
	"check", "version", "atomic", "signal",
	"bombs", "devices", "nesting", "work", // hurt the process that reads them
}

var (
	started = regexp.MustCompile(`^((?:\[[^\]]*\] *)*(?:! )?)exec iacgate\b(.*[^&])?$`)
	exiting = regexp.MustCompile(`^(within [0-9]+ )?exits `) // memory is held to its bound where all is run in processes
	setting = regexp.MustCompile(`^env `)
)

// scripts returns the scripts of a directory, such that most of what they run is run inside
// of this process.
func scripts(t *testing.T, dir string) (files []string) {
	t.Helper()
	dir, err := filepath.Abs(dir) // the directory of the process will be that of scripts
	if err != nil {
		t.Fatal(err)
	}
	files, err = filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d scripts: %v", dir, len(files), err)
	}
	if widetest.All() {
		return files
	}
	copies := t.TempDir()
	for i, file := range files {
		if slices.Contains(processes, strings.TrimSuffix(filepath.Base(file), ".txtar")) {
			continue
		}
		script, archive, with := strings.Cut(readText(t, file), "\n-- ")
		if script = inside(script); with {
			script += "\n-- " + archive
		}
		files[i] = filepath.Join(copies, filepath.Base(file))
		if err := os.WriteFile(files[i], []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// inside replaces the commands of a script that start iacgate, but for those that feed it.
func inside(script string) string {
	fed := false
	lines := strings.Split(script, "\n")
	for i, line := range lines {
		if !fed {
			line = started.ReplaceAllString(line, "${1}answers${2}")
			line = exiting.ReplaceAllString(line, "answers-with ")
		}
		lines[i] = setting.ReplaceAllString(line, "sets ")
		fed = strings.HasPrefix(line, "stdin ")
	}
	return strings.Join(lines, "\n")
}

// insideCommands are those that inside puts into scripts.
var insideCommands = map[string]func(*testscript.TestScript, bool, []string){
	"answers": func(ts *testscript.TestScript, neg bool, args []string) {
		if got := answer(ts, ts.Stdout(), ts.Stderr(), args); (got != 0) != neg {
			ts.Fatalf("exit status %d", got)
		}
	},
	"answers-with": func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) < 1 {
			ts.Fatalf("usage: exits STATUS [ARGUMENT...]")
		}
		want, err := strconv.Atoi(args[0])
		ts.Check(err)
		if got := answer(ts, ts.Stdout(), ts.Stderr(), args[1:]); got != want {
			ts.Fatalf("exit status %d, want %d", got, want)
		}
	},
	"sets": func(ts *testscript.TestScript, neg bool, args []string) {
		vars := ts.Value(environment{}).(*[]string)
		for _, arg := range args {
			name, value, ok := strings.Cut(arg, "=")
			if neg || !ok {
				ts.Fatalf("usage: env NAME=VALUE...")
			}
			ts.Setenv(name, value)
			*vars = append(*vars, arg)
		}
	},
}

// environment is the key of the variables of a script.
type environment struct{}

// remember keeps the variables of a script for what runs inside.
func remember(env *testscript.Env) {
	vars := slices.Clone(env.Vars)
	env.Values[environment{}] = &vars
}

// here is held while the directory and the environment of this process are those of a
// script.
var here sync.Mutex

// answer runs iacgate in the directory and the environment of a script, as a process that
// is fed nothing.
func answer(ts *testscript.TestScript, stdout, stderr io.Writer, args []string) int {
	dir := ts.MkAbs(".")
	vars := append(slices.Clone(*ts.Value(environment{}).(*[]string)), "PWD="+dir)
	here.Lock()
	defer here.Unlock()
	was, err := os.Getwd()
	ts.Check(err)
	defer func(vars []string) { setEnvironment(vars); _ = os.Chdir(was) }(os.Environ())
	setEnvironment(vars)
	ts.Check(os.Chdir(dir))
	p := &program{stdin: strings.NewReader(""), stdout: stdout, stderr: stderr, getenv: os.Getenv, environ: os.Environ()}
	return p.run(context.Background(), args)
}

// setEnvironment makes these variables all that this process has. PATH, by which other
// scripts start processes meanwhile, is never away.
func setEnvironment(vars []string) {
	wanted := map[string]string{}
	for _, entry := range vars {
		name, value, _ := strings.Cut(entry, "=")
		wanted[name] = value
	}
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); name != "" {
			if _, ok := wanted[name]; !ok {
				_ = os.Unsetenv(name)
			}
		}
	}
	for name, value := range wanted {
		_ = os.Setenv(name, value)
	}
}

// says returns what iacgate says in a script, and its status.
func says(ts *testscript.TestScript, args ...string) (stdout, stderr string, status int) {
	if !widetest.All() {
		var out, err bytes.Buffer
		status = answer(ts, &out, &err, args)
		return out.String(), err.String(), status
	}
	if err := ts.Exec("iacgate", args...); err != nil {
		status = exitCode(ts, err)
	}
	return ts.ReadFile("stdout"), ts.ReadFile("stderr"), status
}

// exitCode returns the exit status that an error of a process is about.
func exitCode(ts *testscript.TestScript, err error) int {
	var exit interface{ ExitCode() int }
	if !errors.As(err, &exit) {
		ts.Fatalf("%v", err)
	}
	return exit.ExitCode()
}
