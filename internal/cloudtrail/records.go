package cloudtrail

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/iacgate/iacgate/internal/intake"
)

// MaxRecord is the size in bytes of the largest record that Records reads.
// CloudTrail's own limit for CloudWatch Logs is 256 KB.
const MaxRecord = 1 << 20

// maxInput bounds what is read, after decompression where there is one: a device
// has no end, and a small gzip file may be a large one.
const maxInput = 4 << 30

// Records returns the records of a CloudTrail file as they stand there, one by
// one: of a delivered file ({"Records": [...]}), of an array, of JSON lines, or
// a single record; gzip is recognised by its first bytes. The first error ends
// the sequence. An input without a record is an error.
func Records(r io.Reader) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		plain, err := decompress(r)
		if err != nil {
			yield(nil, err)
			return
		}
		s := &recordScanner{in: bufio.NewReader(plain), yield: yield}
		if err := s.scan(); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

func decompress(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r)
	if magic, _ := in.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return intake.Stream(in, maxInput), nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return intake.Stream(z, maxInput), nil
}

// errStopped says that the caller wants no more records.
var errStopped = errors.New("stopped")

// A recordScanner walks the outer structure token by token and decodes one
// record at a time.
type recordScanner struct {
	in    *bufio.Reader
	yield func(json.RawMessage, error) bool
	count int
}

func (s *recordScanner) scan() error {
	if bom, _ := s.in.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		s.in.Discard(3)
	}
	for {
		c, err := s.peek()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return s.ended(err)
		}
		if err := s.top(c); err != nil {
			return err
		}
	}
	if s.count == 0 {
		return errors.New("no CloudTrail record in it")
	}
	return nil
}

// top reads one value at the outermost level.
func (s *recordScanner) top(c byte) error {
	switch c {
	case '[':
		s.in.Discard(1)
		return s.array()
	case '{':
		return s.object()
	}
	return s.unexpected(c)
}

// array reads records up to the closing bracket; the opening one is gone.
func (s *recordScanner) array() error {
	for first := true; ; first = false {
		c, err := s.need()
		if err != nil {
			return err
		}
		if c == ']' {
			s.in.Discard(1)
			return nil
		}
		if !first {
			if c != ',' {
				return s.unexpected(c)
			}
			s.in.Discard(1)
			if c, err = s.need(); err != nil {
				return err
			}
		}
		if c != '{' {
			return s.unexpected(c)
		}
		if err := s.record(); err != nil {
			return err
		}
	}
}

// object reads a record, or the wrapper that CloudTrail delivers: an object
// whose only member is Records. The wrapper is told by its first key.
func (s *recordScanner) object() error {
	if !s.isWrapper() {
		return s.record()
	}
	if err := s.array(); err != nil {
		return err
	}
	c, err := s.need()
	if err != nil {
		return err
	}
	if c != '}' {
		return s.unexpected(c)
	}
	s.in.Discard(1)
	return nil
}

// isWrapper looks ahead for {"Records": [ and steps over it. Blanks inside the
// head are few in real files; a head longer than the look-ahead is no wrapper.
func (s *recordScanner) isWrapper() bool {
	head, _ := s.in.Peek(256) // an error comes again with the next read
	at := 0
	for _, token := range []string{"{", `"Records"`, ":", "["} {
		for at < len(head) && isBlank(head[at]) {
			at++
		}
		if !bytes.HasPrefix(head[at:], []byte(token)) {
			return false
		}
		at += len(token)
	}
	s.in.Discard(at)
	return true
}

// record cuts one object out of the input and hands it on.
func (s *recordScanner) record() error {
	raw, err := s.cut()
	if err != nil {
		return err
	}
	s.count++
	if !json.Valid(raw) {
		return fmt.Errorf("record %d: not JSON", s.count)
	}
	if !s.yield(raw, nil) {
		return errStopped
	}
	return nil
}

// cut returns the bytes up to the brace that closes the one at the current
// place.
func (s *recordScanner) cut() (json.RawMessage, error) {
	var raw []byte
	depth, quoted, escaped := 0, false, false
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return nil, s.ended(err)
		}
		if len(raw) == MaxRecord {
			return nil, fmt.Errorf("record %d: larger than %d bytes", s.count+1, MaxRecord)
		}
		raw = append(raw, c)
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped = c == '\\'
			quoted = c != '"'
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return raw, nil
			}
		}
	}
}

// peek returns the next byte that is no blank, without taking it.
func (s *recordScanner) peek() (byte, error) {
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if !isBlank(c) {
			return c, s.in.UnreadByte()
		}
	}
}

// need is peek where the input may not end.
func (s *recordScanner) need() (byte, error) {
	c, err := s.peek()
	if err != nil {
		return 0, s.ended(err)
	}
	return c, nil
}

func (s *recordScanner) ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("ends inside record %d", s.count+1)
	}
	return err
}

func (s *recordScanner) unexpected(c byte) error {
	return fmt.Errorf("not a CloudTrail file: %q stands where record %d is expected", c, s.count+1)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
