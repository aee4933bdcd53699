package plan

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"reflect"
	"strings"
	"unicode/utf8"
)

const (
	// window is the size of the buffer that slides over the input. It grows
	// only for a single element that is kept.
	window = 256 << 10
	// maxDepth is the nesting that encoding/json admits as well.
	maxDepth = 10000
	// maxElement bounds one resource that is kept. The largest real ones carry
	// a few MB of user data.
	maxElement = 64 << 20
)

// A scanner walks one JSON text in a buffer that slides over its input. What is
// skipped is held to the grammar of JSON like the rest, and costs no memory.
type scanner struct {
	r    io.Reader
	buf  []byte // buf[pos:] is not read yet
	pos  int
	mark int // start of what is captured in buf, -1 for nothing
	hold int // start of the string that is read in buf, -1 for none
	err  error

	depth   int
	lines   int // line ends before buf
	lastEnd int // bytes between the last line end before buf and buf
}

func newScanner(r io.Reader) *scanner {
	return &scanner{r: r, buf: make([]byte, 0, window), mark: -1, hold: -1}
}

// scanBytes walks a text that lies in memory.
func scanBytes(text []byte) *scanner {
	return &scanner{r: bytes.NewReader(nil), buf: text[:len(text):len(text)], mark: -1, hold: -1, err: io.EOF}
}

