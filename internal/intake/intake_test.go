package intake

import (
	"errors"
	"io"
	"strings"
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
