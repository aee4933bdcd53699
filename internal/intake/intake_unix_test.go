//go:build unix

package intake

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestKinds(t *testing.T) {
	dir := t.TempDir()
	file, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "pipe")
	if err := os.WriteFile(file, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, read := range []Reader{Any, Regular} {
		if raw, err := read(file, 4); err != nil || string(raw) != "text" {
			t.Errorf("%q, %v", raw, err)
		}
		if _, err := read(file, 3); !errors.As(err, new(LargeError)) {
			t.Error(err)
		}
		if _, err := read(filepath.Join(dir, "none"), 3); !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	}
	for _, path := range []string{pipe, dir, "/dev/zero"} {
		if _, err := Regular(path, 10); !errors.Is(err, ErrIrregular) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := Any("/dev/zero", 10); !errors.As(err, new(LargeError)) {
		t.Error(err)
	}
}

// Nobody writes to the pipe.
func TestWithin(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	because := errors.New("because")
	ctx, cancel := context.WithCancelCause(t.Context())
	_, err := Within(ctx, func() ([]byte, error) {
		cancel(because)
		return Any(pipe, 10)
	})
	if !errors.Is(err, because) {
		t.Error(err)
	}
	if n, err := Within(t.Context(), func() (int, error) { return 1, because }); n != 1 || err != because {
		t.Error(n, err)
	}
	defer func() {
		if v, _ := recover().(string); !strings.HasPrefix(v, "oh\n") || !strings.Contains(v, "TestWithin") {
			t.Errorf("%q", v)
		}
	}()
	_, _ = Within(t.Context(), func() (int, error) { panic("oh") })
}
