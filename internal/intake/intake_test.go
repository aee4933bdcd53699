package intake

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
)

// endless is a device without an end, as a reader that fails the test where more
// is asked for than the bound and one read.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left -= len(p); e.left < 0 {
		return 0, errors.New("read on behind the bound")
	}
	return len(p), nil
}

func TestAll(t *testing.T) {
	for text, limit := range map[string]int64{"": 0, "abc": 3, "ab": 3} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
			if raw, err := All(r, limit); err != nil || string(raw) != text {
				t.Errorf("%q of %d: %q, %v", text, limit, raw, err)
			}
		}
	}
	for _, r := range []io.Reader{strings.NewReader("abcd"), iotest.OneByteReader(strings.NewReader("abcd")), &endless{64 << 10}} {
		var large LargeError
		if raw, err := All(r, 3); raw != nil || !errors.As(err, &large) || large.Limit != 3 {
			t.Errorf("%q, %v", raw, err)
		}
	}
	if _, err := All(iotest.ErrReader(io.ErrClosedPipe), 3); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

func TestLargeError(t *testing.T) {
	for limit, want := range map[int64]string{1: "1 bytes", 1 << 20: "1 MiB", 3 << 19: "1572864 bytes", 4 << 30: "4 GiB"} {
		if got := (LargeError{limit}).Error(); got != "larger than "+want {
			t.Errorf("%d: %s", limit, got)
		}
	}
}

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
