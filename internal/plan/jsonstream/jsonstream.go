// Package jsonstream walks a JSON text of any size in a small buffer, and checks the
// grammar of all of it, including the skipped parts. A caller can keep single values or a
// copy of the text.
//
// It decodes only keys and strings; encoding/json does the rest.
package jsonstream

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/diag"
)

const (
	// window is the size of the buffer that slides over the input. It grows
	// only for a single element that is kept.
	window = 256 << 10
	// MaxDepth is the nesting that encoding/json admits as well.
	MaxDepth = 10000
	// MaxElement bounds one value that is kept, in bytes. The largest resources of
	// real plans carry a few MB of user data.
	MaxElement = 64 << 20
)

// A Scanner walks one JSON text in a buffer that slides over its input. Skipped
// parts are checked against the grammar of JSON, too, and cost no memory.
type Scanner struct {
	r    io.Reader
	buf  []byte // buf[pos:] is not read yet
	pos  int
	mark int // start of what is captured in buf, -1 for nothing
	hold int // start of the string that is read in buf, -1 for none
	err  error
	copy *Copy // of what is read; nil for none

	// TruncatedHint is the advice for an input that ends in the middle.
	TruncatedHint string

	depth   int
	lines   int // line ends before buf
	lastEnd int // bytes between the last line end before buf and buf
}

// NewScanner walks what a reader of UTF-8 returns.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, buf: make([]byte, 0, window), mark: -1, hold: -1}
}

// FromBytes walks a text in memory.
func FromBytes(text []byte) *Scanner {
	return &Scanner{r: bytes.NewReader(nil), buf: text[:len(text):len(text)], mark: -1, hold: -1, err: io.EOF}
}

// fill makes at least one more byte readable and reports whether there is one.
func (s *Scanner) fill() bool {
	if s.err != nil {
		return false
	}
	s.slide()
	if cap(s.buf)-len(s.buf) < utf8.UTFMax { // what the UTF-16 reader asks for
		grown := make([]byte, len(s.buf), 2*cap(s.buf))
		copy(grown, s.buf)
		s.buf = grown
	}
	for range 100 {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		s.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// slide drops the bytes that are read and not captured, and ends a capture that is too
// large.
func (s *Scanner) slide() {
	from := s.pos
	for _, kept := range []*int{&s.mark, &s.hold} {
		if s.pos-*kept > MaxElement {
			*kept = -1
		}
		if *kept >= 0 {
			from = min(from, *kept)
		}
	}
	if from == 0 {
		return
	}
	s.flush(from)
	s.count(s.buf[:from])
	s.buf = s.buf[:copy(s.buf, s.buf[from:])]
	s.pos -= from
	s.mark = max(s.mark-from, -1)
	s.hold = max(s.hold-from, -1)
	if s.copy != nil {
		s.copy.from = max(s.copy.from-from, 0)
	}
}

// A Copy is a copy of what a scanner reads.
type Copy struct {
	Text   []byte
	from   int  // in the scanner's buffer: what is read from here on is not copied yet
	paused bool // what is read is not copied
}

// CopyTo copies what is read from here on.
func (s *Scanner) CopyTo(c *Copy) { s.copy = c }

// PauseCopy copies nothing of what is read from here on, until ResumeCopy.
func (s *Scanner) PauseCopy() {
	s.flush(s.pos)
	s.copy.paused = true
}

// ResumeCopy copies again after PauseCopy.
func (s *Scanner) ResumeCopy() { s.copy.paused, s.copy.from = false, s.pos }

// Finish copies the rest of what was read. It is false if more is left to read.
func (s *Scanner) Finish() bool {
	if s.Peek() != 0 || !s.AtEnd() {
		return false
	}
	s.flush(s.pos)
	return true
}

// AtEnd reports whether the buffer is read completely; it is the end of the input if Peek
// has returned 0.
func (s *Scanner) AtEnd() bool { return s.pos == len(s.buf) }

// Failure returns the error of the input; nil for none and for its end.
func (s *Scanner) Failure() error {
	if errors.Is(s.err, io.EOF) {
		return nil
	}
	return s.err
}

// flush copies what is read, up to a place in the buffer.
func (s *Scanner) flush(to int) {
	if c := s.copy; c != nil && !c.paused && c.from < to {
		c.Text = append(c.Text, s.buf[c.from:to]...)
		c.from = to
	}
}

// count counts the lines that leave the buffer.
func (s *Scanner) count(passed []byte) {
	if n := bytes.Count(passed, []byte{'\n'}); n > 0 {
		s.lines += n
		s.lastEnd = -bytes.LastIndexByte(passed, '\n') - 1
	}
	s.lastEnd += len(passed)
}

// Fault returns an error at the reading position.
func (s *Scanner) Fault(format string, args ...any) *diag.Diagnostic {
	passed := s.buf[:min(s.pos, len(s.buf))]
	e := diag.New("", format, args...)
	e.Line, e.Column = s.lines+1, s.lastEnd+len(passed)+1
	if n := bytes.Count(passed, []byte{'\n'}); n > 0 {
		e.Line += n
		e.Column = len(passed) - bytes.LastIndexByte(passed, '\n')
	}
	return e
}

// unexpected returns the error for the byte at the reading position, or for the end
// of the input there.
func (s *Scanner) unexpected(want string) error {
	if s.pos < len(s.buf) {
		return s.Fault("not JSON: expected %s, got %q", want, s.buf[s.pos])
	}
	if err := s.Failure(); err != nil {
		return err
	}
	return s.Fault("ends in the middle: expected %s", want).WithHint("%s", s.TruncatedHint)
}

// Peek returns the next byte that is not blank, without reading it; 0 at the
// end.
func (s *Scanner) Peek() byte {
	for {
		for ; s.pos < len(s.buf); s.pos++ {
			switch c := s.buf[s.pos]; c {
			case ' ', '\n', '\r', '\t':
			default:
				return c
			}
		}
		if !s.fill() {
			return 0
		}
	}
}

// HasPrefix reports whether the rest of the buffer begins with a text.
func (s *Scanner) HasPrefix(text string) bool {
	return bytes.HasPrefix(s.buf[s.pos:], []byte(text))
}

// next returns the next byte; 0 at the end. A NUL byte in the input is not JSON
// anywhere, so the two need not be told apart.
func (s *Scanner) next() byte {
	if s.pos == len(s.buf) && !s.fill() {
		return 0
	}
	return s.buf[s.pos]
}

// Capture starts to keep the bytes that are read.
func (s *Scanner) Capture() { s.Peek(); s.mark = s.pos }

// Captured ends a capture and returns its text, valid until the next read. ok
// is false if it was too large to keep.
func (s *Scanner) Captured() (text []byte, ok bool) {
	if s.mark < 0 {
		return nil, false
	}
	text = s.buf[s.mark:s.pos]
	s.mark = -1
	return text, true
}