// fill makes at least one more byte readable and says whether there is one.
func (s *scanner) fill() bool {
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

// slide drops what is read and not kept, and gives up keeping what is too
// large.
func (s *scanner) slide() {
	from := s.pos
	for _, kept := range []*int{&s.mark, &s.hold} {
		if s.pos-*kept > maxElement {
			*kept = -1
		}
		if *kept >= 0 {
			from = min(from, *kept)
		}
	}
	if from == 0 {
		return
	}
	s.count(s.buf[:from])
	s.buf = s.buf[:copy(s.buf, s.buf[from:])]
	s.pos -= from
	s.mark = max(s.mark-from, -1)
	s.hold = max(s.hold-from, -1)
}

func (s *scanner) count(passed []byte) {
	if n := bytes.Count(passed, []byte{'\n'}); n > 0 {
		s.lines += n
		s.lastEnd = -bytes.LastIndexByte(passed, '\n') - 1
	}
	s.lastEnd += len(passed)
}

// fault is an error at the reading position.
func (s *scanner) fault(format string, args ...any) error {
	passed := s.buf[:min(s.pos, len(s.buf))]
	e := &Error{Msg: fmt.Sprintf(format, args...), Line: s.lines + 1, Column: s.lastEnd + len(passed) + 1}
	if n := bytes.Count(passed, []byte{'\n'}); n > 0 {
		e.Line += n
		e.Column = len(passed) - bytes.LastIndexByte(passed, '\n')
	}
	return e
}

// unexpected is the error for the byte at the reading position, or for the end
// of the input there.
func (s *scanner) unexpected(want string) error {
	if s.pos < len(s.buf) {
		return s.fault("not JSON: %s expected, not %q", want, s.buf[s.pos])
	}
	if s.err != nil && !errors.Is(s.err, io.EOF) {
		return s.err
	}
	err := s.fault("ends in the middle: %s expected", want).(*Error)
	err.Hint = "the file is truncated; " + hintShow
	return err
}

// peek returns the next byte that is not blank, without reading it; 0 at the
// end.
func (s *scanner) peek() byte {
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

// next returns the next byte; 0 at the end. A NUL byte in the input is no JSON
// anywhere, so the two need not be told apart.
func (s *scanner) next() byte {
	if s.pos == len(s.buf) && !s.fill() {
		return 0
	}
	return s.buf[s.pos]
}

// capture starts keeping what is read.
func (s *scanner) capture() { s.peek(); s.mark = s.pos }

// release stops keeping it.
func (s *scanner) release() { s.mark = -1 }

// captured ends a capture and returns its text, valid until the next read. ok
// is false if it was released, or too large to keep.
func (s *scanner) captured() (text []byte, ok bool) {
	if s.mark < 0 {
		return nil, false
	}
	text = s.buf[s.mark:s.pos]
	s.mark = -1
	return text, true
}

// raw reads one value and returns a copy of its text.
func (s *scanner) raw() ([]byte, error) {
	s.capture()
	if err := s.skip(); err != nil {
		return nil, err
	}
	text, ok := s.captured()
	if !ok {
		return nil, s.fault("a single value of more than %d MB", maxElement>>20)
	}
	return bytes.Clone(text), nil
}

// decode reads one value into v. Numbers keep their text.
func (s *scanner) decode(v any) error {
	raw, err := s.raw()
	if err != nil {
		return err
	}
	return s.unmarshal(raw, v)
}

func (s *scanner) unmarshal(raw []byte, v any) error {
	if key := repeated(raw); key != "" {
		return s.fault("%q appears twice in one object", key)
	}
	if err := unmarshal(raw, v); err != nil {
		return s.fault("not a plan: %s", plain(err))
	}
	return nil
}

// plain says what encoding/json says, in words of JSON.
func plain(err error) string {
	e, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return strings.TrimPrefix(err.Error(), "json: ")
	}
	want := "an object"
	switch e.Type.Kind() {
	case reflect.String:
		want = "a string"
	case reflect.Bool:
		want = "true or false"
	case reflect.Slice:
		want = "an array"
	}
	return strings.TrimPrefix(fmt.Sprintf("%s: %s expected, not %s", e.Field, want, e.Value), ": ")
}

// unmarshal is json.Unmarshal with numbers as they are written.
func unmarshal(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return d.Decode(v)
}

// object reads an object, or null, and calls member with each key, which is
// valid until the next read. The member function reads the value.
func (s *scanner) object(member func(key []byte) error) error {
	if s.peek() == 'n' {
		return s.skip()
	}
	return s.members(member)
}

func (s *scanner) members(member func(key []byte) error) error {
	return s.sequence('{', '}', "an object", func() error {
		if s.peek() != '"' {
			return s.unexpected("a key")
		}
		key, err := s.text()
		if err != nil {
			return err
		}
		if s.pos == len(s.buf) || s.buf[s.pos] != ':' {
			key = bytes.Clone(key) // what comes next may move the buffer
		}
		if s.peek() != ':' {
			return s.unexpected("a colon")
		}
		s.pos++
		return member(key)
	})
}

// array reads an array, or null, and calls element before each element.
func (s *scanner) array(element func() error) error {
	if s.peek() == 'n' {
		return s.skip()
	}
	return s.sequence('[', ']', "an array", element)
}

// sequence reads items between brackets, with commas between them.
func (s *scanner) sequence(open, end byte, what string, item func() error) error {
	if s.peek() != open {
		return s.unexpected(what)
	}
	s.pos++
	if s.depth++; s.depth > maxDepth {
		return s.fault("nested more than %d levels deep", maxDepth)
	}
	if s.peek() == end {
		s.pos++
		s.depth--
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		switch s.peek() {
		case ',':
			s.pos++
		case end:
			s.pos++
			s.depth--
			return nil
		default:
			return s.unexpected("a comma or the end of " + what)
		}
	}
}

// text reads a string and returns its decoded bytes, valid until the next read.
func (s *scanner) text() ([]byte, error) {
	if s.peek() != '"' {
		return nil, s.unexpected("a string")
	}
	s.hold = s.pos
	escaped, err := s.quoted()
	start := s.hold
	s.hold = -1
	if err != nil {
		return nil, err
	}
	if start < 0 {
		return nil, s.fault("a single value of more than %d MB", maxElement>>20)
	}
	raw := s.buf[start:s.pos]
	if !escaped && utf8.Valid(raw) {
		return raw[1 : len(raw)-1], nil
	}
	var decoded string
	if err := json.Unmarshal(raw, &decoded); err != nil {
		return nil, s.fault("not JSON: %v", err)
	}
	return []byte(decoded), nil
}

// quoted reads a string, and says whether it has escapes.
func (s *scanner) quoted() (escaped bool, err error) {
	s.pos++
	for {
		s.pos += ordinary(s.buf[s.pos:])
		switch c := s.next(); {
		case c == '"':
			s.pos++
			return escaped, nil
		case c == '\\':
			escaped = true
			if err := s.escape(); err != nil {
				return escaped, err
			}
		case c < ' ':
			return escaped, s.unexpected("the end of a string")
		}
	}
}

func (s *scanner) escape() error {
	s.pos++
	switch s.next() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.pos++
		return nil
	case 'u':
		s.pos++
		for range 4 {
			if c := s.next(); !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f') {
				return s.unexpected("a hexadecimal digit")
			}
			s.pos++
		}
		return nil
	}
	return s.unexpected("an escape")
}

// ordinary returns how many bytes of b come before a quote, a backslash or a
// control character. It looks at eight at a time: strings are most of a plan.
func ordinary(b []byte) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		// A borrow can only raise a false alarm above a true one, and the
		// lowest is what counts.
		if m := ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*' ')&^w) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c == '"' || c == '\\' || c < ' ' {
			break
		}
	}
	return i
}
