package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

func TestReplaceKeepsWhatItCannotReplace(t *testing.T) {
	p, dir := &program{}, t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := p.replace(replacement{link, []byte("new")}); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(target); err != nil || string(got) != "old" {
		t.Errorf("target %q, %v: a link is followed", got, err)
	}
	if got, err := os.ReadFile(link); err != nil || string(got) != "new" {
		t.Errorf("link %q, %v", got, err)
	}
	if err := p.replace(replacement{target, []byte("new")}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(target); err != nil || info.Mode() != 0o600 {
		t.Errorf("target %v, %v: a file that one user may read stays so", info.Mode(), err)
	}
	if err := p.replace(replacement{os.DevNull, []byte("x")}); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatal("the null device is a file now")
	}
	err := p.replace(replacement{filepath.Join(dir, "absent", "f"), nil})
	if err == nil || !strings.HasSuffix(err.Error(), "absent/f: no such file or directory") {
		t.Errorf("error %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("files left behind: %v, %v", left, err)
	}
}

// TestReplaceReplacesLinks: a committed link leads nowhere, whatever it points at; one
// that is a directory of the path is the user's own.
func TestReplaceReplacesLinks(t *testing.T) {
	p, dir, outside := &program{}, t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "authorized_keys")
	if err := os.WriteFile(secret, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{
		"file": secret, "hanging": filepath.Join(outside, "absent"), "directory": outside, "device": os.DevNull, "itself": "itself",
	} {
		link := filepath.Join(dir, name)
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
		if err := p.replace(replacement{link, []byte("new")}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if info, err := os.Lstat(link); err != nil || !info.Mode().IsRegular() || info.Mode().Perm()&0o600 != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
	if got, err := os.ReadFile(secret); err != nil || string(got) != "old" {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "reports")); err != nil {
		t.Fatal(err)
	}
	if err := p.replace(replacement{filepath.Join(dir, "reports", "r"), []byte("new")}); err != nil {
		t.Error(err)
	}
	if got, err := os.ReadFile(filepath.Join(outside, "r")); err != nil || string(got) != "new" {
		t.Errorf("through a directory: %q, %v", got, err)
	}
	if err := p.replace(replacement{outside, []byte("new")}); err == nil {
		t.Error("a directory is written to")
	}
}

// TestReplaceWritesToStreams: what the system's own names lead to is written to.
func TestReplaceWritesToStreams(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("/dev/fd/%d", w.Fd())
	if _, err := os.Lstat(name); err != nil {
		t.Skip(err)
	}
	if err := (&program{}).replace(replacement{name, []byte("new")}); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if got, err := io.ReadAll(r); err != nil || string(got) != "new" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestReplaceLongNames replaces a file whose name is as long as names may be.
func TestReplaceLongNames(t *testing.T) {
	p, name := &program{}, filepath.Join(t.TempDir(), strings.Repeat("n", 255))
	for range 2 {
		if err := p.replace(replacement{name, []byte("x")}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingIsReplacedAfterTheEnd(t *testing.T) {
	p, dir := &program{}, t.TempDir()
	p.ending.finish()
	for _, name := range []string{filepath.Join(dir, "report"), os.DevNull} {
		if err := p.replace(replacement{name, []byte("new")}); err == nil || err.Error() != name+": "+errEnded.Error() {
			t.Errorf("error %v", err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("files left behind: %v, %v", left, err)
	}
}

// TestAReportThatHasBegunIsToldToItsEnd ends a program in the middle of one.
func TestAReportThatHasBegunIsToldToItsEnd(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	stdout := &ender{end: func() { cancel(interrupted{syscall.SIGTERM}) }}
	code := run(ctx, []string{"check", "../../testdata/plans/complete/plan.json"}, strings.NewReader(""), stdout, io.Discard)
	if code != 0 || !strings.HasSuffix(stdout.String(), "1 control: 1 pass\n") {
		t.Errorf("exit status %d, stdout %q", code, stdout.String())
	}
}

// An ender ends the program before it takes anything.
type ender struct {
	bytes.Buffer
	end func()
}

func (e *ender) Write(data []byte) (int, error) {
	e.end()
	runtime.Gosched()
	return e.Buffer.Write(data)
}
