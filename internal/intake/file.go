// Package intake has the two bounds of everything that is read: bytes and time. Somebody
// else wrote the input: a file may be a device without an end or a pipe that nobody
// writes to, and an evaluation may never end.
//
// It knows no sizes: each reader has a bound for each kind of file that it reads
// (docs/limits.md). It does not know which files may be read; package repository does.
package intake

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// A Reader reads a whole file that has at most limit bytes.
type Reader func(path string, limit int64) ([]byte, error)

var (
	_ Reader = Any
	_ Reader = Regular
)

// ErrIrregular says that a file is a directory, a pipe or a device.
var ErrIrregular = errors.New("not a regular file")

// A LargeError says that there is more to read than the bound.
type LargeError struct{ Limit int64 }

func (e LargeError) Error() string { return "larger than " + size(e.Limit) }

// Any reads a file of any kind, as a flag may name it: a device has no end and a
// pipe no size, so the bytes are counted as they come. Opening a pipe waits for a
// writer, which [Within] does not.
func Any(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return All(f, limit)
}

// Regular reads a file that the input names, or a configuration that was found. It
// opens regular files only, because opening another may already wait or do something.
func Regular(path string, limit int64) ([]byte, error) {
	if err := CheckRegular(path); err != nil {
		return nil, err
	}
	return Any(path, limit)
}

// CheckRegular returns an error if a file is not regular, without opening it.
func CheckRegular(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	return err
}

// All reads everything that a reader gives, up to a bound.
func All(r io.Reader, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(Stream(r, limit))
	if err != nil {
		return nil, err
	}
	return raw, nil
}

// Stream fails, instead of ending, after limit bytes.
func Stream(r io.Reader, limit int64) io.Reader { return &stream{r: r, left: limit, limit: limit} }

type stream struct {
	r           io.Reader
	left, limit int64
}

// Read asks for one byte more than there may be, which tells a file that is as
// large as the bound from one that is larger.
func (s *stream) Read(p []byte) (int, error) {
	if s.left < 0 {
		return 0, LargeError{s.limit}
	}
	n, err := s.r.Read(p[:min(int64(len(p)), s.left+1)])
	if s.left -= int64(n); s.left < 0 {
		return n - 1, LargeError{s.limit}
	}
	return n, err
}

// size returns a number of bytes in the largest unit that is whole.
func size(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
